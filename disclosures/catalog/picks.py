"""Which facts belong where: the questions that tables ask of a fact."""

from collections.abc import Collection

from budgets.facts import Fact, Family, Fund, Nature, Side
from disclosures.tables.form import Picks


def is_income(fact: Fact) -> bool:
    """Money coming in."""
    return fact.side is Side.INCOME


def has_function(fact: Fact) -> bool:
    """Expenditure that the function tables count."""
    return fact.side is Side.EXPENDITURE and bool(fact.function)


def has_economic(fact: Fact) -> bool:
    """Expenditure that the economic tables count."""
    return fact.side is Side.EXPENDITURE and bool(fact.economic)


def is_this_year(fact: Fact) -> bool:
    """Not carried over from last year."""
    return not fact.fund.is_carryover


def is_fiscal_this_year(fact: Fact) -> bool:
    """This year's 财政拨款."""
    return fact.fund.is_fiscal and is_this_year(fact)


def is_basic(fact: Fact) -> bool:
    """基本支出."""
    return fact.is_basic


def is_fiscal(fact: Fact) -> bool:
    """财政拨款 of any year."""
    return fact.fund.is_fiscal


def is_carryover(fact: Fact) -> bool:
    """上年结转结余."""
    return fact.fund.is_carryover


def of_fund(*funds: Fund) -> Picks:
    """Paid from one of these funds."""
    return lambda fact: fact.fund in funds


def of_family(family: Family) -> Picks:
    """Paid from this kind of money, whichever year's."""
    return lambda fact: fact.fund.family is family


def of_nature(nature: Nature) -> Picks:
    """Of this nature exactly."""
    return lambda fact: fact.nature is nature


def of_economic(codes: Collection[str]) -> Picks:
    """On one of these economic codes, or below it."""
    return lambda fact: fact.economic.startswith(tuple(codes))


def both(first: Picks, second: Picks) -> Picks:
    """Facts that both questions pick."""
    return lambda fact: first(fact) and second(fact)


def outside(picks: Picks) -> Picks:
    """Facts that the question does not pick."""
    return lambda fact: not picks(fact)


def current(family: Family) -> Picks:
    """This year's money of one kind."""
    return both(is_this_year, of_family(family))
