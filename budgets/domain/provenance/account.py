"""The account of one figure or one sentence, as its page tells it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from budgets.domain.provenance.places import Place, list_places
from budgets.domain.provenance.sums import (
    ACROSS,
    ACROSS_ROW,
    Sum,
    list_equals,
    list_sums,
    list_wholes,
)
from budgets.domain.sets.xinjiang.table_set import XINJIANG

Data = Mapping[str, Any]
# The cells of each identity, by its id: the frozen finding names one only where a side is one cell.
TERMS = {
    each.id: {term.removeprefix("-") for term in (*each.left, *each.right)}
    for each in XINJIANG.identities
    if each.id and each.each is None
}


def explain(content: Data, at: str) -> dict[str, Any] | None:
    """Everything that the frozen document knows of an amount; None where there is no such cell."""
    places = list_places(content)
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
        "sentences": list(list_quotes(content, at)),
        "findings": list(list_findings(content, at, name_general(place, sums, wholes, equals))),
    }


def explain_sentence(content: Data, key: str) -> dict[str, Any] | None:
    """A paragraph with its place and the amounts that it quotes; None where there is none."""
    places = list_places(content)
    for part, section, block in list_paragraphs(content):
        if block["key"] == key:
            quoted = dict.fromkeys(span.get("at") for span in block["spans"])
            return {
                "key": key,
                "heading": f"{part['number']} {section['number']}{section['title']}".strip(),
                "spans": block["spans"],
                "text": "".join(span["text"] for span in block["spans"]),
                "places": [places[at] for at in quoted if at in places],
            }
    return None


def list_paragraphs(content: Data) -> Iterator[tuple[Data, Data, Data]]:
    """Every paragraph with its part and section."""
    for part in content["parts"]:
        for section in part.get("sections", ()):
            for block in section["blocks"]:
                if block["type"] == "paragraph":
                    yield part, section, block


def list_quotes(content: Data, at: str) -> Iterator[dict[str, Any]]:
    """The sentences that give the amount, its share or its change, with these marked."""
    for part, section, block in list_paragraphs(content):
        if any(span.get("at") == at for span in block["spans"]):
            yield {
                "key": block["key"],
                "heading": f"{part['number']} {section['number']}{section['title']}".strip(),
                "spans": [
                    {"text": span["text"], "is_meant": span.get("at") == at}
                    for span in block["spans"]
                ],
            }


def list_findings(content: Data, at: str, general: Collection[str]) -> Iterator[dict[str, Any]]:
    """The findings that speak of the cell, each with its number on the 核对单.

    A finding without figures of its own speaks of all cells that its check looks at.
    """
    for number, finding in enumerate(content["checks"], start=1):
        sides = finding["sides"]
        cells = {side["at"] for side in sides} | TERMS.get(finding["id"], set())
        if at in cells or (finding["id"] in general and not sides):
            yield {**finding, "number": number}


def name_general(
    place: Place, sums: Sequence[Sum], wholes: Sequence[Place], equals: Sequence[Place]
) -> set[str]:
    """The checks that look at all rows alike, where this cell is among them."""
    by_row = {each.row == place.row for each in wholes}
    by_row |= {each.direction == ACROSS_ROW for each in sums}
    tables = {place.grid["key"], *(each.grid["key"] for each in equals)}
    return {
        *(["across"] if True in by_row and place.grid["key"] in ACROSS else []),
        *(["levels"] if False in by_row and place.row.isdigit() else []),
        *(["T2-T3-rows"] if {"T2", "T3"} <= tables else []),
        *(["T1-T3-classes"] if {"T1", "T3"} <= tables else []),
    }
