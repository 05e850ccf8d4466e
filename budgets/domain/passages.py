"""The words of a document, one by one: its paragraphs and its performance targets."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from budgets.domain.document import Document, Table
from budgets.domain.text import shift_years, strip_years

INDICATOR = re.compile(r"i\d+")
# The columns of 一级 and 二级, which an indicator shares with the rows above it.
MERGED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A paragraph's text with its address, and the key and title of its section."""

    section: str = ""
    title: str = ""
    key: str = ""
    text: str = ""


def list_passages(document: Document, shift: int = 0) -> Iterator[Sentence]:
    """Paragraphs, then targets, the years they name moved by `shift`."""
    return chain(list_sentences(document, shift), list_targets(document, shift))


def list_sentences(document: Document, shift: int = 0) -> Iterator[Sentence]:
    """Every paragraph in order, the years it names moved by `shift`."""
    for part, section in document.sections():
        title = f"{section.number}{section.title}" or part.title
        for paragraph in section.paragraphs():
            yield Sentence(
                section=section.key,
                title=shift_years(title, shift),
                key=paragraph.key,
                text=shift_years(paragraph.text, shift),
            )


def list_targets(document: Document, shift: int = 0) -> Iterator[Sentence]:
    """What the performance tables say in words: each field, and each indicator in one line.

    A project and an indicator are known by their names without years, whatever their place.
    """
    seen: Counter[str] = Counter()
    for table in document.tables:
        title = f"{table.title}　{name_project(table)}".strip()
        for head, text in list_words(table):
            key = strip_years(f"{title}　{head}")
            seen[key] += 1
            yield Sentence(
                section=strip_years(title),
                title=shift_years(title, shift),
                key=f"{key}　{seen[key]}",
                text=shift_years(f"{head}：{text}", shift),
            )


def name_project(table: Table) -> str:
    """The project of a performance table; empty for any other table."""
    rows = (row.cells for row in table.rows() if row.key == "project")
    return next((cells[1].text for cells in rows), "")


def list_words(table: Table) -> Iterator[tuple[str, str]]:
    """(名称, 文字) of what a performance table says beside amounts; nothing for any other table."""
    labels = [column.label for column in table.columns][MERGED:]
    for row in table.rows() if table.key.startswith("P") else ():
        cells = row.cells
        if INDICATOR.fullmatch(row.key):
            name, *texts = (cell.text for cell in cells[-len(labels) :])
            told = zip(labels[1:], texts, strict=True)
            yield name, "；".join(f"{label} {text}" for label, text in told if text)
        elif not any(cell.at for cell in cells):
            yield from ((a.text, b.text) for a, b in pairwise(cells) if b.kind == "text")
