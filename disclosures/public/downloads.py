"""What the public takes away besides whole documents: single tables, and lists."""

from datetime import UTC, datetime
from hashlib import sha256

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from disclosures.models import Disclosure
from disclosures.public.package.archive import keep_archive, name_state
from disclosures.public.responses import attach, identify_release, keep, public_page, reply
from disclosures.public.versions import Shelf, find_shelf, list_published
from disclosures.publishing.exports import TYPES, csv, json, listing, xlsx
from disclosures.publishing.exports.listing import Listing

# When nothing has been published yet, a list has never changed.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@require_safe
@public_page(minutes=1)
def send_table(
    request: HttpRequest, year: int, code: str, key: str, form: str, version: int | None = None
) -> HttpResponse:
    """One table as CSV, XLSX or JSON."""
    shelf = find_shelf(year, code, version)
    tag = f"{shelf.chosen.digest}-{shelf.chosen.version}-{key}-{form}"
    moment = shelf.chosen.published_at
    response = reply(request, tag, moment, lambda: enclose_table(shelf, key, form))
    return keep(response, version)


@require_safe
@public_page(minutes=1)
def send_package(request: HttpRequest, year: int) -> HttpResponse:
    """A year of the whole county as one ZIP, made when it is first asked for and kept."""
    found = list(list_published().filter(year=year).order_by("department__code"))
    if not found:
        raise Http404(f"这里没有{year}年的部门预算公开。")
    state = name_state(found, identify_release())
    moment = max(disclosure.published_at for disclosure in found)
    name = f"{year}年部门预算公开.zip"
    response = reply(request, state, moment, lambda: hand_over(year, found, state, name))
    return keep(response, None)


def hand_over(year: int, found: list[Disclosure], state: str, name: str) -> FileResponse:
    """The package from disk."""
    file = keep_archive(year, found, state).open("rb")
    return FileResponse(file, as_attachment=True, filename=name)


def send_listing(request: HttpRequest, made: Listing, form: str) -> HttpResponse:
    """Any list of the public site in one of the forms of `exports.listing`, conditionally.

    The answer may be kept for a minute; its tag is the digest of its bytes.
    """
    data = listing.build(made, form)
    name = f"{made.title}.{form}"
    tag = sha256(data).hexdigest()
    response = reply(request, tag, made.changed, lambda: attach(data, TYPES[form], name))
    return keep(response, None)


def enclose_table(shelf: Shelf, key: str, form: str) -> HttpResponse:
    """A table of the chosen version as a file; Http404 where it has no such table."""
    grid = shelf.chosen.document.tables_by_key.get(key)
    if grid is None:
        raise Http404(f"这个版本没有编号为“{key}”的表。")
    title = f"{grid.label}{grid.title}"
    name = f"{shelf.chosen.title}-第{shelf.chosen.version}版-{title}.{form}"
    return attach(build_table(shelf.chosen, key, form), TYPES[form], name)


def build_table(disclosure: Disclosure, key: str, form: str) -> bytes:
    """A table of a version; equal versions give equal bytes."""
    document, at = disclosure.document, disclosure.published_at
    known = {"version": disclosure.version, "digest": disclosure.digest}
    if form == "csv":
        return csv.build(document.tables_by_key[key])
    if form == "xlsx":
        return xlsx.build_table(document, key, created=at, **known)
    return json.build_table(document, key, published_at=at, reason=disclosure.reason, **known)
