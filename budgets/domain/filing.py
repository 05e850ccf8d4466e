"""A filing: all that one department states for one year, money and words, as plain values."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from budgets.domain.facts import Fact
from budgets.domain.indicators import Indicator

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A department (部门) or one of its budget units (预算单位)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """第一部分: what the department does, its offices, its staff (heads; changes are signed)."""

    duties: str = ""
    offices: tuple[str, ...] = ()
    authorized: int = 0
    serving: int = 0
    serving_change: int = 0
    retired: int = 0
    retired_change: int = 0
    honorary: int = 0
    honorary_change: int = 0

    @property
    def actual(self) -> int:
        """实有人数: serving, retired and honorary retired (离休) together."""
        return self.serving + self.retired + self.honorary


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """其他重要事项, money in yuan, areas in square metres.

    `agency_operating` is only given where 机关运行经费 is narrower than Table 6's 公用经费, with a
    word why. Totals are given, not derived, because published ones differ by rounding.
    """

    agency_operating: Decimal | None = None
    agency_operating_why: str = ""
    procurement_total: Decimal = ZERO
    procurement_goods: Decimal = ZERO
    procurement_works: Decimal = ZERO
    procurement_services: Decimal = ZERO
    procurement_sme: Decimal = ZERO
    procurement_micro: Decimal = ZERO
    house_area: Decimal = ZERO
    house_value: Decimal = ZERO
    vehicle_count: int = 0
    vehicle_value: Decimal = ZERO
    vehicle_general_count: int = 0
    vehicle_general_value: Decimal = ZERO
    vehicle_enforcement_count: int = 0
    vehicle_enforcement_value: Decimal = ZERO
    vehicle_other_count: int = 0
    vehicle_other_value: Decimal = ZERO
    furniture_value: Decimal = ZERO
    other_assets_value: Decimal = ZERO
    equipment_50_count: int = 0
    equipment_100_count: int = 0
    planned_vehicle_amount: Decimal = ZERO
    planned_equipment_50_count: int = 0
    planned_equipment_100_count: int = 0
    other_matters: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallTarget:
    """部门整体绩效目标: goal text (line breaks kept), whom to ask, and its indicators."""

    contact: str = ""
    phone: str = ""
    goal: str = ""
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPlan:
    """A project: what note 七 says of it, and its performance targets.

    Its money is not here but in the facts that carry its name. The five `recipient` fields are
    given where people receive money.
    """

    unit: str
    name: str
    leader: str = ""
    goal: str = ""
    policy_basis: str = ""
    executing_unit: str = ""
    allocation: str = ""
    period: str = ""
    recipient_number: str = ""
    recipient_standard: str = ""
    recipient_scope: str = ""
    recipient_method: str = ""
    recipient_benefit: str = ""
    indicators: tuple[Indicator, ...] = ()


class PriorBasis(StrEnum):
    """What last year's figure is: last year's budget, or what was really spent."""

    BUDGET = "budget"
    EXECUTION = "execution"

    @property
    def label(self) -> str:
        """As printed after 比上年."""
        return "预算" if self is PriorBasis.BUDGET else "执行数"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """Last year's figure, in yuan, of the cell addressed `at` (`T5.2012901.total`)."""

    at: str
    amount: Decimal
    basis: PriorBasis = PriorBasis.BUDGET


class WordsKind(StrEnum):
    """What a department's words say: why a figure changed, or what it is used for."""

    REASON = "reason"
    USE = "use"

    @property
    def label(self) -> str:
        """变动原因 or 主要用途."""
        return "变动原因" if self is WordsKind.REASON else "主要用途"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The department's own words on the cell addressed `at`, after 主要原因是 or 主要用于."""

    at: str
    kind: WordsKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryEntry:
    """第四部分: a term and what it means."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """All of it. `facts` are those of every unit in `units`, internal ones marked.

    `units` are the subordinate budget units; empty where the department is its own only unit.
    `three_public` states 三公 item by item (economic code, fund, no function) where project money
    has no economic detail; `three_public_why` explains a difference to the economic codes.
    """

    department: Organisation
    year: int
    units: tuple[Organisation, ...] = ()
    facts: tuple[Fact, ...] = ()
    three_public: tuple[Fact, ...] = ()
    three_public_why: str = ""
    profile: Profile = field(default_factory=Profile)
    particulars: Particulars = field(default_factory=Particulars)
    overall: OverallTarget = field(default_factory=OverallTarget)
    projects: tuple[ProjectPlan, ...] = ()
    priors: tuple[Prior, ...] = ()
    words: tuple[Words, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    signed_on: date | None = None
