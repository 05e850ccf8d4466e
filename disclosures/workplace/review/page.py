"""The review page: the document as it will be published, beside it what deserves attention."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.domain.document import Finding, fragment
from budgets.domain.red_flags import Mark, attend
from disclosures.workflow.access import Act, find_budget
from disclosures.workflow.comments import may_comment
from disclosures.workflow.moves import list_moves
from disclosures.workflow.submissions import find_earlier
from disclosures.workplace.clerk.confirmation import lay_out_move
from disclosures.workplace.clerk.preview import describe_preview
from disclosures.workplace.comments import find_threads
from disclosures.workplace.dossier import Dossier, open_dossier
from disclosures.workplace.review.appraisals import open_subject, read_others
from disclosures.workplace.review.changed_cells import find_changes, mark_changes

# All threads are listed beside the document, whatever step mends them.
EVERY_STEP = "tasks"


@require_safe
def show_review(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The page for the bureau; what has changed since the last submission is marked."""
    budget = find_budget(request.user, year, code, Act.REVIEW)
    dossier = open_dossier(budget)
    context, seen = lay_out_document(dossier) | weigh(dossier), dossier.draft.digest
    context |= {
        "may_comment": may_comment(request.user, budget),
        "threads": find_threads(budget, EVERY_STEP),
        "moves": [lay_out_move(move, budget, seen) for move in list_moves(budget, request.user)],
    }
    return render(request, "workplace/review/page.html", context)


def lay_out_document(dossier: Dossier) -> dict[str, object]:
    """The document as the preview shows it, with what was submitted before where it differs."""
    context = describe_preview(dossier, with_last=False)
    earlier = find_earlier(dossier.budget)
    if earlier is None:
        return context | {"earlier": None}
    changes = find_changes(earlier.document, dossier.draft)
    document = mark_changes(context["document"], changes)
    return context | {"earlier": earlier, "changes": changes, "document": document}


def weigh(dossier: Dossier) -> dict[str, object]:
    """What the checks found, then what the attentions found, each with its links."""
    others = read_others(dossier.budget)
    found = attend(open_subject(dossier, others))
    return {
        "problems": dossier.mistakes,
        "failed": [link_finding(each) for each in dossier.draft.blocking],
        "warned": [(link_finding(each.finding), each.explanation) for each in dossier.warned],
        "matters": [(each, list(link(marks))) for each, marks in found],
    }


def link(marks: Iterable[Mark]) -> Iterable[tuple[Mark, str]]:
    """Each mark with the fragment of its place."""
    return ((mark_changes, fragment(mark_changes.at)) for mark_changes in marks)


def link_finding(finding: Finding) -> tuple[Finding, str]:
    """A finding with the fragment of the first cell that it speaks of; empty where of none."""
    cells = [figure.at for figure in finding.sides if figure.at]
    return finding, fragment(cells[0]) if cells else ""
