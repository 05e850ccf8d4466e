"""A finished table: rows of cells ready for any form, every amount with its own address."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from budgets.domain.tables.form import Sums

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One printed cell.

    `kind` is head, code, label, amount, text or blank. Only amounts have an address (`at`), the
    table, row and column it is made of, a scope, and `yuan`: None where nothing is budgeted.
    `parts` tells how many facts it sums; it is not frozen.
    """

    kind: str
    text: str = ""
    colspan: int = 1
    rowspan: int = 1
    level: int | None = None
    at: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    scope: str = ""
    yuan: Decimal | None = None
    parts: int = 0

    def as_data(self) -> dict[str, Any]:
        """The cell as it is frozen; amounts in yuan as strings."""
        data: dict[str, Any] = {
            "kind": self.kind,
            "text": self.text,
            "colspan": self.colspan,
            "rowspan": self.rowspan,
        }
        if self.level is not None:
            data["level"] = self.level
        if self.kind == "amount":
            data |= {"at": self.at, "table": self.table, "row": self.row}
            data |= {"column": self.column, "scope": self.scope}
            data["yuan"] = None if self.yuan is None else f"{self.yuan:.2f}"
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCell:
    """One cell of the header; `scope` is col or colgroup; `mark` cells are the ※ row."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    scope: str = "col"
    mark: bool = False

    def as_data(self) -> dict[str, Any]:
        """The header cell as it is frozen."""
        return {
            "text": self.text,
            "colspan": self.colspan,
            "rowspan": self.rowspan,
            "scope": self.scope,
            "mark": self.mark,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One printed row; `level` 0 total, 1 class, 2 section, 3 item, 4 project, None otherwise."""

    key: str
    cells: tuple[Cell, ...]
    level: int | None = None

    def as_data(self) -> dict[str, Any]:
        """The row as it is frozen."""
        return {"key": self.key, "level": self.level, "cells": [c.as_data() for c in self.cells]}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafColumn:
    """What stands under the header in one column; `width` is relative."""

    key: str
    label: str
    kind: str
    width: int
    scope: str = ""

    def as_data(self) -> dict[str, Any]:
        """The column as it is frozen."""
        return {
            "key": self.key,
            "label": self.label,
            "kind": self.kind,
            "width": self.width,
            "scope": self.scope,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as every form prints it. Merged body cells never cross a group of rows.

    `sums` says which of its columns make up which; it is not frozen.
    """

    key: str
    number: int | None
    label: str
    title: str
    department: str
    scope: str
    columns: tuple[LeafColumn, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    groups: tuple[tuple[Row, ...], ...]
    subtitle: str = ""
    unit: str = "万元"
    empty: str | None = None
    footnotes: tuple[str, ...] = ()
    sums: Sums = ()
    _index: dict[str, Cell] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._index.update({cell.at: cell for cell in self.amounts()})

    def amounts(self) -> Iterator[Cell]:
        """Every cell that holds, or could hold, money."""
        for group in self.groups:
            for row in group:
                yield from (cell for cell in row.cells if cell.kind == "amount")

    def rows(self, *levels: int) -> list[Row]:
        """The rows of these levels, in order; all rows where no level is given."""
        rows = [row for group in self.groups for row in group]
        return [row for row in rows if row.level in levels] if levels else rows

    def cell(self, row: str, column: str) -> Cell | None:
        """The amount cell at a row and column key; None where the table has no such row."""
        return self._index.get(f"{self.key}.{row}.{column}")

    def yuan(self, row: str, column: str) -> Decimal:
        """The exact amount there; zero where the cell is blank or the row is not in the table."""
        cell = self.cell(row, column)
        return ZERO if cell is None or cell.yuan is None else cell.yuan

    def as_data(self) -> dict[str, Any]:
        """The table as it is frozen."""
        return {
            "key": self.key,
            "number": self.number,
            "label": self.label,
            "title": self.title,
            "subtitle": self.subtitle,
            "department": self.department,
            "unit": self.unit,
            "scope": self.scope,
            "columns": [column.as_data() for column in self.columns],
            "head": [[cell.as_data() for cell in row] for row in self.head],
            "groups": [{"rows": [row.as_data() for row in group]} for group in self.groups],
            "empty": self.empty,
            "footnotes": list(self.footnotes),
        }
