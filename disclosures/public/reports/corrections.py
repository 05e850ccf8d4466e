"""The log of corrections: every version after the first, its reason, and what it changed."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from disclosures.models import Disclosure
from disclosures.public.caching import public_page
from disclosures.public.downloads import send_listing
from disclosures.public.reports import frame
from disclosures.public.reports.sheet import Cell, Link, Page, Sheet, name, say
from disclosures.publishing.exports.listing import Listing

LEAD = "公开以后的每一次更正，新的在前。更正以前的版本一直可以读，也可以看两版之间变了什么。"
COLUMNS = {
    "year": "年度",
    "code": "部门编码",
    "department": "部门",
    "version": "第几版",
    "published_on": "日期",
    "reason": "更正原因",
    "address": "这一版的地址",
}


@require_safe
@public_page(minutes=1, parameters=["page"])
def show_corrections(request: HttpRequest, year: int) -> HttpResponse:
    """All corrections of a year."""
    return frame.respond(request, lambda: draw_corrections(year, request))


@require_safe
@public_page(minutes=1)
def send_corrections(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """The same as a file."""
    frame.pick_year(year)
    return send_listing(request, enlist(year, request), form)


def list_corrections(year: int) -> QuerySet[Disclosure]:
    """The versions after the first, newest first."""
    found = Disclosure.objects.filter(year=year, version__gt=1).without_content()
    return found.select_related("department").order_by(
        "-published_at", "department__code", "-version"
    )


def draw_corrections(asked: int, request: HttpRequest) -> Page:
    """The page: a hundred at a time."""
    year, years = frame.pick_year(asked)
    found = list_corrections(year)
    count = found.count()
    number = frame.pick_page(request, count)
    return Page(
        title=f"{year}年部门预算公开的更正记录",
        lead=[LEAD],
        trail=[Link("及时和完整", reverse("disclosures:timeliness-year", args=[year]))],
        choices=[frame.offer_years("corrections", years, year)],
        sheets=[lay_out_corrections(f"{count}次更正", frame.cut(found, number))],
        files=frame.offer_files("corrections-list", year),
        turns=frame.turn(request, number, count),
    )


def lay_out_corrections(title: str, found: Sequence[Disclosure]) -> Sheet:
    """Department, version, day, reason, differences."""
    return Sheet(
        title=title,
        heads=[name("部门"), name("第几版"), name("日期"), name("更正原因"), name("变了什么")],
        lines=[draw_line(each) for each in found],
        nothing="这一年没有更正。",
    )


def draw_line(disclosure: Disclosure) -> list[Cell]:
    """A correction that leads to its version and to its differences."""
    where = (disclosure.year, disclosure.department.code, disclosure.version)
    return [
        say(name_department(disclosure)),
        say(f"第{disclosure.version}版", disclosure.get_absolute_url()),
        say(show_day(disclosure)),
        say(disclosure.reason),
        say("看变了什么", reverse("disclosures:changes", args=where)),
    ]


def name_department(disclosure: Disclosure) -> str:
    """As the document calls it."""
    return disclosure.title.partition(f"{disclosure.year}年")[0]


def show_day(disclosure: Disclosure) -> str:
    """The day of publication, here."""
    return timezone.localdate(disclosure.published_at).isoformat()


def enlist(year: int, request: HttpRequest) -> Listing:
    """A line for each correction."""
    rows = [
        {
            "year": year,
            "code": each.department.code,
            "department": name_department(each),
            "version": each.version,
            "published_on": show_day(each),
            "reason": each.reason,
            "address": request.build_absolute_uri(each.get_absolute_url()),
        }
        for each in list_corrections(year)
    ]
    moment = frame.read_stamp().moment
    return Listing(f"{year}年部门预算公开的更正记录", COLUMNS, rows, moment, [LEAD])
