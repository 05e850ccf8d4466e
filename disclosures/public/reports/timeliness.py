"""Who has published in time and completely: approved, published, how many days, corrected."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.urls import reverse

from budgets.models import Department
from disclosures.models import IndexEntry
from disclosures.public.reports.columns import YEAR
from disclosures.public.reports.corrections import COLUMNS as CORRECTIONS
from disclosures.public.reports.corrections import SHOWN, find_corrections
from disclosures.public.reports.page import ReportPage, choose_years, link_figure, offer_years
from disclosures.publishing.report import Column, Link, Report, write_day
from disclosures.workflow.deadline import DAYS_ALLOWED

# How many corrections the page itself shows.
LATEST = 20
LEAD = (
    "预算法第十四条规定，部门预算应当在财政部门批复后二十日内由各部门公开。"
    "天数从批复之日到第一次公开之日。"
)
UNRECORDED = "未登记"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a department has published in a year; without an entry it has not.

    The law's days are those of its first version; versions older than the records have neither
    a day of approval nor days.
    """

    year: int
    code: str
    name: str
    entry: IndexEntry | None = None
    published_at: datetime | None = None
    approved_at: datetime | None = None
    days: int | None = None


def list_timeliness(year: int | None = None) -> ReportPage:
    """Departments of the newest year, or of the one in the address; then the corrections."""
    year, years = choose_years(year)
    published = list(list_filings(year))
    waiting = [Filing(year=year, code=each.code, name=each.name) for each in find_waiting(year)]
    report = Report(
        title=f"{year}年各部门公开得是否及时、完整",
        name=f"{year}年公开的及时和完整",
        lead=[LEAD],
        messages=[LEAD],
        caption=f"应公开{len(published) + len(waiting)}个部门，已公开{len(published)}个",
        records=[*published, *waiting],
        columns=COLUMNS,
        shown=[column.key for column in COLUMNS if column.key not in ("year", "code", "address")],
    )
    return ReportPage(
        report=report,
        filed=lambda: replace(report, records=published),
        stem=reverse("disclosures:timeliness-year", args=[year]),
        choices=[offer_years("timeliness-year", years, year)],
        others=lambda: [tell_latest(year)],
        below=[
            "没有数的表也公开，表里写明没有安排的原因。命令行公开的没有批复登记，写作“未登记”。"
        ],
    )


def list_filings(year: int) -> Iterable[Filing]:
    """What is in force, in the order of the codes, with what is recorded of the first version."""
    is_first = Q(department__disclosures__year=year, department__disclosures__version=1)
    entries = (
        IndexEntry.objects.filter(year=year)
        .annotate(
            first=FilteredRelation("department__disclosures", condition=is_first),
            first_published_at=F("first__published_at"),
            approved_at=F("first__record__approved_at"),
            days=F("first__record__days"),
        )
        .select_related("department")
    )
    for entry in entries.order_by("department__code"):
        yield Filing(
            year=year,
            code=entry.department.code,
            name=entry.name,
            entry=entry,
            published_at=entry.first_published_at,
            approved_at=entry.approved_at,
            days=entry.days,
        )


def find_waiting(year: int) -> QuerySet[Department]:
    """Departments that have a budget to publish in the year and have not, by code."""
    published = IndexEntry.objects.filter(year=year).values("department")
    return Department.objects.in_year(year).exclude(pk__in=published).order_by("code")


def tell_latest(year: int) -> Report:
    """The newest corrections, and the way to all of them."""
    found = find_corrections(year)
    count = found.count()
    told = f"，最近{LATEST}次" if count > LATEST else ""
    return Report(
        title="更正记录",
        caption=f"更正记录：一共{count}次{told}",
        nothing="这一年没有更正。",
        records=list(found[:LATEST]),
        columns=CORRECTIONS,
        shown=SHOWN,
        more=Link(f"{year}年的全部更正和下载", reverse("disclosures:corrections", args=[year])),
    )


def link_filing(filing: Filing) -> str:
    """Its page, where it has one."""
    return link_figure(filing.year, filing.code) if filing.entry else ""


def judge_days(filing: Filing) -> str:
    """Whether the law's limit was kept, in words."""
    if filing.entry is None:
        return ""
    if filing.days is None:
        return UNRECORDED
    late = filing.days - DAYS_ALLOWED
    return "是" if late <= 0 else f"超过{late}天"


def count_column(key: str, label: str, heading: str, unit: str, name: str) -> Column:
    """A column that counts something of what is in force."""

    def read(filing: Filing) -> int | None:
        return getattr(filing.entry, name) if filing.entry else None

    return Column(key, label, read, heading=heading, unit=unit, is_amount=True)


COLUMNS = (
    YEAR,
    Column("code", "部门编码", attrgetter("code")),
    Column("department", "部门", attrgetter("name"), href=link_filing),
    Column(
        "approved_on",
        "批复日期",
        lambda filing: write_day(filing.approved_at),
        heading="批复",
        show=lambda filing: (
            (write_day(filing.approved_at) or UNRECORDED) if filing.entry else "尚未公开"
        ),
    ),
    Column(
        "published_on",
        "公开日期",
        lambda filing: write_day(filing.published_at),
        heading="第一次公开",
    ),
    Column("days", "相隔天数", attrgetter("days"), heading="相隔", unit="天", is_amount=True),
    Column("within", "二十日内", judge_days),
    count_column("tables", "有数的表", "", "张", "tables"),
    count_column("empty", "空表", "", "张", "empty_tables"),
    count_column("sections", "情况说明（节）", "情况说明", "节", "sections"),
    Column(
        "corrections",
        "更正次数",
        lambda filing: filing.entry and filing.entry.version - 1,
        heading="更正",
        unit="次",
        is_amount=True,
    ),
    Column("address", "地址", link_filing, is_address=True),
)
