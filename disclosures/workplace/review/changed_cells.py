"""A composed document in which everything that differs from an earlier one carries what was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from budgets.domain.differences import (
    Difference,
    Rewording,
    compare_amounts,
    compare_sentences,
    merge,
    name_amounts,
)
from budgets.domain.document import Document, Row, Table
from budgets.domain.passages import INDICATOR, list_sentences, name_project

Data = dict[str, Any]
BLANK = "（空）"
FEW = 12
# A text cell's place: its table, its row, and how far it stands from the row's end.
TextPlace = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What differs between two documents: amounts by table, texts, and where each stands.

    `cells` and `texts` hold what was there, by address and by place; `sentences` the earlier
    paragraphs that read differently now.
    """

    tables: list[tuple[str, list[Difference]]]
    rewordings: list[Rewording]
    cells: Mapping[str, str]
    texts: Mapping[TextPlace, str]
    sentences: Mapping[str, str]

    @property
    def size(self) -> int:
        """How many cells and passages differ."""
        return sum(len(own) for _, own in self.tables) + len(self.rewordings)

    @property
    def is_short(self) -> bool:
        """True where the list leaves room for what stands below it."""
        return self.size <= FEW


def find_changes(before: Document, after: Document) -> Changes:
    """Compare two contents of one department and year."""
    tables = compare_amounts(name_amounts(before), name_amounts(after))
    earlier = {each.key: each.text for each in list_sentences(before)}
    return Changes(
        tables=tables,
        rewordings=compare_sentences(before, after),
        cells={each.at: each.shown_before or BLANK for _, own in tables for each in own},
        texts=compare_texts(before, after),
        sentences={
            each.key: earlier.get(each.key, "")
            for each in list_sentences(after)
            if each.text != earlier.get(each.key, "")
        },
    )


def compare_texts(before: Document, after: Document) -> dict[TextPlace, str]:
    """What stood in each text cell of a performance table that reads differently now.

    Tables are matched by project and indicators by name, whatever their place.
    """
    known = {name_grid(grid): grid for grid in before.tables}
    found: dict[TextPlace, str] = {}
    for grid in after.tables:
        if grid.key.startswith("P") and name_grid(grid) in known:
            found |= compare_grid(known[name_grid(grid)], grid)
    return found


def name_grid(grid: Table) -> tuple[str, str]:
    """By what a table is known in both documents."""
    return grid.title, name_project(grid)


def compare_grid(before: Table, after: Table) -> dict[TextPlace, str]:
    """The text cells of one table, counted from the end of the row: merged ones stand first."""
    span = len(after.columns) - 2
    known = {name_row(row, span): list_texts(row) for row in before.rows()}
    found: dict[TextPlace, str] = {}
    for row in after.rows():
        was = known.get(name_row(row, span), [])
        for place, text in enumerate(list_texts(row)):
            old = was[place] if place < len(was) else ""
            if old != text and text:
                found[after.key, row.key, place] = old or BLANK
    return found


def list_texts(row: Row) -> list[str]:
    """The texts of a row from its end; heads and amounts count as empty."""
    return [cell.text if cell.kind == "text" else "" for cell in reversed(row.cells)]


def name_row(row: Row, span: int) -> str:
    """An indicator by its name (三级), any other row by its key."""
    is_indicator = INDICATOR.fullmatch(row.key) and len(row.cells) >= span
    return row.cells[-span].text if is_indicator else row.key


def mark_changes(document: Data, changes: Changes) -> Data:
    """A composed document with what was in each cell and paragraph that differs."""
    return document | {"parts": [mark_part(part, changes) for part in document["parts"]]}


def mark_part(part: Data, changes: Changes) -> Data:
    """A part, its tables and its sections."""
    sections = [
        section | {"blocks": [mark_block(block, changes) for block in section["blocks"]]}
        for section in part["sections"]
    ]
    return part | {
        "grids": [mark_grid(grid, changes) for grid in part["grids"]],
        "sections": sections,
    }


def mark_block(block: Data, changes: Changes) -> Data:
    """A table among the sentences, or a sentence in pieces where it reads differently."""
    if "grid" in block:
        return block | {"grid": mark_grid(block["grid"], changes)}
    if block.get("key") not in changes.sentences or "spans" not in block:
        return block
    now = "".join(span["text"] for span in block["spans"])
    return block | {"pieces": merge(changes.sentences[block["key"]], now)}


def mark_grid(grid: Data, changes: Changes) -> Data:
    """A table whose changed cells carry what was there."""
    groups = [
        [row | {"cells": list(mark_row(grid["key"], row, changes))} for row in group]
        for group in grid["groups"]
    ]
    return grid | {"groups": groups}


def mark_row(table: str, row: Data, changes: Changes) -> Iterable[Data]:
    """The cells of a row."""
    last = len(row["cells"]) - 1
    for number, cell in enumerate(row["cells"]):
        was = changes.cells.get(cell["at"]) if cell["at"] else None
        was = was or changes.texts.get((table, row["key"], last - number))
        yield cell | {"was": was} if was else cell
