"""Where a published figure comes from, where it goes, who quotes it, and what proves it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from budgets.domain.checks.case import ORDINAL
from budgets.domain.document import (
    ZERO,
    Cell,
    Document,
    Finding,
    Paragraph,
    Table,
    find_cell,
    list_runs,
)
from budgets.domain.money import to_wan
from budgets.domain.sets.xinjiang import XINJIANG
from budgets.domain.tables.form import TOTAL, find_parents

# What a row that repeats its column's name, or has none, is called.
SILENT = {"预算数", "合计"}
NAMES = ("label", "head", "text")


@dataclass(frozen=True)
class NamedAmount:
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


def list_named_amounts(document: Document) -> dict[str, NamedAmount]:
    """All amounts of the document by address, table by table."""
    return {place.at: place for table in document.tables for place in list_table_amounts(table)}


def list_table_amounts(grid: Table) -> Iterator[NamedAmount]:
    """A table's amounts, each with the last name and level before it in its row."""
    for row in grid.rows():
        name, level = "", row.level
        for cell in row.cells:
            if cell.kind in NAMES and cell.text:
                name, level = cell.text, cell.level
            if cell.at:
                yield NamedAmount(grid, cell, name, level)


def find_wholes(grid: Table) -> dict[str, str]:
    """For each row of a table, by key, the row that it is a part of."""
    places = {place.row: place for place in list_table_amounts(grid) if place.row != TOTAL}
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


Places = Mapping[str, NamedAmount]
DOWN_COLUMN, ACROSS_ROW = "下级各行", "同行各列"
ACROSS = {
    form.key: tuple(each for block in form.blocks for each in block.sums) for form in XINJIANG.forms
}
# A project's funds, as its target table gives them.
FUNDS = (("total", ("fiscal", "other")),)
# Cells that say the same of the same code: (table, column) and its equals.
EQUALS = {
    ("T1", "expenditure"): (("T3", "total"),),
    ("T2", "total"): (("T3", "total"),),
    ("T3", "total"): (("T1", "expenditure"), ("T2", "total")),
}


@dataclass(frozen=True, slots=True)
class Addition:
    """A cell as the sum of others, in one direction."""

    direction: str
    whole: NamedAmount
    parts: Sequence[NamedAmount]

    @property
    def residue(self) -> str:
        """What stands on the cell itself and on none of its parts, in yuan; empty for nothing."""
        return show_amount(self.whole.yuan - sum((part.yuan for part in self.parts), ZERO))

    @property
    def printed(self) -> str:
        """What the printed parts add up to, in 万元."""
        return f"{sum((part.wan for part in self.parts), ZERO):,.2f}"

    @property
    def gap(self) -> str:
        """How far that is from the printed cell, in 万元; empty where it is equal."""
        return show_amount(abs(self.whole.wan - sum((part.wan for part in self.parts), ZERO)))


def show_amount(amount: Decimal) -> str:
    """An amount as text; nothing at all is empty."""
    return f"{amount:,.2f}" if amount else ""


def list_sums(place: NamedAmount, places: Places) -> list[Addition]:
    """The cell as the sum of the rows below it, and of the columns beside it."""
    rows = [row for row, whole in find_wholes(place.grid).items() if whole == place.row]
    columns = next((parts for whole, parts in list_columns(place) if whole == place.column), ())
    found = (
        (DOWN_COLUMN, [find_neighbour(place, row, place.column, places) for row in rows]),
        (ACROSS_ROW, [find_neighbour(place, place.row, column, places) for column in columns]),
    )
    return [
        Addition(direction, place, budgeted)
        for direction, parts in found
        if (budgeted := [part for part in parts if part and part.cell.text])
    ]


def list_wholes(place: NamedAmount, places: Places) -> list[NamedAmount]:
    """The cells that include this one."""
    above = find_wholes(place.grid).get(place.row, "")
    beside = [whole for whole, parts in list_columns(place) if place.column in parts]
    found = [
        find_neighbour(place, above, place.column, places),
        *(find_neighbour(place, place.row, whole, places) for whole in beside),
    ]
    return [each for each in found if each]


def list_equals(place: NamedAmount, places: Places) -> list[NamedAmount]:
    """The cells of other tables that give the same money."""
    pairs = EQUALS.get((place.grid.key, place.column), ())
    found = (places.get(f"{table}.{place.row}.{column}") for table, column in pairs)
    return [each for each in found if each]


def list_columns(place: NamedAmount) -> Sequence[tuple[str, Sequence[str]]]:
    """Which columns of the cell's table make up which."""
    key = place.grid.key
    return FUNDS if key.startswith("P") else ACROSS[key]


def find_neighbour(place: NamedAmount, row: str, column: str, places: Places) -> NamedAmount | None:
    """The cell of the same table at another row or column."""
    return places.get(f"{place.grid.key}.{row}.{column}")


# The cells of each identity, by its id: the frozen finding names one only where a side is one cell.
TERMS = {
    one.id: {term.removeprefix("-") for term in (*one.left, *one.right)}
    for one in XINJIANG.identities
    if one.id and one.each is None
}


def explain_figure(document: Document, at: str) -> dict[str, Any] | None:
    """Everything that the frozen document knows of an amount; None where there is no such cell."""
    places = list_named_amounts(document)
    place = places.get(at)
    if place is None:
        return None
    sums, wholes = list_sums(place, places), list_wholes(place, places)
    equals = list_equals(place, places)
    return {
        "place": place,
        "sums": sums,
        "wholes": wholes,
        "equals": equals,
        "sentences": list(list_quotes(document, at)),
        "findings": list(list_findings(document, at, name_general(place, sums, wholes, equals))),
    }


def explain_sentence(document: Document, key: str) -> dict[str, Any] | None:
    """A paragraph with its place and the amounts that it quotes; None where there is none."""
    places = list_named_amounts(document)
    for heading, paragraph in list_paragraphs(document):
        if paragraph.key == key:
            quoted = dict.fromkeys(find_cell(span) for span in paragraph.spans)
            return {
                "key": key,
                "heading": heading,
                "text": paragraph.text,
                "places": [places[at] for at in quoted if at in places],
            }
    return None


def list_paragraphs(document: Document) -> Iterator[tuple[str, Paragraph]]:
    """Every paragraph with the heading of its section."""
    for part, section in document.sections():
        heading = f"{part.number} {section.number}{section.title}".strip()
        yield from ((heading, paragraph) for paragraph in section.paragraphs())


def list_quotes(document: Document, at: str) -> Iterator[dict[str, Any]]:
    """The sentences that give the amount, its share or its change, with these marked."""
    for heading, paragraph in list_paragraphs(document):
        runs = list_runs(paragraph.spans)
        if any(run.at == at for run in runs):
            yield {
                "key": paragraph.key,
                "heading": heading,
                "spans": [{"text": run.text, "is_meant": run.at == at} for run in runs],
            }


def list_findings(
    document: Document, at: str, general: Collection[str]
) -> Iterator[tuple[int, Finding]]:
    """The findings that speak of the cell, each with its number on the 核对单.

    A finding without figures of its own speaks of all cells that its check looks at.
    """
    for number, finding in enumerate(document.checks, start=1):
        cells = {side.at for side in finding.sides} | TERMS.get(finding.id, set())
        if at in cells or (finding.id in general and not finding.sides):
            yield number, finding


def name_general(
    place: NamedAmount,
    sums: Sequence[Addition],
    wholes: Sequence[NamedAmount],
    equals: Sequence[NamedAmount],
) -> set[str]:
    """The checks that look at all rows alike, where this cell is among them."""
    by_row = {each.row == place.row for each in wholes}
    by_row |= {each.direction == ACROSS_ROW for each in sums}
    tables = {place.grid.key, *(each.grid.key for each in equals)}
    return {
        *(["across"] if True in by_row and place.grid.key in ACROSS else []),
        *(["levels"] if False in by_row and place.row.isdigit() else []),
        *(["T2-T3-rows"] if {"T2", "T3"} <= tables else []),
        *(["T1-T3-classes"] if {"T1", "T3"} <= tables else []),
    }
