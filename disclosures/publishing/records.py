"""The publication record of a version, written in the transaction that publishes it."""

from datetime import datetime

from budgets.models import Budget, State
from disclosures.models import Disclosure, Record, Transition
from disclosures.workflow.deadline import count_days


def register(disclosure: Disclosure, budget: Budget, who) -> Record:
    """Keep how a version came to be public, once: a version that is registered stays as it is.

    The approval is the one of exactly this content, as long as the budget stands approved.
    """
    approved_at = find_approval(budget, disclosure.digest)
    days = count_days(approved_at, disclosure.published_at) if approved_at else None
    registered, _ = Record.objects.get_or_create(
        disclosure=disclosure,
        defaults={"approved_at": approved_at, "days": days, "pressed_by": who},
    )
    return registered


def find_approval(budget: Budget, digest: str) -> datetime | None:
    """When the content was approved; None where the budget does not stand approved."""
    if budget.state != State.APPROVED:
        return None
    approvals = Transition.objects.filter(budget=budget, after=State.APPROVED, digest=digest)
    return approvals.values_list("at", flat=True).first()
