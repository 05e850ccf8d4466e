"""Who may see and do what: roles, acts, and the one way to fetch a budget."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import Http404

from budgets.models import Budget
from disclosures.workflow.access import (
    Act,
    Role,
    departments_for,
    find_budget,
    find_department,
    may,
    roles_in,
)
from tests.factories.people import gather, hire

pytestmark = pytest.mark.django_db

ACTS = {
    "clerk_a": {Act.VIEW, Act.FILL},
    "head_a": {Act.VIEW, Act.CONFIRM},
    "unit_clerk": set(),
    "clerk_b": set(),
    "reviewer": {Act.VIEW, Act.REVIEW},
    "bureau": {Act.VIEW, Act.REVIEW},
    "auditor": {Act.VIEW, Act.REVIEW},
}


@pytest.fixture
def cast():
    return gather()


@pytest.fixture
def budget(cast):
    return Budget.objects.create(department=cast.a, year=2026)


@pytest.mark.parametrize("in_charge", [(), ("reviewer",), ("auditor", "clerk_b")])
def test_roles_allow_the_acts_of_the_table_whoever_is_in_charge(cast, in_charge):
    cast.a.reviewers.set(cast[name] for name in in_charge)
    allowed = {
        name: {act for act in Act if may(user, act, cast.a)} for name, user in cast.people.items()
    }
    assert allowed == ACTS


def test_post_in_a_department_covers_its_units_and_not_the_other_way(cast):
    assert roles_in(cast["clerk_a"], cast.unit) == {Role.CLERK}
    assert roles_in(cast["unit_clerk"], cast.unit) == {Role.CLERK}
    assert roles_in(cast["unit_clerk"], cast.a) == set()


def test_superuser_has_no_part_in_budgets_whatever_he_is_given(cast, admin_user):
    admin_user.memberships.create(department=cast.a, post="head")
    admin_user.groups.add(*Group.objects.filter(name__in=[role.value for role in Role]))
    assert admin_user.groups.count() == 3
    assert roles_in(admin_user, cast.a) == set()
    assert not departments_for(admin_user)


def test_person_who_left_has_no_role(cast):
    for name in ("clerk_a", "reviewer"):
        cast[name].is_active = False
        assert roles_in(cast[name], cast.a) == set()
        assert not departments_for(cast[name])


@pytest.mark.parametrize(
    ("name", "act", "codes"),
    [
        ("clerk_a", Act.VIEW, ["107001", "107101"]),
        ("clerk_a", Act.FILL, ["107001", "107101"]),
        ("head_a", Act.FILL, []),
        ("unit_clerk", Act.VIEW, ["107101"]),
        ("clerk_b", Act.VIEW, ["108001"]),
        ("reviewer", Act.VIEW, ["107001", "107101", "108001"]),
        ("reviewer", Act.FILL, []),
    ],
)
def test_departments_are_those_that_the_act_is_allowed_on(cast, name, act, codes):
    found = departments_for(cast[name], act).order_by("code").values_list("code", flat=True)
    assert list(found) == codes


def test_two_posts_list_a_department_once(cast):
    both = hire("both", cast.a, "clerk")
    both.memberships.create(department=cast.unit, post="clerk")
    assert departments_for(both).count() == 2


def test_budget_is_found_by_those_who_may_act_on_it(cast, budget):
    assert find_budget(cast["clerk_a"], 2026, "107001", Act.FILL) == budget
    assert find_budget(cast["auditor"], 2026, "107001") == budget


def test_stranger_gets_the_same_answer_as_for_nothing(cast, budget):
    for user, year, code in (
        (cast["clerk_b"], 2026, "107001"),
        (cast["unit_clerk"], 2026, "107001"),
        (cast["clerk_a"], 2025, "107001"),
        (cast["clerk_a"], 2026, "999"),
    ):
        with pytest.raises(Http404, match="没有这份预算。"):
            find_budget(user, year, code)


def test_forbidden_act_on_a_visible_budget_is_named(cast, budget):
    with pytest.raises(PermissionDenied, match="您的岗位不能填报这份预算。"):
        find_budget(cast["head_a"], 2026, "107001", Act.FILL)


def test_department_is_found_by_the_same_rule(cast):
    assert find_department(cast["clerk_a"], "107101", Act.FILL) == cast.unit
    with pytest.raises(Http404):
        find_department(cast["clerk_b"], "107001")
    with pytest.raises(PermissionDenied):
        find_department(cast["reviewer"], "107001", Act.FILL)
