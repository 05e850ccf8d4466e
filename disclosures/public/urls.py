"""The addresses of the public site: a page, its files by suffix, and its tables one by one."""

from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, path, register_converter

from disclosures.public.chart_pages import send_chart, send_picture, show_charts, show_picture
from disclosures.public.document_page import send_file, show_page
from disclosures.public.downloads import send_package, send_table
from disclosures.public.figure_pages import show_cell, show_sentence
from disclosures.public.home import show_home
from disclosures.public.identification import show_identification
from disclosures.public.open_data import send_county_table, send_schema, show_data
from disclosures.public.reports.codes import list_classes, list_code
from disclosures.public.reports.comparison import send_comparison, show_comparison
from disclosures.public.reports.county_charts import send_county_chart, show_county_charts
from disclosures.public.reports.page import Make, send_report, show_report
from disclosures.public.reports.projects import (
    list_department_targets,
    list_lowered,
    list_projects,
    show_project,
)
from disclosures.public.reports.publications import (
    list_corrections,
    list_department_years,
    list_in_force,
    list_timeliness,
)
from disclosures.public.reports.reasons import list_given_reasons
from disclosures.public.reports.topics import TOPICS, list_topic
from disclosures.public.responses import public_page
from disclosures.public.search import show_search
from disclosures.public.sitemaps import SITEMAPS, send_robots
from disclosures.public.syndication import CountyFeed, DepartmentFeed, show_embedded_table
from disclosures.public.version_changes import show_changes


class YearConverter:
    """A fiscal year as four digits."""

    regex = r"20\d{2}"

    def to_python(self, value: str) -> int:
        """The year as a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The year as digits."""
        return str(value)


class KindConverter:
    """The suffix of a whole document."""

    regex = "pdf|xlsx|json"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    to_url = to_python


class FormConverter(KindConverter):
    """The suffix of a table or of a list."""

    regex = "csv|xlsx|json"


class PageConverter:
    """A page of a list after the first."""

    regex = r"page-(?:[2-9]|[1-9]\d{1,5})"

    def to_python(self, value: str) -> int:
        """Its number."""
        return int(value.removeprefix("page-"))

    def to_url(self, value: int) -> str:
        """As it stands in the address."""
        return f"page-{value}"


class SheetConverter(KindConverter):
    """The suffix of the one sheet."""

    regex = "pdf|png"


class BookConverter(KindConverter):
    """One of the two classifications."""

    regex = "function|economic"


class TopicConverter(KindConverter):
    """What every department is asked about."""

    regex = "|".join(TOPICS)


register_converter(YearConverter, "year")
register_converter(KindConverter, "kind")
register_converter(FormConverter, "form")
register_converter(PageConverter, "page")
register_converter(SheetConverter, "sheet")
register_converter(BookConverter, "book")
register_converter(TopicConverter, "topic")

app_name = "disclosures"

CURRENT = "<year:year>/<slug:code>"
VERSION = f"{CURRENT}/v<int:version>"
COUNTY = "<year:year>/charts/<slug:key>"
CODE = "codes/<book:kind>/<slug:code>"
CORRECTIONS = "timeliness/<year:year>/corrections"
MONEY = "projects/<year:year>/<slug:money>"


def list_paths(
    stem: str, make: Make, name: str, files: str, *, has_orders: bool = False
) -> list[URLPattern]:
    """The addresses of a list: each order and each of its pages, and the files beside them."""
    known = {"make": make}
    orders = {f"{stem}/": name} | ({f"{stem}/by-<slug:order>/": f"{name}-by"} if has_orders else {})
    return [
        *(path(order, show_report, known, name=own) for order, own in orders.items()),
        *(
            path(f"{order}<page:page>/", show_report, known, name=own)
            for order, own in orders.items()
        ),
        path(f"{stem}.<form:form>", send_report, known, name=files),
    ]


urlpatterns = [
    path("", show_home, name="home"),
    path("years/", show_report, {"make": list_department_years}, name="years"),
    path("years.<form:form>", send_report, {"make": list_department_years}, name="years-list"),
    path("search/", show_search, name="search"),
    path("<year:year>/", show_home, name="year"),
    path("<year:year>/by-kind/", show_home, {"order": "kind"}, name="year-by-kind"),
    path("<year:year>/by-size/", show_home, {"order": "size"}, name="year-by-size"),
    path("verify/", show_identification, name="identify"),
    path("data/", show_data, name="data"),
    path("data/<slug:name>.schema.json", send_schema, name="schema"),
    path("feed.atom", public_page(minutes=1)(CountyFeed()), name="feed"),
    path(
        "feeds/<slug:code>.atom", public_page(minutes=1)(DepartmentFeed()), name="department-feed"
    ),
    path(f"embed/{CURRENT}/tables/<slug:key>/", show_embedded_table, name="embed"),
    path(f"embed/{VERSION}/tables/<slug:key>/", show_embedded_table, name="version-embed"),
    path("robots.txt", send_robots, name="robots"),
    path(
        "sitemap.xml",
        public_page(minutes=1, parameters=["p"])(sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap",
    ),
    path("codes/", show_report, {"make": list_classes}, name="codes"),
    path(f"{CODE}/", show_report, {"make": list_code}, name="code"),
    path(f"{CODE}/<page:page>/", show_report, {"make": list_code}, name="code"),
    *list_paths(f"{CODE}/<slug:scope>", list_code, "code-scope", "code-list", has_orders=True),
    path("<topic:key>/", show_report, {"make": list_topic}, name="topic"),
    *list_paths("<topic:key>/<year:year>", list_topic, "topic-year", "topic-list", has_orders=True),
    path("compare/", show_comparison, name="compare"),
    path("compare/lines.<form:form>", send_comparison, name="compare-list"),
    path("reasons/", show_report, {"make": list_given_reasons}, name="reasons"),
    *list_paths(
        "reasons/<year:year>", list_given_reasons, "reasons-year", "reasons-list", has_orders=True
    ),
    path("projects/", show_report, {"make": list_projects}, name="projects"),
    path("projects/<year:year>/", show_report, {"make": list_projects}, name="projects-year"),
    path(
        "projects/<year:year>/<page:page>/",
        show_report,
        {"make": list_projects},
        name="projects-year",
    ),
    *list_paths(MONEY, list_projects, "projects-money", "projects-list", has_orders=True),
    path(
        "projects/<slug:code>/<path:project>/", show_report, {"make": show_project}, name="project"
    ),
    path("indicators/", show_report, {"make": list_lowered}, name="indicators"),
    *list_paths("indicators/<year:year>", list_lowered, "indicators-year", "indicators-list"),
    path(
        "indicators/<slug:code>/",
        show_report,
        {"make": list_department_targets},
        name="indicators-department",
    ),
    path("timeliness/", show_report, {"make": list_timeliness}, name="timeliness"),
    *list_paths(CORRECTIONS, list_corrections, "corrections", "corrections-list"),
    *list_paths("timeliness/<year:year>", list_timeliness, "timeliness-year", "timeliness-list"),
    path("published.<form:form>", send_report, {"make": list_in_force}, name="published"),
    path("<year:year>.<form:form>", send_report, {"make": list_in_force}, name="published-year"),
    path("<year:year>/tables/<slug:key>.<form:form>", send_county_table, name="county-table"),
    path("<year:year>/charts/", show_county_charts, name="county-charts"),
    path(f"{COUNTY}.svg", send_county_chart, {"form": "svg"}, name="county-chart"),
    path(f"{COUNTY}.png", send_county_chart, {"form": "png"}, name="county-chart-png"),
    path("<year:year>/package.zip", send_package, name="package"),
    path(f"{CURRENT}/", show_page, name="page"),
    path(f"{CURRENT}.<kind:kind>", send_file, name="file"),
    path(f"{CURRENT}/tables/<slug:key>.<form:form>", send_table, name="table"),
    path(f"{VERSION}/", show_page, name="version"),
    path(f"{VERSION}.<kind:kind>", send_file, name="version-file"),
    path(f"{VERSION}/tables/<slug:key>.<form:form>", send_table, name="version-table"),
    path(f"{VERSION}/changes/", show_changes, name="changes"),
    path(f"{VERSION}/changes/v<int:since>/", show_changes, name="changes-since"),
    path(f"{CURRENT}/charts/", show_charts, name="charts"),
    path(f"{CURRENT}/charts/<slug:key>.svg", send_chart, {"form": "svg"}, name="chart"),
    path(f"{CURRENT}/charts/<slug:key>.png", send_chart, {"form": "png"}, name="chart-png"),
    path(f"{CURRENT}/picture/", show_picture, name="picture"),
    path(f"{CURRENT}/picture.<sheet:form>", send_picture, name="picture-file"),
    path(f"{CURRENT}/cells/<path:at>/", show_cell, name="cell"),
    path(f"{CURRENT}/sentences/<path:key>/", show_sentence, name="sentence"),
    path(f"{VERSION}/charts/", show_charts, name="version-charts"),
    path(f"{VERSION}/charts/<slug:key>.svg", send_chart, {"form": "svg"}, name="version-chart"),
    path(f"{VERSION}/charts/<slug:key>.png", send_chart, {"form": "png"}, name="version-chart-png"),
    path(f"{VERSION}/picture/", show_picture, name="version-picture"),
    path(f"{VERSION}/picture.<sheet:form>", send_picture, name="version-picture-file"),
    path(f"{VERSION}/cells/<path:at>/", show_cell, name="version-cell"),
    path(f"{VERSION}/sentences/<path:key>/", show_sentence, name="version-sentence"),
]
