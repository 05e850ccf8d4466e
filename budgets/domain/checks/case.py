"""The case that checks look into: one filing, and everything that was made from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.chart import Chart
from budgets.domain.checks.names import name_cell
from budgets.domain.facts import Fact
from budgets.domain.filing import Filing
from budgets.domain.notes.desk import Desk
from budgets.domain.notes.history import History
from budgets.domain.notes.spans import Section
from budgets.domain.tables.grid import Grid
from budgets.domain.tables.slices import ledger_facts

# Figures that are only known in 万元 with two places are whole hundreds of yuan.
LAST_PRINTED_DIGIT = Decimal(100)


def is_rounded(amounts: Sequence[Decimal]) -> bool:
    """True where every figure may be a rounded one: nothing below 0.01 万元 is given."""
    return all(not amount % LAST_PRINTED_DIGIT for amount in amounts)


@dataclass(frozen=True, slots=True)
class Case:
    """The desk with its tables by key (`T1`…, `P0`…), the text, and what must not stand in it.

    `facts` are those that the tables count; `others` are the county's other departments by name.
    """

    desk: Desk
    sections: Sequence[Section]
    others: Sequence[str]
    facts: Sequence[Fact]

    @classmethod
    def over(cls, desk: Desk, sections: Sequence[Section], others: Sequence[str] = ()) -> "Case":
        """The case of a desk and what was written at it."""
        return cls(desk, sections, others, ledger_facts(desk.filing))

    @property
    def filing(self) -> Filing:
        """What the department stated."""
        return self.desk.filing

    @property
    def chart(self) -> Chart:
        """The year's codes and names."""
        return self.desk.chart

    @property
    def grids(self) -> Mapping[str, Grid]:
        """The finished tables by key."""
        return self.desk.tables

    @property
    def history(self) -> History:
        """Last year's figures."""
        return self.desk.history

    def name_cell(self, at: str) -> str:
        """A cell's address in words: 表4 205 教育支出 一般公共预算."""
        return name_cell(at, self.grids, self.chart)

    def projects(self) -> list[Grid]:
        """The tables of the projects, in their order."""
        return [grid for key, grid in self.grids.items() if key.startswith("P") and key != "P0"]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that the public will read, with the place where it stands."""
        for section in self.sections:
            place = section.number + section.title or "名词解释"
            for block in section.blocks:
                if not hasattr(block, "grid"):
                    yield place, block.text
        for grid in self.grids.values():
            place = f"{grid.label} {grid.title}".strip()
            for row in grid.rows():
                yield from (
                    (place, cell.text)
                    for cell in row.cells
                    if cell.text and cell.kind not in ("amount", "code")
                )
