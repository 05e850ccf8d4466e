"""Every public page by address, for search engines and for the export of the whole site."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.domain.tables.form import Role
from disclosures.models import Disclosure, IndexEntry, IndexFigure
from disclosures.public.reports.topics import TOPICS
from disclosures.public.responses import public_page
from disclosures.public.years import list_entries, list_published_years


class FixedPages(Sitemap):
    """Pages that are always there, by the names of their addresses."""

    names = ("home", "years", "data", "identify")

    def items(self) -> tuple[str, ...]:
        """The names."""
        return self.names

    def location(self, item: str) -> str:
        """The address of a name."""
        return reverse(f"disclosures:{item}")


class CurrentPages(Sitemap):
    """The page of each disclosure in force."""

    name = "page"

    def items(self) -> list[IndexEntry | Disclosure]:
        """Disclosures in force, as the index tells them."""
        return list(list_entries().order_by("-year", "department__code"))

    def location(self, item: IndexEntry | Disclosure) -> str:
        """Its stable address."""
        return reverse(f"disclosures:{self.name}", args=[item.year, item.department.code])

    def lastmod(self, item: IndexEntry | Disclosure) -> datetime:
        """When it last changed."""
        return item.published_at


class YearPages(Sitemap):
    """The directory of each year in each of its orders."""

    names = ("year", "year-by-kind", "year-by-size", "county-charts")

    def items(self) -> list[tuple[str, int]]:
        """(name of an address, year), newest year first."""
        return [(name, year) for year in list_published_years() for name in self.names]

    def location(self, item: tuple[str, int]) -> str:
        """The address of an order of a year."""
        name, year = item
        return reverse(f"disclosures:{name}", args=[year])


class ChartPages(CurrentPages):
    """The charts of each disclosure in force."""

    name = "charts"


class PicturePages(CurrentPages):
    """Each disclosure in force on one picture."""

    name = "picture"


class FormerPages(CurrentPages):
    """Versions that have been corrected: they stay readable under their own address."""

    def items(self) -> list[Disclosure]:
        """All versions but those in force."""
        found = Disclosure.objects.without_content().select_related("department")
        former = found.exclude(pk__in=IndexEntry.objects.values("disclosure"))
        return list(former.order_by("-year", "department__code", "-version"))

    def location(self, item: Disclosure) -> str:
        """Its own address."""
        return reverse("disclosures:version", args=[item.year, item.department.code, item.version])


class CodePages(Sitemap):
    """The page of each code that occurs in what is in force."""

    def items(self) -> list[tuple[str, str]]:
        """(kind, code): the rows of the tables by function and by economic code."""
        rows = IndexFigure.objects.filter(column="total")
        function = (
            rows.filter(table=Role.SPENDING).exclude(function="").values_list("function", flat=True)
        )
        economic = (
            rows.filter(table=Role.BASIC).exclude(economic="").values_list("economic", flat=True)
        )
        found = (("function", function), ("economic", economic))
        pages = [(kind, code) for kind, codes in found for code in sorted(codes.distinct())]
        return [("", ""), *pages] if pages else []

    def location(self, item: tuple[str, str]) -> str:
        """Its address; the first is that of all codes."""
        return reverse("disclosures:code", args=item) if all(item) else reverse("disclosures:codes")


class TopicPages(Sitemap):
    """Each topic in each year with something published."""

    def items(self) -> list[tuple[str, int]]:
        """(topic, year)."""
        return [(topic, year) for year in list_published_years() for topic in TOPICS]

    def location(self, item: tuple[str, int]) -> str:
        """Its address."""
        return reverse("disclosures:topic-year", args=item)


class ComparingPages(Sitemap):
    """Reasons, projects, lowered targets and timeliness, year by year."""

    names = ("reasons-year", "timeliness-year", "projects-year", "indicators-year")

    def items(self) -> list[tuple[str, int]]:
        """(name, year)."""
        return [(name, year) for year in list_published_years() for name in self.names]

    def location(self, item: tuple[str, int]) -> str:
        """Its address."""
        return reverse(f"disclosures:{item[0]}", args=[item[1]])


# Whoever adds a kind of public page adds it here; the site's export begins from these.
SITEMAPS = {
    "fixed": FixedPages,
    "years": YearPages,
    "current": CurrentPages,
    "charts": ChartPages,
    "pictures": PicturePages,
    "former": FormerPages,
    "codes": CodePages,
    "topics": TopicPages,
    "comparing": ComparingPages,
}
ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /healthz
Disallow: /api/

Sitemap: {address}
"""


@require_safe
@public_page(minutes=1)
def send_robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: all public pages; the interface holds the same again."""
    address = request.build_absolute_uri(reverse("disclosures:sitemap"))
    return HttpResponse(ROBOTS.format(address=address), content_type="text/plain; charset=utf-8")
