"""The offices kept apart: who files does not review, and who keeps the accounts moves nothing."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from budgets.audit import note_edit
from budgets.models import Budget, State
from disclosures.models import Transition
from disclosures.publishing.publication import carry_out
from disclosures.workflow.access import Role
from disclosures.workflow.moves import Attempt, Move, MoveRefusedError, list_moves
from tests.factories.people import appoint, hire

pytestmark = pytest.mark.django_db
OWN = "您填报或上传过这份预算，填报和审核不能是同一个人，请由另一位审核员办理。"


@pytest.mark.parametrize("state", State)
def test_superuser_makes_no_move_in_any_state(budget, state):
    root = User.objects.create_superuser("root")
    Budget.objects.filter(pk=budget.pk).update(state=state)
    budget.refresh_from_db()
    assert list_moves(budget, root) == []
    for move in Move:
        with pytest.raises(PermissionDenied):
            carry_out(Attempt(budget=budget, who=root, move=move, words="x"))
    assert not Transition.objects.exists()


@pytest.mark.parametrize(
    "model", ["functioncode", "economiccode", "glossaryterm", "department", "formername"]
)
def test_superuser_sees_what_the_bureau_keeps_and_adds_nothing(client, model):
    client.force_login(User.objects.create_superuser("root"))
    assert client.get(reverse(f"admin:budgets_{model}_changelist")).status_code == 200
    for ask in (client.get, client.post):
        assert ask(reverse(f"admin:budgets_{model}_add")).status_code == 403


@pytest.mark.parametrize("move", [Move.RETURN, Move.APPROVE])
def test_reviewer_who_once_filled_reviews_another(budget, union, move):
    person = appoint("reviewer", Role.REVIEWER)
    note_edit(budget, person, "保存“收入”")
    Budget.objects.filter(pk=budget.pk).update(state=State.SUBMITTED)
    with pytest.raises(MoveRefusedError) as refused:
        carry_out(Attempt(budget=budget, who=person, move=move, words="x"))
    assert OWN in refused.value.reasons
    assert Budget.objects.get().state == State.SUBMITTED


def test_reviewer_who_did_not_is_not_told_so(budget, union):
    note_edit(budget, hire("clerk", union, "clerk"), "保存“收入”")
    Budget.objects.filter(pk=budget.pk).update(state=State.SUBMITTED)
    with pytest.raises(MoveRefusedError) as refused:
        carry_out(Attempt(budget=budget, who=appoint("r", Role.REVIEWER), move=Move.RETURN))
    assert OWN not in refused.value.reasons
