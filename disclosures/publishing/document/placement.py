"""Where grids and cells stand on a page or in a file, and which text would be computed there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

# A spreadsheet program takes a text that begins so for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

Cell = Mapping[str, Any]


def order_grids(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Tables 1 to 11, then the performance tables; frozen keys are in the order of letters."""
    grids = content["grids"].items()
    return [
        grid for _, grid in sorted(grids, key=lambda item: (item[0][0] != "T", int(item[0][1:])))
    ]


def place_cells(rows: Iterable[Sequence[Cell]]) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with its row and column, from 0: a cell takes the first place that is free."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            taken.update(list_places(row, column, cell))
            column += cell["colspan"]


def list_places(row: int, column: int, cell: Cell) -> Iterator[tuple[int, int]]:
    """All the places that a cell covers, its own first."""
    for down in range(cell["rowspan"]):
        for right in range(cell["colspan"]):
            yield row + down, column + right


def list_body(grid: Mapping[str, Any]) -> list[Sequence[Cell]]:
    """The rows of a grid below its header, as lists of cells."""
    return [row["cells"] for group in grid["groups"] for row in group["rows"]]


def is_formula_like(text: str) -> bool:
    """True for text that a spreadsheet program would try to compute."""
    return text.startswith(FORMULA_SIGNS)
