"""One entry, what it says of before beside what it says of now."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from budgets.models import Entry

# Stands between a sheet and a row of it.
PLACE = "："


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One thing that is told of, on both sides, as lines of words."""

    label: str
    before: list[str]
    after: list[str]

    @property
    def differs(self) -> bool:
        """True where it reads differently."""
        return self.before != self.after


def list_pairs(entry: Entry) -> list[Pair]:
    """Everything that either side tells of: what it is about first, then place by place."""
    before, after = (load(text) for text in (entry.before, entry.after))
    labels = sorted({**after, **before}, key=lambda label: (PLACE in label, label))
    return [
        Pair(label=label, before=say(before.get(label)), after=say(after.get(label)))
        for label in labels
    ]


def load(text: str) -> dict[str, object]:
    """What a side holds, by its label."""
    held = json.loads(text) if text else {}
    return held if isinstance(held, dict) else {"": held}


def say(value: object) -> list[str]:
    """A value in lines of words; nothing where there is nothing."""
    if value is None or value == "":
        return []
    if isinstance(value, dict):
        return [f"{key}：{'，'.join(say(each))}" for key, each in value.items()]
    if isinstance(value, list):
        return [line for each in value for line in say(each)]
    return list(say_word(value))


def say_word(value: object) -> Iterator[str]:
    """A single value, its lines apart."""
    if isinstance(value, bool):
        yield "是" if value else "否"
    else:
        yield from str(value).splitlines()
