"""What a published document says has changed: read from its sentences, figure by figure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

Data = Mapping[str, Any]
DIRECTIONS = {"增加": Decimal(1), "减少": Decimal(-1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A cell's change over last year as a sentence states it, in the printed 万元.

    `at` is the cell, `section` and `sentence` where it is told, `reason` the department's words.
    """

    at: str
    section: str
    sentence: str
    difference: Decimal
    rate: str
    reason: str = ""


def list_changes(content: Data) -> list[Change]:
    """Every change that the sentences state, in their order; each cell of a section once.

    The frozen text holds the change and not last year's figure, so this is what there is.
    """
    found: dict[tuple[str, str], Change] = {}
    for part in content["parts"]:
        for section in part.get("sections", ()):
            for block in section["blocks"]:
                for change in read_sentence(section["key"], block):
                    found.setdefault((change.section, change.at), change)
    return list(found.values())


def read_sentence(section: str, block: Data) -> Iterator[Change]:
    """The changes of one paragraph: 增加 or 减少 stands right before its derived figure."""
    spans = block.get("spans", ())
    reasons = {span["words"]: span["text"] for span in spans if span.get("kind") == "reason"}
    for place, (before, span) in enumerate(pairwise(spans)):
        sign = DIRECTIONS.get(before["text"][-2:])
        if sign is None or not span.get("derived"):
            continue
        yield Change(
            at=span["at"],
            section=section,
            sentence=block["key"],
            difference=sign * read_amount(span["text"]),
            rate=read_rate(spans[place + 2 :]),
            reason=reasons.get(span["at"], ""),
        )


def read_amount(text: str) -> Decimal:
    """A printed figure as a number."""
    return Decimal(text.replace(",", ""))


def read_rate(rest: list[Data]) -> str:
    """The rate that follows a difference, as printed; empty where the sentence gives none."""
    match rest:
        case [{"text": "万元，增长" | "万元，下降"}, {"derived": True, "text": rate}, *_]:
            return rate
    return ""
