"""A performance indicator, and the goal it sets: a comparison with a number, or words."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.money import from_wan

# Ten points are usually kept for the rate at which the budget is spent.
FULL_WEIGHTS = (Decimal(90), Decimal(100))
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
        """The goal that `value` states."""
        return Goal.parse(self.value)

    @property
    def cost(self) -> Decimal | None:
        """What an economic cost indicator allows, in yuan; None for any other indicator."""
        goal = self.goal
        is_cost = self.level2 == COST_LEVEL and goal.unit == COST_UNIT
        return from_wan(goal.number) if is_cost and goal.number is not None else None
