"""What travels through the house: facts of money, and the filing with its words and numbers."""

from budgets.facts.fact import Fact, Nature, Side
from budgets.facts.filing import (
    Filing,
    GlossaryEntry,
    Organisation,
    OverallTarget,
    Particulars,
    Prior,
    PriorBasis,
    Profile,
    ProjectPlan,
    Words,
    WordsKind,
)
from budgets.facts.fund import Family, Fund
from budgets.facts.indicator import FULL_WEIGHTS, Goal, Indicator
from budgets.facts.money import envelope, from_wan, show_wan, to_wan

__all__ = [
    "FULL_WEIGHTS",
    "Fact",
    "Family",
    "Filing",
    "Fund",
    "GlossaryEntry",
    "Goal",
    "Indicator",
    "Nature",
    "Organisation",
    "OverallTarget",
    "Particulars",
    "Prior",
    "PriorBasis",
    "Profile",
    "ProjectPlan",
    "Side",
    "Words",
    "WordsKind",
    "envelope",
    "from_wan",
    "show_wan",
    "to_wan",
]
