"""Threads between the bureau and a department, and what they mean for the workflow."""

import pytest
from django.core.exceptions import PermissionDenied

from budgets import ledger
from budgets.models import Action, Budget, Department, Entry, State
from disclosures.models import Comment, Reply
from disclosures.workflow import comments
from disclosures.workflow.access import Role
from tests.factories.people import appoint, hire, load_chart
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db
PLACE = "T3.2012901.project"


@pytest.fixture
def budget(union):
    load_chart(2025)
    budget = Budget.objects.create(department=union, year=2025, state=State.FILLING)
    ledger.replace_filing(budget, union_filing())
    Budget.objects.filter(pk=budget.pk).update(state=State.SUBMITTED)
    budget.refresh_from_db()
    return budget


@pytest.fixture
def reviewer(db):
    return appoint("reviewer", Role.REVIEWER)


@pytest.fixture
def clerk(union):
    return hire("clerk", union, "clerk")


def refusal(act, *args):
    with pytest.raises(comments.CommentRefusedError) as caught:
        act(*args)
    return str(caught.value)


def stage_of(thread):
    return Comment.objects.with_people().get(pk=thread.pk).stage


def waiting():
    return Comment.objects.unanswered().count()


def test_comment_keeps_what_stood_there(budget, reviewer):
    made = comments.comment(budget, reviewer, PLACE, " 依据是什么？ ")
    assert (made.at, made.quote, made.text) == (PLACE, "127.71", "依据是什么？")
    assert made.label.endswith("行政运行 · 项目支出")
    assert (stage_of(made), waiting()) == ("open", 1)


def test_thread_goes_back_and_forth_until_it_is_settled(budget, reviewer, clerk):
    thread = comments.comment(budget, reviewer, PLACE, "依据是什么？")
    assert comments.reply(thread, clerk, "见批文").by_bureau is False
    assert (stage_of(thread), waiting()) == ("answered", 0)
    assert comments.reply(thread, reviewer, "批文没有附").by_bureau is True
    assert (stage_of(thread), waiting()) == ("open", 1)
    comments.settle(thread, reviewer)
    assert (stage_of(thread), waiting(), comments.count_unsettled(budget)) == ("settled", 0, 0)
    again = "这条意见已经解决了；还有话要说的，请财政审核员另提一条。"
    assert refusal(comments.reply, thread, clerk, "补附") == again
    assert refusal(comments.settle, thread, reviewer) == again


def test_words_sent_twice_are_said_once(budget, reviewer, clerk):
    threads = {comments.comment(budget, reviewer, PLACE, "依据？").pk for _ in range(2)}
    thread = Comment.objects.get(pk__in=threads)
    assert len({comments.reply(thread, clerk, "见批文").pk for _ in range(2)}) == 1
    told = Entry.objects.order_by("number").values_list("action", flat=True)
    assert list(told) == [Action.COMMENT, Action.REPLY]
    # In another mouth, or after something else, the same words are new.
    comments.reply(thread, reviewer, "见批文")
    comments.reply(thread, clerk, "见批文")
    comments.settle(thread, reviewer)
    comments.comment(budget, reviewer, PLACE, "依据？")
    assert (Reply.objects.count(), Comment.objects.count()) == (3, 2)


def test_each_refusal_says_what_to_do(budget, reviewer, clerk):
    assert refusal(comments.comment, budget, reviewer, PLACE, " ") == "请写明意见。"
    nowhere = "文件里没有这个位置，请从列表中选一处。"
    assert refusal(comments.comment, budget, reviewer, "T3.nowhere", "改") == nowhere
    thread = comments.comment(budget, reviewer, "", "全文请再通读")
    assert refusal(comments.reply, thread, clerk, "\0") == "请写明答复。"
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("state", [State.FILLING, State.CONFIRMED, State.APPROVED])
def test_comments_are_made_while_the_budget_lies_on_the_desk(budget, reviewer, state):
    Budget.objects.filter(pk=budget.pk).update(state=state)
    told = refusal(comments.comment, budget, reviewer, PLACE, "改")
    assert told == f"这份预算现在的状态是“{state.label}”，不能提意见。"


def test_only_reviewers_comment_and_settle_and_strangers_do_not_reply(budget, reviewer, clerk):
    stranger = hire("stranger", Department.objects.create(code="108001", name="某局"), "clerk")
    auditor, bureau = appoint("auditor", Role.AUDITOR), appoint("bureau", Role.BUREAU_ADMIN)
    thread = comments.comment(budget, reviewer, PLACE, "依据是什么？")
    for person in (clerk, stranger, auditor, bureau):
        with pytest.raises(PermissionDenied):
            comments.comment(budget, person, PLACE, "改")
        with pytest.raises(PermissionDenied):
            comments.settle(thread, person)
    for person in (stranger, auditor, bureau):
        with pytest.raises(PermissionDenied):
            comments.reply(thread, person, "无关的话")
    assert stage_of(thread) == "open"
