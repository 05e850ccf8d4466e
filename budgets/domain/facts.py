"""A fact: an amount of money and what it is for; tables are sums of facts and of nothing else."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Family(StrEnum):
    """The five kinds of money that a department's whole budget is made of."""

    GENERAL = "general"
    GOVERNMENT_FUND = "government_fund"
    STATE_CAPITAL = "state_capital"
    SPECIAL_ACCOUNT = "special_account"
    UNIT_FUNDS = "unit_funds"

    @property
    def label(self) -> str:
        """The Chinese name that stands in tables and sentences."""
        return FAMILY_LABELS[self]

    @property
    def is_fiscal(self) -> bool:
        """True for 财政拨款: the three budgets that the treasury appropriates."""
        return self in FISCAL_FAMILIES


FAMILY_LABELS = {
    Family.GENERAL: "一般公共预算",
    Family.GOVERNMENT_FUND: "政府性基金预算",
    Family.STATE_CAPITAL: "国有资本经营预算",
    Family.SPECIAL_ACCOUNT: "财政专户",
    Family.UNIT_FUNDS: "单位资金",
}
FISCAL_FAMILIES = (Family.GENERAL, Family.GOVERNMENT_FUND, Family.STATE_CAPITAL)


class Fund(StrEnum):
    """A source of money; every coarser source in any table is a sum of these."""

    GENERAL_OWN = "general_own"
    GENERAL_TRANSFER = "general_transfer"
    GOVERNMENT_FUND_OWN = "government_fund_own"
    GOVERNMENT_FUND_TRANSFER = "government_fund_transfer"
    STATE_CAPITAL_OWN = "state_capital_own"
    STATE_CAPITAL_TRANSFER = "state_capital_transfer"
    SPECIAL_ACCOUNT = "special_account"
    BUSINESS_INCOME = "business_income"
    SUPERIOR_SUBSIDY = "superior_subsidy"
    SUBORDINATE_REMITTANCE = "subordinate_remittance"
    OPERATING_INCOME = "operating_income"
    OTHER_INCOME = "other_income"
    CARRYOVER_GENERAL = "carryover_general"
    CARRYOVER_GOVERNMENT_FUND = "carryover_government_fund"
    CARRYOVER_STATE_CAPITAL = "carryover_state_capital"
    CARRYOVER_SPECIAL_ACCOUNT = "carryover_special_account"
    CARRYOVER_UNIT_FUNDS = "carryover_unit_funds"

    @property
    def label(self) -> str:
        """The Chinese name in the workbook's drop-down list; unique."""
        return FUND_ROWS[self][0]

    @property
    def family(self) -> Family:
        """Which of the five kinds of money this is."""
        return FUND_ROWS[self][1]

    @property
    def is_carryover(self) -> bool:
        """True for 上年结转结余."""
        return self.value.startswith("carryover_")

    @property
    def is_transfer(self) -> bool:
        """True for money that a superior government transferred."""
        return self.value.endswith("_transfer")

    @property
    def is_fiscal(self) -> bool:
        """True for 财政拨款 of any year, carryover included."""
        return self.family.is_fiscal


FUND_ROWS: dict[Fund, tuple[str, Family]] = {
    Fund.GENERAL_OWN: ("一般公共预算（一般财力）", Family.GENERAL),
    Fund.GENERAL_TRANSFER: ("一般公共预算（上级转移支付）", Family.GENERAL),
    Fund.GOVERNMENT_FUND_OWN: ("政府性基金预算（本级）", Family.GOVERNMENT_FUND),
    Fund.GOVERNMENT_FUND_TRANSFER: ("政府性基金预算（上级转移支付）", Family.GOVERNMENT_FUND),
    Fund.STATE_CAPITAL_OWN: ("国有资本经营预算（本级）", Family.STATE_CAPITAL),
    Fund.STATE_CAPITAL_TRANSFER: ("国有资本经营预算（上级转移支付）", Family.STATE_CAPITAL),
    Fund.SPECIAL_ACCOUNT: ("财政专户核拨", Family.SPECIAL_ACCOUNT),
    Fund.BUSINESS_INCOME: ("单位资金（事业收入）", Family.UNIT_FUNDS),
    Fund.SUPERIOR_SUBSIDY: ("单位资金（上级补助收入）", Family.UNIT_FUNDS),
    Fund.SUBORDINATE_REMITTANCE: ("单位资金（附属单位上缴收入）", Family.UNIT_FUNDS),
    Fund.OPERATING_INCOME: ("单位资金（事业单位经营收入）", Family.UNIT_FUNDS),
    Fund.OTHER_INCOME: ("单位资金（其他收入）", Family.UNIT_FUNDS),
    Fund.CARRYOVER_GENERAL: ("上年结转（一般公共预算）", Family.GENERAL),
    Fund.CARRYOVER_GOVERNMENT_FUND: ("上年结转（政府性基金预算）", Family.GOVERNMENT_FUND),
    Fund.CARRYOVER_STATE_CAPITAL: ("上年结转（国有资本经营预算）", Family.STATE_CAPITAL),
    Fund.CARRYOVER_SPECIAL_ACCOUNT: ("上年结转（财政专户）", Family.SPECIAL_ACCOUNT),
    Fund.CARRYOVER_UNIT_FUNDS: ("上年结转（单位资金）", Family.UNIT_FUNDS),
}


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
