"""The codes as the pages of comparisons name them: levels, scopes, official names, kin."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import Length

from budgets.domain.tables.form import Role
from budgets.models import EconomicCode, FunctionCode
from disclosures.models import IndexFigure
from disclosures.public.reports.measures import Measure

LEVELS = {3: "类", 5: "款", 7: "项"}
CLASS = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """What part of the money a table shows; where it stands in the document."""

    key: str
    label: str
    table: str
    by_column: bool = False

    @property
    def whole(self) -> dict[str, str]:
        """Where the codes' totals stand in the table."""
        return {"row" if self.by_column else "column": "total"}

    def measure(self, code: str) -> Measure:
        """The cell of a code: a row of its table, or a column of its total row."""
        row, column = ("total", code) if self.by_column else (code, "total")
        return Measure(self.table, row, column, self.label)


@dataclass(frozen=True, slots=True)
class Child:
    """A code in a year: how many departments have money on it, and how much together (yuan)."""

    code: str
    count: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class Book:
    """One of the two classifications, the scopes in which its codes have figures."""

    key: str
    label: str
    model: type
    scopes: Sequence[Scope]

    @property
    def overview(self) -> list[Scope]:
        """The scopes that together hold every code in use: the first, and those by column."""
        return [scope for scope in self.scopes if scope == self.scopes[0] or scope.by_column]

    def find_names(self, code: str) -> dict[int, str]:
        """The official name of a code by year, newest first."""
        rows = self.model.objects.filter(code=code).order_by("-year")
        return dict(rows.values_list("year", "name"))

    def name_codes(self, codes: Sequence[str]) -> dict[str, str]:
        """The newest official name of each code."""
        rows = self.model.objects.filter(code__in=codes).order_by("year")
        return dict(rows.values_list("code", "name"))

    def pick_scopes(self, code: str) -> list[Scope]:
        """The scopes that can hold the code: columns are classes only."""
        return [scope for scope in self.scopes if not scope.by_column or len(code) == CLASS]

    def sum_children(self, code: str, scope: Scope, year: int) -> list[Child]:
        """The codes directly below in use, classes below none, in code order: one query."""
        part = "column" if scope.by_column else "row"
        below = {f"{part}__gt": code, f"{part}__lte": f"{code}9999999"}
        rows = (
            IndexFigure.objects.filter(table=scope.table, **scope.whole, **below)
            .alias(size=Length(part))
            .filter(size=len(code) + 2 if code else CLASS)
            .values_list(part)
            .annotate(
                count=Count("department", distinct=True, filter=Q(year=year)),
                whole=Sum("amount", filter=Q(year=year)),
            )
            .order_by(part)
        )
        return [Child(own, count, total or Decimal(0)) for own, count, total in rows]


BOOKS = {
    "function": Book(
        "function",
        "支出功能分类",
        FunctionCode,
        (
            Scope("whole", "全口径", Role.SPENDING),
            Scope("general", "一般公共预算", Role.GENERAL),
            Scope("fund", "政府性基金预算", Role.GOVERNMENT_FUND),
            Scope("capital", "国有资本经营预算", Role.STATE_CAPITAL),
        ),
    ),
    "economic": Book(
        "economic",
        "部门预算支出经济分类",
        EconomicCode,
        (
            Scope("basic", "一般公共预算基本支出", Role.BASIC),
            Scope("project", "一般公共预算项目支出", Role.PROJECTS, by_column=True),
        ),
    ),
}


def list_parents(code: str) -> list[str]:
    """The codes above, widest first: 208 and 20805 of 2080505."""
    return [code[:length] for length in LEVELS if length < len(code)]


def name_level(code: str) -> str:
    """类, 款 or 项."""
    return LEVELS.get(len(code), "")
