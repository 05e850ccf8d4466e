"""Last year beside a composed document: its figures, 新增 or 取消, and the rows that are gone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from budgets.domain.document import Table
from budgets.domain.money import show_wan
from disclosures.publishing.document.layout import lay_out_grid

Data = dict[str, Any]
NOTHING = ("", "0.00")


@dataclass(frozen=True, slots=True)
class LastYear:
    """What is known of last year, in yuan by address, and how a figure is shown.

    `tables` are its tables (by key) that are known in whole: what has no amount there had none.
    """

    amounts: Mapping[str, Decimal]
    tables: Mapping[str, Table] = field(default_factory=dict)
    show: Callable[[Decimal], str] = show_wan

    def find(self, at: str) -> Decimal | None:
        """A cell's amount; None where nobody has said."""
        known = Decimal("0.00") if at.partition(".")[0] in self.tables else None
        return self.amounts.get(at, known)


def add_last_year(document: Data, last: LastYear) -> Data:
    """A composed document whose amounts carry last year's beside them."""
    return document | {"parts": [add_to_part(part, last) for part in document["parts"]]}


def add_to_part(part: Data, last: LastYear) -> Data:
    """A part, its tables and the tables in its sections."""
    sections = [
        section | {"blocks": [add_to_block(block, last) for block in section["blocks"]]}
        for section in part["sections"]
    ]
    return part | {
        "grids": [add_to_grid(grid, last) for grid in part["grids"]],
        "sections": sections,
    }


def add_to_block(block: Data, last: LastYear) -> Data:
    """A table among the sentences; sentences stay as they are."""
    return block | {"grid": add_to_grid(block["grid"], last)} if "grid" in block else block


def add_to_grid(grid: Data, last: LastYear) -> Data:
    """A table whose amounts carry last year's; `gone` is a table of the rows that it had alone."""
    groups = [
        [row | {"cells": [add_to_cell(cell, last) for cell in row["cells"]]} for row in group]
        for group in grid["groups"]
    ]
    return grid | {"groups": groups, "gone": find_gone(grid, last.tables.get(grid["key"]))}


def find_gone(grid: Data, before: Table | None) -> Data | None:
    """Last year's table with only the rows that this year's has no more, without addresses.

    Tables of two sides print the same rows every year.
    """
    if before is None or grid["leads"] < 0:
        return None
    known = {row["key"] for group in grid["groups"] for row in group}
    rows = tuple(
        row
        for row in before.rows()
        if row.key not in known and any(cell.yuan is not None for cell in row.cells)
    )
    if not rows:
        return None
    laid = lay_out_grid(replace(before, groups=(rows,)))
    return laid | {"groups": [[mark_gone(row) for row in group] for group in laid["groups"]]}


def mark_gone(row: Data) -> Data:
    """A row whose name says that it is gone."""
    names = [
        number for number, cell in enumerate(row["cells"]) if cell["tag"] == "th" and cell["text"]
    ]
    cells = [
        cell | {"at": ""} | ({"last": {"text": "", "mark": "取消"}} if number in names[-1:] else {})
        for number, cell in enumerate(row["cells"])
    ]
    return row | {"cells": cells}


def add_to_cell(cell: Data, last: LastYear) -> Data:
    """A cell with last year's amount; from or to nothing there is a word and no percentage."""
    amount = last.find(cell["at"]) if cell["at"] else None
    if amount is None:
        return cell
    is_budgeted = cell["text"] not in NOTHING
    if not amount:
        return cell | {"last": {"text": "", "mark": "新增"}} if is_budgeted else cell
    mark = "" if is_budgeted else "取消"
    return cell | {"last": {"text": last.show(amount), "mark": mark}}
