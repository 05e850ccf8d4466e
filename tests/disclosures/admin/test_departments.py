"""The bureau puts reviewers in charge of departments, one by one and of many at once."""

import pytest
from django.urls import reverse

from budgets.models import Department
from disclosures.workflow.access import Role
from tests.factories.people import appoint, trust
from tests.told import list_told

pytestmark = pytest.mark.django_db
LIST = reverse("admin:budgets_department_changelist")


@pytest.fixture
def reviewers():
    return [appoint(name, Role.REVIEWER) for name in ("li", "wang")]


@pytest.fixture
def departments():
    made = [Department.objects.create(code=str(code), name="某局") for code in (101, 102)]
    return [*made, Department.objects.create(code="102001", name="本级", parent=made[1])]


@pytest.fixture
def bureau(client):
    client.force_login(trust("bureau"))
    return client


def reassign(client, action, reviewer, departments):
    chosen = {"action": action, "reviewer": reviewer.pk if reviewer else ""}
    chosen["_selected_action"] = [each.pk for each in departments]
    return client.post(LIST, chosen, follow=True).content.decode()


def list_charges():
    through = Department.reviewers.through.objects
    return sorted(through.values_list("department__code", "user__username"))


def test_many_departments_are_put_in_charge_of_handed_over_and_taken_away(
    bureau, reviewers, departments
):
    li, wang = reviewers
    page = reassign(bureau, "add_reviewer", li, departments)
    assert "对口审核员已改动：2 个部门。下属单位跟随所属部门，1 个略过。" in page
    reassign(bureau, "add_reviewer", wang, departments[:1])
    assert list_charges() == [("101", "li"), ("101", "wang"), ("102", "li")]
    assert "已改动：1 个部门。" in reassign(bureau, "add_reviewer", wang, departments[:2])
    reassign(bureau, "set_reviewer", wang, departments[:1])
    reassign(bureau, "remove_reviewer", li, departments)
    assert list_charges() == [("101", "wang"), ("102", "wang")]
    told = list_told("action", "name", "department", "before", "after")
    assert told[:2] == [
        ("change", "bureau", code, {"对口审核员": []}, {"对口审核员": ["li"]})
        for code in ("101", "102")
    ]
    assert told[-1][3:] == ({"对口审核员": ["li", "wang"]}, {"对口审核员": ["wang"]})
    assert len(told) == 6


def test_nothing_is_changed_where_no_reviewer_is_chosen(bureau, reviewers, departments):
    for nobody in (None, trust("clerk")):
        reassign(bureau, "set_reviewer", nobody, departments)
    assert "没有改动：请先在" in reassign(bureau, "set_reviewer", None, departments)
    assert list_charges() == list_told("action") == []


def test_department_page_offers_reviewers_alone_and_a_unit_none(bureau, reviewers, departments):
    li, wang = reviewers
    departments[0].reviewers.add(wang)
    wang.groups.clear()
    typed = {"code": "101", "name": "某局", "active": "on", "reviewers": [li.pk, wang.pk]}
    path = reverse("admin:budgets_department_change", args=[departments[0].pk])
    assert bureau.post(path, typed).status_code == 302
    assert list_charges() == [("101", "li"), ("101", "wang")]
    path = reverse("admin:budgets_department_change", args=[departments[2].pk])
    page = bureau.post(
        path, typed | {"parent": departments[1].pk, "reviewers": li.pk}
    ).content.decode()
    assert "下属单位的对口审核员就是所属部门的，请在所属部门里指定。" in page


def test_list_shows_a_reviewers_departments_and_those_of_nobody(bureau, reviewers, departments):
    departments[0].reviewers.add(reviewers[0])

    def find(asked):
        rows = bureau.get(LIST, {"reviewer": asked}).context["cl"].queryset
        return [row.code for row in rows]

    assert find(reviewers[0].pk) == ["101"]
    assert (find("none"), find("x")) == (["102"], ["101", "102", "102001"])
