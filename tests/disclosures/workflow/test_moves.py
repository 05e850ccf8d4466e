"""The workflow: who may confirm and withdraw, what stands against it, and that it is recorded."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from budgets import ledger
from budgets.audit import note_edit
from budgets.models import Department, EconomicCode, State
from disclosures.models import Transition
from disclosures.publishing.publication import carry_out
from disclosures.workflow.access import Role
from disclosures.workflow.drafting import draft_budget
from disclosures.workflow.explanations import WarningAnswer, explain_warnings
from disclosures.workflow.moves import (
    CONDITIONS,
    TRANSITIONS,
    Attempt,
    Move,
    MoveRefusedError,
    list_moves,
)
from tests.factories.people import appoint, hire
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(union):
    return hire("head", union, "head")


def confirm(budget, who, **more):
    seen = more.pop("seen", None) or draft_budget(budget).digest
    return carry_out(Attempt(budget=budget, who=who, move=Move.CONFIRM, seen=seen, **more))


def withdraw(budget, who, words="金额有误"):
    return carry_out(Attempt(budget=budget, who=who, move=Move.WITHDRAW, words=words))


def refusals(act):
    with pytest.raises(MoveRefusedError) as caught:
        act()
    return caught.value.reasons


def warn(budget):
    """Let the filing draw one warning: more people in service than posts."""
    profile = replace(union_filing().profile, authorized=5)
    ledger.replace_filing(budget, replace(union_filing(), profile=profile))


def test_every_move_has_a_condition_and_leads_on():
    assert {move for _, move in TRANSITIONS} == set(CONDITIONS) == set(Move)
    assert all(passage.after != state for (state, _), passage in TRANSITIONS.items())


def test_head_confirms_and_everything_is_recorded(budget, head):
    digest = draft_budget(budget).digest
    made = confirm(budget, head, words=" 同意公开 ")
    assert (made.before, made.after, made.who, made.words, made.digest) == (
        State.FILLING,
        State.CONFIRMED,
        head,
        "同意公开",
        digest,
    )
    budget.refresh_from_db()
    assert (budget.state, budget.locked) == (State.CONFIRMED, True)
    with pytest.raises(ledger.BudgetLockedError):
        ledger.replace_filing(budget, union_filing())


def test_confirming_again_returns_what_is_recorded(budget, head):
    digest = draft_budget(budget).digest
    first = confirm(budget, head, seen=digest)
    assert confirm(budget, head, seen=digest, words="再按一次") == first
    assert Transition.objects.count() == 1


def test_head_withdraws_with_a_word_why(budget, head):
    confirm(budget, head)
    assert refusals(lambda: withdraw(budget, head, words=" ")) == ["请写明撤回确认的原因。"]
    made = withdraw(budget, head)
    assert (made.after, made.words) == (State.FILLING, "金额有误")
    budget.refresh_from_db()
    assert not budget.locked
    ledger.replace_filing(budget, union_filing())
    assert withdraw(budget, head) == made


def test_nothing_can_be_withdrawn_that_was_not_confirmed(budget, head):
    expected = ["这份预算现在的状态是“填报中”，不能撤回确认。"]
    assert refusals(lambda: withdraw(budget, head)) == expected


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.BUREAU_ADMIN, Role.AUDITOR])
def test_bureau_does_not_confirm(budget, role):
    person = appoint("person", role)
    assert list_moves(budget, person) == []
    with pytest.raises(PermissionDenied, match="您的岗位不能确认这份预算。"):
        confirm(budget, person)
    assert not Transition.objects.exists()


def test_clerk_does_not_confirm_and_stranger_neither(budget, union):
    other = Department.objects.create(code="108001", name="某局")
    for person in (hire("clerk", union, "clerk"), hire("stranger", other, "head")):
        with pytest.raises(PermissionDenied):
            confirm(budget, person)


def test_head_who_filled_does_not_confirm(budget, head, union):
    note_edit(budget, head, "保存“收入”")
    expected = ["您填报或上传过这份预算，填报和确认不能是同一个人，请由另一位负责人确认。"]
    assert refusals(lambda: confirm(budget, head)) == expected
    assert confirm(budget, hire("second", union, "head")).after == State.CONFIRMED


def test_content_that_changed_meanwhile_is_not_confirmed(budget, head):
    seen = draft_budget(budget).digest
    ledger.replace_filing(budget, replace(union_filing(), signed_on=None))
    assert refusals(lambda: confirm(budget, head, seen=seen)) == [
        "您打开确认页以后，内容有了改动，请重新预览后再确认。",
        "检查还有1处错误，请先改正。",
    ]


def test_errors_are_mended_first(budget, head):
    ledger.replace_filing(budget, replace(union_filing(), facts=union_filing().facts[1:]))
    budget.refresh_from_db()
    reason, *_ = refusals(lambda: confirm(budget, head))
    assert reason.startswith("检查还有")
    assert budget.state == State.FILLING
    assert not Transition.objects.exists()


def test_data_that_no_longer_holds_stands_against_it(budget, head):
    EconomicCode.objects.filter(code__startswith="302").delete()
    assert draft_budget(budget).blocking == []
    (reason,) = refusals(lambda: confirm(budget, head))
    assert reason.startswith("检查还有")


def test_warning_asks_for_a_word(budget, head, union):
    warn(budget)
    (finding,) = [each for each in draft_budget(budget).checks if each.warns]
    assert refusals(lambda: confirm(budget, head)) == ["还有1处警告没有说明，请在检查页写明。"]
    answer = WarningAnswer(key=(finding.id, finding.subject), text="两人待退休")
    explain_warnings(budget, hire("clerk", union, "clerk"), [answer])
    assert confirm(budget, head).after == State.CONFIRMED


def test_department_waits_for_its_units(union, head, budget):
    Department.objects.create(code="107101", name="工人文化宫", parent=union)
    assert refusals(lambda: confirm(budget, head))[-1] == "下属单位还没有填报：工人文化宫。"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
def test_two_presses_at_once_confirm_once(budget, head):
    digest, start = draft_budget(budget).digest, Barrier(2)

    def press(_):
        start.wait()
        try:
            return confirm(budget, head, seen=digest).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        first, second = hands.map(press, range(2))
    assert first == second == Transition.objects.get().pk


def test_transition_is_never_rewritten(budget, head):
    made = confirm(budget, head)
    with pytest.raises(DatabaseError), transaction.atomic():
        Transition.objects.filter(pk=made.pk).update(words="改过")
    assert Transition.objects.get().words == ""
