"""The first page of a year: the county in a few figures, and its departments in three orders."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any

from django.db.models import Sum
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

# How many of the largest purposes and of the latest publications are told.
FEW = 3
CLASS = r"^\d{3}$"
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
    request: HttpRequest, year: int | None = None, order: str = "initial"
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
            "groups": directory.group(ORDERS[order].place),
            "tables": prescribed.forms,
            "counted": prescribed.counted,
            "is_demo": any(entry.department.is_demo for entry in directory.entries),
            "purposes": list_purposes(directory.year),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """What the page of a year tells; `before` are last year's totals by department."""

    year: int
    entries: Sequence[IndexEntry]
    before: Mapping[int, Decimal]
    waiting: Sequence[Department]

    @property
    def total(self) -> str:
        """The sum of the published departments' budgets, in 万元."""
        return show_wan(sum((entry.total for entry in self.entries), Decimal(0)))

    @property
    def moved(self) -> TotalChange | None:
        return compare_totals(self.entries, self.before)

    @property
    def expected(self) -> int:
        """How many departments have a budget to publish in the year."""
        return len(self.entries) + len(self.waiting)

    @property
    def latest(self) -> list[IndexEntry]:
        return sorted(self.entries, key=lambda each: each.published_at, reverse=True)[:FEW]

    def group(self, place: "Placing") -> list[tuple[str, list[tuple[IndexEntry, str]]]]:
        """(heading, departments with their totals in 万元), in the order of the places."""
        placed = sorted(((place(each), each) for each in self.entries), key=lambda pair: pair[0])
        return [
            (label, [(entry, show_wan(entry.total)) for _, entry in run])
            for (_, label), run in groupby(placed, key=lambda pair: pair[0])
        ]


# Where a department stands in an order, and the heading it stands under.
Placing = Callable[[IndexEntry], tuple[Any, str]]


@dataclass(frozen=True, slots=True)
class DirectoryOrder:
    label: str
    place: Placing


ORDERS = {
    "initial": DirectoryOrder("按拼音首字母", lambda entry: (entry.initial, entry.initial)),
    "kind": DirectoryOrder("按类别", lambda entry: KINDS.get(entry.department.kind, UNKNOWN_KIND)),
    "size": DirectoryOrder(
        "按预算规模",
        lambda own: next((n, name) for n, (least, name) in enumerate(SIZES) if own.total >= least),
    ),
}


def read_directory(year: int) -> Directory:
    """Two queries."""
    both = list(list_entries().filter(year__in=(year, year - 1)))
    entries = [entry for entry in both if entry.year == year]
    before = {entry.department_id: entry.total for entry in both if entry.year < year}
    known = {entry.department_id for entry in entries}
    waiting = [each for each in Department.objects.in_year(year) if each.pk not in known]
    return Directory(year=year, entries=entries, before=before, waiting=waiting)


def compare_totals(
    entries: Sequence[IndexEntry], before: Mapping[int, Decimal]
) -> TotalChange | None:
    """This year against last, department by department; None where nothing can be compared."""
    both = [each for each in entries if each.department_id in before]
    this = sum((each.total for each in both), Decimal(0))
    last = sum((before[each.department_id] for each in both), Decimal(0))
    is_whole = len(both) == len(entries) == len(before)
    return TotalChange(len(both), is_whole, this, last) if last else None


def list_purposes(year: int) -> list[dict]:
    """The largest function classes of all departments together, whole scope: two queries."""
    sums = dict(
        IndexFigure.objects.filter(
            table=Role.SPENDING, column="total", year=year, function__regex=CLASS
        )
        .values_list("function")
        .annotate(Sum("amount"))
    )
    whole = sum(sums.values(), Decimal(0))
    largest = sorted(sums, key=lambda code: (-sums[code], code))[:FEW]
    names = dict(
        FunctionCode.objects.filter(year=year, code__in=largest).values_list("code", "name")
    )
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
