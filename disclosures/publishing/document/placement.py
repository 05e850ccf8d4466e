"""Where cells stand on a page or in a file, and which text would be computed there."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from budgets.domain.document import Cell, HeadCell

AnyCell = TypeVar("AnyCell", Cell, HeadCell)
# A spreadsheet program takes a text that begins so for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def place_cells(
    rows: Iterable[Sequence[AnyCell]],
) -> Iterator[tuple[int, int, AnyCell]]:
    """Each cell with its row and column, from 0: a cell takes the first place that is free."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            taken.update(list_places(row, column, cell))
            column += cell.colspan


def list_places(row: int, column: int, cell: Cell | HeadCell) -> Iterator[tuple[int, int]]:
    """All the places that a cell covers, its own first."""
    for down in range(cell.rowspan):
        for right in range(cell.colspan):
            yield row + down, column + right


def is_formula_like(text: str) -> bool:
    """True for text that a spreadsheet program would try to compute."""
    return text.startswith(FORMULA_SIGNS)
