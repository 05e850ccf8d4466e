"""The board of timeliness and completeness: approved, published, how many days, corrected why."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from budgets.models import Department
from disclosures.models import Disclosure, IndexEntry
from disclosures.public.caching import public_page
from disclosures.public.downloads import send_listing
from disclosures.public.reports import frame
from disclosures.public.reports.corrections import lay_out_corrections, list_corrections
from disclosures.public.reports.sheet import Cell, Head, Link, Page, Sheet, name, say
from disclosures.publishing.exports.listing import Listing
from disclosures.workflow.deadline import DAYS_ALLOWED

# How many corrections the board itself shows.
LATEST = 20
LEAD = (
    "预算法第十四条规定，部门预算应当在财政部门批复后二十日内由各部门公开。"
    "天数从批复之日到第一次公开之日。"
)
COLUMNS = {
    "year": "年度",
    "code": "部门编码",
    "department": "部门",
    "approved_on": "批复日期",
    "published_on": "公开日期",
    "days": "相隔天数",
    "within": "二十日内",
    "tables": "有数的表",
    "empty": "空表",
    "sections": "情况说明（节）",
    "corrections": "更正次数",
    "address": "地址",
}


@require_safe
@public_page(minutes=1, parameters=["page"])
def show_timeliness(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The board of the newest year, or of the one in the address."""
    return frame.respond_anew(request, lambda: draw_board(year, request))


@require_safe
@public_page(minutes=1)
def send_timeliness(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """The board as a file."""
    frame.pick_year(year)
    return send_listing(request, enlist(year, request), form)


def list_entries(year: int) -> QuerySet[IndexEntry]:
    """What is in force, in the order of the codes."""
    found = IndexEntry.objects.filter(year=year).select_related("department")
    return found.order_by("department__code")


def find_first(year: int, entries: Iterable[IndexEntry]) -> dict[int, Disclosure]:
    """The first version of each entry with its record: the one the law's days are of."""
    departments = [entry.department_id for entry in entries]
    found = Disclosure.objects.filter(year=year, version=1, department__in=departments)
    rows = found.without_content().select_related("record")
    return {each.department_id: each for each in rows}


def find_waiting(year: int) -> QuerySet[Department]:
    """Departments that have a budget to publish in the year and have not, by code."""
    published = IndexEntry.objects.filter(year=year).values("department")
    return Department.objects.in_year(year).exclude(pk__in=published).order_by("code")


def draw_board(asked: int | None, request: HttpRequest) -> Page:
    """Departments, then the log of corrections."""
    year, years = frame.pick_year(asked)
    published, waiting = list_entries(year).count(), list(find_waiting(year))
    count = published + len(waiting)
    number = frame.pick_page(request, count)
    return Page(
        title=f"{year}年各部门公开得是否及时、完整",
        lead=[LEAD],
        choices=[frame.offer_years("timeliness-year", years, year)],
        sheets=[
            lay_out(draw_lines(year, number, published, waiting), published, count),
            tell_latest(year),
        ],
        files=frame.offer_files("timeliness-list", year),
        turns=frame.turn(request, number, count),
        below=[
            "没有数的表也公开，表里写明没有安排的原因。命令行公开的没有批复登记，写作“未登记”。"
        ],
    )


def lay_out(lines: Sequence[Sequence[Cell]], published: int, count: int) -> Sheet:
    """The board."""
    return Sheet(
        title=f"应公开{count}个部门，已公开{published}个",
        heads=[
            name("部门"),
            name("批复"),
            name("第一次公开"),
            Head("相隔", "天"),
            name("二十日内"),
            Head("有数的表", "张"),
            Head("空表", "张"),
            Head("情况说明", "节"),
            Head("更正", "次"),
        ],
        lines=lines,
    )


def draw_lines(
    year: int, number: int, published: int, waiting: Sequence[Department]
) -> list[list[Cell]]:
    """The lines of a page: those who have published, then those who have not."""
    entries = list(frame.cut(list_entries(year), number))
    first = find_first(year, entries)
    before = max(0, (number - 1) * frame.LINES - published)
    late = waiting[before : before + frame.LINES - len(entries)]
    return [
        *(draw_line(entry, first[entry.department_id]) for entry in entries),
        *([say(each.name), say("尚未公开")] for each in late),
    ]


def draw_line(entry: IndexEntry, first: Disclosure) -> list[Cell]:
    """A department's line."""
    approved, days = read_record(first)
    return [
        say(entry.name, frame.point(entry.year, entry.department.code)),
        say(show_day(approved) or "未登记"),
        say(show_day(first.published_at)),
        Cell("" if days is None else str(days)),
        say(judge(days)),
        Cell(str(entry.tables)),
        Cell(str(entry.empty_tables)),
        Cell(str(entry.sections)),
        Cell(str(entry.version - 1)),
    ]


def read_record(first: Disclosure) -> tuple[datetime | None, int | None]:
    """(approved, days) of a first version; versions older than the records have neither."""
    record = getattr(first, "record", None)
    return (record.approved_at, record.days) if record else (None, None)


def judge(days: int | None) -> str:
    """Whether the law's limit was kept, in words."""
    if days is None:
        return "未登记"
    return "是" if days <= DAYS_ALLOWED else f"超过{days - DAYS_ALLOWED}天"


def show_day(moment: datetime | None) -> str:
    """The day of a moment, here."""
    return timezone.localdate(moment).isoformat() if moment else ""


def tell_latest(year: int) -> Sheet:
    """The newest corrections, and the way to all of them."""
    found = list_corrections(year)
    count = found.count()
    told = f"，最近{LATEST}次" if count > LATEST else ""
    more = Link(f"{year}年的全部更正和下载", reverse("disclosures:corrections", args=[year]))
    sheet = lay_out_corrections(f"更正记录：一共{count}次{told}", found[:LATEST])
    return replace(sheet, more=more)


def enlist(year: int, request: HttpRequest) -> Listing:
    """A line for each department that has published."""
    entries = list(list_entries(year))
    first = find_first(year, entries)
    return Listing(
        title=f"{year}年公开的及时和完整",
        columns=COLUMNS,
        rows=[describe(entry, first[entry.department_id], request) for entry in entries],
        changed=frame.read_stamp().moment,
        messages=[LEAD],
    )


def describe(entry: IndexEntry, first: Disclosure, request: HttpRequest) -> dict:
    """A line of the file."""
    approved, days = read_record(first)
    return {
        "year": entry.year,
        "code": entry.department.code,
        "department": entry.name,
        "approved_on": show_day(approved),
        "published_on": show_day(first.published_at),
        "days": days,
        "within": judge(days),
        "tables": entry.tables,
        "empty": entry.empty_tables,
        "sections": entry.sections,
        "corrections": entry.version - 1,
        "address": request.build_absolute_uri(frame.point(entry.year, entry.department.code)),
    }
