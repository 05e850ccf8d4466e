"""Where a published figure comes from, where it goes, who quotes it, and what proves it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from budgets.domain.checks.case import ORDINAL
from budgets.domain.document import Cell, Document, Table, find_cell, list_runs
from budgets.domain.money import ZERO, to_wan
from budgets.domain.passages import list_headed_paragraphs, list_row_amounts
from budgets.domain.sets.xinjiang import XINJIANG
from budgets.domain.tables.form import TOTAL, Role, find_parents

# What a row that repeats its column's name, or has none, is called.
SILENT = {"预算数", "合计"}
DOWN_COLUMN, ACROSS_ROW = "下级各行", "同行各列"
# A project's funds, as its target table gives them.
PROJECT_FUNDS = (("total", ("fiscal", "other")),)
# Cells that say the same of the same code: (table, column) and its equals.
EQUALS: Mapping[tuple[str, str], Sequence[tuple[str, str]]] = {
    (Role.WHOLE, "expenditure"): ((Role.SPENDING, "total"),),
    (Role.INCOME, "total"): ((Role.SPENDING, "total"),),
    (Role.SPENDING, "total"): ((Role.WHOLE, "expenditure"), (Role.INCOME, "total")),
}
IDENTITIES = [identity for identity in XINJIANG.identities if identity.id]
# The cells of each identity, by its id: the frozen finding names one only where a side is one cell.
TERMS = {
    identity.id: {term.removeprefix("-") for term in (*identity.left, *identity.right)}
    for identity in IDENTITIES
    if identity.each is None
}
# The tables of those that hold row by row.
BY_ROW = {
    identity.id: {table for table, _, _ in identity.terms}
    for identity in IDENTITIES
    if identity.each is not None
}


@dataclass(frozen=True)
class NamedAmount:
    grid: Table
    cell: Cell
    name: str
    level: int | None

    @property
    def at(self) -> str:
        return self.cell.at

    @property
    def row(self) -> str:
        return self.cell.row

    @property
    def column(self) -> str:
        return self.cell.column

    @property
    def yuan(self) -> Decimal:
        """The exact amount; zero where nothing is budgeted."""
        return self.cell.yuan or ZERO

    @property
    def wan(self) -> Decimal:
        return to_wan(self.yuan)

    @property
    def exact(self) -> str:
        """The amount to the cent, in yuan."""
        return f"{self.yuan:,.2f}"

    @property
    def text(self) -> str:
        """What is printed; a blank says 0.00 in words."""
        return self.cell.text or "0.00"

    @property
    def table(self) -> str:
        return self.grid.name

    @cached_property
    def called(self) -> str:
        """Row and column in words: 2012901 行政运行 · 基本支出."""
        name = ORDINAL.sub("", self.name)
        row = f"{self.row} {name}" if self.row.isdigit() else name
        headings = {each.key: each.label for each in self.grid.columns}
        column = headings.get(self.column, "")
        shown = (row, "" if column in SILENT else column)
        return " · ".join(dict.fromkeys(filter(None, shown)))


Places = Mapping[str, NamedAmount]


def list_named_amounts(document: Document) -> dict[str, NamedAmount]:
    """All amounts of the document by address, table by table."""
    return {place.at: place for table in document.tables for place in name_amounts(table)}


def name_amounts(grid: Table) -> Iterator[NamedAmount]:
    """A table's amounts, each with the last name and level before it in its row."""
    for row in grid.rows():
        for cell, name in list_row_amounts(row):
            called, level = (name.text, name.level) if name else ("", row.level)
            yield NamedAmount(grid, cell, called, level)


@dataclass(frozen=True, slots=True)
class CellSum:
    """A cell as the sum of others, in one direction."""

    direction: str
    whole: NamedAmount
    parts: Sequence[NamedAmount]

    @property
    def residue(self) -> str:
        """What stands on the cell itself and on none of its parts, in yuan; empty for nothing."""
        return _show(self.whole.yuan - sum((part.yuan for part in self.parts), ZERO))

    @property
    def printed(self) -> str:
        return f"{sum((part.wan for part in self.parts), ZERO):,.2f}"

    @property
    def gap(self) -> str:
        """How far that is from the printed cell, in 万元; empty where it is equal."""
        return _show(abs(self.whole.wan - sum((part.wan for part in self.parts), ZERO)))


def _show(amount: Decimal) -> str:
    return f"{amount:,.2f}" if amount else ""


def explain_figure(document: Document, at: str) -> dict[str, Any] | None:
    """Everything that the frozen document knows of an amount; None where there is no such cell."""
    places = list_named_amounts(document)
    place = places.get(at)
    if place is None:
        return None
    sums, wholes = _list_sums(place, places), _list_wholes(place, places)
    pairs = EQUALS.get((place.grid.key, place.column), ())
    same = (places.get(f"{table}.{place.row}.{column}") for table, column in pairs)
    equals = [each for each in same if each]
    general = _name_general(place, sums, wholes, equals)
    quotes = []
    for heading, paragraph in list_headed_paragraphs(document):
        runs = list_runs(paragraph.spans)
        if any(run.at == at for run in runs):
            spans = [{"text": run.text, "is_meant": run.at == at} for run in runs]
            quotes.append({"key": paragraph.key, "heading": heading, "spans": spans})
    return {
        "place": place,
        "sums": sums,
        "wholes": wholes,
        "equals": equals,
        # Those that give the amount, its share or its change, with these marked.
        "sentences": quotes,
        # Numbered as on the 核对单; one without figures speaks of all that its check looks at.
        "findings": [
            (number, finding)
            for number, finding in enumerate(document.checks, start=1)
            if at in {*(side.at for side in finding.sides), *TERMS.get(finding.id, ())}
            or (finding.id in general and not finding.sides)
        ],
    }


def explain_sentence(document: Document, key: str) -> dict[str, Any] | None:
    """A paragraph with its place and the amounts that it quotes; None where there is none."""
    places = list_named_amounts(document)
    for heading, paragraph in list_headed_paragraphs(document):
        if paragraph.key == key:
            quoted = dict.fromkeys(find_cell(span) for span in paragraph.spans)
            return {
                "key": key,
                "heading": heading,
                "text": paragraph.text,
                "places": [places[at] for at in quoted if at in places],
            }
    return None


def _list_sums(place: NamedAmount, places: Places) -> list[CellSum]:
    """The cell as the sum of the rows below it, and of the columns beside it."""
    rows = [row for row, whole in _find_wholes(place.grid).items() if whole == place.row]
    columns = next((parts for whole, parts in _list_columns(place) if whole == place.column), ())
    found = (
        (DOWN_COLUMN, [_find_neighbour(place, row, place.column, places) for row in rows]),
        (ACROSS_ROW, [_find_neighbour(place, place.row, column, places) for column in columns]),
    )
    return [
        CellSum(direction, place, budgeted)
        for direction, parts in found
        if (budgeted := [part for part in parts if part and part.cell.text])
    ]


def _list_wholes(place: NamedAmount, places: Places) -> list[NamedAmount]:
    above = _find_wholes(place.grid).get(place.row, "")
    beside = [whole for whole, parts in _list_columns(place) if place.column in parts]
    found = [
        _find_neighbour(place, above, place.column, places),
        *(_find_neighbour(place, place.row, whole, places) for whole in beside),
    ]
    return [each for each in found if each]


def _list_columns(place: NamedAmount) -> Sequence[tuple[str, Sequence[str]]]:
    return PROJECT_FUNDS if place.grid.key.startswith("P") else place.grid.sums


def _find_neighbour(
    place: NamedAmount, row: str, column: str, places: Places
) -> NamedAmount | None:
    return places.get(f"{place.grid.key}.{row}.{column}")


def _find_wholes(grid: Table) -> dict[str, str]:
    """For each row of a table, by key, the row that it is a part of."""
    places = {place.row: place for place in name_amounts(grid) if place.row != TOTAL}
    if grid.key == Role.CARRYOVER:
        # A flat list: an item and a project of that item stand beside each other.
        return dict.fromkeys(places, TOTAL)
    items = [
        (row, place.name, place.level)
        for row, place in places.items()
        if not row[:1].isdigit() and place.level is not None
    ]
    codes = {row: _find_code_above(row, places) for row in places if row[:1].isdigit()}
    return codes | find_parents(items)


def _find_code_above(row: str, rows: Collection[str]) -> str:
    """The nearest row whose code this one's begins with; a project stands under its item."""
    code, _, project = row.partition(":")
    above = (code[:length] for length in range(len(code) - (not project), 0, -1))
    return next((each for each in above if each in rows), TOTAL)


def _name_general(
    place: NamedAmount,
    sums: Sequence[CellSum],
    wholes: Sequence[NamedAmount],
    equals: Sequence[NamedAmount],
) -> set[str]:
    """The checks that look at all rows alike, where this cell is among them."""
    by_row = {each.row == place.row for each in wholes}
    by_row |= {each.direction == ACROSS_ROW for each in sums}
    tables = {place.grid.key, *(each.grid.key for each in equals)}
    return {
        *(["across"] if True in by_row and place.grid.sums else []),
        *(["levels"] if False in by_row and place.row.isdigit() else []),
        *(id for id, compared in BY_ROW.items() if compared <= tables),
    }
