"""Opening a year: a budget, once, with what last year's still says."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets import ledger
from budgets.domain.facts import Fact, Fund, Side
from budgets.domain.filing import Filing, Particulars, Profile
from budgets.importing.new_year import YearClosedError, open_year
from budgets.models import Budget, Department
from tests.factories.people import load_chart
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
