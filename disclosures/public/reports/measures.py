"""The measures: the same cell of every department's document, read from the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q

from budgets.domain.document import Unit
from budgets.domain.money import show_wan, to_wan
from budgets.domain.tables.form import Role
from disclosures.models import IndexFigure
from disclosures.models.index import STATING

Place = tuple[int, int]
# Pieces are named in the label: vehicles and equipment are counted by different words.
PRINTED = {Unit.YUAN: "万元", Unit.AREA: "平方米", Unit.HEADS: "人", Unit.PIECES: ""}


@dataclass(frozen=True, slots=True)
class Measure:
    """A cell by its address in any document, and what it counts."""

    table: str
    row: str
    column: str
    label: str
    unit: Unit = Unit.YUAN

    @property
    def at(self) -> str:
        """Where it stands: a cell of a table, or the paragraph that states it."""
        stated = self.table in STATING
        return f"{self.table}.{self.row}" + ("" if stated else f".{self.column}")

    @property
    def key(self) -> str:
        """Its name in files: the row of Table 10, or the name that a sentence's form gives it."""
        return self.row if self.table == Role.THREE_PUBLIC else self.column

    @property
    def counted(self) -> str:
        """The unit in which it is printed."""
        return PRINTED[self.unit]

    @property
    def called(self) -> str:
        """Its name in a file, with the unit in which the file holds it."""
        unit = "元" if self.unit == Unit.YUAN else self.counted
        return f"{self.label}（{unit}）" if unit else self.label

    def show(self, amount: Decimal) -> str:
        """As the document prints it."""
        if self.unit == Unit.YUAN:
            return show_wan(amount)
        return f"{amount:,.2f}".removesuffix(".00")

    def value(self, amount: Decimal) -> Decimal | int:
        """As a file holds it: yuan and areas with two places, counts whole."""
        return amount if self.unit in (Unit.YUAN, Unit.AREA) else int(amount)


def match_measures(measures: Sequence[Measure]) -> Q:
    cells = (Q(table=each.table, row=each.row, column=each.column) for each in measures)
    return reduce(or_, cells)


def read_amounts(
    measures: Sequence[Measure], **chosen: object
) -> dict[Place, dict[Measure, Decimal]]:
    """The amounts by (department, year), of all documents in force or the chosen: one query."""
    known = {(each.table, each.row, each.column): each for each in measures}
    found: dict[Place, dict[Measure, Decimal]] = {}
    rows = IndexFigure.objects.filter(match_measures(measures), **chosen).values_list(
        "department", "year", "table", "row", "column", "amount"
    )
    for department, year, table, row, column, amount in rows:
        found.setdefault((department, year), {})[known[table, row, column]] = amount
    return found


def write_measure_change(now: Decimal, before: Decimal, measure: Measure) -> str:
    """The difference in words, from the printed figures, as a reader would compute it."""
    gap = subtract_measure(now, before, measure)
    if not gap:
        return "持平"
    size = f"{abs(gap):,.2f}".removesuffix(".00" if measure.unit != Unit.YUAN else "")
    return f"增加{size}" if gap > 0 else f"减少{size}"


def subtract_measure(now: Decimal, before: Decimal, measure: Measure) -> Decimal:
    """The difference of the printed figures."""
    return to_wan(now) - to_wan(before) if measure.unit == Unit.YUAN else now - before
