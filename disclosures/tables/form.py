"""What a table is before it meets facts: its headings, its columns, and whence its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from budgets.chart import Chart
from budgets.facts import Fact, Filing

Picks = Callable[[Fact], bool]


# The key of the line that sums a whole block.
TOTAL = "total"


def everything(_: Fact) -> bool:
    """Pick every fact."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row to come: its key, the texts of its lead columns, and the facts it is the sum of.

    `parent` is the key of the line whose sum includes this one's; the highest belong to `TOTAL`.
    """

    key: str
    labels: tuple[str, ...]
    facts: Sequence[Fact]
    level: int | None = None
    parent: str = ""


Rows = Callable[[Sequence[Fact], Chart], list[Line]]
# Which columns make up which: (whole, parts), by key.
Sums = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A leaf column: lead columns (code, label) take a line's texts, amounts sum its facts.

    `mark` is what the ※ row prints under it.
    """

    key: str
    label: str
    kind: str = "amount"
    mark: str = ""
    width: int = 10
    scope: str = ""
    picks: Picks = everything


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over several columns; `merged` ones stand for them down to the last header row."""

    label: str
    children: tuple["Heading | Column", ...]
    merged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One side of a table: which facts belong to it, its headings, and its rows.

    `total` holds the texts of the total line's lead columns; `sums` says which columns add up.
    """

    heads: tuple[Heading | Column, ...]
    rows: Rows
    picks: Picks
    total: tuple[str, ...] = ()
    total_first: bool = True
    sums: Sums = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One of the official tables as data. `empty` is its sentence when it holds no facts.

    `source` names the filing's facts that the table is made from.
    """

    number: int
    title: str
    scope: str
    blocks: tuple[Block, ...]
    empty: str = ""
    source: Callable[[Filing], Sequence[Fact]]

    @property
    def key(self) -> str:
        """The table's part of every cell address."""
        return f"T{self.number}"


def leaves(node: Heading | Column) -> list[Column]:
    """The columns under a heading, left to right."""
    if isinstance(node, Column):
        return [node]
    return [column for child in node.children for column in leaves(child)]


def block_columns(block: Block) -> list[Column]:
    """The columns of one side, left to right."""
    return [column for node in block.heads for column in leaves(node)]
