"""The frozen content laid out for the templates of page and PDF: placed, never summed."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from budgets.domain.text import show_day
from disclosures.publishing.document.layout import lay_out_grid, list_rows

Data = dict[str, Any]


def compose(content: Mapping[str, Any], *, opens: bool = False) -> Data:
    """What the document templates read, from content as publication froze it.

    Grids stand where they are printed, every reference that meets a cell or a paragraph has its
    `href`, and every cell and column has the classes that style it. With `opens` the document
    stands on the public site, where every amount opens to a page of its own.
    """
    addresses, signed = frozenset(list_addresses(content)), content["signed_on"]
    grids = {key: lay_out_grid(grid, opens=opens) for key, grid in content["grids"].items()}
    return {
        "year": content["year"],
        "title": content["title"],
        "department": content["department"],
        "opens": opens,
        "units": content["units"],
        "signed_on": show_day(date.fromisoformat(signed)) if signed else "",
        "parts": [lay_out_part(part, grids, addresses) for part in content["parts"]],
        "checks": lay_out_checks(content["checks"], addresses),
    }


def list_addresses(content: Mapping[str, Any]) -> Iterator[str]:
    """Everything a link inside the document can reach: tables, amounts and paragraphs."""
    for key, grid in content["grids"].items():
        yield key
        for row in list_rows(grid):
            yield from (cell["at"] for cell in row["cells"] if cell.get("at"))
    for part in content["parts"]:
        for section in part.get("sections", ()):
            yield from (block["key"] for block in section["blocks"] if "key" in block)


def fragment(address: str) -> str:
    """A link to an address on the same page; project names are percent-encoded."""
    return "#" + quote(address, safe=".:")


def lay_out_part(part: Data, grids: Mapping[str, Data], addresses: frozenset[str]) -> Data:
    """A part with its grids, or its sections with their blocks, in place, and its contents."""
    own = [grids[key] for key in part.get("grids", ())]
    sections = part.get("sections", ())
    return {
        "key": part["key"],
        "number": part["number"],
        "title": part["title"],
        "grids": own,
        "sections": [
            section
            | {"blocks": [lay_out_block(block, grids, addresses) for block in section["blocks"]]}
            for section in sections
        ],
        "entries": [list_entry("table", grid, f"{grid['label']} {grid['title']}") for grid in own]
        + [
            list_entry("section", section, section["number"] + section["title"])
            for section in sections
            if section["title"]
        ],
    }


def list_entry(kind: str, target: Data, text: str) -> Data:
    """One line of the contents."""
    return {"kind": kind, "href": fragment(target["key"]), "text": text}


def lay_out_block(block: Data, grids: Mapping[str, Data], addresses: frozenset[str]) -> Data:
    """A heading, a paragraph with its links, or the grid that stands there."""
    if block["type"] == "grid":
        return block | {"grid": grids[block["grid"]]}
    if block["type"] == "paragraph":
        spans = [lay_out_span(span, addresses) for span in block["spans"]]
        return block | {"spans": spans, "pieces": ()}
    return block


def lay_out_span(span: Data, addresses: frozenset[str]) -> Data:
    """A piece of a sentence: a figure links to its cell, the department's words are marked."""
    return {
        "text": span["text"],
        "href": fragment(span["at"]) if span.get("at") in addresses else "",
        "words": "words" in span,
        "term": "",
    }


def lay_out_checks(findings: list[Data], addresses: frozenset[str]) -> Data:
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


def link_finding(finding: Data, addresses: frozenset[str], place: int) -> Data:
    """A check whose sides link to the cells they were read from; `place` tells equal ids apart."""
    sides = [
        side | {"href": fragment(side["at"]) if side.get("at") in addresses else ""}
        for side in finding["sides"]
    ]
    return finding | {"sides": sides, "place": place}
