"""A filing: all that one department states for one year, money and words, as plain values."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from budgets.domain.facts import Fact
from budgets.domain.money import ZERO, from_wan
from budgets.domain.text import LabelledEnum

# Ten points are usually kept for the rate at which the budget is spent.
FULL_WEIGHTS = (Decimal(90), Decimal(100))
AT_LEAST = ("", "=", ">", ">=")
COST_LEVEL, COST_UNIT = "经济成本指标", "万元"
GOAL_FORM = re.compile(r"^(>=|<=|=|>|<)\s*(-?\d[\d,]*(?:\.\d+)?)\s*(.*)$", re.DOTALL)
SIGNS = str.maketrans({"≥": ">=", "≤": "<=", "≧": ">=", "≦": "<="})


@dataclass(frozen=True, slots=True)
class Goal:
    """`>=25次`: operator, number, unit; or words (`明显减轻`, `2025年12月25日前`)."""

    operator: str
    number: Decimal | None
    unit: str
    words: str

    @classmethod
    def parse(cls, text: str) -> "Goal":
        """Read a goal as clerks type it: full-width signs and ≥ ≤ are understood."""
        plain = unicodedata.normalize("NFKC", text.translate(SIGNS)).strip()
        found = GOAL_FORM.match(plain)
        if not found:
            return cls("", None, "", text.strip())
        operator, number, unit = found.groups()
        return cls(operator, Decimal(number.replace(",", "")), unit.strip(), "")

    def __str__(self) -> str:
        """The printed form, digits as they were given (`<=2.10万元`)."""
        return self.words if self.number is None else f"{self.operator}{self.number}{self.unit}"


def is_lowered(target: str, result: str) -> bool:
    """True where both are numbers of one unit and the target is the easier one."""
    goal, done = Goal.parse(target), Goal.parse(result)
    reached = done if done.number is not None else Goal.parse(f"={result}")
    if goal.number is None or reached.number is None or goal.unit != reached.unit:
        return False
    if goal.operator in AT_LEAST:
        return goal.number < reached.number
    return goal.number > reached.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One row of a performance table; `value` is the goal as printed, `weight` in points.

    `last_value`, `scoring` and `evidence` are asked for projects only.
    """

    level1: str
    level2: str
    level3: str
    value: str
    basis: str = ""
    weight: Decimal | None = None
    last_value: str = ""
    scoring: str = ""
    evidence: str = ""

    @property
    def goal(self) -> Goal:
        return Goal.parse(self.value)

    @property
    def cost(self) -> Decimal | None:
        """What an economic cost indicator allows, in yuan; None for any other indicator."""
        goal = self.goal
        is_cost = self.level2 == COST_LEVEL and goal.unit == COST_UNIT
        return from_wan(goal.number) if is_cost and goal.number is not None else None


def trim_weight(weight: Decimal | None) -> Decimal | None:
    """A weight as it is printed: 14, not 14.00."""
    if weight is None:
        return None
    is_whole = weight == weight.to_integral_value()
    return weight.quantize(Decimal(1)) if is_whole else weight.normalize()


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


class PriorBasis(LabelledEnum):
    """What last year's figure is: last year's budget, or what was really spent."""

    BUDGET = "budget", "预算"
    EXECUTION = "execution", "执行数"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """Last year's figure, in yuan, of the cell addressed `at` (`T5.2012901.total`)."""

    at: str
    amount: Decimal
    basis: PriorBasis = PriorBasis.BUDGET


class WordsKind(LabelledEnum):
    """What a department's words say: why a figure changed, or what it is used for."""

    REASON = "reason", "变动原因"
    USE = "use", "主要用途"


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


Record = TypeVar("Record", Profile, Particulars)

# What the figures of a group start with; a group is stated, or summed, as a whole.
GROUPS: dict[type, tuple[tuple[str, ...], ...]] = {
    Profile: (("authorized", "serving", "retired", "honorary"),),
    Particulars: (
        ("procurement_",),
        ("house_", "vehicle_", "furniture_", "other_assets_", "equipment_", "planned_"),
    ),
}


def fill_from_units(own: Record, units: Sequence[Record]) -> Record:
    """The department's record; a group that is zero throughout becomes the sums over its units."""
    for names in name_groups(own) if units else ():
        if not any(getattr(own, name) for name in names):
            own = replace(own, **sum_figures(names, units))
    return own


def leave_to_units(own: Record, units: Sequence[Record]) -> Record:
    """Undo `fill_from_units`: a group that only repeats the sums over the units is not stated."""
    for names in name_groups(own) if units else ():
        sums = sum_figures(names, units)
        if all(getattr(own, name) == sums[name] for name in names):
            unstated = type(own)()
            own = replace(own, **{name: getattr(unstated, name) for name in names})
    return own


def name_groups(record: Profile | Particulars) -> list[list[str]]:
    names = [field.name for field in fields(record)]
    return [
        [name for name in names if name.startswith(prefixes)] for prefixes in GROUPS[type(record)]
    ]


def sum_figures(names: Sequence[str], units: Sequence[Profile | Particulars]) -> dict[str, Any]:
    """The sums of these figures over the units, which are at least one."""
    first, *rest = units
    return {
        name: sum((getattr(unit, name) for unit in rest), getattr(first, name)) for name in names
    }
