"""The words of a frozen document, one by one: its paragraphs and its performance targets."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from disclosures.publishing.document.layout import list_rows
from disclosures.publishing.document.placement import order_grids

Content = Mapping[str, Any]

YEAR = re.compile(r"(20\d{2})(?=\s*年)")
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


def list_passages(content: Content, shift: int = 0) -> Iterator[Sentence]:
    """Paragraphs, then targets, the years they name moved by `shift`."""
    return chain(list_sentences(content, shift), list_targets(content, shift))


def list_sentences(content: Content, shift: int = 0) -> Iterator[Sentence]:
    """Every paragraph in order, the years it names moved by `shift`."""
    for part in content["parts"]:
        for section in part.get("sections", ()):
            title = f"{section['number']}{section['title']}" or part["title"]
            for block in section["blocks"]:
                if block["type"] == "paragraph":
                    text = "".join(span["text"] for span in block["spans"])
                    yield Sentence(
                        section=section["key"],
                        title=shift_years(title, shift),
                        key=block["key"],
                        text=shift_years(text, shift),
                    )


def shift_years(text: str, shift: int) -> str:
    """The text with the years it names moved, as it would read `shift` years later."""
    return YEAR.sub(lambda found: str(int(found[1]) + shift), text)


def list_targets(content: Content, shift: int = 0) -> Iterator[Sentence]:
    """What the performance tables say in words: each field, and each indicator in one line.

    A project and an indicator are known by their names without years, whatever their place.
    """
    seen: Counter[str] = Counter()
    for grid in order_grids(content):
        title = f"{grid['title']}　{name_project(grid)}".strip()
        for head, text in list_words(grid):
            key = YEAR.sub("", f"{title}　{head}")
            seen[key] += 1
            yield Sentence(
                section=YEAR.sub("", title),
                title=shift_years(title, shift),
                key=f"{key}　{seen[key]}",
                text=shift_years(f"{head}：{text}", shift),
            )


def name_project(grid: Content) -> str:
    """The project of a performance table; empty for any other table."""
    rows = (row["cells"] for row in list_rows(grid) if row["key"] == "project")
    return next((cells[1]["text"] for cells in rows), "")


def list_words(grid: Content) -> Iterator[tuple[str, str]]:
    """(名称, 文字) of what a performance table says beside amounts; nothing for any other table."""
    labels = [column["label"] for column in grid["columns"]][MERGED:]
    for row in list_rows(grid) if grid["key"].startswith("P") else ():
        cells = row["cells"]
        if INDICATOR.fullmatch(row["key"]):
            name, *texts = (cell["text"] for cell in cells[-len(labels) :])
            told = zip(labels[1:], texts, strict=True)
            yield name, "；".join(f"{label} {text}" for label, text in told if text)
        elif all(cell["kind"] != "amount" for cell in cells):
            yield from ((a["text"], b["text"]) for a, b in pairwise(cells) if b["kind"] == "text")
