"""The page for those who take data away: addresses and examples that work as they stand."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from disclosures.public.caching import public_page
from disclosures.public.directory import list_years
from disclosures.public.responses import ALONE
from disclosures.public.versions import list_downloads, list_published
from disclosures.publishing.exports.json import SCHEMAS, make_schema

# What the examples name where nothing has been published yet.
YEAR, CODE = 2025, "107001"


@require_safe
@public_page(minutes=1)
def send_schema(_: HttpRequest, name: str) -> HttpResponse:
    """The JSON Schema of the whole disclosure or of one table; Http404 for any other name."""
    if name not in SCHEMAS:
        raise Http404(f"没有名为“{name}”的结构。")
    shown = json.dumps(make_schema(name), ensure_ascii=False, indent=2)
    return HttpResponse(shown, content_type="application/schema+json")


@require_safe
@public_page(minutes=1)
def show_data(request: HttpRequest) -> HttpResponse:
    """How to take away documents, tables, lists and whole years, by hand or by program."""
    latest = list_published().first()
    context = {
        "root": request.build_absolute_uri("/").removesuffix("/"),
        "year": latest.year if latest else YEAR,
        "code": latest.department.code if latest else CODE,
        "latest": latest,
        "is_demo": latest is not None and latest.department.is_demo,
        "downloads": list_downloads(latest) if latest else (),
        "years": list_years(),
        # Files on a plain web server have no interface behind them.
        "stands_alone": ALONE in request.META,
    }
    return render(request, "disclosures/data.html", context)
