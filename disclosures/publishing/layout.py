"""Where the cells of a table stand, how wide its columns are, and what of it stays in sight."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import TypeVar

from budgets.domain.document import Cell, HeadCell, LeafColumn, Table

AnyCell = TypeVar("AnyCell", Cell, HeadCell)
# Relative column widths that no longer fit on an upright A4 page.
WIDE = 100
# Widths on screen in rem: of a column by its kind, and those from which the stylesheet lets a table
# stand without scrolling sideways. In narrow ones each amount has its share and names have the
# rest; in wide ones names have their width and amounts the rest. A text column has a share.
CODE_WIDTH, LABEL_WIDTH, AMOUNT_WIDTH = 2.75, 10, 4.25
DIGIT_WIDTH, AMOUNT_PADDING, SHARE_WIDTH = 0.5, 0.75, 0.55
NARROW_ROOMS, WIDE_ROOMS = (36, 48), (60, 70, 80, 96)


def place_cells(rows: Iterable[Sequence[AnyCell]]) -> list[tuple[int, int, AnyCell]]:
    """Each cell with its row and column, from 0: a cell takes the first place that is free."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            placed.append((row, column, cell))
            for down in range(row, row + cell.rowspan):
                taken.update((down, right) for right in range(column, column + cell.colspan))
            column += cell.colspan
    return placed


def is_wide(table: Table) -> bool:
    """Whether the table needs a page on its side."""
    return sum(column.width for column in table.columns) > WIDE


def count_leads(columns: Sequence[LeafColumn]) -> int:
    """How many code columns stand before the name of the row.

    -1 where no column may stay while the others scroll: a table of two sides names its rows twice.
    """
    kinds = [column.kind for column in columns]
    names = [number for number, kind in enumerate(kinds) if kind == "label"]
    amounts = [number for number, kind in enumerate(kinds) if kind == "amount"]
    return names[0] if names and amounts and names[-1] < amounts[0] else -1


def measure_room(columns: Sequence[LeafColumn], amounts: Iterable[str]) -> int:
    """The least room, in rem, in which a table of these amounts fits without scrolling; 0: none."""
    longest = max(map(len, amounts), default=0)
    amount = max(AMOUNT_WIDTH, longest * DIGIT_WIDTH + AMOUNT_PADDING)
    fixed = {"code": CODE_WIDTH, "label": LABEL_WIDTH, "amount": amount}
    natural = sum(fixed.get(column.kind, column.width * SHARE_WIDTH) for column in columns)
    shares = [
        share
        for share, column in zip(list_shares(columns), columns, strict=True)
        if column.kind == "amount"
    ]
    shared = 100 * amount / min(shares, default=100)
    narrow = [room for room in NARROW_ROOMS if max(natural, shared) <= room]
    return next((room for room in (*narrow, *WIDE_ROOMS) if natural <= room), 0)


def list_shares(columns: Sequence[LeafColumn]) -> list[int]:
    """Each column's width as a whole percentage; they add up to exactly 100."""
    ends = list(accumulate((column.width for column in columns), initial=0))
    return [
        round(100 * end / ends[-1]) - round(100 * start / ends[-1]) for start, end in pairwise(ends)
    ]
