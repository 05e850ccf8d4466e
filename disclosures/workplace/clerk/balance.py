"""Fund by fund, what comes in and what is spent of it: how far an expenditure sheet has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.facts import Side
from budgets.domain.filing import Filing
from budgets.domain.funds import Fund
from budgets.spreadsheets import Row
from budgets.spreadsheets.texts import spell_money
from disclosures.workplace.clerk.stored import Stored

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One fund, or all of them, as texts in the unit of money that is typed in.

    `functions` sums the rows with a function code, which the tables count as expenditure, and
    `economics` those with an economic code. `gap` is income less expenditure.
    """

    label: str
    income: str
    functions: str
    gap: str
    economics: str
    is_level: bool
    is_empty: bool


def weigh_funds(stored: Stored, typed: Iterable[Row], money_unit: str) -> list[Standing]:
    """Every fund and, last, the whole; money that only moves inside a department is left out."""
    rows = [row for row in typed if row["amount"]]
    counted = [row for row in rows if not (stored.units and row["internal"])]
    sums = (
        sum_income(stored.filing, is_whole=bool(stored.units)),
        sum_by_fund(row for row in counted if row["function"]),
        sum_by_fund(row for row in counted if row["economic"]),
    )
    wholes = [sum(each.values(), ZERO) for each in sums]
    funds = [
        make_standing(fund.label, [each.get(fund, ZERO) for each in sums], money_unit)
        for fund in Fund
    ]
    return [*funds, make_standing("合计", wholes, money_unit)]


def sum_income(filing: Filing, is_whole: bool) -> dict[Fund, Decimal]:
    """The income of each fund in yuan; of a whole department without what only moves inside it."""
    found: dict[Fund, Decimal] = {}
    for fact in filing.facts:
        if fact.side is Side.INCOME and not (is_whole and fact.internal):
            found[fact.fund] = found.get(fact.fund, ZERO) + fact.amount
    return found


def sum_by_fund(rows: Iterable[Row]) -> dict[Fund, Decimal]:
    """The amounts of rows by their fund, in yuan; rows without one belong to none."""
    found: dict[Fund, Decimal] = {}
    for row in rows:
        if row["fund"]:
            found[row["fund"]] = found.get(row["fund"], ZERO) + row["amount"]
    return found


def make_standing(label: str, sums: Sequence[Decimal], money_unit: str) -> Standing:
    """Income, expenditure by function and by economic code, as texts."""
    income, functions, economics = sums
    return Standing(
        label=label,
        income=spell_money(income, money_unit),
        functions=spell_money(functions, money_unit),
        gap=spell_money(income - functions, money_unit),
        economics=spell_money(economics, money_unit),
        is_level=income == functions,
        is_empty=not any(sums),
    )
