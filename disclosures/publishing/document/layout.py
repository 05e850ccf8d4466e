"""How one grid is laid out on screen and paper: classes, widths, and what stays in sight."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any
from urllib.parse import quote

from budgets.domain.document import Cell, HeadCell, LeafColumn, Row, Table
from disclosures.publishing.document.placement import place_cells

Data = dict[str, Any]

# What is printed of a table beside its cells.
PRINTED = (
    "key",
    "number",
    "label",
    "title",
    "subtitle",
    "department",
    "unit",
    "scope",
    "empty",
    "footnotes",
)
# Relative column widths that no longer fit on an upright A4 page.
WIDE = 100
HEADERS = ("head", "label")
# Widths on screen in rem: of a column by its kind, and those from which the stylesheet lets a table
# stand without scrolling sideways. In narrow ones each amount has its share and names have the
# rest; in wide ones names have their width and amounts the rest. A text column has a share.
CODE_WIDTH, LABEL_WIDTH, AMOUNT_WIDTH = 2.75, 10, 4.25
DIGIT_WIDTH, AMOUNT_PADDING, SHARE_WIDTH = 0.5, 0.75, 0.55
NARROW_ROOMS, WIDE_ROOMS = (36, 48), (60, 70, 80, 96)


def lay_out_grid(grid: Table, *, opens: bool = False) -> Data:
    """A grid with its classes; `halves` are the column spans of the line above the header.

    `leads` counts the code columns before the first name, `room` the rem it needs on screen.
    With `opens` each printed amount has the `page` that explains it.
    """
    columns = grid.columns
    half = len(columns) // 2
    leads = count_leads(columns)
    return {
        **{name: getattr(grid, name) for name in PRINTED},
        "columns": [
            {"kind": column.kind, "share": share}
            for column, share in zip(columns, list_shares(columns), strict=True)
        ],
        "head": lay_out_header(grid.head, leads),
        "groups": lay_out_groups(grid, opens=opens),
        "halves": (half, len(columns) - half),
        "is_wide": sum(column.width for column in columns) > WIDE,
        "leads": leads,
        "room": measure_room(grid),
        "span": len(columns),
    }


def lay_out_groups(grid: Table, *, opens: bool) -> list[list[Data]]:
    """The body's groups of rows that are not empty; a performance table's rows have addresses."""
    filled = [group for group in grid.groups if group]
    above = grid.key if grid.key.startswith("P") else ""
    return [[lay_out_row(row, above, opens=opens) for row in rows] for rows in filled]


def count_leads(columns: Sequence[LeafColumn]) -> int:
    """How many code columns stand before the name of the row.

    -1 where no column may stay while the others scroll: a table of two sides names its rows twice.
    """
    kinds = [column.kind for column in columns]
    names = [number for number, kind in enumerate(kinds) if kind == "label"]
    amounts = [number for number, kind in enumerate(kinds) if kind == "amount"]
    return names[0] if names and amounts and names[-1] < amounts[0] else -1


def measure_room(grid: Table) -> int:
    """The least room, in rem, in which the grid fits without scrolling; 0 where in none."""
    columns = grid.columns
    longest = max((len(cell.text) for cell in grid.amounts()), default=0)
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


def lay_out_header(rows: Sequence[Sequence[HeadCell]], leads: int) -> list[Data]:
    """The header rows; cells over the columns that name the rows are pinned at their column."""
    laid: list[Data] = [{"is_mark": row[0].mark, "cells": []} for row in rows]
    for row, column, cell in place_cells(rows):
        laid[row]["cells"].append(
            {
                "text": cell.text,
                "colspan": cell.colspan,
                "rowspan": cell.rowspan,
                "scope": cell.scope,
                "pin": pin(column, cell.colspan, leads),
            }
        )
    return laid


def pin(column: int, colspan: int, leads: int) -> str:
    """The classes of a header cell that stays while its table scrolls sideways."""
    if column + colspan > leads + 1:
        return ""
    return f"pin-{column} pin-name" if column == leads else f"pin-{column}"


def lay_out_row(row: Row, above: str = "", *, opens: bool = False) -> Data:
    """A body row; where all its cells are headers they name the columns below them.

    `above` is the table's key where a row without amounts has an address of its own.
    """
    names_columns = all(cell.kind == "head" for cell in row.cells)
    has_own = above and not any(cell.at for cell in row.cells)
    return {
        "key": row.key,
        "at": f"{above}.{row.key}" if has_own else "",
        "level": row.level,
        "cells": [
            lay_out_cell(cell, names_columns=names_columns, opens=opens) for cell in row.cells
        ],
    }


def lay_out_cell(cell: Cell, *, names_columns: bool = False, opens: bool = False) -> Data:
    """A cell with its tag and classes; every key is present, which keeps a big page quick."""
    level = cell.level or 0
    is_header = cell.kind in HEADERS and bool(cell.text)
    scope = "col" if names_columns and cell.rowspan == 1 else "row"
    return {
        "tag": "th" if is_header else "td",
        "scope": scope if is_header else "",
        "classes": f"{cell.kind} indent-{level}" if level > 1 else cell.kind,
        "at": cell.at,
        "page": quote(cell.at, safe=".:") if opens and cell.at and cell.text else "",
        "text": cell.text,
        "last": "",
        "was": "",
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
    }
