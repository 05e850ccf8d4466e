"""Facts as the tables determine them, each with the cells that say so."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from budgets.domain.facts import Fact, Fund, Side
from budgets.domain.problems import Problem
from budgets.importing.published.table import Entry, Figure, add, tell

# What the columns of a split are told apart by: natures, rows, economic codes.
Column = TypeVar("Column")
STATE_ROWS = (
    "请在本文件里加一张“支出明细”工作表（表头与填报模板相同），把{code}按{how}逐行列出，"
    "合计 {amount}；表里能确定的科目不用列。"
)
FACT_KEYS = (
    "fund",
    "nature",
    "function",
    "function_name",
    "economic",
    "economic_name",
    "project",
    "amount",
)


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

    def take(self, other: "Derived") -> None:
        """Let another's results be part of these."""
        self.claims += other.claims
        self.nameless += other.nameless
        self.problems += other.problems


def claim(figure: Figure, *, entry: Entry | None = None, **meaning) -> Claim:
    """A fact of a figure's amount; expenditure, unless its `meaning` (a fact's fields) says else.

    `entry` is the row that names its code.
    """
    meaning = {"side": Side.EXPENDITURE, **meaning}
    fact = Fact(unit="", amount=figure.yuan, origin=figure.place, **meaning)
    refs = dict.fromkeys(FACT_KEYS, figure.ref)
    if entry is None:
        return Claim(fact, figure.sheet, refs)
    key, named = "function" if fact.function else "economic", entry.ref or figure.ref
    refs |= {key: named, f"{key}_name": entry.refs.get("name", named)}
    refs["project"] = entry.refs.get("project_name", figure.ref)
    return Claim(fact, figure.sheet, refs, {f"{key}_name": entry.name})


def split(
    rows: Mapping[Fund, Figure], columns: Mapping[Column, Figure]
) -> list[tuple[Fund, Column, Figure]] | None:
    """What each fund spends on each column; None where the sums alone do not say.

    They do exactly where there is one fund or one column with money: two of each leave room to
    move an amount round.
    """
    if len(rows) == 1:
        fund = next(iter(rows))
        return [(fund, column, figure) for column, figure in columns.items()]
    if len(columns) == 1:
        column = next(iter(columns))
        return [(fund, column, figure) for fund, figure in rows.items()]
    return None if rows and columns else []


def held(figures: Mapping[Column, Figure]) -> dict[Column, Figure]:
    """The figures that are not zero."""
    return {key: figure for key, figure in figures.items() if figure.yuan}


def amount_of(figure: Figure, yuan: Decimal) -> Figure:
    """A figure's cell with another amount, for what is left of it."""
    return replace(figure, yuan=yuan)


def set_apart(code: str) -> str:
    """A code with blanks round it, as Chinese text sets digits; words as they are."""
    return f" {code} " if code[:1].isdecimal() else code


def undetermined(figure: Figure, code: str, what: str, how: str, figures=()) -> Problem:
    """The problem of a code whose money the tables do not tell apart, and how to say it."""
    total = add(figures) if figures else figure.yuan
    return Problem(
        sheet=figure.sheet,
        cells=(figure.ref,) if figure.ref else (),
        message=f"{what}，从公开表里分不出来。",
        advice=STATE_ROWS.format(code=set_apart(code), how=how, amount=tell(total)),
    )
