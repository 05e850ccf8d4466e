"""Random valid ledgers: balanced, every code in the chart, every basic fact split once."""

from decimal import Decimal

from hypothesis import strategies as st

from budgets.domain.facts import Fact, Nature, Side
from budgets.domain.filing import Filing, ProjectPlan
from budgets.domain.funds import Fund
from tests.disclosures.filings import (
    BUREAU,
    ECONOMICS,
    FIRST,
    FUNCTIONS,
    SCHOOLS,
    SECOND,
    UNION,
    both_sides,
)

ITEMS = sorted(code for code in FUNCTIONS if len(code) == 7)
SECTIONS = sorted(code for code in ECONOMICS if len(code) == 5)
CLASSES = sorted(code for code in ECONOMICS if len(code) == 3)
PROJECTS = ("甲项目", "乙 项目. 一", "丙“项目”/2#")
UNSPLIT = (
    Fund.GENERAL_OWN,
    Fund.GENERAL_TRANSFER,
    Fund.SPECIAL_ACCOUNT,
    Fund.BUSINESS_INCOME,
    Fund.OTHER_INCOME,
)
amounts = st.integers(1, 10**10).map(lambda fen: Decimal(fen) / 100)


def line(unit, fund, amount, nature, function="", economic="", project="", internal=False):
    """One expenditure fact, amount in yuan."""
    return Fact(
        unit=unit,
        side=Side.EXPENDITURE,
        fund=fund,
        amount=amount,
        nature=nature,
        function=function,
        economic=economic,
        project=project,
        internal=internal,
    )


@st.composite
def details(draw, unit):
    """A full detail line: project money to an economic class or section, the rest to a section."""
    nature = draw(st.sampled_from([Nature.PERSONNEL, Nature.OPERATING, Nature.PROJECT]))
    is_project = nature is Nature.PROJECT
    return [
        line(
            unit,
            draw(st.sampled_from(Fund)),
            draw(amounts),
            nature,
            draw(st.sampled_from(ITEMS)),
            draw(st.sampled_from(SECTIONS + CLASSES if is_project else SECTIONS)),
            draw(st.sampled_from(PROJECTS)) if is_project else "",
        )
    ]


@st.composite
def apart(draw, unit):
    """Unsplit basic money by function, and the same money by economic code and nature."""
    fund = draw(st.sampled_from(UNSPLIT))
    parts = draw(st.lists(amounts, min_size=1, max_size=3))
    sections = draw(st.permutations(SECTIONS))
    natures = st.sampled_from([Nature.PERSONNEL, Nature.OPERATING])
    return [
        line(unit, fund, sum(parts), Nature.BASIC, draw(st.sampled_from(ITEMS))),
        *(
            line(unit, fund, part, draw(natures), economic=section)
            for part, section in zip(parts, sections, strict=False)
        ),
    ]


@st.composite
def internal(draw, giver, taker):
    """Money that one unit gives to another, which spends it."""
    amount, function = draw(amounts), draw(st.sampled_from(ITEMS))
    given_as, taken_as = Fund.BUSINESS_INCOME, Fund.SUPERIOR_SUBSIDY
    section = draw(st.sampled_from(SECTIONS))
    return [
        Fact(unit=giver, side=Side.INCOME, fund=given_as, amount=amount),
        line(giver, given_as, amount, Nature.OPERATING, function, section, internal=True),
        Fact(unit=taker, side=Side.INCOME, fund=taken_as, amount=amount, internal=True),
        line(taker, taken_as, amount, Nature.OPERATING, function, section),
    ]


@st.composite
def filings(draw):
    """A department by itself, or with three units, and what it and they spend and receive."""
    units = draw(st.sampled_from([(), (BUREAU, FIRST, SECOND)]))
    department = SCHOOLS if units else UNION
    homes = st.sampled_from([unit.code for unit in units] or [department.code])
    kinds = homes.flatmap(lambda home: st.one_of(details(home), apart(home)))
    spent = [fact for facts in draw(st.lists(kinds, max_size=8)) for fact in facts]
    handed = []
    if units and draw(st.booleans()):
        handed = draw(internal(BUREAU.code, FIRST.code))
    named = sorted({(fact.unit, fact.project) for fact in spent if fact.project})
    return Filing(
        department=department,
        year=2025,
        units=units,
        facts=(*both_sides(*spent), *handed),
        projects=tuple(ProjectPlan(unit=unit, name=name) for unit, name in named),
    )
