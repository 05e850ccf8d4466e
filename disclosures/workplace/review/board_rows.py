"""The lines of the board and its head: a few queries for a whole year, however many departments."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery
from django.utils import timezone

from budgets.domain.filing import PriorBasis
from budgets.domain.history import Movement
from budgets.domain.money import show_wan, to_wan
from budgets.domain.red_flags import RED_FLAGS
from budgets.models import Budget, Department, Edit, State
from disclosures.models import Appraisal, Comment, Record, Transition
from disclosures.workflow.access import read_charges
from disclosures.workflow.deadline import DAYS_ALLOWED, count_days_left, find_due_day

NONE = "none"
NOT_BEGUN = "未开始"
OF_OTHERS = "of-others"
TITLES = {each.id: each.title for each in RED_FLAGS if each.suspects}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The days of one budget: `left` until it is due, or `taken` from approval to publication."""

    left: int | None = None
    taken: int | None = None
    due: date | None = None

    @property
    def is_overdue(self) -> bool:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """What the board shows of a department or unit in a year; amounts in yuan.

    Without a budget there is nothing but the department; without an appraisal, no figures.
    `is_fresh` is False where the budget has changed since its appraisal; `in_charge` are the
    reviewers of the department, `touch` is the last edit or move, `record` the registration of the
    newest version.
    """

    department: Department
    budget: Budget | None
    in_charge: Sequence
    clock: Clock = Clock()
    appraisal: Appraisal | None = None
    is_fresh: bool = True
    comments: int = 0
    touch: Edit | Transition | None = None
    record: Record | None = None
    suspicions: Mapping[str, int]

    @property
    def state(self) -> str:
        """The state's key; `none` before the budget is opened."""
        return self.budget.state if self.budget else NONE

    @property
    def state_label(self) -> str:
        return self.budget.get_state_display() if self.budget else NOT_BEGUN

    @property
    def state_order(self) -> int:
        return [NONE, *State.values].index(self.state)

    @property
    def errors(self) -> int | None:
        return self.appraisal.errors if self.appraisal else None

    @property
    def unexplained(self) -> int | None:
        return self.appraisal.warnings - self.appraisal.explained if self.appraisal else None

    @property
    def total(self) -> Decimal | None:
        return self.appraisal.total if self.appraisal else None

    @property
    def change(self) -> Movement | None:
        """Against what was published last year; None where nothing was."""
        if self.appraisal is None or self.appraisal.last_total is None:
            return None
        return move_wan(self.appraisal.total, self.appraisal.last_total)

    @property
    def difference(self) -> Decimal | None:
        """The change in 万元."""
        return self.change.difference if self.change else None

    @property
    def suspicion_count(self) -> int:
        return sum(self.suspicions.values())

    @property
    def named_suspicions(self) -> list[tuple[str, int]]:
        """Each suspicion in words with its count, in order of weight."""
        found = self.suspicions
        return [(title, found[key]) for key, title in TITLES.items() if found.get(key)]

    @property
    def reviewers(self) -> str:
        return "、".join(map(call, self.in_charge))

    @property
    def rank(self) -> tuple[bool, int, bool, int, str]:
        """Overdue first, the longest before others; then suspicious ones; then by code."""
        left = min(self.clock.left or 0, 0)
        count = self.suspicion_count
        return not self.clock.is_overdue, left, not count, -count, self.department.code


def call(person) -> str:
    """A person by his name, or his account where no name is known."""
    return person.get_full_name() or person.get_username()


def move_wan(this: Decimal, last: Decimal) -> Movement:
    """The change from one amount in yuan to another, in 万元."""
    return Movement(to_wan(this), to_wan(last), PriorBasis.BUDGET)


def gather_rows(year: int, stale: Collection[int] = ()) -> list[BoardRow]:
    """Every department and unit in use with its budget of the year, those that are urgent first.

    `stale` are the keys of the budgets that have changed since their appraisal. A unit's reviewers
    are its department's.
    """
    today = timezone.localdate()
    budgets = {each.department_id: each for each in read_budgets(year)}
    appraisals = Appraisal.objects.filter(budget__year=year).in_bulk(field_name="budget_id")
    charges = read_charges()
    # By department's key, how its newest version came to be public.
    made = Record.objects.filter(disclosure__year=year).select_related("pressed_by")
    made = made.annotate(
        department=F("disclosure__department"), published_at=F("disclosure__published_at")
    )
    records = {each.department: each for each in made.order_by("disclosure__version")}
    threads = Comment.objects.filter(budget__year=year).unsettled().order_by()
    comments = dict(threads.values_list("budget").annotate(Count("pk")))
    touches, shared = read_touches(budgets.values()), count_shared(budgets.values(), appraisals)

    def make_row(department: Department) -> BoardRow:
        in_charge = charges.get(department.parent_id or department.pk, ())
        budget = budgets.get(department.pk)
        if budget is None:
            return BoardRow(department=department, budget=None, in_charge=in_charge, suspicions={})
        published = timezone.localdate(budget.published_at) if budget.published_at else None
        appraisal = appraisals.get(budget.pk)
        marks = appraisal.marks if appraisal else {}
        return BoardRow(
            department=department,
            budget=budget,
            in_charge=in_charge,
            clock=read_clock(budget.state, budget.approved_at, published, today),
            appraisal=appraisal,
            is_fresh=budget.pk not in stale,
            comments=comments.get(budget.pk, 0),
            touch=touches.get(budget.pk),
            record=records.get(department.pk),
            suspicions={key: marks.get(key, 0) for key in TITLES}
            | {OF_OTHERS: shared.get(budget.pk, 0)},
        )

    departments = Department.objects.select_related("parent").filter(active=True)
    return sorted(map(make_row, departments), key=lambda row: row.rank)


def read_budgets(year: int):
    """The budgets of a year with the moments of approval and publication, and the last touches."""
    moves = Transition.objects.filter(budget=OuterRef("pk"))
    edits = Edit.objects.filter(budget=OuterRef("pk")).order_by("-at", "-pk")
    return (
        Budget.objects.for_year(year)
        .select_related("department")
        .annotate(
            approved_at=Subquery(moves.filter(after=State.APPROVED).values("at")[:1]),
            published_at=Subquery(moves.filter(after=State.PUBLISHED).values("at")[:1]),
            last_move=Subquery(moves.values("pk")[:1]),
            last_edit=Subquery(edits.values("pk")[:1]),
        )
    )


def read_touches(budgets: Iterable[Any]) -> dict[int, Edit | Transition]:
    """The last edit or move of each budget, whichever is later."""
    edits = Edit.objects.filter(pk__in=[each.last_edit for each in budgets])
    moves = Transition.objects.filter(pk__in=[each.last_move for each in budgets])
    touches: list[Any] = [*edits.select_related("who"), *moves.select_related("who")]
    return {each.budget_id: each for each in sorted(touches, key=lambda each: each.at)}


def count_shared(budgets: Iterable[Budget], appraisals: Mapping[int, Appraisal]) -> dict[int, int]:
    """How many reasons of each budget a department outside its own family gives too."""
    heads = {each.pk: each.department.parent_id or each.department_id for each in budgets}
    families = defaultdict(set)
    for pk, appraisal in appraisals.items():
        for phrase in appraisal.phrases:
            families[phrase].add(heads[pk])
    return {
        pk: sum(len(families[phrase]) > 1 for phrase in appraisal.phrases)
        for pk, appraisal in appraisals.items()
    }


def sum_county(rows: Iterable[BoardRow]) -> dict[str, object]:
    """The head of the board: sums over departments in 万元, since a unit's money stands in its own.

    A change is told only of those that published last year.
    """
    heads = [row for row in rows if not row.department.parent_id]
    known = [row.appraisal for row in heads if row.appraisal]
    both = [(each.total, each.last_total) for each in known if each.last_total is not None]
    zero = Decimal("0.00")
    this = sum((total for total, _ in both), zero)
    last = sum((total for _, total in both), zero)
    change = move_wan(this, last)
    moved, grew = ("减少", "下降") if change.is_fall else ("增加", "增长")
    return {
        "departments": len(heads),
        "filed": len(known),
        "total": show_wan(sum((each.total for each in known), zero)),
        "comparable": len(both),
        "this": show_wan(this),
        "last": show_wan(last),
        "change": f"{moved} {abs(change.difference):,.2f} 万元，{grew} {change.rate:,.2f}%",
    }


def count_states(rows: Iterable[BoardRow]) -> list[tuple[str, str, int]]:
    """(key, label, count) of every state in the order of the workflow, departments only."""
    counts = Counter(row.state for row in rows if not row.department.parent_id)
    labels = [(NONE, NOT_BEGUN), *State.choices]
    return [(key, label, counts[key]) for key, label in labels]
