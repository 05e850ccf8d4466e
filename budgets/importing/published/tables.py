"""Published tables as read, their figures knowing their cells, and the facts claimed of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from budgets.domain.facts import Fact, Family, Fund, Side
from budgets.domain.money import CENT, WAN, ZERO, envelope, show_wan
from budgets.domain.problems import Problem, Severity
from budgets.domain.sets import TableSet
from budgets.domain.tables.form import TOTAL, Column, Form, Role, list_amounts, list_item_sums
from budgets.importing.published.headings import Imprint
from budgets.importing.published.keys import drop_numbering

# Amounts of whole hundreds of yuan are all that 万元 with two decimals can show.
PRINTED = WAN * CENT
# This year's money by its family; of the three budgets, the government's own and a superior's.
FUNDS = {
    family: tuple(fund for fund in Fund if fund.family is family and not fund.is_carryover)
    for family in Family
}
# The leads of a row by how precisely they name it.
CODE_REFS = ("code_item", "code_section", "code_class", "code", "name", "item", "class")
FACT_VALUES = ("fund", "nature", "function", "economic", "project", "amount")
FACT_KEYS = (*FACT_VALUES, "function_name", "economic_name")
STATE_ROWS = (
    "请在本文件里加一张“支出明细”工作表（表头与填报模板相同），把{code}按{how}逐行列出，"
    "合计 {amount}；表里能确定的科目不用列。"
)

# What the figures of a split are told apart by: natures, rows, economic codes.
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """An amount in yuan that is not zero, or a blank one, and where it stands.

    `grain` is the last digit that its table shows, in yuan. One that is `unknown` could not be
    read, and nothing can be said against it.
    """

    yuan: Decimal = ZERO
    sheet: str = ""
    ref: str = ""
    label: str = ""
    grain: Decimal = CENT
    unknown: bool = False

    def complain(
        self, message: str, advice: str, severity: Severity = Severity.ERROR, ref: str = ""
    ) -> Problem:
        """A problem at its cell, or at another that stands for it where it is blank."""
        cell = self.ref or ref
        return Problem(
            sheet=self.sheet,
            cells=(cell,) if cell else (),
            message=message,
            advice=advice,
            severity=severity,
        )


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of money. `key` is a code or an item, `project` the project below it, if any.

    `refs` are the cells of what names the row: code, name, project. `side` counts the sides of its
    table.
    """

    key: str
    name: str = ""
    project: str = ""
    figures: Mapping[str, ReadFigure] = field(default_factory=dict)
    refs: Mapping[str, str] = field(default_factory=dict)
    side: int = 0

    @property
    def ref(self) -> str:
        return next((self.refs[lead] for lead in CODE_REFS if lead in self.refs), "")

    @property
    def first_refs(self) -> tuple[str, ...]:
        return tuple(figure.ref for figure in self.figures.values())[:1]


NOTHING = ReadRow("")


@dataclass
class ReadTable:
    """A table of the set. `entries` are in the file's order, totals by their side.

    `columns` are the cells of the headings that were found, `imprint` what stands around them. What
    a needed table lacks is unknown; one that a file lacks is empty where it accounts for other
    tables' money, and they have none: else it `is_missed`. Of one that `is_torn` some rows could
    not be read.
    """

    form: Form
    sheet: str = ""
    factor: int = 1
    entries: list[ReadRow] = field(default_factory=list)
    totals: dict[int, ReadRow] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    imprint: Imprint | None = None
    is_missed: bool = False
    is_torn: bool = False

    @cached_property
    def headings(self) -> dict[str, tuple[int, Column]]:
        """The columns of all amounts, by key, with the side that they stand on."""
        return {
            column.key: (side, column)
            for side, block in enumerate(self.form.blocks)
            for column in list_amounts(block)
        }

    @cached_property
    def rows(self) -> dict[str, list[ReadRow]]:
        """The entries by key; to be asked for only once all of them are read."""
        found: dict[str, list[ReadRow]] = {}
        for row in self.entries:
            found.setdefault(row.key, []).append(row)
        return found

    def describe(self, key: str, column: str, project: str = "") -> str:
        """A cell in words: 表3 2012901 项目支出."""
        side, found = self.headings[column]
        return f"{self.form.label} {self.name_row(key, project, side)} {found.heading}"

    def name_row(self, key: str, project: str = "", side: int = 0) -> str:
        block = self.form.blocks[side]
        if key == TOTAL:
            return "".join(block.total) if len(self.form.blocks) > 1 else "总计"
        names = {item.key: item.name or drop_numbering(item.label) for item in block.rows.items}
        return f"{names.get(key, key)} {project}".strip()

    def funds_of(self, item: str) -> list[Fund]:
        sums = (list_item_sums(block.rows) for block in self.form.blocks)
        return [Fund(part) for part in next((own[item] for own in sums if item in own), [])]

    def entry(self, key: str) -> ReadRow:
        """The entry of a code or item that is no project; blank where there is none."""
        return next((row for row in self.rows.get(key, ()) if not row.project), NOTHING)

    def figure(self, key: str, column: str) -> ReadFigure:
        """The figure of a code or item, or of a total, in a column; blank where there is none."""
        if key == TOTAL:
            row = self.totals.get(self.headings[column][0], NOTHING)
        else:
            row = self.entry(key)
        return row.figures.get(column) or self.blank(key, column)

    def figure_in(self, row: ReadRow, column: str) -> ReadFigure:
        return row.figures.get(column) or self.blank(row.key, column)

    def blank(self, key: str, column: str) -> ReadFigure:
        """A figure that the table leaves blank; unknown where the blank says nothing."""
        label = f"{self.describe(key, column)}（空）"
        if self.is_torn or column in self.columns:
            unknown = self.is_torn
        elif self.sheet:
            unknown = self.headings[column][1].needed
        else:
            unknown = self.is_missed or not self.form.accounts_for
        return ReadFigure(sheet=self.sheet, label=label, unknown=unknown)

    def codes(self, digits: int) -> list[str]:
        return [key for key in self.rows if key.isdecimal() and len(key) == digits]

    def complain(self, refs: Iterable[str], message: str, advice: str) -> Problem:
        return Problem(sheet=self.sheet, cells=tuple(refs), message=message, advice=advice)


@dataclass(slots=True)
class ReadTables:
    """All tables of a set by what they tell; one that the file lacks is empty."""

    table_set: TableSet
    of: dict[Role, ReadTable]

    def __getitem__(self, role: Role) -> ReadTable:
        return self.of[role]


def add_figures(figures: Iterable[ReadFigure]) -> Decimal:
    return sum((figure.yuan for figure in figures), ZERO)


def grain_of(figures: Iterable[ReadFigure]) -> Decimal:
    """The coarsest last digit among figures, in yuan."""
    return max((figure.grain for figure in figures if figure.ref), default=CENT)


def tolerance(parts: int, grain: Decimal) -> Decimal:
    """The widest gap, in yuan, that rounding can open: `money.envelope` at the grain shown."""
    return envelope(parts) * grain / PRINTED


def spell_yuan(yuan: Decimal) -> str:
    """An amount in words: in 万元 where these show all of it, else in yuan."""
    if yuan % PRINTED == 0:
        return f"{show_wan(yuan)} 万元"
    return f"{yuan:,.2f} 元"


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact, the sheet that it came from, and its cells there by the filing workbook's columns.

    `names` are what the file calls the fact's codes.
    """

    fact: Fact
    sheet: str = ""
    refs: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Derived:
    """What came out of the tables: claims, project money that has no name yet, problems."""

    claims: list[Claim] = field(default_factory=list)
    nameless: list[Claim] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def extend(self, other: "Derived") -> None:
        self.claims += other.claims
        self.nameless += other.nameless
        self.problems += other.problems

    def split(
        self,
        paid: Mapping[Fund, ReadFigure],
        spent: Mapping[Key, ReadFigure],
        code: str,
        what: str,
        how: str,
        figures: Sequence[ReadFigure] = (),
    ) -> list[tuple[Fund, Key, ReadFigure]]:
        """What each fund spends on each column; a problem where the sums alone do not say.

        They do exactly where there is one fund or one column with money: two of each leave room to
        move an amount round. The problem stands at the `figures`, or at what is spent.
        """
        if len(paid) == 1:
            fund = next(iter(paid))
            return [(fund, column, figure) for column, figure in spent.items()]
        if len(spent) == 1:
            column = next(iter(spent))
            return [(fund, column, figure) for fund, figure in paid.items()]
        if paid and spent:
            own = figures or list(spent.values())
            self.problems.append(report_undetermined(own, code, what, how))
        return []


def make_claim(figure: ReadFigure, *, entry: ReadRow | None = None, **meaning: Any) -> Claim:
    """A fact of a figure's amount; expenditure, unless its `meaning` (a fact's fields) says else.

    `entry` is the row that names its code.
    """
    meaning = {"side": Side.EXPENDITURE, **meaning}
    fact = Fact(unit="", amount=figure.yuan, origin=f"{figure.sheet}!{figure.ref}", **meaning)
    refs = dict.fromkeys(FACT_KEYS, figure.ref)
    if entry is None:
        return Claim(fact, figure.sheet, refs)
    key, named = "function" if fact.function else "economic", entry.ref or figure.ref
    refs |= {key: named, f"{key}_name": entry.refs.get("name", named)}
    refs["project"] = entry.refs.get("project_name", figure.ref)
    return Claim(fact, figure.sheet, refs, {f"{key}_name": entry.name})


def list_held(figures: Mapping[Key, ReadFigure]) -> dict[Key, ReadFigure]:
    return {key: figure for key, figure in figures.items() if figure.yuan}


def move_amount(figure: ReadFigure, yuan: Decimal) -> ReadFigure:
    return replace(figure, yuan=yuan)


def ask_for_rows(code: str, how: str, yuan: Decimal) -> str:
    """How to say line by line what the tables do not tell of a code, or of what words name."""
    # Chinese text sets digits apart by blanks.
    named = f" {code} " if code[:1].isdecimal() else code
    return STATE_ROWS.format(code=named, how=how, amount=spell_yuan(yuan))


def report_undetermined(figures: Sequence[ReadFigure], code: str, what: str, how: str) -> Problem:
    """The problem of a code whose money the tables do not tell apart, at the first figure."""
    advice = ask_for_rows(code, how, add_figures(figures))
    return figures[0].complain(f"{what}，从公开表里分不出来。", advice)
