"""A clock that is put back between two steps: what was done last counts as the last."""

from datetime import timedelta

import pytest
from django.utils import timezone

from budgets.audit import Inspection
from budgets.models import Budget, Post, State
from disclosures.models import Comment, Transition
from disclosures.publishing.integrity import find_faults
from disclosures.publishing.publication import carry_out
from disclosures.workflow import comments
from disclosures.workflow.access import Role
from disclosures.workflow.drafting import draft_budget
from disclosures.workflow.moves import Attempt, Move
from tests.factories.approved import file_approved, load_supplied_chart
from tests.factories.people import appoint, hire

pytestmark = pytest.mark.django_db
STEP = timedelta(days=1)


@pytest.fixture
def budget():
    load_supplied_chart(2025)
    return file_approved(1, appoint("officer", Role.REVIEWER))[0]


@pytest.fixture
def put_back(monkeypatch):
    """Put the clock back by one more day."""
    real, moved = timezone.now, []

    def turn():
        moved.append(STEP)
        monkeypatch.setattr(timezone, "now", lambda: real() - len(moved) * STEP)

    return turn


def test_steps_follow_each_other_whatever_the_clock_says(budget, put_back):
    reviewer, bureau = appoint("reviewer", Role.REVIEWER), appoint("bureau", Role.BUREAU_ADMIN)
    clerk = hire("clerk", budget.department, Post.CLERK)
    seen = draft_budget(budget).digest

    def move(who, what, **words):
        put_back()
        return carry_out(Attempt(budget=budget, who=who, move=what, seen=seen, **words))

    revoked = move(reviewer, Move.REVOKE, words="再看一遍")
    assert Transition.objects.filter(budget=budget).first() == revoked
    assert move(reviewer, Move.REVOKE, words="又按了一次") == revoked
    thread = comments.comment(budget, reviewer, "", "依据？")
    for who, text, stage in ((reviewer, "请快一点", "open"), (clerk, "见批文", "answered")):
        put_back()
        comments.reply(thread, who, text)
        assert Comment.objects.get().stage == stage
    assert not Comment.objects.unanswered().exists()
    comments.settle(thread, reviewer)
    move(reviewer, Move.APPROVE)
    move(bureau, Move.PUBLISH)
    states = Transition.objects.filter(budget=budget).values_list("after", flat=True)
    assert list(states)[:3] == [State.PUBLISHED, State.APPROVED, State.SUBMITTED]
    assert Budget.objects.get().state == State.PUBLISHED
    assert [*Inspection().find_faults(), *find_faults()] == []
