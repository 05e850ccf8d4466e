"""Random ledgers that their published tables determine, and the spreadsheet these are printed in.

Determined means: on every function item each budget's money is of one fund or of one nature, unit
funds and each kind of carryover are of one fund, basic money of the general budget is of one fund,
and at most one project's money of either kind stands outside Tables 7 and 11.
"""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import strategies as st

from budgets.domain.document import FORMAT, Body, Document, Part
from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing
from budgets.domain.performance import build_performance
from budgets.domain.sets import build_tables
from disclosures.demo.factories import balance_facts, make_expense
from disclosures.publishing.exports.workbook import build_workbook
from tests.factories.filings import CHART, ECONOMICS, FUNCTIONS, UNION, plan_projects

ITEMS = sorted(code for code in FUNCTIONS if len(code) == 7)
SECTIONS = sorted(code for code in ECONOMICS if len(code) == 5)
CLASSES = ("301", "302", "303", "310")
# Amounts that 万元 with two decimals print in full.
PRINTED = st.integers(1, 10**7).map(lambda hundreds: Decimal(hundreds) * 100)
# Amounts to the cent, and more than rounding opens between six figures and their total: a smaller
# one cannot be told from what rounding leaves over, and the reader asks instead of guessing.
EXACT = st.integers(700_00, 10**10).map(lambda fen: Decimal(fen) / 100)
BASIC = (Nature.BASIC, Nature.PROJECT)
SPLIT = (Nature.PERSONNEL, Nature.OPERATING, Nature.PROJECT)
UNIT_FUNDS = (Fund.BUSINESS_INCOME, Fund.SUPERIOR_SUBSIDY, Fund.OTHER_INCOME)
FISCAL_CARRYOVER = (Fund.CARRYOVER_GENERAL, Fund.CARRYOVER_STATE_CAPITAL)
OTHER_CARRYOVER = (Fund.CARRYOVER_SPECIAL_ACCOUNT, Fund.CARRYOVER_UNIT_FUNDS)


def spend(amount, fund, nature, *codes, **more):
    """An expenditure fact of the department itself, in yuan."""
    return make_expense(amount, *codes, unit=UNION.code, fund=fund, nature=nature, **more)


@st.composite
def mixes(draw, funds, natures):
    """Funds and natures of one item's money: several of one, and one of the other."""
    if draw(st.booleans()):
        nature = draw(st.sampled_from(natures))
        chosen = draw(st.lists(st.sampled_from(funds), min_size=1, unique=True))
        return [(fund, nature) for fund in chosen]
    fund = draw(st.sampled_from(funds))
    chosen = draw(st.lists(st.sampled_from(natures), min_size=1, unique=True))
    return [(fund, nature) for nature in chosen]


@st.composite
def general(draw, code, amounts, basic_fund):
    """This year's general budget on one item: basic money of one fund, projects in Table 7."""
    funds = (Fund.GENERAL_OWN, Fund.GENERAL_TRANSFER)
    has_basic, project_funds = draw(st.booleans()), draw(st.sampled_from([(), (basic_fund,)]))
    if not has_basic:
        project_funds = draw(st.sampled_from([(), (funds[0],), (funds[1],), funds]))
    facts = [spend(draw(amounts), basic_fund, Nature.BASIC, code)] if has_basic else []
    names = ["甲项目", "乙项目 二期"] if len(project_funds) == 1 else ["甲项目"]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    for name in chosen:
        count = 1 if len(project_funds) > 1 else 2
        classes = draw(st.lists(st.sampled_from(CLASSES), max_size=count, unique=True)) or [""]
        facts += [
            spend(draw(amounts), fund, Nature.PROJECT, code, economic, name)
            for fund in project_funds
            for economic in (classes[:1] if len(project_funds) > 1 else classes)
        ]
    return facts


@st.composite
def others(draw, code, amounts, funds, names):
    """This year's other money on one item; `names` by whether a fund is fiscal."""
    facts = []
    for choice, natures in funds:
        if draw(st.booleans()):
            for fund, nature in draw(mixes(choice, natures)):
                project = names[fund.is_fiscal] if nature is Nature.PROJECT else ""
                facts.append(spend(draw(amounts), fund, nature, code, project=project))
    return facts


@st.composite
def carryover(draw, code, amounts, funds):
    """Last year's money on one item: split basic money, and projects that Table 11 names."""
    facts = []
    for fund in funds:
        natures = draw(st.lists(st.sampled_from(SPLIT), unique=True))
        for nature in natures:
            project = "上年续建项目" if nature is Nature.PROJECT else ""
            facts.append(spend(draw(amounts), fund, nature, code, project=project))
    return facts


@st.composite
def economics(draw, facts):
    """The general budget's basic money once more by economic code, with a residue or without."""
    basic = [fact for fact in facts if fact.nature is Nature.BASIC and is_general(fact)]
    left = sum((fact.amount for fact in basic), Decimal(0))
    found = []
    for section in draw(st.lists(st.sampled_from(SECTIONS), min_size=1, max_size=4, unique=True)):
        amount = min(left, draw(PRINTED))
        if amount:
            nature = draw(st.sampled_from(SPLIT[:2]))
            found.append(spend(amount, basic[0].fund, nature, economic=section))
        left -= amount
    if left:
        found.append(spend(left, basic[0].fund, Nature.PERSONNEL, economic="30399"))
    return [*found, *draw(residues(found))]


@st.composite
def residues(draw, found):
    """0.01 万元 more on a class than on its only section, taken from another section's class."""
    small = [fact for fact in found if fact.amount > 100]
    if len({fact.economic[:3] for fact in small}) < 2 or not draw(st.booleans()):
        return []
    first = small[0]
    other = next(fact for fact in small if fact.economic[:3] != first.economic[:3])
    return [
        spend(sign * Decimal(100), fact.fund, fact.nature, economic=fact.economic[:3])
        for fact, sign in ((first, 1), (other, -1))
    ]


def is_general(fact):
    return fact.fund in (Fund.GENERAL_OWN, Fund.GENERAL_TRANSFER)


@st.composite
def filings(draw, amounts=PRINTED):
    """A department's filing that its tables determine."""
    basic_fund = draw(st.sampled_from([Fund.GENERAL_OWN, Fund.GENERAL_TRANSFER]))
    unit_fund = draw(st.sampled_from(UNIT_FUNDS))
    funds = [
        ((Fund.GOVERNMENT_FUND_OWN, Fund.GOVERNMENT_FUND_TRANSFER), SPLIT),
        ((Fund.STATE_CAPITAL_OWN, Fund.STATE_CAPITAL_TRANSFER), SPLIT),
        ((Fund.SPECIAL_ACCOUNT, unit_fund), BASIC),
    ]
    names = {True: "基金项目", False: "自有资金项目"}
    carried = [draw(st.sampled_from(FISCAL_CARRYOVER)), draw(st.sampled_from(OTHER_CARRYOVER))]
    codes = draw(st.lists(st.sampled_from(ITEMS), min_size=1, max_size=5, unique=True))
    facts = []
    for code in codes:
        facts += draw(general(code, amounts, basic_fund))
        facts += draw(others(code, amounts, funds, names))
    facts += draw(carryover(codes[0], amounts, carried))
    facts += draw(economics(facts))
    return make_filing(facts)


def make_filing(facts):
    """A filing with income to match, and a plan for every project."""
    return Filing(
        department=UNION,
        year=2025,
        facts=balance_facts(*facts),
        projects=plan_projects(*facts),
    )


def export(filing, chart=CHART):
    """The spreadsheet of a filing's disclosure: its tables without its notes."""
    tables = build_tables(filing, chart)
    grids = tables | build_performance(filing, tables)
    own = filing.department
    document = Document(
        format=FORMAT,
        title=f"{own.name}{filing.year}年部门预算公开",
        year=filing.year,
        currency="CNY",
        department=Body(code=own.code, name=own.name),
        units=(),
        signed_on=None,
        parts=(Part(key="tables", number="第二部分", title="公开表", tables=tuple(grids)),),
        tables=tuple(grids.values()),
        checks=(),
    )
    moment = datetime(2025, 2, 14, tzinfo=UTC)
    return build_workbook(document, version=1, digest="0" * 64, created=moment)
