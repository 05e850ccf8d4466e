"""Tables that any website may show in a frame of its own pages, each with its source line."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from disclosures.public.caching import public_page
from disclosures.public.figure_pages import cite
from disclosures.public.responses import identify_release, reply
from disclosures.public.versions import Shelf, find_shelf
from disclosures.publishing.document.layout import lay_out_grid

# Only here may another website put a frame around what it did not make; nothing can be done here.
FRAMED = {"default-src": ["'self'"], "frame-ancestors": ["*"]}
CLOSED = {name: ["'none'"] for name in ("base-uri", "form-action", "object-src", "script-src")}


@require_safe
@xframe_options_exempt
@csp_replace(FRAMED | CLOSED)
@public_page(minutes=1)
def show_embedded_table(
    request: HttpRequest, year: int, code: str, key: str, version: int | None = None
) -> HttpResponse:
    """A table alone: of the version in force, or of the one named in the address."""
    shelf = find_shelf(year, code, version)
    tag = f"{shelf.tag}-{key}-{identify_release()}"
    return reply(request, tag, shelf.moment, lambda: frame_table(request, shelf, key))


def frame_table(request: HttpRequest, shelf: Shelf, key: str) -> HttpResponse:
    """The table with its source; Http404 where the version has no such table."""
    grid = shelf.chosen.document.tables_by_key.get(key)
    if grid is None:
        raise Http404(f"这个版本没有编号为“{key}”的表。")
    context = {
        "grid": lay_out_grid(grid),
        "shelf": shelf,
        "base": shelf.address,
        "citation": cite(shelf.chosen),
        "source": request.build_absolute_uri(f"{shelf.address}#{key}"),
    }
    return render(request, "disclosures/embed.html", context)
