"""The task list of one budget: its steps, their states, what is missing, and one click to each."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from budgets.access import Act, find_budget, may
from budgets.trace import edits_of
from budgets.workplace.page import show
from disclosures.models import Comment
from disclosures.workplace.dossier import open_dossier
from disclosures.workplace.progress import Progress, Stage, list_progress
from disclosures.workplace.units import add_up, gather_units

RECENT = 5


@require_safe
def show_tasks(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The steps of a budget, over them its units, below them who changed what of late."""
    budget = find_budget(request.user, year, code)
    dossier = open_dossier(budget)
    unanswered = Comment.objects.filter(budget=budget).unanswered().count()
    tasks = list_progress(dossier, may(request.user, Act.FILL, budget.department), unanswered)
    context = {
        "tasks": tasks,
        "unanswered": unanswered,
        "next": find_next(tasks),
        "family": gather_units(dossier),
        "sums": add_up(fact for fact in dossier.filing.facts if not fact.internal),
        "edits": edits_of(budget)[:RECENT],
    }
    return show(request, "workplace/tasks.html", budget, step="tasks", title="任务清单", **context)


def find_next(tasks: Iterable[Progress]) -> Progress | None:
    """The first step that is not done and that the person may go to; None where there is none."""
    return next((each for each in tasks if each.stage is not Stage.DONE and each.href), None)
