"""The first page of a year: the county in a few figures, and its departments in three orders."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from heapq import nlargest
from itertools import groupby
from typing import Any, NamedTuple

from django.core.paginator import InvalidPage, Paginator
from django.core.paginator import Page as Paged
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.domain.money import show_wan
from budgets.domain.tables.form import Role
from budgets.models import Department, DepartmentKind, FunctionCode
from budgets.models.chart import find_table_set
from disclosures.models import IndexEntry, IndexFigure
from disclosures.public.responses import public_page
from disclosures.public.years import list_entries, list_published_years
from disclosures.publishing.report import Link

# How many of the largest purposes and of the latest publications are told.
FEW = 3
# How many departments a page lists, and how many it names that have not published yet.
LINES = 200
# Digits of a class.
CLASS = 3
# A share is printed in hundredths of a percent, a bar drawn by tenths of one.
FULL, CENT, TENTH = Decimal(100), Decimal("0.01"), Decimal("0.1")
# Yuan from which on a department is of that size, largest first.
SIZES = (
    (Decimal(100_000_000), "一亿元以上"),
    (Decimal(10_000_000), "一千万元到一亿元"),
    (Decimal(1_000_000), "一百万元到一千万元"),
    (Decimal("-Infinity"), "一百万元以下"),
)
KINDS = {kind.value: (place, kind.label) for place, kind in enumerate(DepartmentKind)}
UNKNOWN_KIND = (len(KINDS), "未登记类别")


@require_safe
@public_page(minutes=1)
def show_home(
    request: HttpRequest, year: int | None = None, order: str = "initial", page: int = 1
) -> HttpResponse:
    """The newest year, or the one in the address, its departments in one of three orders."""
    years = list_published_years()
    if year and year not in years:
        raise Http404(f"{year}年还没有公开的部门预算。")
    context: dict[str, object] = {"years": years, "orders": ORDERS, "order": order}
    if years:
        directory = read_directory(year or years[0])
        prescribed = find_table_set(directory.year)
        context |= {
            "directory": directory,
            "tables": prescribed.forms,
            "counted": prescribed.counted,
            "is_demo": any(place.is_demo for place in directory.places),
            "purposes": list_purposes(directory.year),
            **turn_to(directory, order, page),
        }
    return render(request, "disclosures/home.html", context)


@dataclass(frozen=True, slots=True)
class TotalChange:
    """The change over last year of the departments that were published in both years (yuan)."""

    departments: int
    is_whole: bool
    this: Decimal
    last: Decimal

    @property
    def word(self) -> str:
        return "增加" if self.this > self.last else "减少"

    @property
    def difference(self) -> str:
        """In 万元; empty where it did not move."""
        return show_wan(abs(self.this - self.last)) if self.this != self.last else ""

    @property
    def rate(self) -> str:
        """In percent of last year."""
        return f"{share(abs(self.this - self.last), self.last).quantize(CENT, ROUND_HALF_UP):,}"

    @property
    def summary(self) -> str:
        change = f"比上年{self.word}{self.difference}万元（{self.rate}%）"
        scope = "" if self.is_whole else f"，按两年都公开了的{self.departments}个部门算"
        return (change if self.difference else "与上年持平") + scope


class Place(NamedTuple):
    """What of an entry decides where it stands: light, for all of a county are read."""

    pk: int
    year: int
    department_id: int
    total: Decimal
    published_at: datetime
    initial: str
    kind: str
    is_demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """What the page of a year tells; `before` are last year's totals by department."""

    year: int
    places: Sequence[Place]
    before: Mapping[int, Decimal]
    waiting: Sequence[str]

    @property
    def total(self) -> str:
        """The sum of the published departments' budgets, in 万元."""
        return show_wan(sum((place.total for place in self.places), Decimal(0)))

    @property
    def moved(self) -> TotalChange | None:
        return compare_totals(self.places, self.before)

    @property
    def expected(self) -> int:
        """How many departments have a budget to publish in the year."""
        return len(self.places) + len(self.waiting)

    @property
    def few_waiting(self) -> Sequence[str]:
        return self.waiting[:LINES]


# Where a department stands in an order, and the heading it stands under.
Placing = Callable[[Place], tuple[Any, str]]


@dataclass(frozen=True, slots=True)
class DirectoryOrder:
    label: str
    name: str
    place: Placing

    def locate(self, year: int, page: int) -> str:
        return reverse(f"disclosures:{self.name}", args=[year, *([page] if page > 1 else [])])


ORDERS = {
    "initial": DirectoryOrder("按拼音首字母", "year", lambda own: (own.initial, own.initial)),
    "kind": DirectoryOrder("按类别", "year-by-kind", lambda own: KINDS.get(own.kind, UNKNOWN_KIND)),
    "size": DirectoryOrder(
        "按预算规模",
        "year-by-size",
        lambda own: next((n, name) for n, (least, name) in enumerate(SIZES) if own.total >= least),
    ),
}


@dataclass(frozen=True, slots=True)
class Group:
    """A heading, where on the site it stands first; this page's departments and totals in 万元."""

    label: str
    mark: str
    href: str
    lines: Sequence[tuple[IndexEntry, str]]


def turn_to(directory: Directory, key: str, number: int) -> dict[str, object]:
    """A page of the departments in an order, with all headings; one query."""
    order = ORDERS[key]
    placed = sorted(((order.place(own), own) for own in directory.places), key=lambda own: own[0])
    pages = Paginator(placed, LINES)
    try:
        shown = pages.page(number)
    except InvalidPage as unknown:
        raise Http404(f"这一年的部门一共{pages.num_pages}页，没有第{number}页。") from unknown
    latest = nlargest(FEW, directory.places, key=lambda own: own.published_at)
    keys = [own.pk for own in (*latest, *(own for _, own in shown.object_list))]
    entries = list_entries().in_bulk(keys)
    groups, first = [], 0
    for mark, (place, run) in enumerate(groupby(placed, key=lambda own: own[0]), start=1):
        page, size = first // LINES + 1, sum(1 for _ in run)
        href = f"#g{mark}" if page == number else f"{order.locate(directory.year, page)}#g{mark}"
        here = placed[max(first, shown.start_index() - 1) : min(first + size, shown.end_index())]
        lines = [(entries[own.pk], show_wan(own.total)) for _, own in here]
        groups.append(Group(place[1], f"g{mark}", href, lines))
        first += size
    return {
        "groups": groups,
        "latest": [entries[own.pk] for own in latest],
        "turns": list(list_turns(order, directory.year, shown)),
        "last": "" if not shown.has_next() else order.locate(directory.year, pages.num_pages),
    }


def list_turns(order: DirectoryOrder, year: int, shown: Paged) -> Iterable[Link]:
    last = shown.paginator.num_pages
    for word, other in (("上一页", shown.number - 1), ("下一页", shown.number + 1)):
        if 1 <= other <= last:
            yield Link(f"{word}（第{other}页，共{last}页）", order.locate(year, other))


def read_directory(year: int) -> Directory:
    """Two queries."""
    named = ("pk", "year", "department_id", "total", "published_at", "initial")
    rows = IndexEntry.objects.filter(year__in=(year, year - 1)).order_by("department__code")
    both = [
        Place(*row) for row in rows.values_list(*named, "department__kind", "department__is_demo")
    ]
    here = IndexEntry.objects.filter(year=year).values("department")
    waiting = Department.objects.in_year(year).exclude(pk__in=here)
    return Directory(
        year=year,
        places=[place for place in both if place.year == year],
        before={place.department_id: place.total for place in both if place.year < year},
        waiting=list(waiting.values_list("name", flat=True)),
    )


def compare_totals(
    entries: Sequence[IndexEntry | Place], before: Mapping[int, Decimal]
) -> TotalChange | None:
    """This year against last, department by department; None where nothing can be compared."""
    both = [each for each in entries if each.department_id in before]
    this = sum((each.total for each in both), Decimal(0))
    last = sum((before[each.department_id] for each in both), Decimal(0))
    is_whole = len(both) == len(entries) == len(before)
    return TotalChange(len(both), is_whole, this, last) if last else None


def list_purposes(year: int) -> list[dict]:
    """The largest function classes of all departments together, whole scope: one query."""
    name = FunctionCode.objects.filter(year=year, code=OuterRef("row")).values("name")
    rows = (
        IndexFigure.objects.filter(table=Role.SPENDING, column="total", year=year)
        .alias(size=Length("row"))
        .filter(size=CLASS)
        .values_list("row")
        .annotate(Sum("amount"), name=Subquery(name[:1]))
    )
    sums = {code: amount for code, amount, _ in rows}
    names = {code: name for code, _, name in rows if name}
    whole = sum(sums.values(), Decimal(0))
    largest = sorted(sums, key=lambda code: (-sums[code], code))[:FEW]
    return [
        {
            "label": names.get(code, code),
            "text": show_wan(sums[code]),
            "href": reverse("disclosures:code-scope", args=["function", code, "whole"]),
            "length": share(sums[code], whole).quantize(TENTH, ROUND_HALF_UP),
        }
        for code in largest
    ]


def share(part: Decimal, whole: Decimal) -> Decimal:
    """A part of a whole in hundredths."""
    return part / whole * FULL if whole else Decimal(0)
