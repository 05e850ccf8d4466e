"""The page that searches: the form, what is wrong with the question, or what was found."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from disclosures.public.caching import public_page
from disclosures.public.directory import is_made_up, list_years
from disclosures.public.search.hits import FEW, find
from disclosures.public.search.question import LONGEST, Question, UnclearError, read_question


@require_safe
@public_page(minutes=1, parameters=["q", "year", "kind", "page"])
def show_search(request: HttpRequest) -> HttpResponse:
    """Results for `?q=…&year=…`, a few of each kind, or a page of the one in `kind`."""
    context = {"asked": request.GET.get("q", "")[: LONGEST * 2], "longest": LONGEST}
    context |= {"years": list_years(), "is_demo": is_made_up()}
    try:
        question = read_question(request.GET)
    except UnclearError as unclear:
        context |= {"mistake": str(unclear)}
        return render(request, "disclosures/finding/search.html", context, status=400)
    context |= {"question": question}
    if question:
        context |= lay_out(question)
    return render(request, "disclosures/finding/search.html", context)


def lay_out(question: Question) -> dict:
    """The shelves with their links, and the pages before and after this one."""
    found = find(question)
    shelves = [
        {
            "kind": shelf.kind.label,
            "hits": shelf.hits,
            "told": f"{shelf.count}条以上" if shelf.is_more else f"{shelf.count}条",
            "href": link(question, shelf.kind) if not question.kind and shelf.count > FEW else "",
        }
        for shelf in found
    ]
    pages = found[0].pages if question.kind and found else 1
    before, after = question.page - 1, question.page + 1
    return {
        "shelves": shelves,
        "pages": pages,
        "before": link(question, question.kind, before) if 1 <= before <= pages else "",
        "after": link(question, question.kind, after) if after <= pages else "",
        "all": link(question) if question.kind else "",
    }


def link(question: Question, kind: str | None = None, page: int = 1) -> str:
    """The address of the same question about one kind, or of another page."""
    asked = {"q": question.text, "year": question.year, "kind": kind and str(kind)}
    asked |= {"page": page if page > 1 else None}
    return "?" + urlencode({name: value for name, value in asked.items() if value})
