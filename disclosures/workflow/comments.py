"""Words at the figure: the reviewer comments on a place, the department answers, it is settled."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from budgets import audit
from budgets.domain.passages import list_anchors
from budgets.domain.text import purge
from budgets.models import Budget, State
from disclosures.models import Comment, Reply
from disclosures.workflow.access import Role, roles_in
from disclosures.workflow.drafting import draft_budget
from disclosures.workflow.notifications import notify_reply

REVIEWING = frozenset({Role.REVIEWER})
ANSWERING = frozenset({Role.CLERK, Role.HEAD})


class CommentRefusedError(Exception):
    """Nothing was written; the message says why, and what to do."""


def may_comment(who, budget: Budget) -> bool:
    """True for a reviewer while the budget lies on the reviewer's desk."""
    return budget.state == State.SUBMITTED and is_reviewer(who, budget)


def may_reply(who, budget: Budget) -> bool:
    """True for both sides of a thread: the department that files, and the reviewers."""
    return bool((REVIEWING | ANSWERING) & roles_in(who, budget.department))


def is_reviewer(who, budget: Budget) -> bool:
    return bool(REVIEWING & roles_in(who, budget.department))


def count_unsettled(budget: Budget) -> int:
    return Comment.objects.filter(budget=budget).unsettled().count()


@transaction.atomic
def comment(budget: Budget, who, at: str, text: str) -> Comment:
    """Say something at a place of the document; pressed again, return what is already there.

    Raises PermissionDenied for others than reviewers, CommentRefusedError for an empty text, a
    place that is not in the document, or a budget that is not on the desk.
    """
    if not is_reviewer(who, budget):
        raise PermissionDenied("只有财政审核员可以提审核意见。")
    # Held, so that nobody approves or returns the budget while the words are written.
    budget = Budget.objects.select_for_update(of=("self",)).get(pk=budget.pk)
    if not may_comment(who, budget):
        state = budget.get_state_display()
        raise CommentRefusedError(f"这份预算现在的状态是“{state}”，不能提意见。")
    anchor = list_anchors(draft_budget(budget)).get(at)
    if anchor is None:
        raise CommentRefusedError("文件里没有这个位置，请从列表中选一处。")
    text = _words(text, "请写明意见。")
    said = Comment.objects.filter(budget=budget, at=anchor.at, text=text, who=who).unsettled()
    if again := said.first():
        return again
    place = {"at": anchor.at, "label": anchor.label[:255], "quote": anchor.quote}
    comment = Comment.objects.create(budget=budget, text=text, who=who, **place)
    _tell(audit.Action.COMMENT, who, comment, text)
    return comment


@transaction.atomic
def reply(thread: Comment, who, text: str) -> Reply:
    """Go on with a thread, for the side that the person is on; pressed again, said once.

    Raises PermissionDenied for a stranger to it, CommentRefusedError for an empty text or a thread
    that is settled.
    """
    thread = _lock(thread)
    roles = roles_in(who, thread.budget.department)
    if not roles & (REVIEWING | ANSWERING):
        raise PermissionDenied("您的岗位不能答复这条意见。")
    text = _words(text, "请写明答复。")
    last = thread.replies.last()
    if last and (last.who_id, last.text) == (who.pk, text):
        return last
    by_bureau = not roles & ANSWERING
    answer = Reply.objects.create(comment=thread, who=who, text=text, by_bureau=by_bureau)
    _tell(audit.Action.REPLY, who, thread, text)
    notify_reply(answer)
    return answer


@transaction.atomic
def settle(thread: Comment, who) -> Comment:
    """Close a thread; raises PermissionDenied for others than reviewers."""
    if not is_reviewer(who, thread.budget):
        raise PermissionDenied("只有财政审核员可以把意见标为已解决。")
    thread = _lock(thread)
    Comment.objects.filter(pk=thread.pk).update(settled_at=timezone.now(), settled_by=who)
    _tell(audit.Action.SETTLE, who, thread)
    return thread


def _tell(action: audit.Action, who, thread: Comment, words: str = "") -> None:
    about = {"意见编号": thread.pk, "位置": thread.label, "所在数据": thread.quote}
    is_settled = action is audit.Action.SETTLE
    audit.write_entry(
        action,
        who=who,
        subject=thread.budget,
        before={"处理": "未解决"} if is_settled else None,
        after=about | ({"处理": "已解决"} if is_settled else {}),
        words=words,
    )


def _lock(thread: Comment) -> Comment:
    held = Comment.objects.select_for_update(of=("self",)).select_related("budget__department")
    found = held.get(pk=thread.pk)
    if found.settled_at:
        raise CommentRefusedError("这条意见已经解决了；还有话要说的，请财政审核员另提一条。")
    return found


def _words(text: str, missing: str) -> str:
    text = purge(text).strip()
    if not text:
        raise CommentRefusedError(missing)
    return text
