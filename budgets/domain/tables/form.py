"""What a table is before it meets facts: its headings, its columns, and whence its rows.

A `Slice` says which facts a table, a row or a column asks for. The same definition prints the table
and finds it in a file. All `aliases` are patterns of what a file may write instead of the heading,
the title or the label, in half width and without blanks.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any

from budgets.domain.chart import Chart, lineage
from budgets.domain.document import ColumnKind
from budgets.domain.facts import (
    ECONOMIC_LEVELS,
    FISCAL_FAMILIES,
    FUNCTION_LEVELS,
    Fact,
    Family,
    Fund,
    Nature,
    Side,
)
from budgets.domain.filing import Filing
from budgets.domain.text import remove_blanks


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The facts that fit everything it asks for; None is not asked. `a & b` holds what both hold.

    `economic` are codes that a fact is on or below; `by` is the classification (`function` or
    `economic`) that it must have a code of.
    """

    side: Side | None = None
    funds: frozenset[Fund] | None = None
    natures: frozenset[Nature] | None = None
    economic: tuple[str, ...] | None = None
    by: str = ""

    def holds(self, fact: Fact) -> bool:
        return (
            (self.funds is None or fact.fund in self.funds)
            and (self.natures is None or fact.nature in self.natures)
            and (self.economic is None or fact.economic.startswith(self.economic))
            and (self.side is None or fact.side is self.side)
            and (not self.by or bool(getattr(fact, self.by)))
        )

    def select(self, facts: Iterable[Fact]) -> list[Fact]:
        return [fact for fact in facts if self.holds(fact)]

    def __and__(self, other: "Slice") -> "Slice":
        return Slice(
            side=_meet_one(self.side, other.side),
            funds=_meet(self.funds, other.funds),
            natures=_meet(self.natures, other.natures),
            economic=_meet_one(self.economic, other.economic),
            by=_meet_one(self.by or None, other.by or None) or "",
        )


def _meet(mine: frozenset[Any] | None, other: frozenset[Any] | None) -> frozenset[Any] | None:
    if mine is None or other is None:
        return mine if other is None else other
    return mine & other


def _meet_one(mine: Any, other: Any) -> Any:
    if mine is not None and other is not None and mine != other:
        raise ValueError(f"No slice holds both {mine} and {other}.")
    return mine if other is None else other


def of_funds(funds: Iterable[Fund]) -> Slice:
    return Slice(funds=frozenset(funds))


def of_families(*families: Family) -> Slice:
    return of_funds(fund for fund in Fund if fund.family in families)


def of_natures(*natures: Nature) -> Slice:
    return Slice(natures=frozenset(natures))


def of_economic(*codes: str) -> Slice:
    return Slice(economic=codes)


def list_funds(*families: Family, carried: bool = False) -> frozenset[Fund]:
    """The funds of these kinds of money: this year's, or those carried over from last year."""
    return frozenset(f for f in Fund if f.family in families and f.is_carryover is carried)


OTHER_FAMILIES = tuple(family for family in Family if not family.is_fiscal)
ALL = Slice()
INCOME = Slice(side=Side.INCOME)
# Expenditure that the function tables, and that the economic tables, count.
BY_FUNCTION = Slice(side=Side.EXPENDITURE, by="function")
BY_ECONOMIC = Slice(side=Side.EXPENDITURE, by="economic")
BASIC = of_natures(Nature.PERSONNEL, Nature.OPERATING, Nature.BASIC)
PERSONNEL, OPERATING = of_natures(Nature.PERSONNEL), of_natures(Nature.OPERATING)
PROJECT = of_natures(Nature.PROJECT)
THIS_YEAR = of_funds(fund for fund in Fund if not fund.is_carryover)
CARRYOVER = of_funds(fund for fund in Fund if fund.is_carryover)
# 财政拨款: this year's, last year's; and what is neither.
FISCAL = of_funds(list_funds(*FISCAL_FAMILIES))
FISCAL_CARRYOVER = of_funds(list_funds(*FISCAL_FAMILIES, carried=True))
OTHER_CARRYOVER = of_funds(list_funds(*OTHER_FAMILIES, carried=True))
GENERAL = of_funds(list_funds(Family.GENERAL))
GOVERNMENT_FUND = of_funds(list_funds(Family.GOVERNMENT_FUND))
STATE_CAPITAL = of_funds(list_funds(Family.STATE_CAPITAL))
UNIT_FUNDS = of_funds(list_funds(Family.UNIT_FUNDS))


def ledger_facts(filing: Filing) -> tuple[Fact, ...]:
    """The facts of all units, without money that only moves between them and the department."""
    if not filing.units:
        return filing.facts
    return tuple(fact for fact in filing.facts if not fact.internal)


ABROAD, RECEPTION, RUNNING = ("30212",), ("30217",), ("30231",)
# Vehicles are also bought with capital construction money (309), not only with 310.
PURCHASE = ("31013", "30913")
THREE_PUBLIC_CODES = (
    ("abroad", "因公出国（境）费", ABROAD),
    ("reception", "公务接待费", RECEPTION),
    ("vehicle_purchase", "公务用车购置费", PURCHASE),
    ("vehicle_running", "公务用车运行费", RUNNING),
)
THREE_PUBLIC_ECONOMICS = tuple(code for _, _, codes in THREE_PUBLIC_CODES for code in codes)


def derived_three_public(filing: Filing) -> list[Fact]:
    """The facts whose economic codes say that they are three public expenses."""
    counted = (BY_ECONOMIC & FISCAL).select(ledger_facts(filing))
    return [fact for fact in counted if three_public_item(fact)]


def three_public_facts(filing: Filing) -> list[Fact]:
    """Unit by unit and item by item: what is stated where it is stated, else the economic codes."""
    stated = [
        fact for fact in filing.three_public if fact.economic.startswith(THREE_PUBLIC_ECONOMICS)
    ]
    told = {(fact.unit, three_public_item(fact)) for fact in stated}
    derived = derived_three_public(filing)
    return stated + [fact for fact in derived if (fact.unit, three_public_item(fact)) not in told]


def three_public_item(fact: Fact) -> str:
    """Which of the three public expenses a fact is, as its row in their table; empty if none."""
    for key, _, codes in THREE_PUBLIC_CODES:
        if fact.economic.startswith(codes):
            return key
    return ""


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
    lines = []
    for code, own in sorted(found.items()):
        parents = (TOTAL, *lineage(code, levels)[:-1])
        digits = (code[start:end] for start, end in pairwise((0, *levels)))
        line = TableLine(
            key=code,
            labels=(*digits, name(code)),
            facts=own,
            level=len(parents),
            parent=parents[-1],
        )
        lines.append(line)
    return lines


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
                facts=item.sums.select(facts),
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
