"""The page for those who take data away: addresses and examples that work as they stand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from disclosures.public.caching import public_page
from disclosures.public.directory import list_years
from disclosures.public.responses import ALONE
from disclosures.public.versions import list_downloads, list_published

# What the examples name where nothing has been published yet.
YEAR, CODE = 2025, "107001"


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
