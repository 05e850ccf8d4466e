"""The account of one figure or one sentence, as its page tells it."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from budgets.domain.document import Document, Finding, Paragraph, find_cell, list_runs
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

# The cells of each identity, by its id: the frozen finding names one only where a side is one cell.
TERMS = {
    each.id: {term.removeprefix("-") for term in (*each.left, *each.right)}
    for each in XINJIANG.identities
    if each.id and each.each is None
}


def explain(document: Document, at: str) -> dict[str, Any] | None:
    """Everything that the frozen document knows of an amount; None where there is no such cell."""
    places = list_places(document)
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
        "sentences": list(list_quotes(document, at)),
        "findings": list(list_findings(document, at, name_general(place, sums, wholes, equals))),
    }


def explain_sentence(document: Document, key: str) -> dict[str, Any] | None:
    """A paragraph with its place and the amounts that it quotes; None where there is none."""
    places = list_places(document)
    for heading, paragraph in list_paragraphs(document):
        if paragraph.key == key:
            quoted = dict.fromkeys(find_cell(span) for span in paragraph.spans)
            return {
                "key": key,
                "heading": heading,
                "text": paragraph.text,
                "places": [places[at] for at in quoted if at in places],
            }
    return None


def list_paragraphs(document: Document) -> Iterator[tuple[str, Paragraph]]:
    """Every paragraph with the heading of its section."""
    for part, section in document.sections():
        heading = f"{part.number} {section.number}{section.title}".strip()
        yield from ((heading, paragraph) for paragraph in section.paragraphs())


def list_quotes(document: Document, at: str) -> Iterator[dict[str, Any]]:
    """The sentences that give the amount, its share or its change, with these marked."""
    for heading, paragraph in list_paragraphs(document):
        runs = list_runs(paragraph.spans)
        if any(run.at == at for run in runs):
            yield {
                "key": paragraph.key,
                "heading": heading,
                "spans": [{"text": run.text, "is_meant": run.at == at} for run in runs],
            }


def list_findings(
    document: Document, at: str, general: Collection[str]
) -> Iterator[tuple[int, Finding]]:
    """The findings that speak of the cell, each with its number on the 核对单.

    A finding without figures of its own speaks of all cells that its check looks at.
    """
    for number, finding in enumerate(document.checks, start=1):
        cells = {side.at for side in finding.sides} | TERMS.get(finding.id, set())
        if at in cells or (finding.id in general and not finding.sides):
            yield number, finding


def name_general(
    place: Place, sums: Sequence[Sum], wholes: Sequence[Place], equals: Sequence[Place]
) -> set[str]:
    """The checks that look at all rows alike, where this cell is among them."""
    by_row = {each.row == place.row for each in wholes}
    by_row |= {each.direction == ACROSS_ROW for each in sums}
    tables = {place.grid.key, *(each.grid.key for each in equals)}
    return {
        *(["across"] if True in by_row and place.grid.key in ACROSS else []),
        *(["levels"] if False in by_row and place.row.isdigit() else []),
        *(["T2-T3-rows"] if {"T2", "T3"} <= tables else []),
        *(["T1-T3-classes"] if {"T1", "T3"} <= tables else []),
    }
