"""What stands against a move of the workflow: for each, sentences for the person who pressed."""

from collections.abc import Iterable

from budgets import ledger
from budgets.audit.edits import has_filled
from budgets.domain.document import Document
from budgets.domain.filing import Filing
from budgets.domain.problems import Severity
from budgets.importing.revalidation import find_problems
from budgets.models import Budget, Department, State, read_chart
from disclosures.models import Comment, Transition
from disclosures.workflow.comments import count_unsettled
from disclosures.workflow.explanations import unexplained

CHANGED = "您打开{page}以后，内容有了改动，请重新预览后再{move}。"


def why_not_confirm(budget: Budget, who, draft: Document, seen: str) -> list[str]:
    """Nobody both fills and confirms; what was seen is what stands, and all of it holds."""
    reasons = why_not_by(budget, who)
    if seen != draft.digest:
        reasons.append(CHANGED.format(page="确认页", move="确认"))
    return [*reasons, *why_not_ready(budget, draft)]


def why_not_by(budget: Budget, who) -> list[str]:
    """Nobody both fills and confirms."""
    if has_filled(who, budget):
        return ["您填报或上传过这份预算，填报和确认不能是同一个人，请由另一位负责人确认。"]
    return []


def why_not_ready(budget: Budget, draft: Document) -> list[str]:
    """No error in the data or the document, a word to every warning, every unit's money in."""
    filing, units = ledger.read_filing(budget), Department.objects.units_of(budget.department)
    problems = find_problems(filing, read_chart(budget.year), [unit.organisation for unit in units])
    reasons = []
    if errors := len(draft.blocking) + sum(each.severity is Severity.ERROR for each in problems):
        reasons.append(f"检查还有{errors}处错误，请先改正。")
    if open_warnings := unexplained(budget, draft.checks):
        reasons.append(f"还有{len(open_warnings)}处警告没有说明，请在检查页写明。")
    if missing := list_missing_units(filing, units):
        reasons.append(f"下属单位还没有填报：{'、'.join(missing)}。")
    if waiting := Comment.objects.filter(budget=budget).unanswered().count():
        reasons.append(f"还有{waiting}条审核意见没有答复，请在意见页答复。")
    return reasons


def list_missing_units(filing: Filing, units: Iterable[Department]) -> list[str]:
    """The units that have filed no money, by name."""
    filed = {fact.unit for fact in filing.facts}
    return [unit.name for unit in units if unit.code not in filed]


def why_not_submit(budget: Budget, draft: Document) -> list[str]:
    """What goes to the bureau is what the head confirmed."""
    if last_digest(budget, State.CONFIRMED) != draft.digest:
        return [
            "确认以后内容有了变化（科目名称或上年公开的数有更新），请撤回确认，看过以后再确认。"
        ]
    return []


def why_not_review(budget: Budget, who) -> list[str]:
    """Nobody reviews what he has filled, whatever he has become since."""
    if has_filled(who, budget):
        return ["您填报或上传过这份预算，填报和审核不能是同一个人，请由另一位审核员办理。"]
    return []


def why_not_return(budget: Budget, who) -> list[str]:
    """A return says where and what: at least one comment is open."""
    reasons = why_not_review(budget, who)
    if not count_unsettled(budget):
        reasons.append("退回前请至少提一条意见，写明在哪里、改什么。")
    return reasons


def why_not_approve(budget: Budget, who, draft: Document, seen: str) -> list[str]:
    """What is approved is what was reviewed; nothing is left open, no check has failed."""
    reasons = why_not_review(budget, who)
    if seen != draft.digest:
        reasons.append(CHANGED.format(page="办理页", move="批复"))
    if draft.blocking:
        reasons.append(f"检查还有{len(draft.blocking)}处错误，不能批复，请退回。")
    if unsettled := count_unsettled(budget):
        reasons.append(f"还有{unsettled}条意见没有解决，请逐条标为已解决，或者退回。")
    return reasons


def why_not_publish(budget: Budget, draft: Document) -> list[str]:
    """What is published is what was approved, to the last character."""
    if last_digest(budget, State.APPROVED) != draft.digest:
        return ["批复以后内容有了变化，和批复的不是同一份，请撤销批复，重新审核。"]
    return []


def last_digest(budget: Budget, after: State) -> str:
    """The digest of what was looked at when the budget last came into a state."""
    last = Transition.objects.filter(budget=budget, after=after).first()
    return last.digest if last else ""
