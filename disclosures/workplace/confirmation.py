"""Moving a budget on: what stands against it, the buttons one may press, the history."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from budgets.access import find_budget
from budgets.domain.text import purge
from budgets.models import Budget
from budgets.trace import edits_of
from budgets.workplace.page import show
from disclosures.models import Record, Transition
from disclosures.review.comments import count_unsettled
from disclosures.review.conditions import why_not_by, why_not_ready
from disclosures.review.moves import Attempt, Move, MoveRefusedError, list_moves, make_move
from disclosures.workflow.deadline import DAYS_ALLOWED
from disclosures.workplace.dossier import Dossier, open_dossier
from disclosures.workplace.moves import lay_out_move
from disclosures.workplace.units import add_up


@require_http_methods(["GET", "HEAD", "POST"])
def show_confirmation(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The page; a posted move is made if nothing stands against it."""
    if request.method != "POST":
        return lay_out_page(request, find_budget(request.user, year, code))
    budget = find_budget(request.user, year, code)
    attempt = read_attempt(request, budget)
    try:
        made = make_move(attempt)
    except MoveRefusedError as refusal:
        return lay_out_page(request, budget, refusal.reasons, attempt.words)
    messages.success(request, f"{attempt.move.value}已于{localtime(made.at):%Y-%m-%d %H:%M}记录。")
    return redirect("workplace:confirm", year, code)


def read_attempt(request: HttpRequest, budget: Budget) -> Attempt:
    """What the person wishes; Http404 for a move that there is not."""
    posted = request.POST
    if posted.get("move") not in Move.__members__:
        raise Http404("没有这个操作。")
    return Attempt(
        budget=budget,
        who=request.user,
        move=Move[posted["move"]],
        words=purge(posted.get("words", "")),
        seen=posted.get("seen", ""),
    )


def lay_out_page(request: HttpRequest, budget: Budget, refusals=(), words="") -> HttpResponse:
    """What there is to confirm, what stands against it, and how the budget has moved so far."""
    dossier = open_dossier(budget)
    context = describe(dossier) | {
        "refusals": refusals,
        "words": words,
        "reasons": list_reasons(request.user, budget, dossier.draft),
        "moves": [lay_out_move(move, budget) for move in list_moves(budget, request.user)],
    }
    title = "确认与办理"
    return show(request, "workplace/confirm.html", budget, step="confirm", title=title, **context)


def describe(dossier: Dossier) -> dict[str, object]:
    """What the page says of a budget to everybody."""
    budget = dossier.budget
    return {
        "seen": dossier.draft.digest,
        "sums": add_up(fact for fact in dossier.filing.facts if not fact.internal),
        "warned": dossier.warned,
        "last_edit": edits_of(budget).first(),
        "unsettled": count_unsettled(budget),
        "transitions": Transition.objects.filter(budget=budget).select_related("who"),
        "records": list_records(budget),
        "days_allowed": DAYS_ALLOWED,
    }


def list_records(budget: Budget):
    """How each version of the budget came to be public, newest first."""
    own = Record.objects.filter(
        disclosure__department=budget.department_id, disclosure__year=budget.year
    )
    return own.select_related("disclosure", "pressed_by").defer("disclosure__content")


def list_reasons(who, budget: Budget, draft) -> list[str]:
    """What stands against confirming, while the budget is being filled."""
    if budget.locked:
        return []
    return [*why_not_by(budget, who), *why_not_ready(budget, draft)]
