"""What a page of comparisons is made of: sheets of cells, choices, files; plain values."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `is_here` where the reader already is there."""

    text: str
    href: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a place: `href` leads to the published document, `note` says more in words."""

    text: str
    href: str = ""
    note: str = ""
    is_amount: bool = True


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a column, and what it is counted in."""

    text: str
    unit: str = ""
    is_amount: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of one scope: each line begins with its name; `total` is the last line.

    `more` leads to the rest where only a part is shown.
    """

    title: str
    scope: str = ""
    unit: str = ""
    heads: Sequence[Head]
    lines: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()
    nothing: str = "没有。"
    more: Link | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of links of which one is chosen."""

    label: str
    links: Sequence[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: what it is, what it shows, how to choose otherwise, and what to take away."""

    title: str
    lead: Sequence[str] = ()
    trail: Sequence[Link] = ()
    choices: Sequence[Choice] = ()
    sheets: Sequence[Sheet] = ()
    files: Sequence[Link] = ()
    turns: Sequence[Link] = ()
    below: Sequence[str] = ()


def say(text: str, href: str = "", note: str = "") -> Cell:
    """A cell of words."""
    return Cell(text, href, note, is_amount=False)


def name(text: str) -> Head:
    """The head of a column of words."""
    return Head(text, is_amount=False)
