"""Publishing from the command line: recorded as such, and the budget ends as public."""

from dataclasses import replace

import pytest

from budgets.models import Budget, State
from disclosures.demo.factories import store_filing
from disclosures.models import Record, Transition
from disclosures.publishing.publication import WORDS, PublicationRefusedError, publish_directly
from disclosures.workflow.access import Role
from tests.factories.approved import approve, load_supplied_chart
from tests.factories.people import appoint
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def budget():
    load_supplied_chart(2025)
    return store_filing(union_filing())


def steps():
    return [
        (each.before, each.after, each.who.username, each.words)
        for each in Transition.objects.order_by("pk")
    ]


def test_command_leaves_the_budget_public_and_says_so_once(budget):
    made = publish_directly(budget)
    assert publish_directly(budget) == made
    budget.refresh_from_db()
    assert (budget.state, budget.locked) == (State.PUBLISHED, True)
    assert steps() == [(State.FILLING, State.PUBLISHED, "command-line", WORDS)]
    record = Record.objects.get(disclosure=made)
    assert (record.approved_at, record.days, record.pressed_by.first_name) == (None, None, "命令行")
    assert not record.pressed_by.is_active
    assert not record.pressed_by.has_usable_password()


def test_command_keeps_the_approval_that_there_was(budget):
    approval = approve(budget, appoint("reviewer", Role.REVIEWER))
    record = publish_directly(budget).record
    assert (record.approved_at, record.days) == (approval.at, 0)


def test_correction_by_command_is_recorded_as_one(budget):
    publish_directly(budget)
    Budget.objects.update(state=State.CORRECTING)
    store_filing(replace(union_filing(), profile=replace(union_filing().profile, authorized=8)))
    with pytest.raises(PublicationRefusedError, match="请写明更正原因"):
        publish_directly(budget)
    Budget.objects.update(state=State.PUBLISHED)
    assert publish_directly(budget, reason="编制数更正").version == 2
    assert steps()[1:] == [
        (State.PUBLISHED, State.CORRECTING, "command-line", "编制数更正"),
        (State.CORRECTING, State.PUBLISHED, "command-line", WORDS),
    ]
