"""The directory of a year: the county in a few figures, and its departments in three orders."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import QuerySet

from budgets.domain.money import show_wan
from budgets.models import Department, DepartmentKind
from disclosures.models import IndexEntry
from disclosures.public.county import Move, compare

# Yuan from which on a department is of that size, largest first.
SIZES = (
    (Decimal(100_000_000), "一亿元以上"),
    (Decimal(10_000_000), "一千万元到一亿元"),
    (Decimal(1_000_000), "一百万元到一千万元"),
    (Decimal("-Infinity"), "一百万元以下"),
)
KINDS = {kind.value: (place, kind.label) for place, kind in enumerate(DepartmentKind)}
UNKNOWN_KIND = (len(KINDS), "未登记类别")
LATEST = 3

Place = tuple[object, str]


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
    def moved(self) -> Move | None:
        """What became of that sum since last year."""
        return compare(self.entries, self.before)

    @property
    def expected(self) -> int:
        """How many departments have a budget to publish in the year."""
        return len(self.entries) + len(self.waiting)

    @property
    def latest(self) -> list[IndexEntry]:
        """The newest publications, corrections too."""
        newest = sorted(self.entries, key=lambda entry: entry.published_at, reverse=True)
        return newest[:LATEST]

    @property
    def is_demo(self) -> bool:
        """True where departments are made up."""
        return any(entry.department.is_demo for entry in self.entries)

    def arrange(self, order: str) -> list[tuple[str, list[dict]]]:
        """(heading, lines) in one of the orders of `ORDERS`."""
        placed = sorted(
            ((ORDERS[order].place(entry), number) for number, entry in enumerate(self.entries))
        )
        return [
            (label, [lay_out(self.entries[number]) for _, number in run])
            for (_, label), run in groupby(placed, key=lambda pair: pair[0])
        ]


@dataclass(frozen=True, slots=True)
class Order:
    """A way to list departments: its name on the page, and each one's place and heading."""

    label: str
    place: Callable[[IndexEntry], Place]


def place_by_size(entry: IndexEntry) -> Place:
    """Largest first."""
    return next((n, label) for n, (least, label) in enumerate(SIZES) if entry.total >= least)


ORDERS = {
    "initial": Order("按拼音首字母", lambda entry: (entry.initial, entry.initial)),
    "kind": Order("按类别", lambda entry: KINDS.get(entry.department.kind, UNKNOWN_KIND)),
    "size": Order("按预算规模", place_by_size),
}


def lay_out(entry: IndexEntry) -> dict:
    """A line of the directory."""
    return {
        "name": entry.name,
        "year": entry.year,
        "code": entry.department.code,
        "total": show_wan(entry.total),
        "version": entry.version,
    }


def list_years() -> list[int]:
    """The years with something published, newest first."""
    return list(IndexEntry.objects.order_by("-year").values_list("year", flat=True).distinct())


def is_made_up() -> bool:
    """True where what is published belongs to a demo county."""
    return IndexEntry.objects.filter(department__is_demo=True).exists()


def open_directory(year: int) -> Directory:
    """The directory of a year: two queries."""
    both = list(list_entries().filter(year__in=(year, year - 1)))
    entries = [entry for entry in both if entry.year == year]
    before = {entry.department_id: entry.total for entry in both if entry.year < year}
    known = {entry.department_id for entry in entries}
    expected: Iterable[Department] = Department.objects.in_year(year)
    waiting = [department for department in expected if department.pk not in known]
    return Directory(year=year, entries=entries, before=before, waiting=waiting)


def list_entries() -> QuerySet[IndexEntry]:
    """All entries with their departments, in the order of the codes."""
    return IndexEntry.objects.select_related("department").order_by("department__code", "-year")
