"""The reasons of a document: for each, by how much its figure changed."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from budgets.domain.document import Change, Document, OwnWords, Paragraph, Stated
from budgets.domain.filing import WordsKind
from budgets.domain.money import from_wan
from budgets.domain.passages import list_anchors
from disclosures.publishing.index.wording import fold

SIGNS = str.maketrans("", "", " \t　，。；、,.;")
LONGEST = 200


def list_reasons(document: Document) -> Iterator[dict[str, Any]]:
    """The fields of an IndexReason for each reason, in the order of the text."""
    anchors = {at: each for at, each in list_anchors(document).items() if not each.is_blank}
    for _, section in document.sections():
        for paragraph in section.paragraphs():
            stated = [span.label for span in paragraph.spans if isinstance(span, Stated)]
            for told in _list_told(paragraph):
                if told["at"] == paragraph.key:
                    label = f"{section.title} · {'、'.join(stated)}"
                else:
                    anchor = anchors.get(told["at"])
                    label = anchor.label if anchor else section.title
                yield told | {"label": label}


def _list_told(paragraph: Paragraph) -> Iterator[dict[str, Any]]:
    changes = {span.at: span for span in paragraph.spans if isinstance(span, Change)}
    for span in paragraph.spans:
        if isinstance(span, OwnWords) and span.kind is WordsKind.REASON:
            code = span.at.split(".")[1].partition(":")[0]
            yield {
                "at": span.at,
                "paragraph": paragraph.key,
                "function": code if code.isdigit() else "",
                "text": span.text,
                "normal": normalize_reason(span.text),
                **measure_change(changes.get(span.at)),
            }


def measure_change(change: Change | None) -> dict[str, Decimal]:
    """The printed change (in yuan) and its rate, both with their sign."""
    if change is None:
        return {"change": Decimal(0), "rate": Decimal(0)}
    difference = change.printed_difference
    rate = -change.printed_rate if difference < 0 else change.printed_rate
    return {"change": from_wan(difference), "rate": rate}


def normalize_reason(text: str) -> str:
    """What two reasons have in common that differ in punctuation, width and blanks alone."""
    return fold(text).translate(SIGNS)[:LONGEST]
