"""Every public page by address, for search engines and for the export of the whole site."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.domain.tables.form import Role
from disclosures.models import Disclosure, IndexEntry, IndexFigure
from disclosures.public.reports.topics import TOPICS
from disclosures.public.responses import public_page
from disclosures.public.years import list_entries, list_published_years

# The name of an address, its arguments, and when the page last changed, where that is known.
Place = tuple[str, Sequence[object], datetime | None]
ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /healthz
Disallow: /api/

Sitemap: {address}
"""


class PlaceSitemap(Sitemap):
    def __init__(self, list_places: Callable[[], list[Place]]) -> None:
        self.list_places = list_places

    def items(self) -> list[Place]:
        return self.list_places()

    def location(self, item: Place) -> str:
        name, arguments, _ = item
        return reverse(f"disclosures:{name}", args=arguments)

    def lastmod(self, item: Place) -> datetime | None:
        return item[2]


def list_places_by_year(*names: str) -> list[Place]:
    """Newest year first."""
    return [(name, (year,), None) for year in list_published_years() for name in names]


def list_current_places(name: str) -> list[Place]:
    found = list_entries().order_by("-year", "department__code")
    return [(name, (each.year, each.department.code), each.published_at) for each in found]


def list_former_places() -> list[Place]:
    """Versions that have been corrected: they stay readable under their own address."""
    found = Disclosure.objects.without_content().select_related("department")
    former = found.exclude(pk__in=IndexEntry.objects.values("disclosure"))
    return [
        ("version", (each.year, each.department.code, each.version), each.published_at)
        for each in former.order_by("-year", "department__code", "-version")
    ]


def list_code_places() -> list[Place]:
    """Each code in the tables by function and by economic code of what is in force."""
    pages: list[Place] = []
    for kind, table in (("function", Role.SPENDING), ("economic", Role.BASIC)):
        rows = IndexFigure.objects.filter(column="total", table=table).exclude(**{kind: ""})
        codes = rows.values_list(kind, flat=True).distinct()
        pages += [("code", (kind, code), None) for code in sorted(codes)]
    return [("codes", (), None), *pages] if pages else []


# Whoever adds a kind of public page adds it here; the site's export begins from these.
SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {
    "fixed": PlaceSitemap(
        lambda: [(name, (), None) for name in ("home", "years", "data", "identify")]
    ),
    "years": PlaceSitemap(
        partial(list_places_by_year, "year", "year-by-kind", "year-by-size", "county-charts")
    ),
    "current": PlaceSitemap(partial(list_current_places, "page")),
    "charts": PlaceSitemap(partial(list_current_places, "charts")),
    "pictures": PlaceSitemap(partial(list_current_places, "picture")),
    "former": PlaceSitemap(list_former_places),
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


@public_page(minutes=1, parameters=["p"])
def show_sitemap(request: HttpRequest) -> HttpResponse:
    return sitemap(request, SITEMAPS)


@require_safe
@public_page(minutes=1)
def send_robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: all public pages; the interface holds the same again."""
    address = request.build_absolute_uri(reverse("disclosures:sitemap"))
    return HttpResponse(ROBOTS.format(address=address), content_type="text/plain; charset=utf-8")
