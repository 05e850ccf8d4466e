"""Every amount of a frozen document by its address, with its names and its neighbours' keys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from budgets.domain.checks.names import ORDINAL
from budgets.domain.document import ZERO, Cell, Document, Table
from budgets.domain.money import to_wan
from budgets.domain.tables.form import TOTAL
from budgets.domain.tables.rows import find_parents

# What a row that repeats its column's name, or has none, is called.
SILENT = {"预算数", "合计"}
NAMES = ("label", "head", "text")


@dataclass(frozen=True)
class Place:
    """One amount: its cell, the table it stands in, and what its row is called."""

    grid: Table
    cell: Cell
    name: str
    level: int | None

    @property
    def at(self) -> str:
        """Its address."""
        return self.cell.at

    @property
    def row(self) -> str:
        """The key of its row."""
        return self.cell.row

    @property
    def column(self) -> str:
        """The key of its column."""
        return self.cell.column

    @property
    def yuan(self) -> Decimal:
        """The exact amount; zero where nothing is budgeted."""
        return self.cell.yuan or ZERO

    @property
    def wan(self) -> Decimal:
        """The amount as printed, in 万元."""
        return to_wan(self.yuan)

    @property
    def exact(self) -> str:
        """The amount to the cent, in yuan."""
        return f"{self.yuan:,.2f}"

    @property
    def text(self) -> str:
        """What is printed; a blank says 0.00 in words."""
        return self.cell.text or "0.00"

    @cached_property
    def heading(self) -> str:
        """The name of its column."""
        labels = {each.key: each.label for each in self.grid.columns}
        return labels.get(self.column, "")

    @property
    def table(self) -> str:
        """The name of its table."""
        return self.grid.name

    @property
    def called(self) -> str:
        """Row and column in words: 2012901 行政运行 · 基本支出."""
        name = ORDINAL.sub("", self.name)
        row = f"{self.row} {name}" if self.row.isdigit() else name
        column = "" if self.heading in SILENT else self.heading
        return " · ".join(dict.fromkeys(name for name in (row, column) if name))


def list_places(document: Document) -> dict[str, Place]:
    """All amounts of the document by address, table by table."""
    return {place.at: place for table in document.tables for place in list_amounts(table)}


def list_amounts(grid: Table) -> Iterator[Place]:
    """A table's amounts, each with the last name and level before it in its row."""
    for row in grid.rows():
        name, level = "", row.level
        for cell in row.cells:
            if cell.kind in NAMES and cell.text:
                name, level = cell.text, cell.level
            if cell.at:
                yield Place(grid, cell, name, level)


def find_wholes(grid: Table) -> dict[str, str]:
    """For each row of a table, by key, the row that it is a part of."""
    places = {place.row: place for place in list_amounts(grid) if place.row != TOTAL}
    if grid.key == "T11":
        # A flat list: an item and a project of that item stand beside each other.
        return dict.fromkeys(places, TOTAL)
    items = [
        (row, place.name, place.level)
        for row, place in places.items()
        if not row[:1].isdigit() and place.level is not None
    ]
    codes = {row: find_code_above(row, places) for row in places if row[:1].isdigit()}
    return codes | find_parents(items)


def find_code_above(row: str, rows: Mapping[str, Any]) -> str:
    """The nearest row whose code this one's begins with; a project stands under its item."""
    code, _, project = row.partition(":")
    above = (code[:length] for length in range(len(code) - (not project), 0, -1))
    return next((each for each in above if each in rows), TOTAL)
