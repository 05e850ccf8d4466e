"""The ledger changes parts of a budget, leaves the rest, and refuses as a replacement does."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets import ledger
from budgets.domain.facts import Fact, Fund, Nature, Side
from budgets.domain.filing import (
    Filing,
    Indicator,
    Organisation,
    Particulars,
    Prior,
    Profile,
    ProjectPlan,
)
from budgets.models import Budget, BudgetLine, Department, Project, State

pytestmark = pytest.mark.django_db

CODE = "107001"


def spend(project, amount, unit=CODE):
    return Fact(
        unit=unit,
        side=Side.EXPENDITURE,
        fund=Fund.GENERAL_OWN,
        nature=Nature.PROJECT,
        function="2012901",
        project=project,
        amount=Decimal(amount),
    )


def receive(amount, unit=CODE):
    return Fact(unit=unit, side=Side.INCOME, fund=Fund.GENERAL_OWN, amount=Decimal(amount))


def plan(name, unit=CODE, **given):
    return ProjectPlan(unit=unit, name=name, **given)


@pytest.fixture
def filing():
    return Filing(
        department=Organisation(code=CODE, name="某局"),
        year=2026,
        facts=(receive("30.00"), spend("甲", "10.00"), spend("乙", "20.00")),
        profile=Profile(duties="管理", serving=6),
        projects=(plan("甲", goal="一"), plan("乙")),
        priors=(Prior(at="T3.total.basic", amount=Decimal("1.00")),),
    )


@pytest.fixture
def budget(filing):
    department = Department.objects.create(code=CODE, name="某局")
    made = Budget.objects.create(department=department, year=2026)
    ledger.replace_filing(made, filing)
    return made


def test_part_is_changed_and_the_rest_stays(budget, filing):
    changed = replace(filing, profile=Profile(duties="服务"), priors=(), signed_on=None)
    ledger.amend_filing(budget, changed, ("profile",))
    assert ledger.read_filing(budget) == replace(filing, profile=Profile(duties="服务"))


def test_side_is_changed_and_the_other_stays(budget, filing):
    ledger.amend_filing(budget, replace(filing, facts=(receive("31.00"),)), ("income",))
    facts = ledger.read_filing(budget).facts
    assert sorted(fact.amount for fact in facts) == [
        Decimal("10.00"),
        Decimal("20.00"),
        Decimal("31.00"),
    ]


def test_projects_change_in_place_and_keep_their_lines(budget, filing):
    rows = dict(Project.objects.values_list("name", "pk"))
    lines = set(BudgetLine.objects.values_list("pk", flat=True))
    own = Indicator(level1="a", level2="b", level3="c", value=">=1次")
    projects = (plan("乙", indicators=(own,)), plan("甲", goal="二"), plan("丙"))
    ledger.amend_filing(budget, replace(filing, projects=projects), ("projects",))
    assert ledger.read_filing(budget) == replace(filing, projects=projects)
    assert rows.items() <= dict(Project.objects.values_list("name", "pk")).items()
    assert set(BudgetLine.objects.values_list("pk", flat=True)) == lines


def test_project_with_money_is_not_taken_away(budget, filing):
    with pytest.raises(ledger.FilingRefusedError, match="项目“乙”还有预算金额，不能删除。"):
        ledger.amend_filing(budget, replace(filing, projects=(plan("甲"),)), ("projects",))
    assert ledger.read_filing(budget) == filing


def test_project_is_renamed_together_with_its_money(budget, filing):
    renamed = replace(
        filing,
        facts=(filing.facts[0], spend("新", "10.00"), filing.facts[2]),
        projects=(plan("新", goal="一"), plan("乙")),
    )
    ledger.amend_filing(budget, renamed, ("projects", "expenditure"))
    assert ledger.read_filing(budget) == renamed


def test_locked_budget_refuses(budget, filing):
    Budget.objects.update(state=State.CONFIRMED)
    with pytest.raises(ledger.BudgetLockedError):
        ledger.amend_filing(budget, replace(filing, profile=Profile()), ("profile",))
    assert ledger.read_filing(budget) == filing


def test_unknown_part_is_refused(budget, filing):
    with pytest.raises(ValueError, match="secrets"):
        ledger.amend_filing(budget, filing, ("secrets",))


def test_every_field_of_a_filing_is_a_part():
    fixed = {"department", "year", "units", "facts"}
    assert set(Filing.__dataclass_fields__) - fixed | {"income", "expenditure"} == ledger.PARTS


def test_sums_of_units_stay_sums_when_they_are_sent_back(budget):
    unit = Department.objects.create(code="107101", name="某所", parent=budget.department)
    BudgetLine.objects.all().delete()
    Project.objects.all().delete()
    own = Filing(
        department=unit.organisation,
        year=2026,
        profile=Profile(serving=4),
        particulars=Particulars(house_value=Decimal("5.00")),
    )
    below = Budget.objects.create(department=unit, year=2026)
    ledger.replace_filing(below, own)
    Budget.objects.get(pk=budget.pk).profile.delete()
    shown = ledger.read_filing(budget)
    assert (shown.profile.serving, shown.particulars.house_value) == (4, Decimal("5.00"))
    ledger.amend_filing(budget, shown, ("profile", "particulars"))
    ledger.amend_filing(below, replace(own, profile=Profile(serving=5)), ("profile",))
    assert ledger.read_filing(budget).profile.serving == 5
