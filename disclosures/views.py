"""The window: what the public reads and takes away, made from frozen content only."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, http_date, quote_etag
from django.views.decorators.http import require_safe

from disclosures.answers import answer
from disclosures.document import compose
from disclosures.exports import csv
from disclosures.models import DisclosureFile, FileKind
from disclosures.shelf import Shelf, find_shelf, list_downloads, list_published

CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.JSON: "application/json",
}
# What the look of a page is made of: a page drawn before a release is stale after it.
LOOKS = (("templates", "*.html"), ("static", "*.css"))
# A correction is seen within a minute; what a version's own address gives never changes.
MINUTE, YEAR = 60, 365 * 24 * 3600


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """What has been published, by year and department."""
    entries = [
        {"disclosure": disclosure, "year": disclosure.year, "downloads": list_downloads(disclosure)}
        for disclosure in list_published()
    ]
    return render(request, "home.html", {"entries": entries})


@require_safe
def show_page(
    request: HttpRequest, year: int, code: str, version: int | None = None
) -> HttpResponse:
    """The document as a page: the version in force, or the one named in the address."""
    shelf = find_shelf(year, code, version)
    tag = f"{shelf.tag}-{identify_release()}"
    response = reply(request, tag, shelf.moment, lambda: draw_page(request, shelf))
    patch_cache_control(response, public=True, max_age=MINUTE)
    return response


@require_safe
def send_file(
    request: HttpRequest, year: int, code: str, kind: str, version: int | None = None
) -> HttpResponse:
    """The PDF, spreadsheet or JSON of a version, the very bytes made when it was published."""
    shelf = find_shelf(year, code, version)
    file = next((file for file in shelf.chosen.files.all() if file.kind == kind), None)
    if file is None:
        raise Http404("这个版本没有这种形式的文件。")
    response = reply(request, file.sha256, shelf.chosen.published_at, lambda: enclose(file))
    return keep(response, version)


@require_safe
def send_table(
    request: HttpRequest, year: int, code: str, key: str, version: int | None = None
) -> HttpResponse:
    """One table as CSV."""
    shelf = find_shelf(year, code, version)
    tag = f"{shelf.chosen.digest}-{key}"
    response = reply(request, tag, shelf.chosen.published_at, lambda: enclose_table(shelf, key))
    return keep(response, version)


@cache
def identify_release() -> str:
    """A name for the templates and stylesheets as they stand."""
    look = sha256()
    for folder, names in LOOKS:
        for path in sorted((settings.BASE_DIR / folder).rglob(names)):
            look.update(path.read_bytes())
    return look.hexdigest()[:12]


def reply(
    request: HttpRequest, tag: str, moment: datetime, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """The response, made only where the reader does not already have it (304)."""
    etag, modified = quote_etag(tag), int(moment.timestamp())
    known = get_conditional_response(request, etag=etag, last_modified=modified)
    response = known or make()
    response.headers.setdefault("ETag", etag)
    response.headers.setdefault("Last-Modified", http_date(modified))
    return response


def keep(response: HttpResponse, version: int | None) -> HttpResponse:
    """How long a file may be kept: for ever at a version's own address, else a minute."""
    if version is None:
        patch_cache_control(response, public=True, max_age=MINUTE)
    else:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response


def draw_page(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """The page of the shelf's chosen version."""
    content = shelf.chosen.data
    context = {
        "shelf": shelf,
        "disclosure": shelf.chosen,
        "document": compose(content),
        "answers": answer(content),
        "base": shelf.address,
        "canonical": shelf.canonical,
    }
    return render(request, "disclosures/page.html", context)


def enclose(file: DisclosureFile) -> HttpResponse:
    """A kept file under its Chinese name."""
    return attach(bytes(file.data), CONTENT_TYPES[FileKind(file.kind)], file.name)


def enclose_table(shelf: Shelf, key: str) -> HttpResponse:
    """A table of the chosen version as CSV; Http404 where it has no such table."""
    grid = shelf.chosen.data["grids"].get(key)
    if grid is None:
        raise Http404(f"这个版本没有编号为“{key}”的表。")
    title = f"{grid['label']}{grid['title']}"
    name = f"{shelf.chosen.title}-第{shelf.chosen.version}版-{title}.csv"
    return attach(csv.build(grid), "text/csv; charset=utf-8", name)


def attach(data: bytes, content_type: str, name: str) -> HttpResponse:
    """Bytes to be saved under a name."""
    disposition = content_disposition_header(True, name)
    headers = {"Content-Disposition": disposition}
    return HttpResponse(data, content_type=content_type, headers=headers)
