"""A published budget to look at: its charts, and one picture of it, as pages and as files."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any

import segno
from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from budgets.domain.answers import answer
from disclosures.models import Disclosure
from disclosures.public.charts.chart import BarChart
from disclosures.public.charts.drawing import Drawing, draw_chart
from disclosures.public.charts.selection import list_charts, list_year_charts
from disclosures.public.responses import ALONE, identify_release, keep, public_page, reply
from disclosures.public.versions import Versions, find_versions
from disclosures.publishing.exports import serve_file
from disclosures.publishing.pdf.pictures import paint_drawing, paint_page, render_sheet

TYPES = {"pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml; charset=utf-8"}
# In pixels: 200 to the inch of A4, and three times a phone's own.
SHEET_WIDTH, CHART_WIDTH = 1654, 1200
# One sheet of paper holds no more.
MOST_PURPOSES = 7


@require_safe
@public_page(minutes=1)
def show_charts(
    request: HttpRequest, year: int, code: str, version: int | None = None
) -> HttpResponse:
    versions = find_versions(year, code, version)
    years = list_charted_years(versions)

    def draw_charts() -> HttpResponse:
        charts = list_charts(versions.chosen.document, versions.address)
        context = versions.context | {
            "drawings": [draw_chart(chart) for chart in charts],
            "through_years": [draw_chart(chart) for chart in chart_years(years)],
            # Painted charts would be the larger part of an exported site; it has the drawn ones.
            "stands_alone": ALONE in request.META,
        }
        return render(request, "disclosures/charts/charts.html", context)

    return reply_with_years(request, versions, years, draw_charts)


@require_safe
@public_page(minutes=1)
def send_chart(
    request: HttpRequest, year: int, code: str, key: str, form: str, version: int | None = None
) -> HttpResponse:
    versions = find_versions(year, code, version)
    years = list_charted_years(versions)

    def send() -> HttpResponse:
        charts = [*list_charts(versions.chosen.document), *chart_years(years)]
        found = next((chart for chart in charts if chart.key == key), None)
        if found is None:
            raise Http404(f"这个版本没有名为“{key}”的图。")
        source = f"来源：{versions.citation}，{found.source}"
        drawing = draw_chart(found, (source, request.build_absolute_uri(versions.address)))
        return serve_picture(draw_alone(drawing, form), versions.chosen, found.title, form)

    return reply_with_years(request, versions, years, send)


def reply_with_years(
    request: HttpRequest,
    versions: Versions,
    years: Sequence[Disclosure],
    make: Callable[[], HttpResponse],
) -> HttpResponse:
    """The response, as fresh as the version and the other years that it shows."""
    shown = [f"{each.year}.{each.digest[:16]}" for each in years]
    tag = "-".join([versions.tag, *shown, identify_release()])
    moment = max([versions.moment, *(each.published_at for each in years)])
    return reply(request, tag, moment, make)


def list_charted_years(versions: Versions) -> list[Disclosure]:
    """The department's years, oldest first: the chosen version, and of others that in force."""
    chosen = versions.chosen
    current = Disclosure.objects.current().without_content().select_related("department")
    others = current.filter(department=chosen.department).exclude(year=chosen.year)
    return sorted([*others, chosen], key=lambda each: each.year)


def chart_years(years: Sequence[Disclosure]) -> list[BarChart]:
    """The charts through the years, each bar linked to its own year's version."""
    return list_year_charts([(each.document, each.get_absolute_url()) for each in years])


@require_safe
@public_page(minutes=1)
def show_picture(
    request: HttpRequest, year: int, code: str, version: int | None = None
) -> HttpResponse:
    """一图读懂: the budget on one sheet of paper, with a code that leads to its page."""
    versions = find_versions(year, code, version)

    def draw_picture() -> HttpResponse:
        context = versions.context | describe_picture(request, versions)
        context |= {"base_link": versions.address}
        return render(request, "disclosures/charts/picture.html", context)

    tag = f"{versions.tag}-{identify_release()}"
    return reply(request, tag, versions.moment, draw_picture)


@require_safe
@public_page(minutes=1)
def send_picture(
    request: HttpRequest, year: int, code: str, form: str, version: int | None = None
) -> HttpResponse:
    """一图读懂 as a file: one page of PDF, or that page painted as PNG."""
    versions = find_versions(year, code, version)
    chosen = versions.chosen
    state = f"{chosen.digest}-{chosen.version}-{identify_release()}"

    def send() -> HttpResponse:
        address = request.build_absolute_uri(versions.address)
        page = remember(f"{state} {address} pdf", lambda: print_sheet(request, versions))
        data = page
        if form == "png":
            data = remember(f"{state} {address} png", lambda: paint_page(page, SHEET_WIDTH))
        return serve_picture(data, chosen, "一图读懂", form)

    return keep(reply(request, f"{state}-{form}", chosen.published_at, send), version)


def print_sheet(request: HttpRequest, versions: Versions) -> bytes:
    """The sheet on paper, every link on it leading to the website."""
    chosen, told = versions.chosen, describe_picture(request, versions)
    html = render_to_string("disclosures/charts/sheet.html", told | {"base_link": told["address"]})
    title, author = f"一图读懂：{chosen.title}", chosen.department.name
    return render_sheet(html, title=title, author=author, created=chosen.published_at)


def describe_picture(request: HttpRequest, versions: Versions) -> dict[str, Any]:
    address = request.build_absolute_uri(versions.address)
    return {
        "disclosure": versions.chosen,
        "answers": shorten(answer(versions.chosen.document)),
        "citation": versions.citation,
        "address": address,
        "code": draw_code(address),
    }


def shorten(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers with as many purposes as one sheet holds, and how many are left out."""
    largest = answers["purposes"][:MOST_PURPOSES]
    return answers | {"largest": largest, "unlisted": len(answers["purposes"]) - len(largest)}


def draw_code(address: str) -> SafeString:
    """A QR code as inline SVG: black on white with its quiet zone, in any colour scheme."""
    code = segno.make_qr(address, error="m")
    look = {"light": "#fff", "svgclass": "qr", "lineclass": None, "omitsize": True}
    # The library's own markup; the address is in its squares and in no text.
    return mark_safe(code.svg_inline(border=4, title="二维码：这份公开的网址", **look))  # noqa: S308


def draw_alone(drawing: Drawing, form: str) -> bytes:
    svg = render_to_string("disclosures/charts/file.svg", {"drawing": drawing})
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


def serve_picture(data: bytes, disclosure: Disclosure, what: str, form: str) -> HttpResponse:
    """A picture, shown where it is opened, and saved under a name of its own."""
    name = f"{disclosure.title}-第{disclosure.version}版-{what}.{form}"
    return serve_file(data, TYPES[form], name, as_attachment=False)
