"""The figures of a document: cells of its tables, and those that its sentences state."""

from collections.abc import Iterator
from typing import Any

from budgets.domain.document import Document, Row, Stated, Table
from budgets.domain.passages import name_project

CODED = {"T2", "T3", "T5", "T7", "T8", "T9", "T11"}


def list_index_figures(document: Document) -> Iterator[dict[str, Any]]:
    """The fields of an IndexFigure for each figure, tables first."""
    for table in document.tables:
        yield from _list_cells(table) if table.number is not None else _list_money(table)
    for paragraph in document.paragraphs():
        key, _, row = paragraph.key.partition(".")
        for span in paragraph.spans:
            if isinstance(span, Stated):
                yield {
                    "table": key,
                    "row": row,
                    "column": span.key,
                    "unit": span.unit.value,
                    "amount": span.value,
                }


def _list_cells(table: Table) -> Iterator[dict[str, Any]]:
    for row in table.rows():
        for cell in row.cells:
            if cell.yuan is not None:
                yield {
                    "table": table.key,
                    "row": cell.row,
                    "column": cell.column,
                    "scope": cell.scope,
                    "amount": cell.yuan,
                    "project": _name_project(row) if ":" in cell.row else "",
                    **_read_codes(table.key, cell.row, cell.column),
                }


def _list_money(table: Table) -> Iterator[dict[str, Any]]:
    """What a project has of each kind of money: a line of the table `P`."""
    if project := name_project(table):
        for cell in table.amounts():
            yield {
                "table": "P",
                "row": f"{table.key.removeprefix('P')}.{cell.row}",
                "column": cell.column,
                "scope": cell.scope,
                "amount": cell.yuan,
                "project": project,
            }


def _name_project(row: Row) -> str:
    """The project's name as it is printed; the row's key holds it without blanks."""
    return next(cell.text for cell in row.cells if cell.kind == "label" and cell.text)


def _read_codes(table: str, row: str, column: str) -> dict[str, str]:
    code = row.partition(":")[0]
    code = code if code.isdigit() else ""
    if table == "T6":
        return {"economic": code}
    if table in CODED:
        economic = column if column.isdigit() else ""
        return {"function": code, "economic": economic}
    # The sides of tables 1 and 4 name classes; their income side has rows of its own.
    return {"function": code}
