"""What a document says, place by place: sentences, targets, changes, and what has an address."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise

from budgets.domain.document import Cell, Change, Document, OwnWords, Paragraph, Row, Table
from budgets.domain.filing import WordsKind
from budgets.domain.text import shift_years, strip_years

INDICATOR = re.compile(r"i\d+")
# The columns of 一级 and 二级, which an indicator shares with the rows above it.
MERGED = 2
# The kinds of cells that name the amounts after them.
NAMING = ("label", "head", "text")
LONGEST_QUOTE = 200
# How much of a sentence stands in its name.
SNIPPET = 24


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


def list_row_amounts(row: Row) -> Iterator[tuple[Cell, Cell | None]]:
    """A row's amounts, each with the last cell before it that names something."""
    name = None
    for cell in row.cells:
        if cell.kind in NAMING and cell.text:
            name = cell
        if cell.at:
            yield cell, name


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


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place: its address in the document, how a reader calls it, and what stands there.

    Where an amount could stand and none does, `quote` is empty.
    """

    at: str
    label: str
    quote: str

    @property
    def is_blank(self) -> bool:
        """True for such a cell; a table as a whole has no words of its own either."""
        return "." in self.at and not self.quote


def list_anchors(document: Document) -> dict[str, Anchor]:
    anchors = [Anchor("", "全文", document.title)]
    for table in document.tables:
        name = table.name
        anchors.append(Anchor(table.key, name, ""))
        columns = {column.key: column.label for column in table.columns}
        for row in table.rows():
            anchors += _list_row(name, table.key, row, columns)
    for heading, paragraph in list_headed_paragraphs(document):
        label = f"{heading} · {paragraph.text[:SNIPPET]}"
        anchors.append(Anchor(paragraph.key, label, paragraph.text[:LONGEST_QUOTE]))
    found: dict[str, Anchor] = {}
    for anchor in anchors:
        found.setdefault(anchor.at, anchor)
    return found


def _list_row(table: str, key: str, row: Row, columns: Mapping[str, str]) -> list[Anchor]:
    called = " ".join(cell.text for cell in row.cells if not cell.at and cell.text)
    found = []
    for cell in row.cells:
        if cell.at:
            named = (table, called[: SNIPPET * 2], columns.get(cell.column, ""))
            found.append(Anchor(cell.at, " · ".join(filter(None, named)), cell.text))
    if not found and called and row.key:
        label = f"{table} · {called[:SNIPPET]}"
        found.append(Anchor(f"{key}.{row.key}", label, called[:LONGEST_QUOTE]))
    return found


def list_headed_paragraphs(document: Document) -> Iterator[tuple[str, Paragraph]]:
    for part, section in document.sections():
        heading = f"{part.number} {section.number}{section.title}".strip()
        yield from ((heading, paragraph) for paragraph in section.paragraphs())


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChange:
    """A change with the section and the sentence that tell it, and the department's reason."""

    change: Change
    section: str
    sentence: str
    reason: str = ""

    @property
    def at(self) -> str:
        return self.change.cell or self.change.at

    @property
    def difference(self) -> Decimal:
        return self.change.printed_difference

    @property
    def rate(self) -> str:
        return f"{self.change.printed_rate:,.2f}"


def list_changes(document: Document) -> list[ToldChange]:
    """Every change that the sentences tell, in their order; each cell of a section once."""
    found: dict[tuple[str, str], ToldChange] = {}
    for _, section in document.sections():
        for paragraph in section.paragraphs():
            reasons = {
                span.at: span.text
                for span in paragraph.spans
                if isinstance(span, OwnWords) and span.kind is WordsKind.REASON
            }
            for span in paragraph.spans:
                if isinstance(span, Change):
                    told = ToldChange(
                        change=span,
                        section=section.key,
                        sentence=paragraph.key,
                        reason=reasons.get(span.at, ""),
                    )
                    found.setdefault((section.key, told.at), told)
    return list(found.values())
