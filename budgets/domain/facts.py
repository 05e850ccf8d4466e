"""A fact: an amount of money and what it is for; tables are sums of facts and of nothing else."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Self

from budgets.domain.text import LabelledEnum

FUNCTION_LEVELS = (3, 5, 7)
ECONOMIC_LEVELS = (3, 5)


class Family(LabelledEnum):
    """The five kinds of money that a department's whole budget is made of."""

    GENERAL = "general", "一般公共预算"
    GOVERNMENT_FUND = "government_fund", "政府性基金预算"
    STATE_CAPITAL = "state_capital", "国有资本经营预算"
    SPECIAL_ACCOUNT = "special_account", "财政专户"
    UNIT_FUNDS = "unit_funds", "单位资金"

    @property
    def is_fiscal(self) -> bool:
        """True for 财政拨款: the three budgets that the treasury appropriates."""
        return self in FISCAL_FAMILIES


FISCAL_FAMILIES = (Family.GENERAL, Family.GOVERNMENT_FUND, Family.STATE_CAPITAL)


class Fund(StrEnum):
    """A source of money; every coarser source in any table is a sum of these.

    The label is the Chinese name in the workbook's drop-down list; unique.
    """

    label: str
    family: Family

    def __new__(cls, value: str, label: str = "", family: Family = Family.GENERAL) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label, member.family = value, label, family
        return member

    GENERAL_OWN = "general_own", "一般公共预算（一般财力）", Family.GENERAL
    GENERAL_TRANSFER = "general_transfer", "一般公共预算（上级转移支付）", Family.GENERAL
    GOVERNMENT_FUND_OWN = "government_fund_own", "政府性基金预算（本级）", Family.GOVERNMENT_FUND
    GOVERNMENT_FUND_TRANSFER = (
        "government_fund_transfer",
        "政府性基金预算（上级转移支付）",
        Family.GOVERNMENT_FUND,
    )
    STATE_CAPITAL_OWN = "state_capital_own", "国有资本经营预算（本级）", Family.STATE_CAPITAL
    STATE_CAPITAL_TRANSFER = (
        "state_capital_transfer",
        "国有资本经营预算（上级转移支付）",
        Family.STATE_CAPITAL,
    )
    SPECIAL_ACCOUNT = "special_account", "财政专户核拨", Family.SPECIAL_ACCOUNT
    BUSINESS_INCOME = "business_income", "单位资金（事业收入）", Family.UNIT_FUNDS
    SUPERIOR_SUBSIDY = "superior_subsidy", "单位资金（上级补助收入）", Family.UNIT_FUNDS
    SUBORDINATE_REMITTANCE = (
        "subordinate_remittance",
        "单位资金（附属单位上缴收入）",
        Family.UNIT_FUNDS,
    )
    OPERATING_INCOME = "operating_income", "单位资金（事业单位经营收入）", Family.UNIT_FUNDS
    OTHER_INCOME = "other_income", "单位资金（其他收入）", Family.UNIT_FUNDS
    CARRYOVER_GENERAL = "carryover_general", "上年结转（一般公共预算）", Family.GENERAL
    CARRYOVER_GOVERNMENT_FUND = (
        "carryover_government_fund",
        "上年结转（政府性基金预算）",
        Family.GOVERNMENT_FUND,
    )
    CARRYOVER_STATE_CAPITAL = (
        "carryover_state_capital",
        "上年结转（国有资本经营预算）",
        Family.STATE_CAPITAL,
    )
    CARRYOVER_SPECIAL_ACCOUNT = (
        "carryover_special_account",
        "上年结转（财政专户）",
        Family.SPECIAL_ACCOUNT,
    )
    CARRYOVER_UNIT_FUNDS = "carryover_unit_funds", "上年结转（单位资金）", Family.UNIT_FUNDS

    @property
    def is_carryover(self) -> bool:
        return self.value.startswith("carryover_")

    @property
    def is_fiscal(self) -> bool:
        """True for 财政拨款 of any year, carryover included."""
        return self.family.is_fiscal


class Side(LabelledEnum):
    INCOME = "income", "收入"
    EXPENDITURE = "expenditure", "支出"


class Nature(LabelledEnum):
    """What kind of expenditure; `BASIC` only where the source gives no split.

    The label is the Chinese name in the workbook's drop-down list.
    """

    PERSONNEL = "personnel", "人员经费"
    OPERATING = "operating", "公用经费"
    BASIC = "basic", "基本支出"
    PROJECT = "project", "项目支出"


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
