"""What could be released: a year's approved budgets, with the clock of the 20 days."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from budgets.models import Budget, State
from disclosures.models import Disclosure, ReleaseItem, Transition
from disclosures.workflow.deadline import WARN_DAYS, count_days_left


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An approved budget; `release` is the one in which it waits already, if there is one.

    `version` is the number that its publication will have, `why` the public reason of a correction.
    """

    budget: Budget
    approved_at: datetime | None
    version: int
    why: str
    release: int | None
    is_chosen: bool

    @property
    def days_left(self) -> int | None:
        """Of the days that the law allows; negative where they are over."""
        return self.approved_at and count_days_left(self.approved_at, timezone.localdate())

    @property
    def shown_left(self) -> str:
        """The days left in words; empty where no approval is recorded."""
        left = self.days_left
        if left is None:
            return ""
        return f"还有{left}天" if left >= 0 else f"已逾期{-left}天"

    @property
    def urgency(self) -> str:
        """How the days left are shown: faulty, warning, or nothing."""
        left = self.days_left
        if left is None or left > WARN_DAYS:
            return "none"
        return "warning" if left >= 0 else "faulty"


def list_candidates(year: int, chosen: set[str] | None) -> list[Candidate]:
    """The approved budgets of a year by department; None chooses all that can be."""
    own = Transition.objects.filter(budget=OuterRef("pk"))
    waiting = ReleaseItem.objects.open().filter(budget=OuterRef("pk"))
    versions = Disclosure.objects.filter(department=OuterRef("department"), year=year)
    approved = Budget.objects.for_year(year).filter(state=State.APPROVED)
    rows = approved.select_related("department").annotate(
        approved_at=first(own.filter(after=State.APPROVED), "at"),
        why=first(own.filter(after=State.CORRECTING), "words"),
        version=first(versions.order_by("-version"), "version"),
        release=first(waiting, "release"),
    )
    return [
        Candidate(
            budget=row,
            approved_at=row.approved_at,
            version=(row.version or 0) + 1,
            why=row.why or "" if row.version else "",
            release=row.release,
            is_chosen=chosen is None or row.department.code in chosen,
        )
        for row in rows.order_by("department__code")
    ]


def first(rows, field: str) -> Subquery:
    """A field of the first of some rows, as part of a query."""
    return Subquery(rows.values(field)[:1])
