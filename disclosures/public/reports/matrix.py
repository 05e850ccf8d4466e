"""Departments × years of one measure: sorted, paged and summed by the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum
from django.http import HttpRequest

from budgets.domain.money import show_wan
from disclosures.models import IndexFigure
from disclosures.public.reports.frame import cut, point
from disclosures.public.reports.measures import Filer, Measure, list_filers, select
from disclosures.public.reports.sheet import Cell, Head, Sheet, name, say
from disclosures.public.years import tell_absence

COLUMNS = {
    "year": "年度",
    "code": "部门编码",
    "department": "部门",
    "yuan": "金额（元）",
    "wan": "公开的文件上印的数（万元）",
    "address": "在公开文件里的位置",
}
Amounts = Mapping[int, Decimal | None]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A measure with its exact total of each year, newest first, and how many departments."""

    measure: Measure
    totals: Mapping[int, Decimal]
    count: int

    @property
    def years(self) -> list[int]:
        """Newest first."""
        return list(self.totals)

    @property
    def figures(self) -> QuerySet[IndexFigure]:
        """The cell of every department and year."""
        return IndexFigure.objects.filter(select([self.measure]))

    def rank(self, by_amount: bool, number: int) -> dict[int, Amounts]:
        """A page of departments with their amounts by year: one query.

        By amount the largest of the newest year comes first, then of the year before.
        """
        own = {f"in_{year}": Sum("amount", filter=Q(year=year)) for year in self.years}
        largest = [F(key).desc(nulls_last=True) for key in own]
        order = [*largest, "department"] if by_amount else ["department__code"]
        rows = self.figures.values("department").annotate(**own).order_by(*order)
        return {
            row["department"]: {year: row[f"in_{year}"] for year in self.years}
            for row in cut(rows, number)
        }

    def lay_out(self, title: str, scope: str, by_amount: bool, number: int) -> Sheet:
        """The page of departments × years, with the total of all departments: two queries."""
        amounts = self.rank(by_amount, number)
        known: dict[int, dict[int, Filer]] = {each: {} for each in amounts}
        for filer in list_filers(department__in=list(amounts)):
            known[filer.department][filer.year] = filer
        return Sheet(
            title=title,
            scope=scope,
            unit="万元",
            heads=[name("部门"), *(Head(f"{year}年") for year in self.years)],
            lines=[self.draw_line(known[each], own) for each, own in amounts.items()],
            total=[say("全部部门"), *(Cell(show_wan(total)) for total in self.totals.values())],
        )

    def draw_line(self, known: Mapping[int, Filer], amounts: Amounts) -> list[Cell]:
        """A department's amounts, each leading to its cell in the document."""
        newest = known[max(known)]
        cells = [
            self.draw_cell(known[year], amount)
            if year in known
            else Cell(tell_absence(newest.own, year))
            for year, amount in amounts.items()
        ]
        return [say(newest.name), *cells]

    def draw_cell(self, filer: Filer, amount: Decimal | None) -> Cell:
        """An amount, or nothing."""
        if amount is None:
            return Cell("")
        return Cell(show_wan(amount), point(filer.year, filer.code, self.measure.at))

    def list_rows(self, request: HttpRequest) -> list[dict]:
        """Every amount by `COLUMNS`, newest year first, departments in the order of their codes."""
        rows = self.figures.order_by("-year", "department__code")
        found = list(rows.values_list("department", "year", "amount"))
        # Names last: whoever has a figure then has a name, even if it was published in between.
        filers = {(filer.department, filer.year): filer for filer in list_filers()}
        return [
            self.describe(request, filers[department, year], amount)
            for department, year, amount in found
        ]

    def describe(self, request: HttpRequest, filer: Filer, amount: Decimal) -> dict:
        """A line of the list."""
        return {
            "year": filer.year,
            "code": filer.code,
            "department": filer.name,
            "yuan": amount,
            "wan": show_wan(amount).replace(",", ""),
            "address": request.build_absolute_uri(point(filer.year, filer.code, self.measure.at)),
        }


def sum_years(measures: Sequence[Measure]) -> dict[Measure, dict[int, Decimal]]:
    """The exact total of each measure that occurs by year, newest first: one query."""
    known = {(each.table, each.row, each.column): each for each in measures}
    cells = IndexFigure.objects.filter(select(measures))
    rows = cells.values_list("table", "row", "column", "year").annotate(whole=Sum("amount"))
    totals: dict[Measure, dict[int, Decimal]] = {}
    for table, row, column, year, total in rows.order_by("-year"):
        totals.setdefault(known[table, row, column], {})[year] = total
    return totals


def open_matrix(measure: Measure, totals: Mapping[int, Decimal]) -> Matrix:
    """The matrix of a measure: one query."""
    departments = IndexFigure.objects.filter(select([measure])).values("department").distinct()
    return Matrix(measure, totals, departments.count())
