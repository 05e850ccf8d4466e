"""The window: what the public reads and takes away, made from frozen content only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.domain.answers import answer
from disclosures.models import DisclosureFile
from disclosures.public.display_options import Look, look_at
from disclosures.public.open_data import describe_dataset, name_contents
from disclosures.public.responses import (
    attach,
    identify,
    identify_release,
    keep,
    public_page,
    reply,
)
from disclosures.public.versions import Shelf, find_shelf
from disclosures.public.years import YearSwitch, switch_years
from disclosures.publishing.exports import TYPES


@require_safe
@public_page(minutes=1, parameters=["unit=yuan", "last=1"])
def show_page(
    request: HttpRequest, year: int, code: str, version: int | None = None
) -> HttpResponse:
    """The document as a page: the version in force, or the one named in the address."""
    shelf = find_shelf(year, code, version)
    switch = switch_years(shelf.chosen.department, year)
    look = look_at(shelf.chosen, request.GET)
    tag = f"{shelf.tag}-{identify(switch.tag + look.tag)}-{identify_release()}"
    moment = max(filter(None, (shelf.moment, switch.moment, look.moment)))
    return reply(request, tag, moment, lambda: draw_page(request, shelf, switch, look))


@require_safe
@public_page(minutes=1)
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


def draw_page(request: HttpRequest, shelf: Shelf, switch: YearSwitch, look: Look) -> HttpResponse:
    """The page of the shelf's chosen version, as the address asks to see it."""
    dataset = describe_dataset(shelf, request.build_absolute_uri)
    context = describe_page(shelf, look) | {"switch": switch, "dataset": dataset}
    return render(request, "disclosures/page.html", context)


def describe_page(shelf: Shelf, look: Look) -> dict:
    """What the page knows of the version and of the look at it."""
    document = shelf.chosen.document
    return {
        "shelf": shelf,
        "is_demo": shelf.chosen.department.is_demo,
        "disclosure": shelf.chosen,
        "document": look.compose(document),
        "answers": answer(document),
        "contents": name_contents(shelf.chosen.year),
        "lens": look.lens,
        "last": look.last,
        "base": shelf.address,
        "canonical": shelf.canonical,
    }


def enclose(file: DisclosureFile) -> HttpResponse:
    """A kept file under its Chinese name."""
    return attach(bytes(file.data), TYPES[file.kind], file.name)
