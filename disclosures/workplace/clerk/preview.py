"""The document before it is published: the public page and the PDF as they will be, marked 草稿."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from budgets.domain.answers import answer
from disclosures.models import Disclosure
from disclosures.publishing.drawing import Former, LastYear, draw_document, draw_paper
from disclosures.publishing.exports import TYPES, serve_file
from disclosures.publishing.pdf.rendering import render_pdf
from disclosures.workflow.access import find_budget
from disclosures.workflow.comments import count_unsettled, may_comment
from disclosures.workflow.drafting import next_version
from disclosures.workplace.dossier import Dossier, find_amounts, open_dossier

MARK = "草稿"


@require_safe
def show_preview(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The public page of the budget as it stands; `?last=1` puts last year's amounts beside."""
    budget = find_budget(request.user, year, code)
    context = describe_preview(open_dossier(budget), with_last=wants_last(request)) | {
        "may_comment": may_comment(request.user, budget),
        "unsettled": count_unsettled(budget),
    }
    return render(request, "workplace/preview.html", context)


@require_safe
def send_preview_pdf(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The PDF of the budget as it stands, marked on every page.

    It is without the attachments that a publication carries.
    """
    dossier = open_dossier(find_budget(request.user, year, code))
    draft = dossier.draft
    paper = render_pdf(
        draw_paper(
            draft,
            version=next_version(dossier.budget),
            digest=draft.digest,
            mark=MARK,
            last=read_last_year(dossier) if wants_last(request) else None,
        ),
        title=f"{draft.title}（{MARK}）",
        author=draft.department.name,
        created=timezone.now(),
    )
    return serve_file(paper, TYPES["pdf"], f"{draft.title}-{MARK}.pdf", as_attachment=False)


def wants_last(request: HttpRequest) -> bool:
    return request.GET.get("last") == "1"


def describe_preview(
    dossier: Dossier, *, with_last: bool = False, former: Former | None = None
) -> dict[str, Any]:
    budget, draft = dossier.budget, dossier.draft
    last = read_last_year(dossier) if with_last else None
    return {
        "budget": budget,
        "draft": MARK,
        "with_last": with_last,
        "pending": dossier.open_count,
        # The version that it would become; it is never saved.
        "disclosure": Disclosure(
            department=budget.department,
            year=budget.year,
            version=next_version(budget),
            title=draft.title,
            digest=draft.digest,
            published_at=None,  # type: ignore[misc]
        ),
        "document": draft,
        "drawn": draw_document(draft, last=last, former=former),
        "answers": answer(draft),
    }


def read_last_year(dossier: Dossier) -> LastYear:
    return LastYear(find_amounts(dossier.budget, dossier.filing))
