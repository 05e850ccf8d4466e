"""What a table is before it meets facts: its headings, its columns, and whence its rows.

The same definition prints the table and finds it in a file. All `aliases` are patterns of what a
file may write instead of the heading, the title or the label, in half width and without blanks.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from enum import StrEnum
from itertools import pairwise

from budgets.domain.chart import Chart, lineage
from budgets.domain.document import ColumnKind
from budgets.domain.facts import ECONOMIC_LEVELS, FUNCTION_LEVELS, Fact, Nature
from budgets.domain.filing import Filing
from budgets.domain.tables.slices import ALL, Slice, ledger_facts
from budgets.domain.text import remove_blanks

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
class TableLine:
    """A row to come: its key, the texts of its lead columns, and the facts it is the sum of.

    `parent` is the key of the line whose sum includes this one's; the highest belong to `TOTAL`.
    """

    key: str
    labels: tuple[str, ...]
    facts: Sequence[Fact]
    level: int | None = None
    parent: str = ""


class RowKind(StrEnum):
    """What tells a table's rows apart: codes, projects below codes, or names of items."""

    FUNCTION = "function"
    ECONOMIC = "economic"
    PROJECT = "project"
    CLASS = "class"
    ITEM = "item"
    CARRIED = "carried"


@dataclass(frozen=True, slots=True)
class Item:
    """A fixed row: its label and indentation as printed, and the facts it sums.

    `name` is what it is called elsewhere. In files, a row `below` another is read as this one only
    under that one, and those that this one is the sum of may be left out unless it `needs_parts`.
    """

    key: str
    label: str
    level: int
    sums: Slice = ALL
    aliases: str = ""
    below: str = ""
    _: KW_ONLY
    name: str = ""
    needs_parts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSource:
    """Where a block's rows come from. `levels` are the digits of its codes, the lowest last."""

    kind: RowKind
    lines: Callable[[Sequence[Fact], Chart], list[TableLine]]
    levels: tuple[int, ...] = ()
    items: tuple[Item, ...] = ()


# Which columns make up which: (whole, parts), by key.
Sums = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A leaf column: lead columns (code, label) take a line's texts, amounts sum its facts.

    `mark` is what the ※ row prints under it. `above` is a pattern of a heading that must stand over
    it in a file; a file may lack the column where it is not `needed`.
    """

    key: str
    heading: str
    _: KW_ONLY
    kind: ColumnKind = "amount"
    mark: str = ""
    width: int = 10
    scope: str = ""
    sums: Slice = ALL
    aliases: str = ""
    above: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over several columns; `merged` ones stand for them down to the last header row.

    With a `key`, a file may have one column of this heading in the place of them all.
    """

    heading: str
    children: tuple["Heading | Column", ...]
    _: KW_ONLY
    merged: bool = False
    key: str = ""
    aliases: str = ""
    needed: bool = False

    # A lead has nothing to stand under.
    above = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSide:
    """One side of a table: which facts belong to it, its headings, and its rows.

    `total` holds the texts of the total line's lead columns; `sums` says which columns add up.
    Where it `is_open`, a total may hold money that none of its columns shows.
    """

    heads: tuple[Heading | Column, ...]
    rows: RowSource
    picks: Slice
    total: tuple[str, ...] = ()
    total_first: bool = True
    sums: Sums = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One of the official tables as data. `empty` is its sentence when it holds no facts.

    `source` names the filing's facts that the table is made from. `accounts_for` are the columns of
    the table of incomes whose money it tells more of: without such money a file may lack it.
    """

    number: int
    role: Role
    title: str
    _: KW_ONLY
    scope: str
    blocks: tuple[TableSide, ...]
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
        return f"表{self.number}"


def leaves(node: Heading | Column) -> list[Column]:
    if isinstance(node, Column):
        return [node]
    return [column for child in node.children for column in leaves(child)]


def block_columns(block: TableSide) -> list[Column]:
    return [column for node in block.heads for column in leaves(node)]


def list_amounts(block: TableSide) -> list[Column]:
    return [column for column in block_columns(block) if column.kind == "amount"]


def list_leads(block: TableSide) -> list[Heading | Column]:
    """What may name the rows of one side in a file: its lead columns, and headings for them all."""
    return [lead for node in block.heads for lead in _leads(node)]


def _leads(node: Heading | Column) -> list[Heading | Column]:
    if isinstance(node, Column):
        return [node] if node.kind != "amount" else []
    own: list[Heading | Column] = [node] if node.key else []
    below = [] if node.merged else [lead for child in node.children for lead in _leads(child)]
    return [*below, *own]


CLASS_LEVEL, ITEM_LEVEL, PROJECT_LEVEL = 1, 3, 4


def function_lines(facts: Sequence[Fact], chart: Chart) -> list[TableLine]:
    """类, 款 and 项 rows: three code columns and the name."""
    coded = [(fact.function, fact) for fact in facts]
    return _list_codes(coded, FUNCTION_LEVELS, chart.function_name)


def economic_lines(facts: Sequence[Fact], chart: Chart) -> list[TableLine]:
    """类 and 款 rows: two code columns and the name."""
    coded = [(fact.economic, fact) for fact in facts]
    return _list_codes(coded, ECONOMIC_LEVELS, chart.economic_name)


def _list_codes(
    coded: Iterable[tuple[str, Fact]], levels: tuple[int, ...], name: Callable[[str], str]
) -> list[TableLine]:
    """Each code in order, with the facts on it or below it."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for code, fact in coded:
        for above in lineage(code, levels):
            found[above].append(fact)
    return [
        TableLine(
            key=code,
            labels=(*(code[start:end] for start, end in pairwise((0, *levels))), name(code)),
            facts=own,
            level=len(lineage(code, levels)),
            parent=(TOTAL, *lineage(code, levels))[-2],
        )
        for code, own in sorted(found.items())
    ]


def class_lines(facts: Sequence[Fact], chart: Chart) -> list[TableLine]:
    """One row for every function class of the year, budgeted or not."""
    own = defaultdict(list)
    for fact in facts:
        own[fact.function[:3]].append(fact)
    return [
        TableLine(key=code, labels=(code, name), facts=own[code], level=CLASS_LEVEL, parent=TOTAL)
        for code, name in chart.function_classes()
    ]


def project_key(function: str, project: str) -> str:
    """The row key of a project under its function item; blanks would break an address."""
    return f"{function}:{remove_blanks(project)}"


def project_lines(facts: Sequence[Fact], chart: Chart) -> list[TableLine]:
    """Function rows with a row for each project under its item."""
    projects = defaultdict(list)
    for function, own in by_project(facts):
        projects[function].append(own)
    lines = []
    for line in function_lines(facts, chart):
        lines.append(replace(line, labels=(*line.labels, "")))
        lines += [
            TableLine(
                key=project_key(line.key, own[0].project),
                labels=("", "", "", "", own[0].project),
                facts=own,
                level=PROJECT_LEVEL,
                parent=line.key,
            )
            for own in projects[line.key]
        ]
    return lines


def by_project(facts: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
    """(function code, its facts) project by project in order; no project is a group of its own.

    Units share a row where their projects have the same name under the same code.
    """
    found = defaultdict(list)
    for fact in facts:
        project = fact.project if fact.nature is Nature.PROJECT else ""
        found[fact.function, remove_blanks(project)].append(fact)
    return [(function, own) for (function, _), own in sorted(found.items())]


def carryover_lines(facts: Sequence[Fact], chart: Chart) -> list[TableLine]:
    """A row for each project, or else function item, that is paid from last year's money."""
    lines = []
    for function, own in by_project(facts):
        project = own[0].project if own[0].nature is Nature.PROJECT else ""
        lines.append(
            TableLine(
                key=project_key(function, project) if project else function,
                labels=(project or chart.function_name(function),),
                facts=own,
                level=PROJECT_LEVEL if project else ITEM_LEVEL,
                parent=TOTAL,
            )
        )
    return lines


FUNCTION = RowSource(kind=RowKind.FUNCTION, lines=function_lines, levels=FUNCTION_LEVELS)
ECONOMIC = RowSource(kind=RowKind.ECONOMIC, lines=economic_lines, levels=ECONOMIC_LEVELS)
PROJECTS = RowSource(kind=RowKind.PROJECT, lines=project_lines, levels=FUNCTION_LEVELS)
CLASSES = RowSource(kind=RowKind.CLASS, lines=class_lines)
CARRIED = RowSource(kind=RowKind.CARRIED, lines=carryover_lines)


def fixed(*items: Item) -> RowSource:
    """Rows that are printed whether they hold money or not."""
    parents = find_parents([(item.key, item.label, item.level) for item in items])

    def lines(facts: Sequence[Fact], _: Chart) -> list[TableLine]:
        return [
            TableLine(
                key=item.key,
                labels=(item.label,),
                facts=[fact for fact in facts if item.sums.holds(fact)],
                level=item.level,
                parent=parents[item.key],
            )
            for item in items
        ]

    return RowSource(kind=RowKind.ITEM, lines=lines, items=items)


def list_item_sums(rows: RowSource) -> dict[str, list[str]]:
    """The fixed rows, and the total, that are sums of others, by what they are the sum of."""
    sums: dict[str, list[str]] = defaultdict(list)
    parents = find_parents([(item.key, item.label, item.level) for item in rows.items])
    for part, whole in parents.items():
        sums[whole].append(part)
    return dict(sums)


def find_parents(items: Sequence[tuple[str, str, int]]) -> dict[str, str]:
    """Whose part each (key, label, level) is: the last higher one's, or the total's.

    其中 begins a list and contains nothing; what stands on level 0 is part of nothing.
    """
    parents: dict[str, str] = {}
    open_items: list[tuple[str, int]] = []
    for key, label, level in items:
        open_items = [other for other in open_items if other[1] < level]
        parents[key] = open_items[-1][0] if open_items else (TOTAL if level else "")
        if not label.startswith("其中"):
            open_items.append((key, level))
    return parents
