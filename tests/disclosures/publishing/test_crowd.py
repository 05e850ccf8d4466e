"""Ten people who press their buttons at the same moment: each contest has one winner."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from budgets import ledger
from budgets.audit import Inspection
from budgets.models import Action, Budget, Department, Edit, Entry, Post, State
from disclosures.models import Disclosure, Release, ReleaseItem, Transition
from disclosures.publishing.integrity import find_faults
from disclosures.workflow.access import Role
from disclosures.workflow.drafting import draft_budget
from tests.factories.approved import file_approved, load_supplied_chart
from tests.factories.people import appoint, hire

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time"),
]
YEAR = 2025


def place(name, budget, *more):
    return reverse(name, args=(YEAR, budget.department.code, *more))


def enter(person):
    client = Client()
    client.force_login(person)
    return client


def press_together(*presses):
    """The answers' status codes; each press is (person, address, form), all sent at once."""
    start = Barrier(len(presses), timeout=60)

    def press(person, path, form):
        client = enter(person)
        start.wait()
        try:
            return client.post(path, form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as hands:
        return list(hands.map(lambda each: press(*each), presses))


@pytest.fixture
def budgets():
    """One to be approved, one approved, one to be released, and an empty one to be filled."""
    load_supplied_chart(YEAR)
    bureau = appoint("bureau-1", Role.BUREAU_ADMIN)
    submitted, approved, released = file_approved(3, bureau)
    Budget.objects.filter(pk=submitted.pk).update(state=State.SUBMITTED)
    own = Department.objects.create(code="301", name="某县第4办公室")
    return submitted, approved, released, Budget.objects.create(department=own, year=YEAR)


def fill_at_once(budget, count):
    """Clerks who have all seen the same empty sheet, each with an amount of his own."""
    path = place("filing:sheet", budget, "income")
    clerks = [hire(f"clerk-{n}", budget.department, Post.CLERK) for n in range(1, count + 1)]
    seen = enter(clerks[0]).get(path).context["form"].seen
    given = {"seen": seen, "money_unit": "万元", "income-1-fund": "一般公共预算（一般财力）"}
    return [
        (clerk, path, given | {"income-1-amount": f"{n}.00"})
        for n, clerk in enumerate(clerks, start=1)
    ]


def order(budget):
    return {"key": str(uuid.uuid4()), "when": "now", "codes": [budget.department.code]}


def count_told(action):
    return Entry.objects.filter(action=action).count()


def test_ten_at_once_lose_nothing_and_do_nothing_twice(budgets):
    submitted, approved, released, empty = budgets
    bureaus = [appoint(f"bureau-{n}", Role.BUREAU_ADMIN) for n in (2, 3)]
    reviewers = [appoint(f"reviewer-{n}", Role.REVIEWER) for n in (1, 2, 3)]
    approval = {"move": "APPROVE", "seen": draft_budget(submitted).digest}
    release = f"{reverse('workplace:release')}?year={YEAR}"
    answers = press_together(
        *fill_at_once(empty, 4),
        (reviewers[0], place("workplace:confirm", submitted), approval),
        (reviewers[1], place("workplace:confirm", submitted), approval),
        (reviewers[2], place("workplace:confirm", approved), {"move": "REVOKE", "words": "重看"}),
        (bureaus[0], place("workplace:confirm", approved), {"move": "PUBLISH"}),
        (bureaus[0], release, order(released)),
        (bureaus[1], release, order(released)),
    )
    # One clerk's amount stands, the others are shown it beside their own.
    assert sorted(answers[:4]) == [200, 200, 200, 302]
    (fact,) = ledger.read_filing(empty).facts
    assert fact.amount == 10_000 * (1 + answers[:4].index(302))
    assert (Edit.objects.count(), count_told(Action.SAVE)) == (1, 1)
    # Pressed twice, approved once.
    assert answers[4:6] == [302, 302]
    assert Transition.objects.filter(budget=submitted, before=State.SUBMITTED).count() == 2
    assert count_told(Action.APPROVE) == 1
    # Revoked or published, never both.
    approved.refresh_from_db()
    assert sorted(answers[6:8]) == [200, 302]
    is_public = answers[7] == 302
    assert approved.state == (State.PUBLISHED if is_public else State.SUBMITTED)
    assert (count_told(Action.PUBLISH), count_told(Action.REVOKE)) == (is_public, not is_public)
    assert Disclosure.objects.count() == is_public
    # Ordered by two, to be published once.
    assert sorted(answers[8:]) == [302, 400]
    assert (Release.objects.count(), ReleaseItem.objects.count()) == (1, 1)
    assert [*Inspection().find_faults(), *find_faults()] == []
