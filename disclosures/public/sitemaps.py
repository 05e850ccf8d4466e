"""Every public page by address, for search engines and for the export of the whole site."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from itertools import repeat

from django.contrib.sitemaps import Sitemap
from django.contrib.sites.requests import RequestSite
from django.core.paginator import InvalidPage
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.domain.tables.form import Role
from disclosures.models import Disclosure, IndexEntry, IndexFigure
from disclosures.public.reports.topics import TOPICS
from disclosures.public.responses import public_page
from disclosures.public.years import list_published_years

# The name of an address, its arguments, and when the page last changed, where that is known.
Place = tuple[str, Sequence[object], datetime | None]
XML = "application/xml"
# What holds the same again: figures one by one, tables in frames, looks, answers to questions.
ROBOTS = """User-agent: *
Crawl-delay: 2
Disallow: /admin/
Disallow: /healthz
Disallow: /api/
Disallow: /embed/
Disallow: /*/cells/
Disallow: /*/sentences/
Disallow: /*?

Sitemap: {address}
"""


# How many addresses a part of the map holds.
LINES = 300


class PlaceSitemap(Sitemap):
    limit = LINES

    def __init__(self, list_places: Callable[[], list[Place]]) -> None:
        self.list_places = list_places

    def items(self) -> list[Place]:
        return self.list_places()

    def location(self, item: Place) -> str:
        name, arguments, _ = item
        return reverse(f"disclosures:{name}", args=arguments)

    def lastmod(self, item: Place) -> datetime | None:
        return item[2]


class RowSitemap(Sitemap):
    """A page for each row that is found: what its address is made of, and when it last changed."""

    limit = LINES

    def __init__(self, name: str, find: Callable[[], QuerySet]) -> None:
        self.name, self.find = name, find

    def items(self) -> QuerySet:
        return self.find()

    def location(self, item: tuple) -> str:
        return reverse(f"disclosures:{self.name}", args=item[:-1])

    def lastmod(self, item: tuple) -> datetime:
        return item[-1]


def list_places_by_year(*names: str) -> list[Place]:
    """Newest year first."""
    return [(name, (year,), None) for year in list_published_years() for name in names]


def find_current() -> QuerySet:
    found = IndexEntry.objects.order_by("-year", "department__code")
    return found.values_list("year", "department__code", "published_at")


def find_former() -> QuerySet:
    """Versions that have been corrected: they stay readable under their own address."""
    former = Disclosure.objects.exclude(pk__in=IndexEntry.objects.values("disclosure"))
    ordered = former.order_by("-year", "department__code", "-version")
    return ordered.values_list("year", "department__code", "version", "published_at")


def list_code_places() -> list[Place]:
    """Each code in the tables by function and by economic code of what is in force."""
    pages: list[Place] = []
    for kind, table in (("function", Role.SPENDING), ("economic", Role.BASIC)):
        rows = IndexFigure.objects.filter(column="total", table=table).exclude(**{kind: ""})
        codes = rows.values_list(kind, flat=True).distinct()
        pages += [("code", (kind, code), None) for code in sorted(codes)]
    return [("codes", (), None), *pages] if pages else []


# Whoever adds a kind of public page adds it here; the site's export begins from these.
SITEMAPS: dict[str, Sitemap] = {
    "fixed": PlaceSitemap(
        lambda: [(name, (), None) for name in ("home", "years", "data", "identify")]
    ),
    "years": PlaceSitemap(
        partial(list_places_by_year, "year", "year-by-kind", "year-by-size", "county-charts")
    ),
    "current": RowSitemap("page", find_current),
    "charts": RowSitemap("charts", find_current),
    "pictures": RowSitemap("picture", find_current),
    "former": RowSitemap("version", find_former),
    "codes": PlaceSitemap(list_code_places),
    "topics": PlaceSitemap(
        lambda: [
            ("topic-year", (key, year), None) for year in list_published_years() for key in TOPICS
        ]
    ),
    "comparing": PlaceSitemap(
        partial(
            list_places_by_year,
            *("reasons-year", "timeliness-year", "projects-year", "indicators-year"),
        )
    ),
}


@require_safe
@public_page(minutes=1)
def show_sitemap(request: HttpRequest) -> HttpResponse:
    """The map's parts."""
    parts = [
        {"location": request.build_absolute_uri(reverse("disclosures:sitemap-part", args=place))}
        for section, own in SITEMAPS.items()
        for place in zip(repeat(section), own.paginator.page_range)
    ]
    return render(request, "sitemap_index.xml", {"sitemaps": parts}, content_type=XML)


@require_safe
@public_page(minutes=1)
def show_sitemap_part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    if section not in SITEMAPS:
        raise Http404(f"网站地图没有“{section[:20]}”这一部分。")
    try:
        found = SITEMAPS[section].get_urls(number, RequestSite(request), request.scheme)
    except InvalidPage as unknown:
        raise Http404(f"网站地图的这一部分没有第{number}页。") from unknown
    return render(request, "sitemap.xml", {"urlset": found}, content_type=XML)


@require_safe
@public_page(minutes=1)
def send_robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read, and how fast: all public pages that are not others again."""
    address = request.build_absolute_uri(reverse("disclosures:sitemap"))
    return HttpResponse(ROBOTS.format(address=address), content_type="text/plain; charset=utf-8")
