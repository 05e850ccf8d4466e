"""Every amount of a frozen document as one flat list, for those who compute with them."""

from collections.abc import Iterator
from typing import Any

from budgets.domain.document import Document, Table
from disclosures.publishing.document.layout import place_cells
from disclosures.publishing.exports.csv import name_columns

Data = dict[str, Any]


def list_figures(document: Document) -> Iterator[Data]:
    """Every amount that is not blank, in the order of print."""
    for table in document.tables:
        yield from list_table_figures(table)


def list_table_figures(table: Table) -> Iterator[Data]:
    """The amounts of a table that are not blank: `yuan` exact, `text` as printed in 万元.

    `name` is the words that stand before the amount in its row, `heading` those above it.
    """
    headings = name_columns(table) if table.head else [""] * len(table.columns)
    names: dict[int, str] = {}
    for row, column, cell in place_cells(row.cells for row in table.rows()):
        if cell.kind in ("label", "head"):
            for covered in range(row, row + cell.rowspan):
                names[covered] = cell.text
        if cell.yuan is not None:
            yield {
                "at": cell.at,
                "table": table.key,
                "row": cell.row,
                "name": names.get(row, ""),
                "column": cell.column,
                "heading": headings[column],
                "scope": cell.scope,
                "yuan": cell.yuan,
                "text": cell.text,
            }
