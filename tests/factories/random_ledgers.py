"""Random valid ledgers: balanced, every code in the chart, every basic fact split once."""

from decimal import Decimal

from hypothesis import strategies as st

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing
from disclosures.demo.factories import balance_facts, make_expense, make_income
from tests.factories.filings import (
    BUREAU,
    ECONOMICS,
    FIRST,
    FUNCTIONS,
    SCHOOLS,
    SECOND,
    UNION,
    plan_projects,
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


@st.composite
def details(draw, unit):
    """A full detail line: project money to an economic class or section, the rest to a section."""
    nature = draw(st.sampled_from([Nature.PERSONNEL, Nature.OPERATING, Nature.PROJECT]))
    is_project = nature is Nature.PROJECT
    return [
        make_expense(
            unit=unit,
            fund=draw(st.sampled_from(Fund)),
            amount=draw(amounts),
            nature=nature,
            function=draw(st.sampled_from(ITEMS)),
            economic=draw(st.sampled_from(SECTIONS + CLASSES if is_project else SECTIONS)),
            project=draw(st.sampled_from(PROJECTS)) if is_project else "",
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
        make_expense(sum(parts), draw(st.sampled_from(ITEMS)), unit=unit, fund=fund),
        *(
            make_expense(part, economic=section, unit=unit, fund=fund, nature=draw(natures))
            for part, section in zip(parts, sections, strict=False)
        ),
    ]


@st.composite
def internal(draw, giver, taker):
    """Money that one unit gives to another, which spends it."""
    amount, function = draw(amounts), draw(st.sampled_from(ITEMS))
    line = (amount, function, draw(st.sampled_from(SECTIONS)))
    given = {"unit": giver, "fund": Fund.BUSINESS_INCOME}
    taken = {"unit": taker, "fund": Fund.SUPERIOR_SUBSIDY}
    return [
        make_income(amount=amount, **given),
        make_expense(*line, nature=Nature.OPERATING, internal=True, **given),
        make_income(amount=amount, internal=True, **taken),
        make_expense(*line, nature=Nature.OPERATING, **taken),
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
    return Filing(
        department=department,
        year=2025,
        units=units,
        facts=(*balance_facts(*spent), *handed),
        projects=plan_projects(*spent),
    )
