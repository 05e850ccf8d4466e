"""Makes facts, budgets and moves, for the demo county and for tests.

Plain functions: what they make is frozen or a single row, and its classes already have defaults.
"""

from collections.abc import Iterable
from decimal import Decimal

from budgets.domain.facts import Fact, Fund, Nature, Side
from budgets.domain.filing import Filing, Organisation
from budgets.ledger import replace_filing
from budgets.models import Budget, Department, State
from disclosures.models import Transition


def make_income(fund: Fund, amount: Decimal, unit: str, **more) -> Fact:
    """Money coming in, in yuan."""
    return Fact(unit=unit, side=Side.INCOME, fund=fund, amount=amount, **more)


def make_expense(
    amount: Decimal,
    function: str = "",
    economic: str = "",
    project: str = "",
    *,
    unit: str,
    fund: Fund = Fund.GENERAL_OWN,
    nature: Nature | None = Nature.BASIC,
    **more,
) -> Fact:
    """Money going out, in yuan; basic expenditure of the general budget unless told otherwise."""
    return Fact(
        unit=unit,
        side=Side.EXPENDITURE,
        fund=fund,
        amount=amount,
        nature=nature,
        function=function,
        economic=economic,
        project=project,
        **more,
    )


def balance_facts(*facts: Fact) -> tuple[Fact, ...]:
    """Expenditure together with the income, fund by fund and unit by unit, that pays for it.

    What is told by economic code alone is the same money once more.
    """
    needs: dict[tuple[str, Fund, bool], Decimal] = {}
    for fact in facts:
        if fact.function:
            key = (fact.unit, fact.fund, fact.internal)
            needs[key] = needs.get(key, Decimal(0)) + fact.amount
    incomes = (
        make_income(fund, amount, unit, internal=internal)
        for (unit, fund, internal), amount in needs.items()
        if amount
    )
    return (*incomes, *facts)


def open_budget(own: Organisation, year: int, units: Iterable[Organisation] = ()) -> Budget:
    """A department's budget of a year; the department and its units are registered if need be."""
    department, _ = Department.objects.get_or_create(code=own.code, defaults={"name": own.name})
    for unit in units:
        known = {"name": unit.name, "parent": department}
        Department.objects.get_or_create(code=unit.code, defaults=known)
    return Budget.objects.get_or_create(department=department, year=year)[0]


def store_filing(filing: Filing) -> Budget:
    budget = open_budget(filing.department, filing.year, filing.units)
    replace_filing(budget, filing)
    return budget


def record_move(budget: Budget, before: State, after: State, who, **more) -> Transition:
    """Let a budget stand in a state, with the record of how it came there."""
    Budget.objects.filter(pk=budget.pk).update(state=after)
    budget.state = after
    return Transition.objects.create(budget=budget, before=before, after=after, who=who, **more)
