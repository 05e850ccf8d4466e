"""The lists that programs may ask for, by name: what each is, and who declares it for a year.

A list is one declaration for page, CSV, XLSX, JSON and interface.
"""

from functools import partial

from disclosures.public.reports.page import Make
from disclosures.public.reports.projects import MONEY, list_lowered, list_projects
from disclosures.public.reports.publications import list_corrections, list_in_force, list_timeliness
from disclosures.public.reports.reasons import list_given_reasons
from disclosures.public.reports.topics import TOPICS, list_topic

REPORTS: dict[str, tuple[str, Make]] = {
    "published": ("已公开的部门预算", list_in_force),
    "timeliness": ("公开得是否及时、完整", list_timeliness),
    "corrections": ("更正记录", list_corrections),
    "reasons": ("变动原因", list_given_reasons),
    "indicators": ("低于已达到水平的绩效目标", list_lowered),
    **{key: (topic.title, partial(list_topic, key)) for key, topic in TOPICS.items()},
    **{
        f"projects-{key}": (f"项目：{money.label}", partial(list_projects, money=key))
        for key, money in MONEY.items()
    },
}
