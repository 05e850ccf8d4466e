"""A fact: an amount of money and what it is for; tables are sums of facts and of nothing else."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from budgets.domain.funds import Fund

FUNCTION_LEVELS = (3, 5, 7)
ECONOMIC_LEVELS = (3, 5)


class Side(StrEnum):
    """Whether money comes in or goes out."""

    INCOME = "income"
    EXPENDITURE = "expenditure"

    @property
    def label(self) -> str:
        """收入 or 支出."""
        return "收入" if self is Side.INCOME else "支出"


class Nature(StrEnum):
    """What kind of expenditure; `BASIC` only where the source gives no split."""

    PERSONNEL = "personnel"
    OPERATING = "operating"
    BASIC = "basic"
    PROJECT = "project"

    @property
    def label(self) -> str:
        """The Chinese name in the workbook's drop-down list."""
        return NATURE_LABELS[self]


NATURE_LABELS = {
    Nature.PERSONNEL: "人员经费",
    Nature.OPERATING: "公用经费",
    Nature.BASIC: "基本支出",
    Nature.PROJECT: "项目支出",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One amount in yuan (two places).

    Income has a fund only. Expenditure has a nature, a function code, an economic code, or both
    codes: a full detail line counts in both kinds of table, otherwise function facts and economic
    facts are given apart and stand for the same money. An economic fact without a function on a
    class code (301), or a function fact above item level, is a rounding residue.
    `internal` money only moves between a department and its own units.
    """

    unit: str
    side: Side
    fund: Fund
    amount: Decimal
    nature: Nature | None = None
    function: str = ""
    economic: str = ""
    project: str = ""
    internal: bool = False
    origin: str = field(default="", compare=False)

    @property
    def is_residue(self) -> bool:
        """True for a rounding residue, which stands on a code above the leaf level."""
        if self.side is Side.INCOME:
            return False
        if self.function:
            return len(self.function) < FUNCTION_LEVELS[-1]
        return len(self.economic) < ECONOMIC_LEVELS[-1]

    @property
    def is_basic(self) -> bool:
        """True for 基本支出, split or not."""
        return self.nature in (Nature.PERSONNEL, Nature.OPERATING, Nature.BASIC)
