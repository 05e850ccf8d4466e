"""The page and the files of every public list: a declaration becomes an answer here."""

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.core.paginator import Page as Paged
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_filters import CharFilter, FilterSet

from budgets.domain.money import show_wan
from budgets.models import Department
from disclosures.models import IndexEntry, IndexFigure, IndexIndicator
from disclosures.public.downloads import NEVER, send_listing
from disclosures.public.kept import find_kept, send_kept
from disclosures.public.responses import public_page
from disclosures.public.years import explain_absence, is_made_up, list_published_years
from disclosures.publishing.report import Column, Link, Records, Report

# How many lines a page shows; a file always holds all of them.
LINES = 100
TEMPLATE = "disclosures/reports/page.html"
FORMS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    links: Sequence[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A report in its place on the site.

    Below `stem` stand its orders and pages, and beside it its files; without one there is nothing
    to take away, and the page holds all lines. The first order may have an `address` of its own.
    `filed` makes what files hold where the page is a pivot, `others` the lists that follow on the
    page; neither is made for who does not ask for it.
    """

    report: Report
    stem: str = ""
    address: str = ""
    trail: Sequence[Link] = ()
    choices: Sequence[Choice] = ()
    below: Sequence[str] = ()
    others: Callable[[], Sequence[Report]] = tuple
    filed: Callable[[], Report] | None = None

    @property
    def filed_report(self) -> Report:
        return self.filed() if self.filed else self.report

    def locate(self, order: str, number: int = 1) -> str:
        is_first = order == next(iter(self.report.orders), "")
        own = (self.address or self.stem) if is_first else f"{self.stem}by-{order}/"
        return own if number == 1 else f"{own}page-{number}/"


Make = Callable[..., ListPage]


@require_safe
@public_page(minutes=1, parameters=["page"])
def show_report(
    request: HttpRequest, make: Make, order: str = "", page: int = 1, **where: object
) -> HttpResponse:
    """The page of a list; `make` declares it, for what the address names."""
    made = make(**where)
    order = check_key(order, made.report.orders, "种排列")
    is_paged = bool(made.stem)
    pages = Paginator(made.report.arrange(order), LINES if is_paged else sys.maxsize)
    asked = request.GET.get("page") if is_paged else None
    try:
        shown = pages.page(asked or page)
    except InvalidPage as unknown:
        last, number = pages.num_pages, str(asked or page)[:20]
        raise Http404(f"这个名单一共{last}页，没有第“{number}”页。") from unknown
    if asked:
        # As other portals write it, and as addresses were written before pages had their own.
        return redirect(made.locate(order, shown.number))
    return render_list(request, describe_page(made, order, shown))


@require_safe
@public_page(minutes=1)
def send_report(request: HttpRequest, make: Make, form: str, **where: object) -> HttpResponseBase:
    """A list as the worker made it, which it does where the site's address is set, or as it is."""
    if settings.SITE_URL and (kept := find_kept(request)):
        return send_kept(request, kept)
    made = make(**where)
    listing = made.filed_report.make_listing(read_moment(), request.build_absolute_uri)
    return send_listing(request, listing, form)


def render_list(
    request: HttpRequest, page: Mapping[str, object], template: str = TEMPLATE, **more: object
) -> HttpResponse:
    return render(request, template, {"page": page, "is_demo": is_made_up(), **more})


def describe_page(made: ListPage, order: str, shown: Paged) -> dict[str, object]:
    """What the template shows: title, choices, tables, files, the pages before and after."""
    report, count = made.report, shown.paginator.count
    caption = report.orders[order].caption if order else ""
    offered = report.orders if count > 1 or order != next(iter(report.orders), "") else {}
    orders = [Link(each.label, made.locate(key), key == order) for key, each in offered.items()]
    last, beside = shown.paginator.num_pages, made.stem.removesuffix("/")
    turns = (("上一页", shown.number - 1), ("下一页", shown.number + 1))
    return {
        "title": report.title,
        "lead": report.lead,
        "trail": made.trail,
        "choices": [*made.choices, *([Choice("排列", orders)] if orders else [])],
        "sheets": [
            describe_list(report, list(shown.object_list), count, caption),
            *(describe_list(other, other.records, len(other.records)) for other in made.others()),
        ],
        "turns": [
            Link(f"{word}（第{other}页，共{last}页）", made.locate(order, other))
            for word, other in turns
            if 1 <= other <= last
        ],
        "below": made.below,
        "files": [Link(label, f"{beside}.{form}") for form, label in FORMS.items() if beside],
    }


def describe_list(report: Report, records: Records, count: int, caption: str = "") -> dict:
    return {
        "caption": (caption or report.caption).replace("{count}", str(count)),
        "scope": report.scope,
        "unit": report.unit,
        "table": report.draw_table(records),
        "nothing": report.nothing,
        "more": report.more,
    }


def check_key(key: str, known: Mapping[str, object], what: str) -> str:
    """A word of the address, the first known where there is none; Http404 in words for others."""
    if key and key not in known:
        raise Http404(f"没有“{key[:20]}”这{what}，可以用的是：{'、'.join(known)}。")
    return key or next(iter(known), "")


def choose_years(year: int | None) -> tuple[int, list[int]]:
    """The year meant, the newest unless one is named, and all years; Http404 in words."""
    years = list_published_years()
    if not years:
        raise Http404("还没有公开的部门预算，所以没有可以比较的。")
    if year is not None and year not in years:
        raise Http404(f"{year}年还没有公开的部门预算。")
    return year or years[0], years


def offer_years(name: str, years: Sequence[int], year: int, *before: object) -> Choice:
    hrefs = {each: reverse(f"disclosures:{name}", args=[*before, each]) for each in years}
    return Choice("年度", [Link(f"{each}年", hrefs[each], each == year) for each in years])


def place_in_year(
    name: str, report: Report, year: int, years: Sequence[int], **more: Any
) -> ListPage:
    """A list of one year at the address with that name, and the way to other years."""
    stem = reverse(f"disclosures:{name}", args=[year])
    return ListPage(report=report, stem=stem, choices=[offer_years(name, years, year)], **more)


def read_moment() -> datetime:
    """When the index last changed: with every publication and correction."""
    return IndexEntry.objects.aggregate(moment=Max("published_at"))["moment"] or NEVER


def link_figure(year: int, code: str, at: str = "") -> str:
    """The place of a figure or a sentence in the document in force."""
    page = reverse("disclosures:page", args=[year, code])
    return f"{page}#{quote(at, safe='.:')}" if at else page


def link_index_row(row: IndexFigure | IndexIndicator) -> str:
    return link_figure(row.year, row.department.code, row.at)


@dataclass(frozen=True, slots=True)
class DepartmentYears:
    """A department, the years in which it published, and its amounts by year (yuan)."""

    department: Department
    name: str
    published: Collection[int]
    amounts: Mapping[int, Decimal | None]


def year_column(year: int, at: str = "", *, label: str = "", **more: Any) -> Column:
    """Amounts of a year, each leading to its place in the document; or why there is none.

    Files have it where it has a label.
    """

    def read(row: DepartmentYears) -> Decimal | None:
        return row.amounts.get(year)

    def show(row: DepartmentYears) -> str:
        if year not in row.published:
            return explain_absence(row.department, year)
        amount = read(row)
        return "" if amount is None else show_wan(amount)

    return Column(
        f"in_{year}",
        label or f"{year}年",
        read if label else None,
        show=show,
        href=lambda row: "" if read(row) is None else link_figure(year, row.department.code, at),
        is_amount=True,
        **more,
    )


YEAR = Column("year", "年度", attrgetter("year"))
CODE = Column("code", "部门编码", attrgetter("department.code"))
DEPARTMENT = Column("department", "部门", attrgetter("department_name"))
ADDRESS = Column("address", "在公开文件里的位置", link_index_row, is_address=True)


class DepartmentFilter(FilterSet):
    department = CharFilter("department__code")


class FunctionFilter(DepartmentFilter):
    """Those below one function code, too."""

    function = CharFilter("function", "startswith")
