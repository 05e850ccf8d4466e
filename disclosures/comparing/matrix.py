"""Departments × years of one measure: the sheet, its total, and the list to take away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.http import HttpRequest

from budgets.facts import show_wan
from disclosures.comparing.frame import cut, point
from disclosures.comparing.measures import (
    Filer,
    Measure,
    Place,
    list_filers,
    read_amounts,
    sum_up,
)
from disclosures.comparing.sheet import Cell, Head, Sheet, name, say

COLUMNS = {
    "year": "年度",
    "code": "部门编码",
    "department": "部门",
    "yuan": "金额（元）",
    "wan": "公开的文件上印的数（万元）",
    "address": "在公开文件里的位置",
}


@dataclass(frozen=True, slots=True)
class Matrix:
    """The amounts by (department, year); `measures` are those that occur at all."""

    amounts: Mapping[Place, Mapping[Measure, Decimal]]
    measures: frozenset[Measure]
    measure: Measure | None = None

    def narrow(self, measure: Measure) -> "Matrix":
        """The matrix of one measure, without the departments that have none of it."""
        amounts = {place: own for place, own in self.amounts.items() if measure in own}
        return replace(self, amounts=amounts, measure=measure)

    @property
    def years(self) -> list[int]:
        """Newest first."""
        return sorted({year for _, year in self.amounts}, reverse=True)

    @property
    def departments(self) -> list[int]:
        """Those with an amount in any year."""
        return list({department for department, _ in self.amounts})

    @property
    def count(self) -> int:
        """How many departments."""
        return len(self.departments)

    def rank(self) -> list[int]:
        """The departments, the largest amount of the newest year first, then of the year before."""
        zero = {self.measure: Decimal(0)}

        def key(department: int) -> tuple:
            own = [self.amounts.get((department, year), zero)[self.measure] for year in self.years]
            return [-amount for amount in own], department

        return sorted(self.departments, key=key)

    def lay_out(self, title: str, scope: str, by_amount: bool, number: int) -> Sheet:
        """The page of departments × years, with the total of all departments."""
        filers = list_filers(department__in=self.departments)
        order = self.rank() if by_amount else list(dict.fromkeys(f.department for f in filers))
        own: dict[int, dict[int, Filer]] = {each: {} for each in cut(order, number)}
        for filer in filers:
            if filer.department in own:
                own[filer.department][filer.year] = filer
        return Sheet(
            title=title,
            scope=scope,
            unit="万元",
            heads=[name("部门"), *(Head(f"{year}年") for year in self.years)],
            lines=[self.draw_line(known) for known in own.values()],
            total=[say("全部部门"), *(Cell(self.total(year)) for year in self.years)],
        )

    def draw_line(self, known: Mapping[int, Filer]) -> list[Cell]:
        """A department's amounts, each leading to its cell in the document."""
        newest = known[max(known)]
        return [say(newest.name), *(self.draw_cell(known.get(year), year) for year in self.years)]

    def draw_cell(self, filer: Filer | None, year: int) -> Cell:
        """An amount, nothing, or that nothing has been published."""
        if filer is None:
            return Cell("未公开")
        amount = self.amounts.get((filer.department, year), {}).get(self.measure)
        if amount is None:
            return Cell("")
        return Cell(show_wan(amount), point(year, filer.code, self.measure.at))

    def total(self, year: int) -> str:
        """All departments' amounts of a year, exact and then printed."""
        own = (told for (_, of), told in self.amounts.items() if of == year)
        return show_wan(sum_up(own, self.measure))

    def list_rows(self, request: HttpRequest) -> list[dict]:
        """Every amount by `COLUMNS`, newest year first, departments in the order of their codes."""
        filers = list_filers(department__in=self.departments)
        return [
            self.describe(request, filer)
            for filer in sorted(filers, key=lambda each: (-each.year, each.code))
            if (filer.department, filer.year) in self.amounts
        ]

    def describe(self, request: HttpRequest, filer: Filer) -> dict:
        """A line of the list."""
        amount = self.amounts[filer.department, filer.year][self.measure]
        return {
            "year": filer.year,
            "code": filer.code,
            "department": filer.name,
            "yuan": amount,
            "wan": show_wan(amount).replace(",", ""),
            "address": request.build_absolute_uri(point(filer.year, filer.code, self.measure.at)),
        }


def open_matrix(measures: Sequence[Measure], **chosen: object) -> Matrix:
    """All amounts of the measures: one query."""
    amounts = read_amounts(measures, **chosen)
    found = frozenset(measure for own in amounts.values() for measure in own)
    return Matrix(amounts, found)
