"""The places of a document that can be spoken of: tables, amounts, indicators, sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from disclosures.publishing.document.placement import order_grids

Data = Mapping[str, Any]
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


def list_anchors(content: Data) -> dict[str, Anchor]:
    """Every place of a frozen document, or of a draft's content, by its address."""
    found = {"": Anchor("", "全文", content["title"])}
    for anchor in (*_list_grids(content), *_list_paragraphs(content)):
        found.setdefault(anchor.at, anchor)
    return found


def _list_grids(content: Data) -> Iterator[Anchor]:
    for grid in order_grids(content):
        name = f"{grid['label']} {grid['title']}".strip()
        yield Anchor(grid["key"], name, "")
        columns = {column["key"]: column["label"] for column in grid["columns"]}
        for group in grid["groups"]:
            for row in group["rows"]:
                yield from _list_row(grid, name, row, columns)


def _list_row(grid: Data, name: str, row: Data, columns: Mapping[str, str]) -> Iterator[Anchor]:
    texts = [cell["text"] for cell in row["cells"] if cell["kind"] != "amount" and cell["text"]]
    called = " ".join(texts)
    amounts = [cell for cell in row["cells"] if cell.get("at")]
    for cell in amounts:
        column = columns.get(cell["column"], "")
        label = " · ".join(filter(None, (name, called[: SNIPPET * 2], column)))
        yield Anchor(cell["at"], label, cell["text"])
    if not amounts and texts and row["key"]:
        label = f"{name} · {called[:SNIPPET]}"
        yield Anchor(f"{grid['key']}.{row['key']}", label, called[:LONGEST_QUOTE])


def _list_paragraphs(content: Data) -> Iterator[Anchor]:
    for part in content["parts"]:
        for section in part.get("sections", ()):
            heading = f"{part['number']} {section['number']}{section['title']}".strip()
            for block in section["blocks"]:
                if block["type"] == "paragraph" and block.get("key"):
                    text = "".join(span["text"] for span in block["spans"])
                    label = f"{heading} · {text[:SNIPPET]}"
                    yield Anchor(block["key"], label, text[:LONGEST_QUOTE])
