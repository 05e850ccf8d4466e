"""The ledger: a filing in, the same filing out; units keep their own; nothing by halves."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets import ledger
from budgets.domain.facts import Fund
from budgets.domain.filing import Filing, Particulars, Profile, ProjectPlan
from budgets.models import Budget, BudgetLine, Department, State
from tests.factories.books import SMALL, receive
from tests.factories.random_filings import DEPARTMENT, UNITS

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return Department.objects.create(code=DEPARTMENT.code, name=DEPARTMENT.name)


@pytest.fixture
def budget(department):
    return Budget.objects.create(department=department, year=2025)


@pytest.fixture
def units(department):
    return [
        Department.objects.create(code=unit.code, name=unit.name, parent=department)
        for unit in UNITS
    ]


def income_of(code, amount="100.00"):
    return replace(receive(Fund.GENERAL_OWN, amount), unit=code)


def split(*codes):
    """A filing of the department with income and a project for each of these units."""
    return Filing(
        department=DEPARTMENT,
        year=2025,
        units=tuple(unit for unit in UNITS if unit.code in codes),
        facts=tuple(income_of(code) for code in codes),
        projects=tuple(ProjectPlan(unit=code, name="培训") for code in codes),
    )


def test_empty_budget_reads_as_an_empty_filing(budget):
    assert ledger.read_filing(budget) == Filing(department=DEPARTMENT, year=2025)


def test_filing_replaces_all_that_was_there(budget):
    ledger.replace_filing(budget, SMALL)
    assert ledger.read_filing(budget) == SMALL
    empty = Filing(department=DEPARTMENT, year=2025)
    ledger.replace_filing(budget, empty)
    assert ledger.read_filing(budget) == empty


def test_origin_of_a_fact_is_kept(budget):
    fact = replace(receive(Fund.GENERAL_OWN, "5.00"), origin="收入!C4")
    ledger.replace_filing(budget, replace(SMALL, facts=(fact,)))
    assert ledger.read_filing(budget).facts[0].origin == "收入!C4"


def test_other_year_stays_as_it_is(budget, department):
    other = Budget.objects.create(department=department, year=2024)
    ledger.replace_filing(other, replace(SMALL, year=2024))
    ledger.replace_filing(budget, Filing(department=DEPARTMENT, year=2025))
    assert ledger.read_filing(other) == replace(SMALL, year=2024)


def test_facts_rest_with_the_units_they_belong_to(budget, units):
    filing = split("107001", "107002", "107003")
    ledger.replace_filing(budget, filing)
    assert ledger.read_filing(budget) == filing
    assert not BudgetLine.objects.filter(budget=budget).exists()
    second = ledger.read_filing(Budget.objects.get(department=units[1], year=2025))
    assert second == Filing(
        department=UNITS[1],
        year=2025,
        facts=(income_of("107002"),),
        projects=(ProjectPlan(unit="107002", name="培训"),),
    )


def test_filing_of_a_unit_shows_in_its_department(budget, units):
    ledger.replace_filing(budget, split("107001", "107002", "107003"))
    own = Budget.objects.get(department=units[0], year=2025)
    ledger.replace_filing(
        own, Filing(department=UNITS[0], year=2025, facts=(income_of("107001", "7.00"),))
    )
    filing = ledger.read_filing(budget)
    assert sorted(fact.amount for fact in filing.facts) == [
        Decimal("7.00"),
        Decimal("100.00"),
        Decimal("100.00"),
    ]
    assert [plan.unit for plan in filing.projects] == ["107002", "107003"]


def test_staff_and_assets_default_to_the_sums_of_the_units(budget, units):
    ledger.replace_filing(budget, split("107001", "107002"))
    for unit, heads in zip(units[:2], (3, 4), strict=True):
        own = Filing(
            department=unit.organisation,
            year=2025,
            profile=Profile(duties="单位的", serving=heads, serving_change=-1),
            particulars=Particulars(
                vehicle_count=heads, procurement_total=Decimal(heads), other_matters="单位的"
            ),
        )
        ledger.replace_filing(Budget.objects.get(department=unit, year=2025), own)
    filing = ledger.read_filing(budget)
    assert filing.profile == Profile(serving=7, serving_change=-2)
    assert filing.particulars == Particulars(vehicle_count=7, procurement_total=Decimal(7))
    stated = replace(
        filing,
        profile=Profile(duties="部门的", serving=9),
        particulars=Particulars(vehicle_count=1),
    )
    ledger.replace_filing(budget, stated)
    assert ledger.read_filing(budget).profile == stated.profile
    assert ledger.read_filing(budget).particulars == Particulars(
        vehicle_count=1, procurement_total=Decimal(7)
    )


@pytest.mark.parametrize(
    ("filing", "message"),
    [
        (
            replace(SMALL, units=(replace(UNITS[0], code="999"),)),
            "107 某县总工会没有登记下属单位 999。",
        ),
        (SMALL, "107 某县总工会的下属单位 107001、107002 没有列出。"),
        (split("107001"), "107 某县总工会的下属单位 107002 没有列出。"),
    ],
)
def test_filing_must_name_the_units_that_have_filed(budget, units, filing, message):
    ledger.replace_filing(budget, split("107001", "107002"))
    with pytest.raises(ledger.FilingRefusedError) as refused:
        ledger.replace_filing(budget, filing)
    assert str(refused.value) == message
    assert ledger.read_filing(budget) == split("107001", "107002")


def test_unit_no_longer_in_use_leaves_the_filing_with_its_money(budget, units):
    ledger.replace_filing(budget, split("107001", "107002"))
    units[1].active = False
    units[1].save()
    assert [unit.code for unit in ledger.read_filing(budget).units] == ["107001", "107002"]
    ledger.replace_filing(budget, split("107001"))
    assert ledger.read_filing(budget) == split("107001")


def test_unit_cannot_file_what_its_department_files_in_one(budget, department):
    ledger.replace_filing(budget, SMALL)
    unit = Department.objects.create(code="107001", name="第1单位", parent=department)
    own = Budget.objects.create(department=unit, year=2025)
    with pytest.raises(ledger.FilingRefusedError) as refused:
        ledger.replace_filing(own, Filing(department=UNITS[0], year=2025))
    assert "预算没有分单位" in str(refused.value)


@pytest.mark.parametrize("closed", ["budget", "unit"])
def test_locked_budget_is_refused_unchanged(budget, units, closed):
    filing = split("107001", "107002")
    ledger.replace_filing(budget, filing)
    own = Budget.objects.get(department=units[0], year=2025)
    locked = budget if closed == "budget" else own
    Budget.objects.filter(pk=locked.pk).update(state=State.SUBMITTED)
    for target in (budget, own):
        with pytest.raises(ledger.BudgetLockedError) as refused:
            ledger.replace_filing(target, Filing(department=DEPARTMENT, year=2025))
        assert str(refused.value) == f"{locked}已锁定，不能修改。"
    assert ledger.read_filing(budget) == filing


def test_other_unit_is_not_locked_by_its_neighbour(budget, units):
    ledger.replace_filing(budget, split("107001", "107002"))
    Budget.objects.filter(department=units[0]).update(state=State.SUBMITTED)
    other = Budget.objects.get(department=units[1], year=2025)
    ledger.replace_filing(other, Filing(department=UNITS[1], year=2025))
    assert ledger.read_filing(other).facts == ()


def test_filing_that_breaks_midway_leaves_no_trace(budget):
    ledger.replace_filing(budget, SMALL)
    stray = replace(SMALL, facts=(*SMALL.facts, income_of("no such unit")))
    with pytest.raises(KeyError):
        ledger.replace_filing(budget, stray)
    assert ledger.read_filing(budget) == SMALL


@pytest.mark.parametrize("count", [1, 3])
def test_reading_takes_the_same_queries_whatever_the_size(
    budget, units, count, django_assert_num_queries
):
    ledger.replace_filing(budget, split(*(unit.code for unit in UNITS[:count])))
    with django_assert_num_queries(10):
        ledger.read_filing(budget)
