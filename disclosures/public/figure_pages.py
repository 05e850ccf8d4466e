"""The references: a page of its own for every figure and every sentence, to open and to cite."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from budgets.domain.provenance import NamedAmount, explain_figure, explain_sentence
from budgets.domain.text import show_day
from disclosures.models import Disclosure
from disclosures.public.responses import identify_release, public_page, reply
from disclosures.public.versions import Shelf, find_shelf


def cite(disclosure: Disclosure) -> str:
    """尉犁县总工会2025年部门预算公开（第1版，2025年2月14日公开）."""
    day = show_day(timezone.localdate(disclosure.published_at))
    return f"{disclosure.title}（第{disclosure.version}版，{day}公开）"


@require_safe
@public_page(minutes=1)
def show_cell(
    request: HttpRequest, year: int, code: str, at: str, version: int | None = None
) -> HttpResponse:
    """A figure: what it is the sum of, who quotes it, which checks it takes part in."""
    shelf = find_shelf(year, code, version)
    return respond(request, shelf, lambda: draw_cell(request, shelf, at))


@require_safe
@public_page(minutes=1)
def show_sentence(
    request: HttpRequest, year: int, code: str, key: str, version: int | None = None
) -> HttpResponse:
    """A sentence with the figures in it."""
    shelf = find_shelf(year, code, version)
    return respond(request, shelf, lambda: draw_sentence(request, shelf, key))


def respond(request: HttpRequest, shelf: Shelf, make) -> HttpResponse:
    """The response, made only where the reader does not have it."""
    return reply(request, f"{shelf.tag}-{identify_release()}", shelf.moment, make)


def draw_cell(request: HttpRequest, shelf: Shelf, at: str) -> HttpResponse:
    """The page of a figure; Http404 where the version has no such cell."""
    account = explain_figure(shelf.chosen.document, at)
    if account is None:
        raise Http404(f"这个版本没有地址为“{at}”的数。")
    permanent = request.build_absolute_uri(f"{shelf.address}cells/{quote(at)}/")
    citation = cite_cell(shelf, account["place"], permanent)
    context = account | describe(shelf) | {"permanent": permanent, "citation": citation}
    return render(request, "disclosures/reference/cell.html", context)


def draw_sentence(request: HttpRequest, shelf: Shelf, key: str) -> HttpResponse:
    """The page of a sentence; Http404 where the version has no such paragraph."""
    account = explain_sentence(shelf.chosen.document, key)
    if account is None:
        raise Http404(f"这个版本没有地址为“{key}”的段落。")
    permanent = request.build_absolute_uri(f"{shelf.address}sentences/{quote(key)}/")
    citation = f"“{account['text']}”——{cite(shelf.chosen)}，{account['heading']}，{permanent}"
    context = account | describe(shelf) | {"permanent": permanent, "citation": citation}
    return render(request, "disclosures/reference/sentence.html", context)


def cite_cell(shelf: Shelf, place: NamedAmount, address: str) -> str:
    """The citation of a figure: document, table, row and column, amount, scope, address."""
    unit = place.grid.unit
    where = f"{place.table}，{place.called}" if place.called else place.table
    scope = place.cell.scope
    return f"{cite(shelf.chosen)}，{where}：{place.text}{unit}（{scope}），{address}"


def describe(shelf: Shelf) -> dict:
    """What both pages know of their version."""
    return {
        "shelf": shelf,
        "is_demo": shelf.chosen.department.is_demo,
        "disclosure": shelf.chosen,
        "base": shelf.address,
    }
