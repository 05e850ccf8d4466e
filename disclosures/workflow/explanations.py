"""What the department says to each warning of the checks, kept as long as the warning is found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from budgets import audit, ledger
from budgets.audit import note_edit
from budgets.domain.document import Finding
from budgets.models import Budget
from disclosures.models import Explanation
from disclosures.workflow.drafting import draft_budget

LONGEST_SUBJECT = Explanation._meta.get_field("subject").max_length

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A warning and what has been said to it; None where nobody has said anything."""

    finding: Finding
    explanation: Explanation | None

    @property
    def key(self) -> Key:
        return key_of(self.finding)

    @property
    def text(self) -> str:
        return self.explanation.text if self.explanation else ""

    @property
    def place(self) -> str:
        return f"{self.finding.title}：{self.finding.subject}"


def key_of(finding: Finding) -> Key:
    """The check's id and the subject, as they are kept."""
    return finding.id, finding.subject[:LONGEST_SUBJECT]


def list_warned(budget: Budget, findings: Iterable[Finding]) -> list[Warned]:
    said = Explanation.objects.filter(budget=budget).select_related("who")
    known = {(each.check_id, each.subject): each for each in said}
    return [
        Warned(finding=finding, explanation=known.get(key_of(finding)))
        for finding in findings
        if finding.warns
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningAnswer:
    """A text typed for a warning, and the text that the form was filled from."""

    key: Key
    text: str
    before: str = ""


@transaction.atomic
def explain_warnings(budget: Budget, who, answers: Iterable[WarningAnswer]) -> list[WarningAnswer]:
    """Keep what a person says to warnings; give back the answers that met another's text.

    An answer to what is not (or no longer) a warning is left out, an empty one takes the
    explanation back, and explanations of warnings that are gone are removed. Nothing is written
    where somebody has said something else meanwhile. Raises BudgetLockedError of the ledger.
    """
    ledger.hold_budget(budget)
    warned = {each.key: each for each in list_warned(budget, draft_budget(budget).checks)}
    told = [answer for answer in answers if answer.key in warned and is_new(answer, warned)]
    crossed = [each for each in told if each.before.strip() != warned[each.key].text]
    if crossed:
        return crossed
    for each in Explanation.objects.filter(budget=budget):
        if (each.check_id, each.subject) not in warned:
            each.delete()
    for answer in told:
        check_id, subject = answer.key
        mine: dict[str, Any] = {"budget": budget, "check_id": check_id, "subject": subject}
        if text := answer.text.strip():
            Explanation.objects.update_or_create(**mine, defaults={"text": text, "who": who})
        else:
            Explanation.objects.filter(**mine).delete()
    if told:
        note_edit(budget, who, "说明检查的警告")
        pairs = [(warned[answer.key], answer.text.strip()) for answer in told]
        sides = audit.pair_changes([(each.place, each.text, text) for each, text in pairs])
        audit.write_entry(audit.Action.EXPLAIN, who=who, subject=budget, **sides)
    return []


def is_new(answer: WarningAnswer, warned: Mapping[Key, Warned]) -> bool:
    """True where the answer says anything but what is kept, and was typed by this person."""
    return answer.text.strip() not in (answer.before.strip(), warned[answer.key].text)
