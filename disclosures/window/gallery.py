"""The gallery: a published budget to look at — its charts, and all of it on one picture."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from disclosures.answers import answer
from disclosures.charts import Chart, draw, list_charts, list_year_charts
from disclosures.models import Disclosure
from disclosures.public.caching import public_page
from disclosures.window.citation import cite
from disclosures.window.qr import draw_code
from disclosures.window.replies import ALONE, identify_release, reply
from disclosures.window.shelf import Shelf, find_shelf

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
        "drawings": [draw(chart) for chart in list_charts(shelf.chosen.data, shelf.address)],
        "through_years": [draw(chart) for chart in chart_years(years)],
        # Painted charts would be the larger part of an exported site; it has the drawn ones.
        "stands_alone": ALONE in request.META,
    }
    return render(request, "disclosures/gallery/charts.html", context)


def chart_years(years: Sequence[Disclosure]) -> list[Chart]:
    """The charts through the years, each bar linked to its own year's version."""
    return list_year_charts([(each.data, each.get_absolute_url()) for each in years])


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
        "answers": shorten(answer(shelf.chosen.data)),
        "citation": cite(shelf.chosen),
        "address": address,
        "code": draw_code(address),
    }
