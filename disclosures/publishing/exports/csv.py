"""One table as CSV: a row a line, header names joined from top to bottom, amounts as printed."""

import csv
import io

from budgets.domain.document import Table
from disclosures.publishing.document.layout import place_cells

SEPARATOR = "/"
# A spreadsheet program takes a text that begins so for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def build_table_csv(grid: Table) -> bytes:
    """A table as UTF-8 with a byte order mark, comma-separated, lines ending in CR LF.

    Amounts are those printed, in the table's unit (万元). A cell merged over several rows is
    repeated on each; one merged over several columns stands in the first. Text that a spreadsheet
    program would compute, or that begins with an apostrophe, gets an apostrophe in front. The
    sentence of an empty table is left out: the file then holds the header alone.
    """
    rows = [*([name_columns(grid)] if grid.head else []), *list_lines(grid)]
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def name_columns(grid: Table) -> list[str]:
    """Each column's header texts from the top, such as 财政拨款（补助）/一般公共预算.

    Columns under one heading that have no header cell of their own end in their own label.
    """
    names: list[list[str]] = [[] for _ in grid.columns]
    heads = [row for row in grid.head if not row[0].mark]
    for row, column, cell in place_cells(heads):
        is_lowest = row + cell.rowspan == len(heads)
        for place in range(column, column + cell.colspan):
            is_shared = is_lowest and cell.colspan > 1
            names[place].append(grid.columns[place].label if is_shared else cell.text)
    return [SEPARATOR.join(texts) for texts in names]


def list_lines(grid: Table) -> list[list[str]]:
    """The body with every merged cell taken apart."""
    body = [row.cells for row in grid.rows()]
    lines = [[""] * len(grid.columns) for _ in body]
    for row, column, cell in place_cells(body):
        text = cell.text if cell.kind == "amount" else defuse(cell.text)
        for down in range(cell.rowspan):
            lines[row + down][column] = text
    return lines


def defuse(text: str) -> str:
    """Text that no program computes; an apostrophe in front is doubled so that it can be undone."""
    return f"'{text}" if is_formula_like(text) or text.startswith("'") else text


def is_formula_like(text: str) -> bool:
    """True for text that a spreadsheet program would try to compute."""
    return text.startswith(FORMULA_SIGNS)
