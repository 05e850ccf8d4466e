"""Which facts belong where, as data: what tables, rows and columns ask of a fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from budgets.domain.facts import FISCAL_FAMILIES, Fact, Family, Fund, Nature, Side
from budgets.domain.filing import Filing


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
    """Expenditure of one of these natures."""
    return Slice(natures=frozenset(natures))


def of_economic(*codes: str) -> Slice:
    """On one of these economic codes, or below it."""
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
COUNTED = tuple(code for _, _, codes in THREE_PUBLIC_CODES for code in codes)


def derived_three_public(filing: Filing) -> list[Fact]:
    """The facts whose economic codes say that they are three public expenses."""
    counted = BY_ECONOMIC & FISCAL
    facts = (fact for fact in ledger_facts(filing) if counted.holds(fact))
    return [fact for fact in facts if three_public_item(fact)]


def three_public_facts(filing: Filing) -> list[Fact]:
    """Unit by unit and item by item: what is stated where it is stated, else the economic codes."""
    stated = [fact for fact in filing.three_public if fact.economic.startswith(COUNTED)]
    told = {(fact.unit, three_public_item(fact)) for fact in stated}
    derived = derived_three_public(filing)
    return stated + [fact for fact in derived if (fact.unit, three_public_item(fact)) not in told]


def three_public_item(fact: Fact) -> str:
    """Which of the three public expenses a fact is, as its row in their table; empty if none."""
    for key, _, codes in THREE_PUBLIC_CODES:
        if fact.economic.startswith(codes):
            return key
    return ""
