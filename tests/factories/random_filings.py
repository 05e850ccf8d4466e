"""Random filings that the rules accept, in the order in which a workbook states them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from budgets.domain.chart import Chart
from budgets.domain.facts import Fact, Family, Fund, Nature, Side
from budgets.domain.filing import (
    Filing,
    GlossaryEntry,
    Indicator,
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
from budgets.domain.money import envelope
from budgets.domain.places import PLACES, Asks
from budgets.spreadsheets.values import ERRORS

FUNCTIONS = {
    "201": "一般公共服务支出",
    "20129": "群众团体事务",
    "2012901": "行政运行",
    "2012950": "事业运行",
    "205": "教育支出",
    "20502": "普通教育",
    "2050203": "初中教育",
    "212": "城乡社区支出",
    "21208": "国有土地使用权出让收入安排的支出",
    "2120801": "征地和拆迁补偿支出",
}
ECONOMICS = {
    "301": "工资福利支出",
    "30101": "基本工资",
    "30102": "津贴补贴",
    "302": "商品和服务支出",
    "30201": "办公费",
    "30212": "因公出国（境）费用",
    "30217": "公务接待费",
    "30231": "公务用车运行维护费",
    "310": "资本性支出",
    "31013": "公务用车购置",
}
CHART = Chart(2025, FUNCTIONS, ECONOMICS)
ITEMS = [code for code in FUNCTIONS if len(code) == 7]
CLASSES = [code for code in FUNCTIONS if len(code) == 3]
SECTIONS = [code for code in ECONOMICS if len(code) == 5]
ECONOMIC_CLASSES = [code for code in ECONOMICS if len(code) == 3]
UNSPLIT = [
    fund
    for fund in Fund
    if not fund.is_carryover and fund.family not in (Family.GOVERNMENT_FUND, Family.STATE_CAPITAL)
]
FISCAL = [fund for fund in Fund if fund.is_fiscal and not fund.is_carryover]
DEPARTMENT = Organisation(code="107", name="某县总工会")
UNITS = tuple(Organisation(code=f"10700{n}", name=f"第{n}单位") for n in (1, 2, 3))

SIGNS = st.characters(categories=("L", "N", "P", "S")) | st.sampled_from(
    "县总工会2025年（）“”—=+-@ 𠮷"
)
MONEY = st.integers(1, 10**14).map(lambda cents: Decimal(cents) / 100)
MAYBE_MONEY = st.just(Decimal("0.00")) | MONEY
COUNT = st.integers(0, 9999)
CHANGE = st.integers(-99, 99)


def words(longest=30):
    """One line of words that does not begin or end with a blank, and is no formula's error."""
    lines = st.text(SIGNS, min_size=1, max_size=longest).map(str.strip)
    return lines.filter(lambda line: line and line not in ERRORS)


MAYBE_WORDS = st.just("") | words()
PARAGRAPHS = st.just("") | st.lists(words(60), min_size=1, max_size=4).map("\n".join)
NAMES = words(12).filter(lambda name: name != "整体")


def weights():
    """Weights as they are printed: whole, or with a decimal that is not zero."""
    halves = st.integers(0, 99).map(lambda whole: Decimal(whole) + Decimal("0.5"))
    return st.none() | st.integers(0, 100).map(Decimal) | halves


INDICATOR = st.builds(
    Indicator,
    level1=words(8),
    level2=words(8),
    level3=words(),
    value=words(12),
    basis=MAYBE_WORDS,
    weight=weights(),
    last_value=MAYBE_WORDS,
    scoring=MAYBE_WORDS,
    evidence=MAYBE_WORDS,
)
INDICATORS = st.lists(INDICATOR, max_size=3).map(tuple)
PROFILE = st.builds(
    Profile,
    duties=PARAGRAPHS,
    offices=st.lists(words(8).map(lambda name: name.replace("、", "")), max_size=4).map(
        lambda names: tuple(filter(None, map(str.strip, names)))
    ),
    authorized=COUNT,
    serving=COUNT,
    serving_change=CHANGE,
    retired=COUNT,
    retired_change=CHANGE,
    honorary=COUNT,
    honorary_change=CHANGE,
)


@st.composite
def particulars(draw):
    """Particulars whose reserved procurement stays within its total."""
    micro, sme, total = sorted(draw(MAYBE_MONEY) for _ in range(3))
    return Particulars(
        agency_operating=draw(st.none() | MAYBE_MONEY),
        agency_operating_why=draw(PARAGRAPHS),
        procurement_total=total,
        procurement_goods=draw(MAYBE_MONEY),
        procurement_sme=sme,
        procurement_micro=micro,
        house_area=draw(MAYBE_MONEY.filter(lambda area: area < 10**10)),
        vehicle_count=draw(COUNT),
        vehicle_value=draw(MAYBE_MONEY),
        planned_vehicle_amount=draw(MAYBE_MONEY),
        planned_equipment_50_count=draw(COUNT),
        other_matters=draw(PARAGRAPHS),
    )


@st.composite
def expenditure(draw, unit, projects):
    """One expenditure fact: a function, an economic code, or both."""
    fund = draw(st.sampled_from(list(Fund)))
    natures = [Nature.PERSONNEL, Nature.OPERATING] + [Nature.BASIC] * (fund in UNSPLIT)
    nature = draw(st.sampled_from(natures + [Nature.PROJECT] * bool(projects)))
    function = draw(st.sampled_from(["", *ITEMS]))
    codes = SECTIONS + (["", *ECONOMIC_CLASSES] if function else [])
    return Fact(
        unit=unit,
        side=Side.EXPENDITURE,
        fund=fund,
        nature=nature,
        function=function,
        economic=draw(st.sampled_from(codes)),
        project=draw(st.sampled_from(projects)) if nature is Nature.PROJECT else "",
        amount=draw(MONEY),
        internal=draw(st.booleans()),
    )


@st.composite
def income(draw, unit):
    """One income fact."""
    fund = draw(st.sampled_from(list(Fund)))
    internal = draw(st.booleans())
    return Fact(unit=unit, side=Side.INCOME, fund=fund, amount=draw(MONEY), internal=internal)


def without_repeats(facts):
    """The first fact of each key."""
    found = {}
    for fact in facts:
        found.setdefault(replace(fact, amount=Decimal(0)), fact)
    return tuple(found.values())


@st.composite
def residues(draw, facts):
    """Rounding residues on classes and sections that hold some of the facts."""
    groups = {}
    for fact in facts:
        kin = (fact.unit, fact.fund, fact.nature)
        if fact.economic[3:]:
            groups.setdefault((kin, "economic", fact.economic[:3]), []).append(fact)
        if fact.function:
            groups.setdefault((kin, "function", fact.function[:5]), []).append(fact)
            groups.setdefault((kin, "function", fact.function[:3]), []).append(fact)
    found = []
    for (_, key, code), kin in groups.items():
        below = 7 if len(code) == 5 else 5
        cents = int(envelope(len({getattr(fact, key)[:below] for fact in kin})) * 100)
        amount = Decimal(draw(st.integers(-cents, cents))) / 100
        if amount and draw(st.booleans()):
            blank = {"function": "", "economic": "", "internal": False, "amount": amount}
            found.append(replace(kin[0], **{**blank, key: code}))
    return tuple(found)


@st.composite
def plans(draw, unit):
    """The projects of one unit, told apart even when blanks are left out."""
    names = draw(st.lists(NAMES, max_size=2, unique_by=lambda name: "".join(name.split())))
    return [
        ProjectPlan(
            unit=unit,
            name=name,
            leader=draw(MAYBE_WORDS),
            goal=draw(PARAGRAPHS),
            policy_basis=draw(PARAGRAPHS),
            period=draw(MAYBE_WORDS),
            recipient_number=draw(MAYBE_WORDS),
            indicators=draw(INDICATORS),
        )
        for name in names
    ]


@st.composite
def history(draw, projects):
    """Last year's figures, reasons and uses, in the order of the places."""
    priors, told = [], []
    for place in draw(st.lists(st.sampled_from(PLACES), unique=True).map(in_order)):
        code = {0: "", 3: draw(st.sampled_from(CLASSES)), 7: draw(st.sampled_from(ITEMS))}
        project = draw(st.sampled_from(projects) if projects else NAMES)
        at = place.address(code[place.digits], project if place.takes_project else "")
        if place.asks is Asks.USE:
            told.append(Words(at=at, kind=WordsKind.USE, text=draw(words())))
            continue
        basis = draw(st.sampled_from(PriorBasis))
        priors.append(Prior(at=at, amount=draw(MAYBE_MONEY), basis=basis))
        if draw(st.booleans()):
            told.append(Words(at=at, kind=WordsKind.REASON, text=draw(words())))
    return tuple(priors), tuple(told)


def in_order(places):
    """Places as the workbook lists them."""
    return sorted(places, key=PLACES.index)


@st.composite
def three_public(draw, codes):
    """三公 as stated, each item and fund once."""
    keys = st.tuples(
        st.sampled_from(codes),
        st.sampled_from(["30212", "30217", "31013", "30231"]),
        st.sampled_from(FISCAL),
    )
    return tuple(
        Fact(unit=unit, side=Side.EXPENDITURE, fund=fund, economic=economic, amount=draw(MONEY))
        for unit, economic, fund in draw(st.lists(keys, max_size=3, unique=True))
    )


@st.composite
def filings(draw):
    """A filing of a department that is its own only unit, or has units."""
    units = UNITS[: draw(st.sampled_from([0, 0, 1, 3]))]
    codes = [unit.code for unit in units] or [DEPARTMENT.code]
    projects = [plan for code in codes for plan in draw(plans(code))]
    incomes, spent = [], []
    for code in codes:
        names = [plan.name for plan in projects if plan.unit == code]
        incomes += draw(st.lists(income(code), max_size=4))
        spent += draw(st.lists(expenditure(code, names), max_size=8))
    facts = without_repeats(spent)
    priors, told = draw(history([plan.name for plan in projects]))
    return Filing(
        department=DEPARTMENT,
        year=2025,
        units=units,
        facts=without_repeats(incomes) + facts + without_repeats(draw(residues(facts))),
        three_public=draw(three_public(codes)),
        three_public_why=draw(PARAGRAPHS),
        profile=draw(PROFILE),
        particulars=draw(particulars()),
        overall=draw(
            st.builds(
                OverallTarget,
                contact=MAYBE_WORDS,
                phone=MAYBE_WORDS,
                goal=PARAGRAPHS,
                indicators=INDICATORS,
            )
        ),
        projects=tuple(projects),
        priors=priors,
        words=told,
        glossary=draw(
            st.lists(
                st.builds(GlossaryEntry, term=words(8), meaning=words(40)),
                max_size=2,
                unique_by=lambda entry: entry.term,
            ).map(tuple)
        ),
        signed_on=draw(st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))),
    )
