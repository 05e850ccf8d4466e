"""Gathers the lines of the board: a few queries for a whole year, however many departments."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count, F, OuterRef, Subquery
from django.utils import timezone

from budgets.models import Budget, Department, Edit, State
from disclosures.models import Appraisal, Comment, Record, Transition
from disclosures.workflow.assignments import read_charges
from disclosures.workplace.review.board.row import TITLES, BoardRow, Touch, call, read_clock

OF_OTHERS = "of-others"


def gather_rows(year: int, stale: Collection[int] = ()) -> list[BoardRow]:
    """Every department and unit in use with its budget of the year, those that are urgent first.

    `stale` are the keys of the budgets that have changed since their appraisal.
    """
    budgets = {each.department_id: each for each in read_budgets(year)}
    departments = Department.objects.select_related("parent").filter(active=True)
    writer = Writer(year, budgets.values(), stale)
    rows = [writer.write(each, budgets.get(each.pk)) for each in departments]
    return sorted(rows, key=lambda row: row.rank)


def read_budgets(year: int):
    """The budgets of a year with the moments of approval and publication, and the last touches."""
    return (
        Budget.objects.for_year(year)
        .select_related("department")
        .annotate(
            approved_at=Subquery(find_last(State.APPROVED).values("at")[:1]),
            published_at=Subquery(find_last(State.PUBLISHED).values("at")[:1]),
            last_move=Subquery(find_last().values("pk")[:1]),
            last_edit=Subquery(
                Edit.objects.filter(budget=OuterRef("pk")).order_by("-at", "-pk").values("pk")[:1]
            ),
        )
    )


def find_last(*after: State):
    """A budget's transitions, newest first; only those into a state where one is named."""
    found = Transition.objects.filter(budget=OuterRef("pk"))
    return found.filter(after__in=after) if after else found


class Writer:
    """Writes lines; knows who is in charge, and a year's appraisals, comments, records."""

    def __init__(self, year: int, budgets: Iterable[Budget], stale: Collection[int]) -> None:
        self.today = timezone.localdate()
        self.stale = stale
        self.charges = read_charges()
        self.records = read_records(year)
        mine = Appraisal.objects.filter(budget__year=year)
        self.appraisals = {each.budget_id: each for each in mine}
        self.comments = count_comments(year)
        self.touches = read_touches(budgets)
        self.shared = count_shared(budgets, self.appraisals)

    def write(self, department: Department, budget: Budget | None) -> BoardRow:
        """The line of a department or unit; a unit's reviewers are its department's."""
        in_charge = self.charges.get(department.parent_id or department.pk, ())
        if budget is None:
            return BoardRow(department=department, budget=None, in_charge=in_charge, suspicions={})
        published = timezone.localdate(budget.published_at) if budget.published_at else None
        appraisal = self.appraisals.get(budget.pk)
        marks = appraisal.marks if appraisal else {}
        found = {key: marks[key] for key in TITLES if marks.get(key)}
        if shared := self.shared.get(budget.pk):
            found[OF_OTHERS] = shared
        return BoardRow(
            department=department,
            budget=budget,
            in_charge=in_charge,
            clock=read_clock(budget.state, budget.approved_at, published, self.today),
            appraisal=appraisal,
            is_fresh=budget.pk not in self.stale,
            comments=self.comments.get(budget.pk, 0),
            touch=self.touches.get(budget.pk),
            record=self.records.get(department.pk),
            suspicions=found,
        )


def read_records(year: int) -> dict[int, Record]:
    """By department's key, how its newest version came to be public."""
    rows = Record.objects.filter(disclosure__year=year).select_related("pressed_by")
    rows = rows.annotate(
        department=F("disclosure__department"), published_at=F("disclosure__published_at")
    )
    return {each.department: each for each in rows.order_by("disclosure__version")}


def count_comments(year: int) -> dict[int, int]:
    """How many threads of each budget are not settled."""
    threads = Comment.objects.filter(budget__year=year).unsettled().order_by()
    return dict(threads.values_list("budget").annotate(Count("pk")))


def read_touches(budgets: Iterable[Budget]) -> dict[int, Touch]:
    """The last edit or move of each budget, whichever is later."""
    moves = Transition.objects.filter(pk__in=[each.last_move for each in budgets])
    edits = Edit.objects.filter(pk__in=[each.last_edit for each in budgets])
    found: dict[int, Touch] = {}
    for each in [*edits.select_related("who"), *moves.select_related("who")]:
        known = found.get(each.budget_id)
        if known is None or known.at <= each.at:
            found[each.budget_id] = Touch(who=call(each.who), at=each.at)
    return found


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
