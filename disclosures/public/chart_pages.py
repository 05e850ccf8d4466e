"""The gallery: a published budget to look at — its charts, and all of it on one picture."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from budgets.domain.answers import answer
from disclosures.models import Disclosure
from disclosures.public.charts.drawing import Drawing, draw
from disclosures.public.charts.figure import Chart
from disclosures.public.charts.selection import list_charts
from disclosures.public.charts.years import list_year_charts
from disclosures.public.figure_pages import cite
from disclosures.public.qr import draw_code
from disclosures.public.responses import ALONE, identify_release, keep, public_page, reply
from disclosures.public.versions import Shelf, find_shelf
from disclosures.publishing.pdf.pictures import paint_drawing, paint_page, render_sheet

# One sheet of paper holds no more.
MOST_PURPOSES = 7


@require_safe
@public_page(minutes=1)
def show_charts(
    request: HttpRequest, year: int, code: str, version: int | None = None
) -> HttpResponse:
    """Every chart of a version with its table beside it, then the department's several years."""
    shelf = find_shelf(year, code, version)
    years = list_years(shelf)
    return respond(request, shelf, years, lambda: hang_charts(request, shelf, years))


@require_safe
@public_page(minutes=1)
def show_picture(
    request: HttpRequest, year: int, code: str, version: int | None = None
) -> HttpResponse:
    """一图读懂: the budget on one sheet of paper, with a code that leads to its page."""
    shelf = find_shelf(year, code, version)
    return respond(request, shelf, (), lambda: hang_picture(request, shelf))


def respond(
    request: HttpRequest, shelf: Shelf, years: Sequence[Disclosure], make: Callable
) -> HttpResponse:
    """The response, as fresh as the version and the other years that it shows."""
    parts = [shelf.tag, *(f"{each.year}.{each.digest[:16]}" for each in years), identify_release()]
    moment = max([shelf.moment, *(each.published_at for each in years)])
    return reply(request, "-".join(parts), moment, make)


def list_years(shelf: Shelf) -> list[Disclosure]:
    """The department's years, oldest first: the chosen version, and of others that in force."""
    chosen = shelf.chosen
    current = Disclosure.objects.current().without_content().select_related("department")
    others = current.filter(department=chosen.department).exclude(year=chosen.year)
    return sorted([*others, chosen], key=lambda each: each.year)


def describe(shelf: Shelf) -> dict:
    """What every page of the gallery knows."""
    return {
        "shelf": shelf,
        "is_demo": shelf.chosen.department.is_demo,
        "disclosure": shelf.chosen,
        "base": shelf.address,
        "base_link": shelf.address,
        "canonical": shelf.canonical,
    }


def hang_charts(request: HttpRequest, shelf: Shelf, years: Sequence[Disclosure]) -> HttpResponse:
    """The page of all charts."""
    context = describe(shelf) | {
        "drawings": [draw(chart) for chart in list_charts(shelf.chosen.document, shelf.address)],
        "through_years": [draw(chart) for chart in chart_years(years)],
        # Painted charts would be the larger part of an exported site; it has the drawn ones.
        "stands_alone": ALONE in request.META,
    }
    return render(request, "disclosures/gallery/charts.html", context)


def chart_years(years: Sequence[Disclosure]) -> list[Chart]:
    """The charts through the years, each bar linked to its own year's version."""
    return list_year_charts([(each.document, each.get_absolute_url()) for each in years])


def shorten(answers: dict) -> dict:
    """The answers with as many purposes as one sheet holds, and how many are left out."""
    largest = answers["purposes"][:MOST_PURPOSES]
    return answers | {"largest": largest, "unlisted": len(answers["purposes"]) - len(largest)}


def hang_picture(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """The one-page picture."""
    context = describe(shelf) | describe_sheet(request, shelf)
    return render(request, "disclosures/gallery/picture.html", context)


def describe_sheet(request: HttpRequest, shelf: Shelf) -> dict:
    """What the sheet tells, on the page and on paper."""
    address = request.build_absolute_uri(shelf.address)
    return {
        "disclosure": shelf.chosen,
        "answers": shorten(answer(shelf.chosen.document)),
        "citation": cite(shelf.chosen),
        "address": address,
        "code": draw_code(address),
    }


TYPES = {"pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml; charset=utf-8"}
# In pixels: 200 to the inch of A4, and three times a phone's own.
SHEET_WIDTH, CHART_WIDTH = 1654, 1200


@require_safe
@public_page(minutes=1)
def send_picture(
    request: HttpRequest, year: int, code: str, form: str, version: int | None = None
) -> HttpResponse:
    """一图读懂 as a file: one page of PDF, or that page as PNG."""
    shelf = find_shelf(year, code, version)
    chosen = shelf.chosen
    state = f"{chosen.digest}-{chosen.version}-{identify_release()}"
    make = partial(hand_sheet, request, shelf, state, form)
    return keep(reply(request, f"{state}-{form}", chosen.published_at, make), version)


@require_safe
@public_page(minutes=1)
def send_chart(
    request: HttpRequest, year: int, code: str, key: str, form: str, version: int | None = None
) -> HttpResponse:
    """One chart as a picture of its own, with its source line."""
    shelf = find_shelf(year, code, version)
    years = list_years(shelf)
    return respond(request, shelf, years, lambda: hand_chart(request, shelf, years, key, form))


def hand_sheet(request: HttpRequest, shelf: Shelf, state: str, form: str) -> HttpResponse:
    """The sheet in one of its forms; the PNG is painted from the PDF."""
    address = request.build_absolute_uri(shelf.address)
    data = remember(f"{state} {address} pdf", lambda: print_sheet(request, shelf))
    if form == "png":
        page = data
        data = remember(f"{state} {address} png", lambda: paint_page(page, SHEET_WIDTH))
    return hand_over(data, shelf.chosen, "一图读懂", form)


def print_sheet(request: HttpRequest, shelf: Shelf) -> bytes:
    """The sheet on paper, every link on it leading to the website."""
    chosen, told = shelf.chosen, describe_sheet(request, shelf)
    html = render_to_string("disclosures/gallery/sheet.html", told | {"base_link": told["address"]})
    title, author = f"一图读懂：{chosen.title}", chosen.department.name
    return render_sheet(html, title=title, author=author, created=chosen.published_at)


def hand_chart(
    request: HttpRequest, shelf: Shelf, years: Sequence[Disclosure], key: str, form: str
) -> HttpResponse:
    """A chart in one of its forms; Http404 where the version has no such chart."""
    charts = [*list_charts(shelf.chosen.document), *chart_years(years)]
    found = next((chart for chart in charts if chart.key == key), None)
    if found is None:
        raise Http404(f"这个版本没有名为“{key}”的图。")
    source = f"来源：{cite(shelf.chosen)}，{found.source}"
    data = draw_alone(draw(found, (source, request.build_absolute_uri(shelf.address))), form)
    return hand_over(data, shelf.chosen, found.title, form)


def draw_alone(drawing: Drawing, form: str) -> bytes:
    """A drawing that stands alone, as SVG or painted from it."""
    svg = render_to_string("disclosures/chart/file.svg", {"drawing": drawing})
    if form == "svg":
        return svg.encode()
    size = (drawing.width, drawing.height)
    return remember(f"{svg} png", lambda: paint_drawing(svg, size, CHART_WIDTH))


def remember(shown: str, make: Callable[[], bytes]) -> bytes:
    """The picture of what is shown, as it was made before; made where it was not."""
    if not settings.KEEP_PICTURES:
        return make()
    pictures, name = caches["pictures"], sha256(shown.encode()).hexdigest()
    data = pictures.get(name)
    if data is None:
        data = make()
        # A full disk keeps no picture, and hides none.
        with suppress(OSError):
            pictures.set(name, data, None)
    return data


def hand_over(data: bytes, disclosure: Disclosure, what: str, form: str) -> HttpResponse:
    """A picture, shown where it is opened, and saved under a name of its own."""
    name = f"{disclosure.title}-第{disclosure.version}版-{what}.{form}"
    headers = {"Content-Disposition": content_disposition_header(False, name)}
    return HttpResponse(data, content_type=TYPES[form], headers=headers)
