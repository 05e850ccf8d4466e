"""What a table is before it meets facts: its headings, its columns, and whence its rows.

The same definition prints the table and finds it in a file. All `aliases` are patterns of what a
file may write instead of the heading, the title or the label, in half width and without blanks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from budgets.domain.chart import Chart
from budgets.domain.document import ColumnKind
from budgets.domain.facts import Fact
from budgets.domain.filing import Filing
from budgets.domain.tables.slices import ALL, Slice, ledger_facts

# The key of the line that sums a whole block.
TOTAL = "total"


class Role(StrEnum):
    """What a table tells, whatever its number and title in a province's set.

    It is the table's part of every cell address, so that an address means the same in each set,
    and last year's cell is found where the province has changed its set.
    """

    WHOLE = "T1"
    INCOME = "T2"
    SPENDING = "T3"
    FISCAL = "T4"
    GENERAL = "T5"
    BASIC = "T6"
    PROJECTS = "T7"
    GOVERNMENT_FUND = "T8"
    STATE_CAPITAL = "T9"
    THREE_PUBLIC = "T10"
    CARRYOVER = "T11"


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


class Kind(StrEnum):
    """What tells a table's rows apart: codes, projects below codes, or names of items."""

    FUNCTION = "function"
    ECONOMIC = "economic"
    PROJECT = "project"
    CLASS = "class"
    ITEM = "item"
    CARRIED = "carried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A fixed row: its label and indentation as printed, and the facts it sums.

    `name` is what it is called elsewhere. In files, a row `below` another is read as this one only
    under that one, and those that this one is the sum of may be left out unless it `needs_parts`.
    """

    key: str
    label: str
    level: int
    sums: Slice = ALL
    name: str = ""
    aliases: str = ""
    below: str = ""
    needs_parts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Where a block's rows come from. `levels` are the digits of its codes, the lowest last."""

    kind: Kind
    lines: Callable[[Sequence[Fact], Chart], list[Line]]
    levels: tuple[int, ...] = ()
    items: tuple[Item, ...] = ()


# Which columns make up which: (whole, parts), by key.
Sums = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A leaf column: lead columns (code, label) take a line's texts, amounts sum its facts.

    `mark` is what the ※ row prints under it. `above` is a pattern of a heading that must stand over
    it in a file; a file may lack the column where it is not `needed`.
    """

    key: str
    heading: str
    kind: ColumnKind = "amount"
    mark: str = ""
    width: int = 10
    scope: str = ""
    sums: Slice = ALL
    aliases: str = ""
    above: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading over several columns; `merged` ones stand for them down to the last header row.

    With a `key`, a file may have one column of this heading in the place of them all.
    """

    heading: str
    children: tuple["Heading | Column", ...]
    merged: bool = False
    key: str = ""
    aliases: str = ""
    needed: bool = False

    # A lead has nothing to stand under.
    above = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One side of a table: which facts belong to it, its headings, and its rows.

    `total` holds the texts of the total line's lead columns; `sums` says which columns add up.
    Where it `is_open`, a total may hold money that none of its columns shows.
    """

    heads: tuple[Heading | Column, ...]
    rows: Rows
    picks: Slice
    total: tuple[str, ...] = ()
    total_first: bool = True
    sums: Sums = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One of the official tables as data. `empty` is its sentence when it holds no facts.

    `source` names the filing's facts that the table is made from. `accounts_for` are the columns of
    the table of incomes whose money it tells more of: without such money a file may lack it.
    """

    number: int
    role: Role
    title: str
    scope: str
    blocks: tuple[Block, ...]
    empty: str = ""
    source: Callable[[Filing], Sequence[Fact]] = ledger_facts
    aliases: str = ""
    needed: bool = True
    accounts_for: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The table's part of every cell address."""
        return self.role.value

    @property
    def label(self) -> str:
        """表1."""
        return f"表{self.number}"


def leaves(node: Heading | Column) -> list[Column]:
    """The columns under a heading, left to right."""
    if isinstance(node, Column):
        return [node]
    return [column for child in node.children for column in leaves(child)]


def block_columns(block: Block) -> list[Column]:
    """The columns of one side, left to right."""
    return [column for node in block.heads for column in leaves(node)]


def list_amounts(block: Block) -> list[Column]:
    """The columns of one side that hold money."""
    return [column for column in block_columns(block) if column.kind == "amount"]


def list_leads(block: Block) -> list[Heading | Column]:
    """What may name the rows of one side in a file: its lead columns, and headings for them all."""
    return [lead for node in block.heads for lead in _leads(node)]


def _leads(node: Heading | Column) -> list[Heading | Column]:
    if isinstance(node, Column):
        return [node] if node.kind != "amount" else []
    own: list[Heading | Column] = [node] if node.key else []
    below = [] if node.merged else [lead for child in node.children for lead in _leads(child)]
    return [*below, *own]
