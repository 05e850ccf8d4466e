"""A department over its units: which are in, what they add up to, and what only moves inside."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.facts import Fact, Side
from budgets.domain.money import show_wan
from budgets.models import Budget, Department
from disclosures.workplace.dossier import Dossier

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class SideSums:
    """Income and expenditure of some facts, in yuan; money stated by function counts once."""

    income: Decimal
    spent: Decimal

    @property
    def shown_income(self) -> str:
        """The income in 万元."""
        return show_wan(self.income)

    @property
    def shown_spent(self) -> str:
        """The expenditure in 万元."""
        return show_wan(self.spent)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A unit in use, its budget of the year if it has opened one, and its money."""

    unit: Department
    budget: Budget | None
    sums: SideSums
    is_in: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFamily:
    """The units of a department, their sum, what of it only moves inside, and the rest."""

    rows: list[UnitRow]
    total: SideSums
    internal: SideSums
    net: SideSums

    @property
    def waiting(self) -> list[str]:
        """The names of the units that have filed nothing yet."""
        return [row.unit.name for row in self.rows if not row.is_in]


def gather_units(dossier: Dossier) -> UnitFamily | None:
    """The department's units in code order; None for one that is its own only unit."""
    units = dossier.units
    if not units:
        return None
    budgets = Budget.objects.for_year(dossier.budget.year).filter(department__in=units)
    known = {each.department_id: each for each in budgets}
    facts = dossier.filing.facts
    total, internal = sum_sides(facts), sum_sides(fact for fact in facts if fact.internal)
    net = SideSums(income=total.income - internal.income, spent=total.spent - internal.spent)
    rows = [lay_unit(unit, known.get(unit.pk), facts) for unit in units]
    return UnitFamily(rows=rows, total=total, internal=internal, net=net)


def lay_unit(unit: Department, budget: Budget | None, facts: Iterable[Fact]) -> UnitRow:
    """One unit with its own facts added up."""
    own = [fact for fact in facts if fact.unit == unit.code]
    return UnitRow(unit=unit, budget=budget, sums=sum_sides(own), is_in=bool(own))


def sum_sides(facts: Iterable[Fact]) -> SideSums:
    """Income, and expenditure by function, of the facts."""
    sums = {Side.INCOME: ZERO, Side.EXPENDITURE: ZERO}
    for fact in facts:
        if fact.side is Side.INCOME or fact.function:
            sums[fact.side] += fact.amount
    return SideSums(income=sums[Side.INCOME], spent=sums[Side.EXPENDITURE])
