"""A page of its own for every figure and every sentence, to open and to cite."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.domain.provenance import explain_figure, explain_sentence
from disclosures.public.responses import identify_release, public_page, reply
from disclosures.public.versions import find_versions


@require_safe
@public_page(minutes=1)
def show_cell(
    request: HttpRequest, year: int, code: str, at: str, version: int | None = None
) -> HttpResponse:
    """A figure: what it is the sum of, who quotes it, which checks it takes part in.

    Its citation has document, table, row and column, amount, scope and address.
    """
    versions = find_versions(year, code, version)

    def draw_cell() -> HttpResponse:
        account = explain_figure(versions.chosen.document, at)
        if account is None:
            raise Http404(f"这个版本没有地址为“{at}”的数。")
        place = account["place"]
        permanent = request.build_absolute_uri(f"{versions.address}cells/{quote(at)}/")
        where = f"{place.table}，{place.called}" if place.called else place.table
        figure = f"{place.text}{place.grid.unit}（{place.cell.scope}）"
        citation = f"{versions.citation}，{where}：{figure}，{permanent}"
        context = account | versions.context | {"permanent": permanent, "citation": citation}
        return render(request, "disclosures/figures/cell.html", context)

    tag = f"{versions.tag}-{identify_release()}"
    return reply(request, tag, versions.moment, draw_cell)


@require_safe
@public_page(minutes=1)
def show_sentence(
    request: HttpRequest, year: int, code: str, key: str, version: int | None = None
) -> HttpResponse:
    versions = find_versions(year, code, version)

    def draw_sentence() -> HttpResponse:
        account = explain_sentence(versions.chosen.document, key)
        if account is None:
            raise Http404(f"这个版本没有地址为“{key}”的段落。")
        permanent = request.build_absolute_uri(f"{versions.address}sentences/{quote(key)}/")
        where = f"{versions.citation}，{account['heading']}"
        citation = f"“{account['text']}”——{where}，{permanent}"
        context = account | versions.context | {"permanent": permanent, "citation": citation}
        return render(request, "disclosures/figures/sentence.html", context)

    tag = f"{versions.tag}-{identify_release()}"
    return reply(request, tag, versions.moment, draw_sentence)
