"""Every version after the first, its reason, and what it changed."""

from operator import attrgetter

from django.db.models import QuerySet
from django.urls import reverse

from disclosures.models import Disclosure
from disclosures.models.index import find_published_name
from disclosures.public.reports.columns import CODE, DEPARTMENT, YEAR, DepartmentFilter
from disclosures.public.reports.page import ReportPage, choose_years, offer_years
from disclosures.publishing.report import Column, Link, Report, write_day

LEAD = "公开以后的每一次更正，新的在前。更正以前的版本一直可以读，也可以看两版之间变了什么。"
SHOWN = ("department", "version", "published_on", "reason", "changes")


def list_corrections(year: int | None = None) -> ReportPage:
    """All corrections of the newest year, or of the one in the address."""
    year, years = choose_years(year)
    report = Report(
        title=f"{year}年部门预算公开的更正记录",
        lead=[LEAD],
        messages=[LEAD],
        caption="{count}次更正",
        nothing="这一年没有更正。",
        records=find_corrections(year),
        columns=COLUMNS,
        shown=SHOWN,
        filters=DepartmentFilter,
    )
    return ReportPage(
        report=report,
        stem=reverse("disclosures:corrections", args=[year]),
        trail=[Link("及时和完整", reverse("disclosures:timeliness-year", args=[year]))],
        choices=[offer_years("corrections", years, year)],
    )


def find_corrections(year: int) -> QuerySet[Disclosure]:
    """The versions after the first, newest first."""
    found = Disclosure.objects.filter(year=year, version__gt=1).without_content()
    named = found.select_related("department").annotate(department_name=find_published_name())
    return named.order_by("-published_at", "department__code", "-version")


def link_changes(correction: Disclosure) -> str:
    """The page of the differences from the version before."""
    where = (correction.year, correction.department.code, correction.version)
    return reverse("disclosures:changes", args=where)


COLUMNS = (
    YEAR,
    CODE,
    DEPARTMENT,
    Column(
        "version",
        "第几版",
        attrgetter("version"),
        show=lambda correction: f"第{correction.version}版",
        href=Disclosure.get_absolute_url,
    ),
    Column("published_on", "日期", lambda correction: write_day(correction.published_at)),
    Column("reason", "更正原因", attrgetter("reason")),
    Column("changes", "变了什么", show=lambda _: "看变了什么", href=link_changes),
    Column("address", "这一版的地址", Disclosure.get_absolute_url, is_address=True),
)
