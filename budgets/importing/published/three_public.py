"""The three public expenses of Table 10, where the economic codes do not give them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgets.domain.facts import Family, Fund
from budgets.domain.tables.form import Role
from budgets.domain.tables.slices import THREE_PUBLIC_CODES
from budgets.importing.published.claims import Claim, claim
from budgets.importing.published.table import ZERO, Tables, tolerance

# Table 10 does not tell this government's money from a superior's: it counts as this one's, unless
# there is none.
FUNDS = {
    Family.GENERAL: (Fund.GENERAL_OWN, Fund.GENERAL_TRANSFER),
    Family.GOVERNMENT_FUND: (Fund.GOVERNMENT_FUND_OWN, Fund.GOVERNMENT_FUND_TRANSFER),
    Family.STATE_CAPITAL: (Fund.STATE_CAPITAL_OWN, Fund.STATE_CAPITAL_TRANSFER),
}


def derive_three_public(tables: Tables, claims: Sequence[Claim]) -> list[Claim]:
    """What Table 10 states, for the items that differ from what the codes of `claims` say."""
    return [
        made
        for item, _, codes in THREE_PUBLIC_CODES
        if differs(tables, claims, item, codes)
        for made in state(tables, item, codes[0])
    ]


def differs(tables: Tables, claims: Sequence[Claim], item: str, codes: tuple[str, ...]) -> bool:
    """True where some budget's figure of an item is not the sum of its economic codes."""
    for family in FUNDS:
        coded = list_coded(claims, family, codes)
        figure = tables[Role.THREE_PUBLIC].figure(item, family.value)
        if abs(figure.yuan - sum(coded, ZERO)) > tolerance(len(coded), figure.grain):
            return True
    return False


def list_coded(claims: Sequence[Claim], family: Family, codes: tuple[str, ...]) -> list[Decimal]:
    """What this year's money of one budget spends on these economic codes."""
    facts = (made.fact for made in claims if made.fact.economic.startswith(codes))
    return [
        fact.amount for fact in facts if fact.fund.family is family and not fact.fund.is_carryover
    ]


def state(tables: Tables, item: str, code: str) -> Iterator[Claim]:
    """An item's figures, budget by budget."""
    for family, funds in FUNDS.items():
        figure = tables[Role.THREE_PUBLIC].figure(item, family.value)
        if figure.ref:
            paid = [fund for fund in funds if tables[Role.INCOME].yuan("total", fund)]
            made = claim(figure, fund=(paid or list(funds))[0], economic=code)
            yield made
