"""What the public takes away as files: documents, single tables, lists, a year of the county."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from disclosures.models import Disclosure, IndexEntry
from disclosures.public.kept import find_file, send_kept
from disclosures.public.responses import keep, public_page, reply, say_later
from disclosures.public.versions import find_versions
from disclosures.publishing.exports import TYPES, serve_file
from disclosures.publishing.exports.data import build_table_csv, build_table_json
from disclosures.publishing.exports.listing import Listing, build_listing
from disclosures.publishing.exports.workbook import build_workbook

# When nothing has been published yet, a list has never changed.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@require_safe
@public_page(minutes=1)
def send_file(
    request: HttpRequest, year: int, code: str, kind: str, version: int | None = None
) -> HttpResponse:
    """The PDF, spreadsheet or JSON of a version, the very bytes made when it was published."""
    chosen = find_versions(year, code, version).chosen
    file = next((file for file in chosen.files.all() if file.kind == kind), None)
    if file is None:
        raise Http404("这个版本没有这种形式的文件。")

    def send() -> HttpResponse:
        return serve_file(bytes(file.data), TYPES[kind], file.name)

    return keep(reply(request, file.sha256, chosen.published_at, send), version)


@require_safe
@public_page(minutes=1)
def send_table(
    request: HttpRequest, year: int, code: str, key: str, form: str, version: int | None = None
) -> HttpResponse:
    versions = find_versions(year, code, version)
    chosen = versions.chosen
    tag = f"{chosen.digest}-{chosen.version}-{key}-{form}"

    def send() -> HttpResponse:
        table = versions.find_table(key)
        name = f"{chosen.title}-第{chosen.version}版-{table.label}{table.title}.{form}"
        return serve_file(build_table(chosen, key, form), TYPES[form], name)

    return keep(reply(request, tag, chosen.published_at, send), version)


def build_table(disclosure: Disclosure, key: str, form: str) -> bytes:
    """A table of a version; equal versions give equal bytes."""
    document, at = disclosure.document, disclosure.published_at
    known: dict[str, Any] = {"version": disclosure.version, "digest": disclosure.digest}
    if form == "csv":
        return build_table_csv(document.tables_by_key[key])
    if form == "xlsx":
        return build_workbook(document, key, created=at, **known)
    return build_table_json(document, key, published_at=at, reason=disclosure.reason, **known)


@require_safe
@public_page(minutes=1, any_size=True)
def send_package(request: HttpRequest, year: int) -> HttpResponseBase:
    """A year of the whole county as one ZIP, as the worker made it."""
    if kept := find_file(request.path):
        return send_kept(request, kept)
    if not IndexEntry.objects.filter(year=year).exists():
        raise Http404(f"这里没有{year}年的部门预算公开。")
    return say_later(f"{year}年的文件正在打包")


def send_listing(request: HttpRequest, made: Listing, form: str) -> HttpResponse:
    """Any list of the public site in one of the forms of `exports.listing`, conditionally.

    The answer may be kept for a minute; its tag is the digest of its bytes.
    """
    data = build_listing(made, form)
    name = f"{made.title}.{form}"
    tag = sha256(data).hexdigest()
    return reply(request, tag, made.changed, lambda: serve_file(data, TYPES[form], name))
