"""The reasons of a frozen document: for each, by how much its figure changed."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from budgets.domain.money import from_wan
from disclosures.publishing.document.anchors import list_anchors
from disclosures.publishing.index.wording import fold

Data = Mapping[str, Any]
SIGNS = str.maketrans("", "", " \t　，。；、,.;")
LONGEST = 200


def list_reasons(content: Data) -> Iterator[dict[str, Any]]:
    """The fields of an IndexReason for each reason, in the order of the text."""
    anchors = {at: each for at, each in list_anchors(content).items() if not each.is_blank}
    for part in content["parts"]:
        for section in part.get("sections", ()):
            for block in section["blocks"]:
                for at, told in _read_spans(block.get("spans", ())):
                    label = anchors[at].label if at in anchors else section["title"]
                    yield {"at": at, "paragraph": block["key"], "label": label, **told}


def _read_spans(spans: Sequence[Data]) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, span in enumerate(spans):
        if span.get("kind") == "reason":
            at = span["words"]
            code = at.split(".")[1].partition(":")[0]
            yield (
                at,
                {
                    "function": code if code.isdigit() else "",
                    "text": span["text"],
                    "normal": normalize(span["text"]),
                    **measure(spans[:place]),
                },
            )


def measure(before: Sequence[Data]) -> dict[str, Decimal]:
    """The change (yuan) and its rate, from the pieces of the sentence before the reason."""
    derived = [place for place, span in enumerate(before) if _is_figure(span)][-2:]
    if len(derived) < 2:
        return {"change": Decimal(0), "rate": Decimal(0)}
    difference, rate = (_read(before[place]["text"]) for place in derived)
    fell = derived[0] and before[derived[0] - 1]["text"].endswith("减少")
    sign = -1 if fell else 1
    return {"change": sign * from_wan(difference), "rate": sign * rate}


def _is_figure(span: Data) -> bool:
    return bool(span.get("at") or span.get("stated"))


def _read(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def normalize(text: str) -> str:
    """What two reasons have in common that differ in punctuation, width and blanks alone."""
    return fold(text).translate(SIGNS)[:LONGEST]
