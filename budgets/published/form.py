"""What a published table looks like to a reader: title, leads and columns, by their texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Rows(StrEnum):
    """What tells a table's rows apart: codes, projects below codes, or names of items."""

    FUNCTION = "function"
    ECONOMIC = "economic"
    PROJECT = "project"
    CLASS = "class"
    ITEM = "item"
    FREE = "free"

    @property
    def has_codes(self) -> bool:
        """True where every row of money stands on a code, in up to three columns."""
        return self in (Rows.FUNCTION, Rows.ECONOMIC, Rows.PROJECT)


@dataclass(frozen=True, slots=True)
class Heading:
    """Matches a column by its own header text, and perhaps by a text above it.

    All texts are compared in half width and without blanks.
    """

    key: str
    label: str
    text: str
    above: str = ""
    needed: bool = True

    def matches(self, path: tuple[str, ...]) -> bool:
        """True if the header texts over a column, from the top, are those of this one."""
        if not path or not re.fullmatch(self.text, path[-1]):
            return False
        return not self.above or any(re.fullmatch(self.above, text) for text in path[:-1])


@dataclass(frozen=True, slots=True)
class Item:
    """A fixed row, by what it may be called; `below` is the row that the same name stands under."""

    key: str
    text: str
    below: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One side of a table, or all of it.

    `leads` match the columns that name its rows. Of `sums`, each column is the sum of others, or
    more than these where the table `is_open` to money that none of them shows.
    """

    rows: Rows
    leads: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    items: tuple[Item, ...] = ()
    total: str = "total"
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One of the eleven. A table that is not `needed` counts as empty where the file lacks it."""

    number: int
    title: str
    text: str
    blocks: tuple[Block, ...]
    needed: bool = True

    @property
    def key(self) -> str:
        """The table's part of every cell address: T1."""
        return f"T{self.number}"

    @property
    def label(self) -> str:
        """表1."""
        return f"表{self.number}"
