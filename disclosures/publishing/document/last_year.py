"""Last year beside a document: its figures, 新增 or 取消, and the rows that are gone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from msgspec.structs import replace

from budgets.domain.document import Table
from disclosures.publishing.document.layout import count_leads

ADDED, GONE = "新增", "取消"
NOTHING = ("", "0.00")


@dataclass(frozen=True, slots=True)
class LastYear:
    """What is known of last year, in yuan by address.

    `tables` are its tables (by key) that are known in whole: what has no amount there had none.
    """

    amounts: Mapping[str, Decimal]
    tables: Mapping[str, Table] = field(default_factory=dict)

    def find(self, at: str) -> Decimal | None:
        """A cell's amount; None where nobody has said."""
        known = Decimal("0.00") if at.partition(".")[0] in self.tables else None
        return self.amounts.get(at, known)

    def compare(self, at: str, text: str) -> tuple[Decimal | None, str]:
        """Last year's amount and the mark beside what is printed of a cell; neither: (None, "").

        From or to nothing there is a word and no percentage.
        """
        amount, is_budgeted = self.find(at), text not in NOTHING
        if not amount:
            return None, ADDED if amount is not None and is_budgeted else ""
        return amount, "" if is_budgeted else GONE

    def find_gone(self, table: Table) -> Table | None:
        """Last year's table with only the rows, of those with an amount, that it had alone.

        None where there are none. Tables of two sides print the same rows every year.
        """
        before = self.tables.get(table.key)
        if before is None or count_leads(table.columns) < 0:
            return None
        known = {row.key for row in table.rows()}
        rows = tuple(
            row
            for row in before.rows()
            if row.key not in known and any(cell.yuan is not None for cell in row.cells)
        )
        return replace(before, groups=(rows,)) if rows else None
