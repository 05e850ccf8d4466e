"""The places of a document that can be spoken of: tables, amounts, indicators, sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from budgets.domain.document import Document, Row, Table

LONGEST_QUOTE = 200
# How much of a sentence stands in its name.
SNIPPET = 24


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
    """Every place of a document by its address."""
    found = {"": Anchor("", "全文", document.title)}
    for anchor in (*_list_tables(document), *_list_paragraphs(document)):
        found.setdefault(anchor.at, anchor)
    return found


def _list_tables(document: Document) -> Iterator[Anchor]:
    for table in document.tables:
        yield Anchor(table.key, table.name, "")
        columns = {column.key: column.label for column in table.columns}
        for row in table.rows():
            yield from _list_row(table, row, columns)


def _list_row(table: Table, row: Row, columns: Mapping[str, str]) -> Iterator[Anchor]:
    texts = [cell.text for cell in row.cells if not cell.at and cell.text]
    called = " ".join(texts)
    amounts = [cell for cell in row.cells if cell.at]
    for cell in amounts:
        column = columns.get(cell.column, "")
        label = " · ".join(filter(None, (table.name, called[: SNIPPET * 2], column)))
        yield Anchor(cell.at, label, cell.text)
    if not amounts and texts and row.key:
        label = f"{table.name} · {called[:SNIPPET]}"
        yield Anchor(f"{table.key}.{row.key}", label, called[:LONGEST_QUOTE])


def _list_paragraphs(document: Document) -> Iterator[Anchor]:
    for part, section in document.sections():
        heading = f"{part.number} {section.number}{section.title}".strip()
        for paragraph in section.paragraphs():
            text = paragraph.text
            label = f"{heading} · {text[:SNIPPET]}"
            yield Anchor(paragraph.key, label, text[:LONGEST_QUOTE])
