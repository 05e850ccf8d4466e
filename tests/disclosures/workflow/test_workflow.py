"""The way of a budget from confirmed to public, back for mending, and on to a correction."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from budgets import ledger
from budgets.models import Budget, FunctionCode, State
from disclosures.models import Disclosure, Transition
from disclosures.publishing.publication import carry_out
from disclosures.workflow import comments
from disclosures.workflow.access import Role
from disclosures.workflow.drafting import draft_budget
from disclosures.workflow.moves import (
    MOVERS,
    TRANSITIONS,
    Attempt,
    Move,
    MoveRefusedError,
    list_moves,
)
from tests.factories.people import appoint, hire
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db
PLACE = "T3.2012901.project"


@pytest.fixture
def people(union):
    """Who acts, by the role that each move asks for."""
    return {
        Role.CLERK: hire("clerk", union, "clerk"),
        Role.HEAD: hire("head", union, "head"),
        Role.REVIEWER: appoint("reviewer", Role.REVIEWER),
        Role.BUREAU_ADMIN: appoint("bureau", Role.BUREAU_ADMIN),
        Role.AUDITOR: appoint("auditor", Role.AUDITOR),
    }


@pytest.fixture
def go(budget, people):
    """Make moves one after the other, each by the person whose it is."""

    def make(*moves, words="", seen=None):
        for move in moves:
            looked_at = draft_budget(budget).digest if seen is None else seen
            attempt = Attempt(
                budget=budget, who=people[MOVERS[move]], move=move, words=words, seen=looked_at
            )
            made = carry_out(attempt)
        budget.refresh_from_db()
        return made

    return make


def refused(go, move, **more):
    with pytest.raises(MoveRefusedError) as caught:
        go(move, **more)
    return caught.value.reasons


def versions():
    found = Disclosure.objects.order_by("version")
    return [(each.version, each.reason) for each in found]


def test_what_is_published_is_what_was_approved(budget, go):
    approved = go(Move.CONFIRM, Move.SUBMIT, Move.APPROVE)
    go(Move.PUBLISH)
    assert budget.state == State.PUBLISHED
    assert Disclosure.objects.get().digest == approved.digest
    steps = Transition.objects.order_by("pk").values_list("after", flat=True)
    assert list(steps) == [State.CONFIRMED, State.SUBMITTED, State.APPROVED, State.PUBLISHED]


def test_every_move_is_made_once_however_often_pressed(budget, go):
    for move in (Move.CONFIRM, Move.SUBMIT, Move.APPROVE, Move.PUBLISH):
        assert go(move) == go(move)
    assert (Transition.objects.count(), versions()) == (4, [(1, "")])


def test_each_state_offers_its_moves_to_their_people_alone(budget, people):
    for state in State:
        Budget.objects.filter(pk=budget.pk).update(state=state)
        budget.refresh_from_db()
        for role, person in people.items():
            expected = [m for (s, m), way in TRANSITIONS.items() if (s, way.role) == (state, role)]
            assert list_moves(budget, person) == expected


@pytest.mark.parametrize(("state", "move"), TRANSITIONS)
def test_nobody_makes_another_ones_move(budget, people, state, move):
    Budget.objects.filter(pk=budget.pk).update(state=state)
    for role, person in people.items():
        if role != MOVERS[move]:
            with pytest.raises(PermissionDenied):
                carry_out(Attempt(budget=budget, who=person, move=move, words="要办"))
    assert not Transition.objects.exists()


def test_return_says_where_and_what_and_waits_for_an_answer(budget, people, go):
    go(Move.CONFIRM, Move.SUBMIT)
    nothing_said = ["退回前请至少提一条意见，写明在哪里、改什么。"]
    assert refused(go, Move.RETURN) == nothing_said
    thread = comments.comment(budget, people[Role.REVIEWER], PLACE, "依据是什么？")
    unsettled = ["还有1条意见没有解决，请逐条标为已解决，或者退回。"]
    assert refused(go, Move.APPROVE) == unsettled
    go(Move.RETURN)
    assert (budget.state, budget.locked) == (State.RETURNED, False)
    assert refused(go, Move.CONFIRM) == ["还有1条审核意见没有答复，请在意见页答复。"]
    comments.reply(thread, people[Role.CLERK], "见批文")
    go(Move.CONFIRM, Move.SUBMIT)
    assert refused(go, Move.APPROVE) == unsettled
    comments.settle(thread, people[Role.REVIEWER])
    assert go(Move.APPROVE).after == State.APPROVED


def test_content_that_changed_on_the_way_is_neither_submitted_nor_approved_nor_published(
    budget, go
):
    item = FunctionCode.objects.get(year=2025, code="2012901")
    go(Move.CONFIRM)
    FunctionCode.objects.filter(pk=item.pk).update(name="行政的运行")
    (reason,) = refused(go, Move.SUBMIT)
    assert reason.startswith("确认以后内容有了变化")
    FunctionCode.objects.filter(pk=item.pk).update(name=item.name)
    go(Move.SUBMIT)
    stale = ["您打开办理页以后，内容有了改动，请重新预览后再批复。"]
    assert refused(go, Move.APPROVE, seen="0" * 64) == stale
    go(Move.APPROVE)
    FunctionCode.objects.filter(pk=item.pk).update(name="行政的运行")
    (reason,) = refused(go, Move.PUBLISH)
    assert reason.startswith("批复以后内容有了变化")
    assert (budget.state, versions()) == (State.APPROVED, [])
    assert refused(go, Move.REVOKE) == ["请写明撤销批复的原因。"]
    assert go(Move.REVOKE, words="名称有误").after == State.SUBMITTED


def test_nothing_is_approved_in_which_a_check_has_come_to_fail(budget, go):
    go(Move.CONFIRM, Move.SUBMIT)
    FunctionCode.objects.filter(year=2025, code="2012901").update(name="行政\ue000运行")
    assert refused(go, Move.APPROVE) == ["检查还有1处错误，不能批复，请退回。"]
    assert budget.state == State.SUBMITTED


def test_correction_is_a_new_version_with_its_reason(budget, go):
    go(Move.CONFIRM, Move.SUBMIT, Move.APPROVE, Move.PUBLISH)
    with pytest.raises(ledger.BudgetLockedError):
        ledger.replace_filing(budget, union_filing())
    assert refused(go, Move.CORRECT) == ["请写明更正的原因，它会和新的版本一起公开。"]
    go(Move.CORRECT, words="科室名称有误")
    profile = replace(union_filing().profile, offices=("书记室", "办公室"))
    ledger.replace_filing(budget, replace(union_filing(), profile=profile))
    go(Move.CONFIRM, Move.SUBMIT, Move.APPROVE, Move.PUBLISH)
    assert versions() == [(1, ""), (2, "科室名称有误")]
    assert budget.state == State.PUBLISHED
