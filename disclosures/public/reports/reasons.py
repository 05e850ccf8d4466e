"""The index of all reasons: why figures changed, by amount, by rate, by code, by wording."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from budgets.domain.money import show_wan
from disclosures.models import IndexReason
from disclosures.public.caching import public_page
from disclosures.public.downloads import send_listing
from disclosures.public.reports import frame
from disclosures.public.reports.sheet import Cell, Head, Page, Sheet, name, say
from disclosures.publishing.exports.listing import Listing

ORDERS = {
    "increase": "增加最多",
    "decrease": "减少最多",
    "rate": "增长最快",
    "drop": "下降最快",
    "code": "按科目",
    "wording": "同样的话",
}
# What comes first in each order; equal ones in the order of the departments.
SORTED = {
    "increase": ("-change",),
    "decrease": ("change",),
    "rate": ("-rate",),
    "drop": ("rate",),
    "code": ("function",),
    "wording": ("normal",),
}
LEAD = "各部门在情况说明里写的变动原因。增减和比例取自同一句话，点开可以看原文。"
COLUMNS = {
    "year": "年度",
    "code": "部门编码",
    "department": "部门",
    "label": "什么变了",
    "function": "功能科目",
    "change": "增减（元）",
    "rate": "增减（%）",
    "text": "原因",
    "address": "原文",
}


@require_safe
@public_page(minutes=1, parameters=["page"])
def show_reasons(request: HttpRequest, year: int | None = None, order: str = "") -> HttpResponse:
    """The reasons of the newest year, or of the one in the address."""
    chosen = frame.check_order(order, ORDERS)
    return frame.respond(request, lambda: draw_reasons(year, chosen, request))


@require_safe
@public_page(minutes=1)
def send_reasons(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """All reasons of a year as a file."""
    frame.pick_year(year)
    return send_listing(request, enlist(year, request), form)


def arrange(year: int, order: str) -> QuerySet:
    """A year's reasons in an order; for wordings only those that more than one department has."""
    found = IndexReason.objects.filter(year=year).select_related("department", "disclosure")
    found = found.defer("disclosure__content")
    if order == "wording":
        found = found.filter(normal__in=share_wordings(year).values("normal"))
    return found.order_by(*SORTED[order], "department__code", "id")


def count_wordings(year: int, wordings: Sequence[str]) -> dict[str, int]:
    """How many departments gave the same reason, where more than one did: one query."""
    shared = share_wordings(year).filter(normal__in=wordings)
    return dict(shared.values_list("normal", "owners"))


def share_wordings(year: int) -> QuerySet:
    """The wordings that more than one department used, with how many did."""
    rows = IndexReason.objects.filter(year=year).values("normal")
    return rows.annotate(owners=Count("department", distinct=True)).filter(owners__gt=1)


def draw_reasons(asked: int | None, order: str, request: HttpRequest) -> Page:
    """The page: a hundred reasons at a time."""
    year, years = frame.pick_year(asked)
    found = arrange(year, order)
    count = found.count()
    number = frame.pick_page(request, count)
    return Page(
        title=f"{year}年各部门写的变动原因",
        lead=[LEAD],
        choices=[
            frame.offer_years("reasons-year", years, year),
            frame.offer_orders("reasons-year", ORDERS, order, year),
        ],
        sheets=[lay_out(year, list(frame.cut(found, number)), count, order)],
        files=frame.offer_files("reasons-list", year),
        turns=frame.turn(request, number, count),
    )


def lay_out(year: int, reasons: Sequence[IndexReason], count: int, order: str) -> Sheet:
    """Department, what changed, by how much, why, and who says the same."""
    owners = count_wordings(year, [reason.normal for reason in reasons])
    told = "不止一个部门用同样的话说明的" if order == "wording" else "全部"
    return Sheet(
        title=f"{told}原因：{count}条",
        heads=[
            name("部门"),
            name("什么变了"),
            Head("增减", "万元"),
            Head("增减", "%"),
            name("原因"),
        ],
        lines=[draw_line(reason, owners.get(reason.normal, 1)) for reason in reasons],
    )


def draw_line(reason: IndexReason, owners: int) -> list[Cell]:
    """A reason that leads to its sentence."""
    note = f"{owners}个部门写了同样的话" if owners > 1 else ""
    return [
        say(reason.disclosure.title.partition(f"{reason.year}年")[0]),
        say(reason.label),
        Cell(sign(show_wan(reason.change))),
        Cell(sign(f"{reason.rate:,.2f}")),
        say(reason.text, frame.point(reason.year, reason.department.code, reason.paragraph), note),
    ]


def sign(number: str) -> str:
    """With a plus where it grew."""
    return number if number.startswith(("-", "0.00")) else f"+{number}"


def enlist(year: int, request: HttpRequest) -> Listing:
    """A line for each reason, departments in the order of their codes."""
    found = IndexReason.objects.filter(year=year).select_related("department", "disclosure")
    rows = found.defer("disclosure__content").order_by("department__code", "id")
    return Listing(
        title=f"{year}年各部门写的变动原因",
        columns=COLUMNS,
        rows=[describe(reason, request) for reason in rows],
        changed=frame.read_stamp().moment,
        messages=[LEAD, "增减由公开的文件上印出来的万元数换算成元。"],
    )


def describe(reason: IndexReason, request: HttpRequest) -> dict:
    """A line of the file."""
    place = frame.point(reason.year, reason.department.code, reason.paragraph)
    return {
        "year": reason.year,
        "code": reason.department.code,
        "department": reason.disclosure.title.partition(f"{reason.year}年")[0],
        "label": reason.label,
        "function": reason.function,
        "change": reason.change,
        "rate": reason.rate,
        "text": reason.text,
        "address": request.build_absolute_uri(place),
    }
