"""Opening a year: a budget, once, with what last year's still says and the lines it offers."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets import ledger
from budgets.domain.chart import Chart
from budgets.domain.facts import Fact, Fund, Nature, Side
from budgets.domain.filing import (
    Filing,
    GlossaryEntry,
    Organisation,
    OverallTarget,
    Particulars,
    Profile,
)
from budgets.importing.new_year import (
    YearClosedError,
    offer_lines,
    open_year,
    rename_project,
    renew_filing,
)
from budgets.models import Budget, Department
from tests.factories.books import SMALL, receive, spend
from tests.factories.people import load_chart
from tests.factories.random_filings import CHART, DEPARTMENT
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    load_chart(2025, 2026)
    return Department.objects.create(code="107001", name="尉犁县总工会")


def file(department, filing):
    budget = Budget.objects.create(department=department, year=filing.year)
    ledger.replace_filing(budget, filing)
    return budget


def test_first_year_opens_empty(department):
    budget = open_year(department, 2026)
    assert ledger.read_filing(budget) == Filing(department=department.organisation, year=2026)


def test_year_starts_from_what_stays_true(department):
    last = union_filing()
    file(department, last)
    assert ledger.read_filing(open_year(department, 2026)) == Filing(
        department=last.department,
        year=2026,
        profile=replace(last.profile, serving_change=0, retired_change=0, honorary_change=0),
        particulars=Particulars(
            furniture_value=last.particulars.furniture_value,
            other_assets_value=last.particulars.other_assets_value,
        ),
        overall=replace(last.overall, goal="", indicators=()),
    )


def test_open_year_is_left_as_it_is(department):
    file(department, union_filing())
    budget = open_year(department, 2026)
    filing = replace(ledger.read_filing(budget), profile=Profile(duties="新的职能"))
    ledger.replace_filing(budget, filing)
    assert open_year(department, 2026) == budget
    assert ledger.read_filing(budget) == filing


def test_year_without_a_chart_is_closed(department):
    with pytest.raises(YearClosedError, match="财政部门还没有装入2027年的科目代码表"):
        open_year(department, 2027)
    assert not Budget.objects.exists()


def test_department_over_units_leaves_their_money_and_their_sums_to_them(department):
    unit = Department.objects.create(code="107101", name="工人文化宫", parent=department)
    own = Filing(
        department=unit.organisation, year=2025, profile=Profile(duties="开放场馆", serving=3)
    )
    file(unit, own)
    ledger.replace_filing(
        Budget.objects.create(department=department, year=2025),
        Filing(
            department=department.organisation,
            year=2025,
            units=(unit.organisation,),
            profile=Profile(duties="组织职工", serving=3),
        ),
    )
    fact = Fact(
        unit=unit.code, side=Side.INCOME, fund=Fund.GENERAL_OWN, amount=Decimal("202500.00")
    )
    filed = open_year(unit, 2026)
    ledger.replace_filing(filed, replace(ledger.read_filing(filed), facts=(fact,)))
    budget = open_year(department, 2026)
    read = ledger.read_filing(budget)
    assert read.facts == (fact,)
    assert (read.profile.duties, read.profile.serving) == ("组织职工", 3)
    ledger.replace_filing(filed, replace(ledger.read_filing(filed), profile=Profile(serving=5)))
    assert ledger.read_filing(budget).profile.serving == 5


def test_renewed_filing_keeps_what_lasts_and_nothing_else():
    profile = Profile(duties="职责", offices=("办公室",), serving=6, serving_change=-1)
    term = GlossaryEntry(term="甲", meaning="乙")
    last = replace(
        SMALL,
        profile=profile,
        particulars=Particulars(
            house_area=Decimal(5), vehicle_count=2, procurement_total=Decimal(9), other_matters="无"
        ),
        glossary=(term,),
    )
    assert renew_filing(last) == Filing(
        department=SMALL.department,
        year=2026,
        profile=replace(profile, serving_change=0),
        particulars=Particulars(house_area=Decimal(5), vehicle_count=2),
        overall=OverallTarget(contact="甲", phone="0996-0000000"),
        glossary=(term,),
    )


EMPTY = Filing(department=DEPARTMENT, year=2026)


def test_every_line_of_last_year_is_offered():
    assert offer_lines(EMPTY, SMALL, CHART) == SMALL.facts


def test_side_that_has_been_begun_is_offered_nothing():
    begun = replace(EMPTY, facts=(receive(Fund.GENERAL_OWN, "1.00"),))
    offered = offer_lines(begun, SMALL, CHART)
    assert offered == tuple(fact for fact in SMALL.facts if fact.side is Side.EXPENDITURE)


def test_unit_is_offered_its_own_lines_until_it_has_begun():
    codes = ("107001", "107002", "107003")
    last = replace(
        SMALL, facts=tuple(replace(receive(Fund.GENERAL_OWN, "5.00"), unit=c) for c in codes)
    )
    filing = replace(
        EMPTY,
        units=tuple(Organisation(code=code, name=code) for code in codes[:2]),
        facts=(replace(receive(Fund.OTHER_INCOME, "1.00"), unit=codes[0]),),
    )
    assert [line.unit for line in offer_lines(filing, last, CHART)] == [codes[1]]


def test_residue_and_codes_that_the_chart_lacks_are_not_offered():
    chart = Chart(2026, {"2012901": "行政运行"}, {"30101": "基本工资", "301": "工资福利支出"})
    last = replace(
        SMALL,
        facts=(
            spend(Nature.BASIC, "1.00", function="2012901"),
            spend(Nature.BASIC, "2.00", function="2012950"),
            spend(Nature.PERSONNEL, "3.00", economic="30101"),
            spend(Nature.PERSONNEL, "4.00", economic="30201"),
            spend(Nature.PERSONNEL, "0.50", economic="301"),
        ),
    )
    offered = [(line.function, line.economic) for line in offer_lines(EMPTY, last, chart)]
    assert offered == [("2012901", ""), ("", "30101")]


def test_projects_that_come_to_one_name_are_offered_as_one_line():
    facts = tuple(
        spend(Nature.PROJECT, amount, "2012901", project=project)
        for amount, project in (("1.00", "2025年培训"), ("2.00", "2026年培训"))
    )
    offered = offer_lines(EMPTY, replace(SMALL, facts=facts), CHART)
    assert [line.project for line in offered] == ["2026年培训"]


@pytest.mark.parametrize(
    ("name", "renamed"),
    [
        ("2025年工会工作经费", "2026年工会工作经费"),
        ("困难职工帮扶（2025年度）", "困难职工帮扶（2026年度）"),
        ("2023-2025年规划", "2023-2025年规划"),
        ("2025—2027年规划", "2025—2027年规划"),
        ("12025年", "12025年"),
        ("2024年结转项目", "2024年结转项目"),
    ],
)
def test_year_that_a_name_carries_alone_moves_on(name, renamed):
    assert rename_project(name, 2026) == renamed
