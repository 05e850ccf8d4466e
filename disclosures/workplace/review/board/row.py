"""One line of the board: a department in a year, how far it has come, and what is the matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from budgets.domain.filing import PriorBasis
from budgets.domain.history import Movement
from budgets.domain.money import to_wan
from budgets.domain.red_flags import ATTENTIONS
from budgets.models import Budget, Department, State
from disclosures.models import Appraisal, Record
from disclosures.workflow.deadline import DAYS_ALLOWED, count_days_left, find_due_day

NONE = "none"
NOT_BEGUN = "未开始"
TITLES = {each.id: each.title for each in ATTENTIONS if each.suspects}


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """Who last did something with a budget, and when."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The days of one budget: `left` until it is due, or `taken` from approval to publication."""

    left: int | None = None
    taken: int | None = None
    due: date | None = None

    @property
    def is_overdue(self) -> bool:
        """True where it is still not public and the time is over."""
        return self.left is not None and self.left < 0

    @property
    def text(self) -> str:
        """In words, so that no colour is needed to read it."""
        if self.left is not None:
            return f"逾期 {-self.left} 天" if self.left < 0 else f"还剩 {self.left} 天"
        if self.taken is None:
            return ""
        late = "，超期" if self.taken > DAYS_ALLOWED else ""
        return f"用了 {self.taken} 天{late}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """What the board shows of a department or unit; amounts in yuan.

    Without a budget there is nothing but the department; without an appraisal, no figures.
    `is_fresh` is False where the budget has changed since its appraisal; `in_charge` are the
    reviewers of the department, `record` the registration of its newest version.
    """

    department: Department
    budget: Budget | None
    in_charge: Sequence = ()
    clock: Clock = Clock()
    appraisal: Appraisal | None = None
    is_fresh: bool = True
    comments: int = 0
    touch: Touch | None = None
    record: Record | None = None
    suspicions: Mapping[str, int]

    @property
    def state(self) -> str:
        """The state's key; `none` before the budget is opened."""
        return self.budget.state if self.budget else NONE

    @property
    def state_label(self) -> str:
        """The state in words."""
        return self.budget.get_state_display() if self.budget else NOT_BEGUN

    @property
    def state_order(self) -> int:
        """The state's place in the workflow, to sort by."""
        return [NONE, *State.values].index(self.state)

    @property
    def errors(self) -> int | None:
        """How many errors the checks found."""
        return self.appraisal.errors if self.appraisal else None

    @property
    def unexplained(self) -> int | None:
        """How many warnings have no word yet."""
        return self.appraisal.warnings - self.appraisal.explained if self.appraisal else None

    @property
    def total(self) -> Decimal | None:
        """This year's total."""
        return self.appraisal.total if self.appraisal else None

    @property
    def change(self) -> Movement | None:
        """Against what was published last year; None where nothing was."""
        known = self.appraisal
        if known is None or known.last_total is None:
            return None
        return Movement(to_wan(known.total), to_wan(known.last_total), PriorBasis.BUDGET)

    @property
    def difference(self) -> Decimal | None:
        """The change in 万元."""
        return self.change.difference if self.change else None

    @property
    def suspicion_count(self) -> int:
        """How many marks put the budget on the list."""
        return sum(self.suspicions.values())

    @property
    def named_suspicions(self) -> list[tuple[str, int]]:
        """Each suspicion in words with its count, in order of weight."""
        return [(title, self.suspicions[key]) for key, title in TITLES.items() if self.has(key)]

    def has(self, key: str) -> bool:
        """True where that suspicion was found."""
        return bool(self.suspicions.get(key))

    @property
    def reviewers(self) -> str:
        """Who is in charge, by name."""
        return "、".join(map(call, self.in_charge))

    @property
    def rank(self) -> tuple[bool, int, bool, int, str]:
        """Overdue first, the longest before others; then suspicious ones; then by code."""
        left = self.clock.left if self.clock.is_overdue else 0
        count = self.suspicion_count
        return not self.clock.is_overdue, left, not count, -count, self.department.code


def call(person) -> str:
    """A person by his name, or his account where no name is known."""
    return person.get_full_name() or person.get_username()


def read_clock(
    state: str, approved_at: datetime | None, published_on: date | None, today: date
) -> Clock:
    """The clock runs while a budget is approved, and stands still once it is public."""
    if approved_at is None:
        return Clock()
    due = find_due_day(approved_at)
    if state == State.APPROVED:
        return Clock(left=count_days_left(approved_at, today), due=due)
    if state == State.PUBLISHED and published_on:
        taken = DAYS_ALLOWED - count_days_left(approved_at, published_on)
        return Clock(taken=taken, due=due)
    return Clock()
