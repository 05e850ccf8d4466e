"""The case that checks look into: one filing, and everything that was made from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.chart import Chart
from budgets.domain.checks.names import name_cell
from budgets.domain.document import Paragraph, Section, Subheading, Table
from budgets.domain.facts import Fact
from budgets.domain.filing import Filing
from budgets.domain.notes.history import History
from budgets.domain.notes.writer import Writer
from budgets.domain.sets.table_set import TableSet, load_table_set
from budgets.domain.tables.slices import ledger_facts

# Figures that are only known in 万元 with two places are whole hundreds of yuan.
LAST_PRINTED_DIGIT = Decimal(100)


def is_rounded(amounts: Sequence[Decimal]) -> bool:
    """True where every figure may be a rounded one: nothing below 0.01 万元 is given."""
    return all(not amount % LAST_PRINTED_DIGIT for amount in amounts)


@dataclass(frozen=True, slots=True)
class Case:
    """The writer with its tables by key (`T1`…, `P0`…), the text, and what must not stand in it.

    `facts` are those that the tables count; `others` are the county's other departments by name.
    """

    writer: Writer
    sections: Sequence[Section]
    others: Sequence[str]
    facts: Sequence[Fact]

    @classmethod
    def over(
        cls, writer: Writer, sections: Sequence[Section], others: Sequence[str] = ()
    ) -> "Case":
        """The case of a writer and what it wrote."""
        return cls(writer, sections, others, ledger_facts(writer.filing))

    @property
    def filing(self) -> Filing:
        """What the department stated."""
        return self.writer.filing

    @property
    def chart(self) -> Chart:
        """The year's codes and names."""
        return self.writer.chart

    @property
    def table_set(self) -> TableSet:
        """The tables that the year prescribes, and what must hold between them."""
        return load_table_set(self.chart.table_set)

    @property
    def grids(self) -> Mapping[str, Table]:
        """The finished tables by key."""
        return self.writer.tables

    @property
    def history(self) -> History:
        """Last year's figures."""
        return self.writer.history

    def name_cell(self, at: str) -> str:
        """A cell's address in words: 表4 205 教育支出 一般公共预算."""
        return name_cell(at, self.grids, self.chart)

    def projects(self) -> list[Table]:
        """The tables of the projects, in their order."""
        return [grid for key, grid in self.grids.items() if key.startswith("P") and key != "P0"]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that the public will read, with the place where it stands."""
        for section in self.sections:
            place = section.number + section.title or "名词解释"
            for block in section.blocks:
                if isinstance(block, Paragraph | Subheading):
                    yield place, block.text
        for grid in self.grids.values():
            place = grid.name
            for row in grid.rows():
                yield from (
                    (place, cell.text)
                    for cell in row.cells
                    if cell.text and cell.kind not in ("amount", "code")
                )
