"""What the lists of the workplace cost with one department, and with as many as a county has."""

import re

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets import audit
from budgets.models import Budget, Department
from disclosures.models import Appraisal, Notice, NoticeKind, Release, ReleaseItem, Transition
from disclosures.workflow.access import Role
from disclosures.workplace.review.appraisals import refresh_appraisals, take_fingerprints
from tests.factories.approved import file_approved, load_supplied_chart
from tests.factories.people import appoint

pytestmark = pytest.mark.django_db
YEAR, MANY = 2025, 150
# Who looks at which list: its queries, and how many of the many departments stand on a page.
LISTS = {
    ("reviewer", "home"): (19, 149),
    ("reviewer", "board"): (27, 149),
    ("reviewer", "inbox"): (10, 30),
    ("bureau", "release"): (13, 149),
    ("bureau", "release_progress"): (10, 149),
    ("auditor", "log"): (11, 50),
}


@pytest.fixture
def people(db):
    roles = {"reviewer": Role.REVIEWER, "bureau": Role.BUREAU_ADMIN, "auditor": Role.AUDITOR}
    return {name: appoint(name, role) for name, role in roles.items()}


@pytest.fixture
def approved(people):
    """An approved budget that waits for its release; the reviewer was told, the log knows."""
    load_supplied_chart(YEAR)
    (budget,) = file_approved(1, people["bureau"], YEAR)
    refresh_appraisals(YEAR)
    Release.objects.create(year=YEAR, who=people["bureau"])
    mention([budget], people)
    return budget


def mention(budgets, people):
    """Let each budget stand in every list."""
    release = Release.objects.get()
    who, told = people["bureau"], people["reviewer"]
    ReleaseItem.objects.bulk_create(
        ReleaseItem(release=release, budget=each, who=who) for each in budgets
    )
    Notice.objects.bulk_create(
        Notice(person=told, budget=each, kind=NoticeKind.APPROVED, key=each.pk, text="已批复")
        for each in budgets
    )
    for each in budgets:
        audit.write_entry(audit.Action.IMPORT, who=who, subject=each)


def multiply(budget, people):
    """The same budget of so many departments, with all that its lists tell of it."""
    made = Department.objects.bulk_create(
        Department(code=f"8{number:05}", name=f"第{number}局") for number in range(1, MANY)
    )
    state = {"year": YEAR, "state": budget.state}
    budgets = Budget.objects.bulk_create(Budget(department=each, **state) for each in made)
    own = model_to_dict(Transition.objects.get(), exclude=("id", "budget", "who"))
    Transition.objects.bulk_create(
        Transition(budget=each, who=people["bureau"], **own) for each in budgets
    )
    mention(budgets, people)
    known = model_to_dict(Appraisal.objects.get(), exclude=("id", "budget", "fingerprint"))
    Appraisal.objects.all().delete()
    Appraisal.objects.bulk_create(
        Appraisal(budget=each, fingerprint=mark, **known) for each, mark in take_fingerprints(YEAR)
    )


def visit(client, people, role, name):
    """(queries, other departments) of a list, when what is asked once a session has been asked."""
    args = [Release.objects.get().pk] if name == "release_progress" else []
    path = reverse(f"workplace:{name}", args=args)
    client.force_login(people[role])
    client.get(path)
    with CaptureQueriesContext(connection) as context:
        page = client.get(path)
    return len(context), len({*re.findall(r"第\d+局", page.content.decode())})


def test_lists_cost_the_same_for_a_whole_county(client, people, approved):
    alone = {each: visit(client, people, *each) for each in LISTS}
    assert alone == {each: (queries, 0) for each, (queries, _) in LISTS.items()}
    multiply(approved, people)
    assert {each: visit(client, people, *each) for each in LISTS} == LISTS
