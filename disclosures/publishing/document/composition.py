"""The frozen content laid out for the templates of page and PDF: placed, never summed."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from budgets.domain.document import (
    Block,
    Document,
    Finding,
    Paragraph,
    Part,
    PlacedTable,
    Subheading,
    fragment,
    list_runs,
)
from budgets.domain.text import show_day
from disclosures.publishing.document.layout import lay_out_grid

Data = dict[str, Any]


def compose(document: Document, *, opens: bool = False) -> Data:
    """What the document templates read.

    Tables stand where they are printed, every reference that meets a cell has its `href`, and
    every cell and column has the classes that style it. With `opens` the document stands on the
    public site, where every amount opens to a page of its own.
    """
    addresses = frozenset(list_addresses(document))
    targets = addresses | {paragraph.key for paragraph in document.paragraphs()}
    grids = {table.key: lay_out_grid(table, opens=opens) for table in document.tables}
    return {
        "year": document.year,
        "title": document.title,
        "department": document.department,
        "opens": opens,
        "units": document.units,
        "signed_on": show_day(document.signed_on) if document.signed_on else "",
        "parts": [lay_out_part(part, grids, addresses) for part in document.parts],
        "checks": lay_out_checks(document.checks, targets),
    }


def list_addresses(document: Document) -> Iterator[str]:
    """Everything a figure can lead to: tables and amounts."""
    for table in document.tables:
        yield table.key
        yield from table.cells_by_address


def find_link(at: str, addresses: Collection[str]) -> str:
    """A link to a cell, or to its table where it has no such cell; empty where there is neither."""
    table = at.partition(".")[0]
    return fragment(at) if at in addresses else fragment(table) if table in addresses else ""


def lay_out_part(part: Part, grids: Mapping[str, Data], addresses: Collection[str]) -> Data:
    """A part with its tables, or its sections with their blocks, in place, and its contents."""
    own = [grids[key] for key in part.tables]
    return {
        "key": part.key,
        "number": part.number,
        "title": part.title,
        "grids": own,
        "sections": [
            {
                "key": section.key,
                "number": section.number,
                "title": section.title,
                "blocks": [lay_out_block(block, grids, addresses) for block in section.blocks],
            }
            for section in part.sections
        ],
        "entries": [
            list_entry("table", each["key"], f"{each['label']} {each['title']}") for each in own
        ]
        + [
            list_entry("section", section.key, section.number + section.title)
            for section in part.sections
            if section.title
        ],
    }


def list_entry(kind: str, key: str, text: str) -> Data:
    """One line of the contents."""
    return {"kind": kind, "href": fragment(key), "text": text}


def lay_out_block(block: Block, grids: Mapping[str, Data], addresses: Collection[str]) -> Data:
    """A heading, a paragraph with its links, or the table that stands there.

    A paragraph of the glossary has its term and its meaning as `entry`.
    """
    match block:
        case PlacedTable():
            return {"type": "grid", "grid": grids[block.table]}
        case Subheading():
            return {"type": "heading", "key": block.key, "text": block.text}
        case Paragraph():
            spans = [
                {
                    "text": run.text,
                    "href": find_link(run.at, addresses),
                    "words": run.is_words,
                    "term": "",
                }
                for run in list_runs(block.spans)
            ]
            return {
                "type": "paragraph",
                "key": block.key,
                "spans": spans,
                "pieces": (),
                "entry": block.entry,
            }


def lay_out_checks(findings: Sequence[Finding], addresses: Collection[str]) -> Data:
    """The findings: first those that are not simply passed, with a sentence that counts them."""
    linked = [
        link_finding(finding, addresses, place) for place, finding in enumerate(findings, start=1)
    ]
    counts = Counter(finding["label"] for finding in linked)
    told = "，".join(f"{label}{count}项" for label, count in counts.most_common())
    return {
        "summary": f"共核对{len(linked)}项：{told}。" if linked else "本版没有核对记录。",
        "raised": [finding for finding in linked if finding["result"] != "passed"],
        "passed": [finding for finding in linked if finding["result"] == "passed"],
        "has_rounding": any(finding["result"] == "rounding" for finding in linked),
        "has_unchecked": any(finding["result"] == "unchecked" for finding in linked),
    }


def link_finding(finding: Finding, addresses: Collection[str], place: int) -> Data:
    """A check whose sides link to the cells they were read from; `place` tells equal ids apart."""
    return {
        "id": finding.id,
        "title": finding.title,
        "formula": finding.formula,
        "result": finding.result.value,
        "label": finding.result.label,
        "message": finding.message,
        "advice": finding.advice,
        "sides": [
            {
                "label": side.label,
                "text": side.text,
                "at": side.at,
                "href": fragment(side.at) if side.at in addresses else "",
            }
            for side in finding.sides
        ],
        "place": place,
    }
