"""The task list: steps with their states, and above them the units of a department."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from budgets import ledger
from budgets.audit.edits import note
from budgets.domain.filing import Filing
from budgets.domain.funds import Fund
from budgets.models import Budget, Department, State
from disclosures.workflow import comments
from disclosures.workflow.access import Role
from disclosures.workplace.clerk.units import SideSums, gather_units
from disclosures.workplace.dossier import open_dossier
from tests.factories.filings import income, spend
from tests.factories.people import appoint

pytestmark = pytest.mark.django_db
NEXT = re.compile("下一步：([^<]+)</a>")


def tasks_of(code):
    return reverse("workplace:tasks", args=(2025, code))


def see(client, who, code="107001"):
    client.force_login(who)
    return client.get(tasks_of(code)).content.decode()


@pytest.fixture
def plain(budget):
    """The department with nothing filed."""
    ledger.replace_filing(budget, Filing(department=budget.department.organisation, year=2025))
    return budget


def add_unit(union, number, *facts):
    """A unit of the union with a budget that holds these facts."""
    unit = Department.objects.create(code=f"10710{number}", name=f"单位{number}", parent=union)
    budget = Budget.objects.create(department=unit, year=2025)
    filing = Filing(department=unit.organisation, year=2025)
    ledger.replace_filing(
        budget, replace(filing, facts=tuple(replace(f, unit=unit.code) for f in facts))
    )
    return unit


def test_clerk_goes_on_with_the_first_step_that_is_not_done(budget, clerk, client, refile):
    page = see(client, clerk)
    assert "下一步：确认</a>" in page
    refile(signed_on=None)
    page = see(client, clerk)
    assert "下一步：其他事项</a>" in page
    assert "没有落款日期。" in page
    assert "收入 <strong" in page
    assert ">265.89</strong>" in page


def test_department_answers_the_bureau_before_it_confirms(budget, clerk, client):
    reviewer = appoint("reviewer", Role.REVIEWER)
    Budget.objects.filter(pk=budget.pk).update(state=State.SUBMITTED)
    comments.comment(budget, reviewer, "T5", "依据是什么？")
    Budget.objects.filter(pk=budget.pk).update(state=State.RETURNED)
    assert NEXT.findall(see(client, clerk)) == ["答复审核意见"]
    assert NEXT.findall(see(client, reviewer)) == []


def test_head_is_offered_no_screens_of_data_entry(budget, head, client):
    page = see(client, head)
    assert "/sheet/" not in page
    assert reverse("workplace:preview", args=(2025, "107001")) in page


def test_recent_changes_are_told_with_the_person(budget, clerk, client):
    clerk.first_name = "阿依古丽"
    clerk.save()
    note(budget, clerk, "保存“收入”")
    assert "阿依古丽 保存“收入”" in see(client, clerk)


def test_department_without_units_has_no_family(budget):
    assert gather_units(open_dossier(budget)) is None


def test_units_are_added_up_without_what_only_moves_inside(plain, union):
    inside = {"fund": Fund.SUPERIOR_SUBSIDY, "internal": True}
    add_unit(
        union,
        1,
        income(Fund.GENERAL_OWN, "10"),
        spend("10", "2012901"),
        spend("8", economic="30101"),
    )
    add_unit(union, 2, income(amount="2", **inside), spend("2", "2012901", **inside))
    Department.objects.create(code="107109", name="新单位", parent=union)
    family = gather_units(open_dossier(plain))
    assert [(row.unit.code, row.is_in, row.sums) for row in family.rows] == [
        ("107101", True, SideSums(income=Decimal(100000), spent=Decimal(100000))),
        ("107102", True, SideSums(income=Decimal(20000), spent=Decimal(20000))),
        ("107109", False, SideSums(income=Decimal(0), spent=Decimal(0))),
    ]
    assert family.total == SideSums(income=Decimal(120000), spent=Decimal(120000))
    assert family.internal == SideSums(income=Decimal(20000), spent=Decimal(20000))
    assert family.net == SideSums(income=Decimal(100000), spent=Decimal(100000))
    assert family.waiting == ["新单位"]


def test_page_leads_to_each_unit_and_names_those_that_wait(plain, union, clerk, client):
    unit = add_unit(union, 1, income(Fund.GENERAL_OWN, "10"))
    add_unit(union, 2)
    page = see(client, clerk)
    assert f'<a href="{tasks_of(unit.code)}">单位1</a>' in page
    assert "还没有填报：单位2。" in page
    assert "部门自己的步骤" in page


def test_department_opens_the_year_of_a_unit_that_has_not(plain, union, clerk, head, client):
    Department.objects.create(code="107109", name="新单位", parent=union)
    path = reverse("filing:open", args=(2025, "107109"))
    assert f'action="{path}"' in see(client, clerk)
    assert path not in see(client, head)
    client.force_login(clerk)
    assert client.post(path)["Location"] == tasks_of("107109")
    assert f'<a href="{tasks_of("107109")}">新单位</a>' in see(client, clerk)


def test_queries_do_not_grow_with_the_units(plain, union, clerk, client, django_assert_num_queries):
    facts = (income(Fund.GENERAL_OWN, "10"), spend("10", "2012901"))
    add_unit(union, 1, *facts)
    see(client, clerk)
    client.force_login(clerk)
    with django_assert_num_queries(38):
        client.get(tasks_of("107001"))
    add_unit(union, 2, *facts)
    add_unit(union, 3, *facts)
    with django_assert_num_queries(38):
        client.get(tasks_of("107001"))
