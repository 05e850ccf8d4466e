"""The workflow: who may move a budget from where to where, and what stands against a move."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from budgets import audit, ledger
from budgets.audit import has_filled
from budgets.domain.document import Document
from budgets.domain.problems import Severity
from budgets.importing.validation.judging import revalidate_filing
from budgets.models import Budget, Department, State, read_chart
from disclosures.models import Comment, Submission, Transition
from disclosures.workflow.access import Role, roles_in
from disclosures.workflow.comments import count_unsettled
from disclosures.workflow.drafting import draft_budget
from disclosures.workflow.explanations import list_warned
from disclosures.workflow.notifications import notify_move


class Move(StrEnum):
    """What can be done to move a budget on, as its button says."""

    CONFIRM = "确认"
    WITHDRAW = "撤回确认"
    SUBMIT = "报送"
    RETURN = "退回"
    APPROVE = "批复"
    REVOKE = "撤销批复"
    PUBLISH = "公开"
    CORRECT = "更正"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    role: Role
    after: State


CONFIRMING = Passage(role=Role.HEAD, after=State.CONFIRMED)
# The whole workflow: from (state, move) to who may make it and where it leads.
TRANSITIONS: dict[tuple[State, Move], Passage] = {
    (State.FILLING, Move.CONFIRM): CONFIRMING,
    (State.RETURNED, Move.CONFIRM): CONFIRMING,
    (State.CORRECTING, Move.CONFIRM): CONFIRMING,
    (State.CONFIRMED, Move.WITHDRAW): Passage(role=Role.HEAD, after=State.FILLING),
    (State.CONFIRMED, Move.SUBMIT): Passage(role=Role.HEAD, after=State.SUBMITTED),
    (State.SUBMITTED, Move.RETURN): Passage(role=Role.REVIEWER, after=State.RETURNED),
    (State.SUBMITTED, Move.APPROVE): Passage(role=Role.REVIEWER, after=State.APPROVED),
    (State.APPROVED, Move.REVOKE): Passage(role=Role.REVIEWER, after=State.SUBMITTED),
    (State.APPROVED, Move.PUBLISH): Passage(role=Role.BUREAU_ADMIN, after=State.PUBLISHED),
    (State.PUBLISHED, Move.CORRECT): Passage(role=Role.BUREAU_ADMIN, after=State.CORRECTING),
}
MOVERS: dict[Move, Role] = {move: passage.role for (_, move), passage in TRANSITIONS.items()}


class MoveRefusedError(Exception):
    """The budget stays where it is; `reasons` say why, for the person who pressed the button."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("".join(reasons))
        self.reasons = reasons


def list_moves(budget: Budget, who) -> list[Move]:
    roles = roles_in(who, budget.department)
    return [
        move
        for (state, move), passage in TRANSITIONS.items()
        if state == budget.state and passage.role in roles
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A person's wish to move a budget; `seen` is the digest of the document that was looked at."""

    budget: Budget
    who: Any
    move: Move
    words: str = ""
    seen: str = ""


@transaction.atomic
def make_move(attempt: Attempt, publish: Callable[[Attempt], object] | None = None) -> Transition:
    """Move a budget on and record it; pressed again, return what is already recorded.

    `publish` is what 公开 does, in the same transaction. Raises PermissionDenied for a person
    without the role, MoveRefusedError where the state or a condition does not allow it; then
    nothing has changed.
    """
    # The row is held until the end: writers of the ledger and a second press wait for this one.
    held = Budget.objects.select_for_update(of=("self",)).select_related("department")
    budget = held.get(pk=attempt.budget.pk)
    attempt = replace(attempt, budget=budget, words=attempt.words.strip())
    if MOVERS[attempt.move] not in roles_in(attempt.who, budget.department):
        raise PermissionDenied(f"您的岗位不能{attempt.move.value}这份预算。")
    passage = TRANSITIONS.get((State(budget.state), attempt.move))
    if passage is None:
        return find_made(budget, attempt.move)
    made = draft_budget(budget)
    if reasons := CONDITIONS[attempt.move](attempt, made):
        raise MoveRefusedError(reasons)
    if attempt.move is Move.PUBLISH:
        if publish is None:
            raise TypeError("a budget is published by disclosures.publishing.publication.carry_out")
        publish(attempt)
    moved = record(attempt, passage.after, made.digest)
    if attempt.move is Move.SUBMIT:
        Submission.objects.create(transition=moved, content=made.canonical)
    notify_move(moved)
    return moved


def find_made(budget: Budget, move: Move) -> Transition:
    """The transition that this move has already made; MoveRefusedError where it was another."""
    last = Transition.objects.filter(budget=budget).first()
    passage = TRANSITIONS.get((State(last.before), move)) if last else None
    if last is None or passage is None or passage.after != budget.state:
        state = State(budget.state).label
        raise MoveRefusedError([f"这份预算现在的状态是“{state}”，不能{move.value}。"])
    return last


def find_reason(attempt: Attempt) -> str:
    """Why a correction was begun; the words of the attempt where it is no correction."""
    last = find_last(attempt.budget, State.CORRECTING)
    return last.words if last else attempt.words


def find_last(budget: Budget, after: State) -> Transition | None:
    return Transition.objects.filter(budget=budget, after=after).first()


def record(attempt: Attempt, after: State, digest: str) -> Transition:
    Budget.objects.filter(pk=attempt.budget.pk).update(state=after)
    made = Transition.objects.create(
        budget=attempt.budget,
        before=attempt.budget.state,
        after=after,
        who=attempt.who,
        words=attempt.words,
        digest=digest,
    )
    audit.write_entry(
        audit.Action[attempt.move.name],
        who=attempt.who,
        subject=attempt.budget,
        before={"状态": made.get_before_display()},
        after={"状态": made.get_after_display(), "内容摘要": digest},
        words=attempt.words,
    )
    return made


def why_not_confirm(attempt: Attempt, made: Document) -> list[str]:
    """Nobody both fills and confirms; what was seen is what stands, and all of it holds."""
    return [
        *why_not_by(attempt.budget, attempt.who),
        *why_not_seen(attempt, made, "确认页"),
        *why_not_ready(attempt.budget, made),
    ]


def why_not_by(budget: Budget, who) -> list[str]:
    """Nobody both fills and confirms."""
    if has_filled(who, budget):
        return ["您填报或上传过这份预算，填报和确认不能是同一个人，请由另一位负责人确认。"]
    return []


def why_not_seen(attempt: Attempt, made: Document, page: str) -> list[str]:
    """What was looked at on the page is what stands."""
    if attempt.seen == made.digest:
        return []
    return [f"您打开{page}以后，内容有了改动，请重新预览后再{attempt.move.value}。"]


def why_not_ready(budget: Budget, made: Document) -> list[str]:
    """No error in the data or the document, a word to every warning, every unit's money in."""
    filing, units = ledger.read_filing(budget), Department.objects.units_of(budget.department)
    problems = revalidate_filing(
        filing, read_chart(budget.year), [unit.organisation for unit in units]
    )
    filed = {fact.unit for fact in filing.facts}
    reasons = []
    if errors := len(made.blocking) + sum(each.severity is Severity.ERROR for each in problems):
        reasons.append(f"检查还有{errors}处错误，请先改正。")
    warned = list_warned(budget, made.checks)
    if open_count := sum(not each.explanation for each in warned):
        reasons.append(f"还有{open_count}处警告没有说明，请在检查页写明。")
    if missing := [unit.name for unit in units if unit.code not in filed]:
        reasons.append(f"下属单位还没有填报：{'、'.join(missing)}。")
    if waiting := Comment.objects.filter(budget=budget).unanswered().count():
        reasons.append(f"还有{waiting}条审核意见没有答复，请在意见页答复。")
    return reasons


def why_not_review(attempt: Attempt) -> list[str]:
    """Nobody reviews what he has filled, whatever he has become since."""
    if has_filled(attempt.who, attempt.budget):
        return ["您填报或上传过这份预算，填报和审核不能是同一个人，请由另一位审核员办理。"]
    return []


def why_not_return(attempt: Attempt, _made: Document) -> list[str]:
    """A return says where and what: at least one comment is open."""
    reasons = why_not_review(attempt)
    if not count_unsettled(attempt.budget):
        reasons.append("退回前请至少提一条意见，写明在哪里、改什么。")
    return reasons


def why_not_approve(attempt: Attempt, made: Document) -> list[str]:
    """What is approved is what was reviewed; nothing is left open, no check has failed."""
    reasons = [*why_not_review(attempt), *why_not_seen(attempt, made, "办理页")]
    if made.blocking:
        reasons.append(f"检查还有{len(made.blocking)}处错误，不能批复，请退回。")
    if unsettled := count_unsettled(attempt.budget):
        reasons.append(f"还有{unsettled}条意见没有解决，请逐条标为已解决，或者退回。")
    return reasons


Condition = Callable[[Attempt, Document], list[str]]


def ask_words(missing: str) -> Condition:
    return lambda attempt, _: [] if attempt.words else [missing]


def ask_unchanged(after: State, changed: str) -> Condition:
    """A condition that what goes on is what came into a state, to the last character."""

    def compare(attempt: Attempt, made: Document) -> list[str]:
        last = find_last(attempt.budget, after)
        return [] if last and last.digest == made.digest else [changed]

    return compare


CONDITIONS: dict[Move, Condition] = {
    Move.CONFIRM: why_not_confirm,
    Move.WITHDRAW: ask_words("请写明撤回确认的原因。"),
    Move.SUBMIT: ask_unchanged(
        State.CONFIRMED,
        "确认以后内容有了变化（科目名称或上年公开的数有更新），请撤回确认，看过以后再确认。",
    ),
    Move.RETURN: why_not_return,
    Move.APPROVE: why_not_approve,
    Move.REVOKE: ask_words("请写明撤销批复的原因。"),
    Move.PUBLISH: ask_unchanged(
        State.APPROVED, "批复以后内容有了变化，和批复的不是同一份，请撤销批复，重新审核。"
    ),
    Move.CORRECT: ask_words("请写明更正的原因，它会和新的版本一起公开。"),
}
