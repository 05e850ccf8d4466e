"""Who has published what, in time and completely: each version, correction and year."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from operator import attrgetter

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html

from budgets.models import Department
from disclosures.models import Disclosure, FileKind, IndexEntry
from disclosures.models.index import find_published_name
from disclosures.public.reports.page import (
    CODE,
    DEPARTMENT,
    YEAR,
    DepartmentFilter,
    DepartmentYears,
    ListPage,
    choose_years,
    link_figure,
    place_in_year,
    year_column,
)
from disclosures.public.versions import list_published
from disclosures.publishing.report import Column, Link, Report, write_day
from disclosures.workflow.deadline import DAYS_ALLOWED

IN_FORCE = "只列现行的版本；更正过的，第几版和更正原因写在同一行，旧的版本在该部门的页面上。"


def list_in_force(year: int | None = None) -> ListPage:
    """All years, or the one in the address; there is no page of it but the directory."""
    found = list_published()
    chosen = found if year is None else found.filter(year=year)
    if year is not None and not chosen:
        raise Http404(f"这里没有{year}年的部门预算公开。")
    return ListPage(
        report=Report(
            title=f"{year}年已公开的部门预算" if year else "已公开的部门预算",
            records=chosen,
            columns=(
                YEAR,
                CODE,
                Column("department", "部门", attrgetter("department.name")),
                Column("version", "版本", attrgetter("version")),
                Column("published_on", "公开日期", lambda own: write_day(own.published_at)),
                Column("reason", "更正原因", attrgetter("reason")),
                Column("address", "地址", Disclosure.get_absolute_url, is_address=True),
                Column("pdf", "PDF", partial(link_file, FileKind.PDF), is_address=True),
                Column("xlsx", "Excel", partial(link_file, FileKind.XLSX), is_address=True),
                Column("json", "JSON", partial(link_file, FileKind.JSON), is_address=True),
                Column("digest", "内容摘要（SHA-256）", attrgetter("digest")),
            ),
            messages=[IN_FORCE],
            filters=DepartmentFilter,
        )
    )


def link_file(kind: FileKind, disclosure: Disclosure) -> str | None:
    if kind not in {file.kind for file in disclosure.files.all()}:
        return None
    where = (disclosure.year, disclosure.department.code, disclosure.version, kind)
    return reverse("disclosures:version-file", args=where)


# How many corrections the page itself shows.
LATEST = 20
TIMELINESS_LEAD = (
    "预算法第十四条规定，部门预算应当在财政部门批复后二十日内由各部门公开。"
    "天数从批复之日到第一次公开之日。"
)
UNRECORDED = "未登记"
# What only files say.
HIDDEN = ("year", "code", "address")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
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


def list_timeliness(year: int | None = None) -> ListPage:
    """Departments of the newest year, or of the one in the address; then the corrections."""
    year, years = choose_years(year)
    published = list(list_publications(year))
    in_force = IndexEntry.objects.filter(year=year).values("department")
    expected = Department.objects.in_year(year).exclude(pk__in=in_force).order_by("code")
    waiting = [Publication(year=year, code=each.code, name=each.name) for each in expected]
    report = Report(
        title=f"{year}年各部门公开得是否及时、完整",
        name=f"{year}年公开的及时和完整",
        lead=[TIMELINESS_LEAD],
        messages=[TIMELINESS_LEAD],
        caption=f"应公开{len(published) + len(waiting)}个部门，已公开{len(published)}个",
        records=[*published, *waiting],
        columns=TIMELINESS_COLUMNS,
        shown=[each.key for each in TIMELINESS_COLUMNS if each.key not in HIDDEN],
    )
    return place_in_year(
        "timeliness-year",
        report,
        year,
        years,
        filed=lambda: replace(report, records=published),
        others=lambda: [list_latest_corrections(year)],
        below=[
            "没有数的表也公开，表里写明没有安排的原因。命令行公开的没有批复登记，写作“未登记”。"
        ],
    )


def list_publications(year: int) -> Iterable[Publication]:
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
        yield Publication(
            year=year,
            code=entry.department.code,
            name=entry.name,
            entry=entry,
            published_at=entry.first_published_at,
            approved_at=entry.approved_at,
            days=entry.days,
        )


def list_latest_corrections(year: int) -> Report:
    found = find_corrections(year)
    count = found.count()
    told = f"，最近{LATEST}次" if count > LATEST else ""
    return Report(
        title="更正记录",
        caption=f"更正记录：一共{count}次{told}",
        nothing="这一年没有更正。",
        records=list(found[:LATEST]),
        columns=CORRECTION_COLUMNS,
        shown=SHOWN_CORRECTION,
        more=Link(f"{year}年的全部更正和下载", reverse("disclosures:corrections", args=[year])),
    )


def link_publication(row: Publication) -> str:
    return link_figure(row.year, row.code) if row.entry else ""


def judge_days(row: Publication) -> str:
    if row.entry is None:
        return ""
    if row.days is None:
        return UNRECORDED
    late = row.days - DAYS_ALLOWED
    return "是" if late <= 0 else f"超过{late}天"


def count_column(key: str, label: str, heading: str, unit: str, name: str) -> Column:
    def read(row: Publication) -> int | None:
        return getattr(row.entry, name) if row.entry else None

    return Column(key, label, read, heading=heading, unit=unit, is_amount=True)


TIMELINESS_COLUMNS = (
    YEAR,
    Column("code", "部门编码", attrgetter("code")),
    Column("department", "部门", attrgetter("name"), href=link_publication),
    Column(
        "approved_on",
        "批复日期",
        lambda row: write_day(row.approved_at),
        heading="批复",
        show=lambda row: (write_day(row.approved_at) or UNRECORDED) if row.entry else "尚未公开",
    ),
    Column(
        "published_on", "公开日期", lambda row: write_day(row.published_at), heading="第一次公开"
    ),
    Column("days", "相隔天数", attrgetter("days"), heading="相隔", unit="天", is_amount=True),
    Column("within", "二十日内", judge_days),
    count_column("tables", "有数的表", "", "张", "tables"),
    count_column("empty", "空表", "", "张", "empty_tables"),
    count_column("sections", "情况说明（节）", "情况说明", "节", "sections"),
    Column(
        "corrections",
        "更正次数",
        lambda row: row.entry and row.entry.version - 1,
        heading="更正",
        unit="次",
        is_amount=True,
    ),
    Column("address", "地址", link_publication, is_address=True),
)


CORRECTION_LEAD = (
    "公开以后的每一次更正，新的在前。更正以前的版本一直可以读，也可以看两版之间变了什么。"
)
SHOWN_CORRECTION = ("department", "version", "published_on", "reason", "changes")


def list_corrections(year: int | None = None) -> ListPage:
    year, years = choose_years(year)
    report = Report(
        title=f"{year}年部门预算公开的更正记录",
        lead=[CORRECTION_LEAD],
        messages=[CORRECTION_LEAD],
        caption="{count}次更正",
        nothing="这一年没有更正。",
        records=find_corrections(year),
        columns=CORRECTION_COLUMNS,
        shown=SHOWN_CORRECTION,
        filters=DepartmentFilter,
    )
    trail = [Link("及时和完整", reverse("disclosures:timeliness-year", args=[year]))]
    return place_in_year("corrections", report, year, years, trail=trail)


def find_corrections(year: int) -> QuerySet[Disclosure]:
    """The versions after the first, newest first."""
    found = Disclosure.objects.filter(year=year, version__gt=1).without_content()
    named = found.select_related("department").annotate(department_name=find_published_name())
    return named.order_by("-published_at", "department__code", "-version")


CORRECTION_COLUMNS = (
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
    Column(
        "changes",
        "变了什么",
        show=lambda _: "看变了什么",
        href=lambda own: reverse(
            "disclosures:changes", args=[own.year, own.department.code, own.version]
        ),
    ),
    Column("address", "这一版的地址", Disclosure.get_absolute_url, is_address=True),
)


def list_department_years() -> ListPage:
    """Every department that was there in a year with something published: two queries."""
    found: dict[int, dict[int, Decimal]] = {}
    rows = IndexEntry.objects.values_list("department_id", "year", "total")
    for department, year, total in rows:
        found.setdefault(department, {})[year] = total
    years = sorted({year for own in found.values() for year in own}, reverse=True)
    departments = [
        own
        for own in Department.objects.departments()
        if own.pk in found or any(own.exists_in(year) for year in years)
    ]

    def complete(shown: list[Department]) -> list[DepartmentYears]:
        return [
            DepartmentYears(own, own.name, found.get(own.pk, {}), found.get(own.pk, {}))
            for own in shown
        ]

    def head(year: int) -> Column:
        here = reverse("disclosures:year", args=[year])
        heading = format_html('<a href="{}">{}年</a>', here, year)
        return year_column(year, label=f"{year}年（元）", heading=heading)

    lead = "数字是收支总预算，全口径，单位为万元，点开就是那一年的全文。"
    report = Report(
        title="各部门各年度",
        lead=[lead],
        messages=[lead.replace("单位为万元，点开就是那一年的全文", "单位为元")],
        caption="各部门各年度的收支总预算",
        scope="全口径",
        unit="万元",
        nothing="还没有公开的预算。",
        records=departments if years else [],
        columns=[
            CODE,
            Column("department", "部门", attrgetter("name")),
            *map(head, years),
        ],
        shown=["department", *(f"in_{year}" for year in years)],
        complete=complete,
    )
    return ListPage(
        report=report,
        stem=reverse("disclosures:years"),
        filed=lambda: replace(report, records=complete(list(report.records))),
    )
