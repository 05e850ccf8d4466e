"""Approves what the demo county publishes, some days before, so that its clock has run."""

from datetime import datetime, timedelta

from budgets.models import Budget, State
from disclosures.demo.plan import Body
from disclosures.models import Disclosure, Transition
from disclosures.releases.direct import open_account
from disclosures.review.registration import register

WORDS = "演示数据，由程序生成。"
# Every so many departments one is later than the law allows.
LATE_EVERY, LATE_DAYS = 12, 23


def approve(body: Body, budget: Budget, disclosure: Disclosure) -> None:
    """Record that exactly this was approved and then published, and how long that took."""
    who, day = open_account(), disclosure.published_at
    approved = day - timedelta(days=choose_days(body))
    budget.state = State.APPROVED
    record(budget, who, State.SUBMITTED, approved, disclosure)
    register(disclosure, budget, who)
    budget.state = State.PUBLISHED
    record(budget, who, State.APPROVED, day, disclosure)
    Budget.objects.filter(pk=budget.pk).update(state=budget.state)


def choose_days(body: Body) -> int:
    """The days from a department's approval to its publication."""
    return LATE_DAYS if body.number % LATE_EVERY == 0 else 3 + body.number * 5 % 17


def record(budget: Budget, who, before: State, at: datetime, disclosure: Disclosure) -> None:
    """A step into the state that the budget has now."""
    Transition.objects.create(
        budget=budget,
        before=before,
        after=budget.state,
        who=who,
        at=at,
        words=WORDS,
        digest=disclosure.digest,
    )
