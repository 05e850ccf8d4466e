"""Every act of the workflow leaves exactly one entry in the log, and one that fails leaves none."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from budgets import ledger
from budgets.models import Budget, Entry, State
from disclosures.models import Disclosure, Transition
from disclosures.publishing.publication import carry_out
from disclosures.workflow import comments
from disclosures.workflow.access import Role
from disclosures.workflow.drafting import draft_budget
from disclosures.workflow.explanations import WarningAnswer, explain_warnings, list_warned
from disclosures.workflow.moves import Attempt, Move, MoveRefusedError
from tests.factories.people import appoint, hire
from tests.factories.union import union_filing
from tests.told import list_told

pytestmark = pytest.mark.django_db
PLACE = "T3.2012901.project"


@pytest.fixture
def people(union):
    return {
        Role.HEAD: hire("head", union, "head"),
        Role.REVIEWER: appoint("reviewer", Role.REVIEWER),
        Role.BUREAU_ADMIN: appoint("bureau", Role.BUREAU_ADMIN),
    }


def go(budget, who, move, **more):
    """Make a move, having seen the document."""
    seen = draft_budget(budget).digest
    return carry_out(Attempt(budget=budget, who=who, move=move, seen=seen, **more))


def put(budget, state):
    """The budget in that state, as if it had come there."""
    Budget.objects.filter(pk=budget.pk).update(state=state)
    budget.refresh_from_db()


def states(before, after, digest):
    """What a move tells."""
    return {"状态": before}, {"状态": after, "内容摘要": digest}


def test_way_to_the_public_is_told_move_by_move(budget, people):
    head, reviewer, bureau = people.values()
    digest = draft_budget(budget).digest
    go(budget, head, Move.CONFIRM)
    go(budget, head, Move.WITHDRAW, words="金额有误")
    go(budget, head, Move.CONFIRM)
    go(budget, head, Move.SUBMIT)
    go(budget, reviewer, Move.APPROVE, words="同意")
    go(budget, bureau, Move.PUBLISH)
    go(budget, bureau, Move.CORRECT, words="更正三公")
    fields = ("action", "name", "department", "year", "before", "after", "words")
    here = (budget.department.code, 2025)
    disclosure = Disclosure.objects.get()
    files = dict(disclosure.files.values_list("name", "sha256"))
    version = {"版本": 1, "内容摘要": digest, "文件": files}
    assert list_told(*fields) == [
        ("confirm", "head", *here, *states("填报中", "已确认", digest), ""),
        ("withdraw", "head", *here, *states("已确认", "填报中", digest), "金额有误"),
        ("confirm", "head", *here, *states("填报中", "已确认", digest), ""),
        ("submit", "head", *here, *states("已确认", "已报送", digest), ""),
        ("approve", "reviewer", *here, *states("已报送", "已批复", digest), "同意"),
        ("version", "bureau", *here, None, version, ""),
        ("publish", "bureau", *here, *states("已批复", "已公开", digest), ""),
        ("correct", "bureau", *here, *states("已公开", "更正中", digest), "更正三公"),
    ]


def test_move_pressed_twice_is_told_once(budget, people):
    for _ in range(2):
        go(budget, people[Role.HEAD], Move.CONFIRM)
    assert list_told("action") == [("confirm",)]


def test_move_that_is_refused_or_taken_back_is_not_told(budget, people):
    head = people[Role.HEAD]
    with pytest.raises(PermissionDenied):
        go(budget, people[Role.REVIEWER], Move.CONFIRM)
    with pytest.raises(MoveRefusedError):
        go(budget, head, Move.SUBMIT)
    with transaction.atomic():
        go(budget, head, Move.CONFIRM)
        assert list_told("action") == [("confirm",)]
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert not Transition.objects.exists()


def test_thread_is_told_word_by_word(budget, people):
    head, reviewer, _ = people.values()
    put(budget, State.SUBMITTED)
    thread = comments.comment(budget, reviewer, PLACE, "依据是什么？")
    comments.reply(thread, head, "工会法")
    comments.settle(thread, reviewer)
    for refused in (
        lambda: comments.reply(thread, head, "再说"),
        lambda: comments.settle(thread, reviewer),
    ):
        with pytest.raises(comments.CommentRefusedError):
            refused()
    place = {"意见编号": thread.pk, "位置": thread.label, "所在数据": "127.71"}
    assert list_told("action", "name", "before", "after", "words") == [
        ("comment", "reviewer", None, place, "依据是什么？"),
        ("reply", "head", None, place, "工会法"),
        ("settle", "reviewer", {"处理": "未解决"}, place | {"处理": "已解决"}, ""),
    ]


def test_word_to_a_warning_is_told_with_the_one_before(budget, people):
    understaffed = replace(union_filing().profile, authorized=5)
    ledger.replace_filing(budget, replace(union_filing(), profile=understaffed))
    (warned,) = list_warned(budget, draft_budget(budget).checks)
    clerk = people[Role.HEAD]
    explain_warnings(budget, clerk, [WarningAnswer(key=warned.key, text="待退休")])
    explain_warnings(budget, clerk, [WarningAnswer(key=warned.key, text="待退休", before="待退休")])
    explain_warnings(
        budget, clerk, [WarningAnswer(key=warned.key, text="两人待退休", before="待退休")]
    )
    place = f"{warned.finding.title}：{warned.finding.subject}"
    assert list_told("action", "before", "after") == [
        ("explain", {place: ""}, {place: "待退休"}),
        ("explain", {place: "待退休"}, {place: "两人待退休"}),
    ]
