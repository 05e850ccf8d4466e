"""The addresses of the public site: a page, its files by suffix, and its tables one by one."""

from collections.abc import Callable

from django.urls import URLPattern, path, register_converter
from django.urls.converters import IntConverter, StringConverter

from disclosures.public.chart_pages import send_chart, send_picture, show_charts, show_picture
from disclosures.public.document_page import show_page
from disclosures.public.downloads import send_file, send_package, send_table
from disclosures.public.figure_pages import show_cell, show_sentence
from disclosures.public.home import show_home
from disclosures.public.open_data import send_county_table, send_schema, show_data
from disclosures.public.reports.codes import CLASSIFICATIONS, list_classes, list_code
from disclosures.public.reports.comparison import send_comparison, show_comparison
from disclosures.public.reports.county_charts import send_county_chart, show_county_charts
from disclosures.public.reports.page import Make, send_report, show_report
from disclosures.public.reports.projects import (
    list_department_targets,
    list_lowered,
    list_project_years,
    list_projects,
)
from disclosures.public.reports.publications import (
    list_corrections,
    list_department_years,
    list_in_force,
    list_timeliness,
)
from disclosures.public.reports.reasons import list_given_reasons
from disclosures.public.reports.topics import TOPICS, list_topic
from disclosures.public.search import show_search
from disclosures.public.sitemaps import send_robots, show_sitemap, show_sitemap_part
from disclosures.public.syndication import show_embedded_table, show_feed
from disclosures.public.versions import show_changes, show_identification


class YearConverter(IntConverter):
    regex = r"20\d{2}"


class PageConverter:
    """A page of a list after the first, by its number."""

    regex = r"page-(?:[2-9]|[1-9]\d{1,5})"

    def to_python(self, value: str) -> int:
        return int(value.removeprefix("page-"))

    def to_url(self, value: int) -> str:
        return f"page-{value}"


class KindConverter(StringConverter):
    """The suffix of a whole document."""

    regex = "pdf|xlsx|json"


class FormConverter(StringConverter):
    """The suffix of a table or of a list."""

    regex = "csv|xlsx|json"


class SheetConverter(StringConverter):
    """The suffix of the one sheet."""

    regex = "pdf|png"


class ClassificationConverter(StringConverter):
    regex = "|".join(CLASSIFICATIONS)


class TopicConverter(StringConverter):
    regex = "|".join(TOPICS)


register_converter(YearConverter, "year")
register_converter(PageConverter, "page")
register_converter(KindConverter, "kind")
register_converter(FormConverter, "form")
register_converter(SheetConverter, "sheet")
register_converter(ClassificationConverter, "classification")
register_converter(TopicConverter, "topic")

app_name = "disclosures"

CURRENT = "<year:year>/<slug:code>"
VERSION = f"{CURRENT}/v<int:version>"
COUNTY = "<year:year>/charts/<slug:key>"
CODE = "codes/<classification:kind>/<slug:code>"
CORRECTIONS = "timeliness/<year:year>/corrections"
MONEY = "projects/<year:year>/<slug:money>"


def show(route: str, make: Make, name: str) -> URLPattern:
    return path(route, show_report, {"make": make}, name=name)


def list_paths(
    stem: str, make: Make, name: str, files: str, *, has_orders: bool = False
) -> list[URLPattern]:
    """The addresses of a list: each order and each of its pages, and the files beside them."""
    orders = {f"{stem}/": name} | ({f"{stem}/by-<slug:order>/": f"{name}-by"} if has_orders else {})
    return [
        *(show(order, make, own) for order, own in orders.items()),
        *(show(f"{order}<page:page>/", make, own) for order, own in orders.items()),
        path(f"{stem}.<form:form>", send_report, {"make": make}, name=files),
    ]


def page_through(stem: str, view: Callable, name: str, **known: str) -> list[URLPattern]:
    return [path(each, view, known, name=name) for each in (stem, f"{stem}<page:page>/")]


def both(rest: str, view: Callable, name: str, before: str = "", **known: str) -> list[URLPattern]:
    """The same of the version in force, and of the one that the address names."""
    return [
        path(f"{before}{CURRENT}{rest}", view, known, name=name),
        path(f"{before}{VERSION}{rest}", view, known, name=f"version-{name}"),
    ]


urlpatterns = [
    path("", show_home, name="home"),
    *list_paths("years", list_department_years, "years", "years-list"),
    path("search/", show_search, name="search"),
    *page_through("<year:year>/", show_home, "year"),
    *page_through("<year:year>/by-kind/", show_home, "year-by-kind", order="kind"),
    *page_through("<year:year>/by-size/", show_home, "year-by-size", order="size"),
    path("verify/", show_identification, name="identify"),
    path("data/", show_data, name="data"),
    path("data/<slug:name>.schema.json", send_schema, name="schema"),
    path("feed.atom", show_feed, name="feed"),
    path("feeds/<slug:code>.atom", show_feed, name="department-feed"),
    *both("/tables/<slug:key>/", show_embedded_table, "embed", before="embed/"),
    path("robots.txt", send_robots, name="robots"),
    path("sitemap.xml", show_sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", show_sitemap_part, name="sitemap-part"),
    show("codes/", list_classes, "codes"),
    show(f"{CODE}/", list_code, "code"),
    show(f"{CODE}/<page:page>/", list_code, "code"),
    *list_paths(f"{CODE}/<slug:scope>", list_code, "code-scope", "code-list", has_orders=True),
    show("<topic:key>/", list_topic, "topic"),
    *list_paths("<topic:key>/<year:year>", list_topic, "topic-year", "topic-list", has_orders=True),
    path("compare/", show_comparison, name="compare"),
    path("compare/lines.<form:form>", send_comparison, name="compare-list"),
    show("reasons/", list_given_reasons, "reasons"),
    *list_paths(
        "reasons/<year:year>", list_given_reasons, "reasons-year", "reasons-list", has_orders=True
    ),
    show("projects/", list_projects, "projects"),
    show("projects/<year:year>/", list_projects, "projects-year"),
    show("projects/<year:year>/<page:page>/", list_projects, "projects-year"),
    *list_paths(MONEY, list_projects, "projects-money", "projects-list", has_orders=True),
    show("projects/<slug:code>/<path:project>/", list_project_years, "project"),
    show("indicators/", list_lowered, "indicators"),
    *list_paths("indicators/<year:year>", list_lowered, "indicators-year", "indicators-list"),
    show("indicators/<slug:code>/", list_department_targets, "indicators-department"),
    show("timeliness/", list_timeliness, "timeliness"),
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
    path(f"{VERSION}/", show_page, name="version"),
    path(f"{VERSION}/changes/", show_changes, name="changes"),
    path(f"{VERSION}/changes/v<int:since>/", show_changes, name="changes-since"),
    *both(".<kind:kind>", send_file, "file"),
    *both("/tables/<slug:key>.<form:form>", send_table, "table"),
    *both("/charts/", show_charts, "charts"),
    *both("/charts/<slug:key>.svg", send_chart, "chart", form="svg"),
    *both("/charts/<slug:key>.png", send_chart, "chart-png", form="png"),
    *both("/picture/", show_picture, "picture"),
    *both("/picture.<sheet:form>", send_picture, "picture-file"),
    *both("/cells/<path:at>/", show_cell, "cell"),
    *both("/sentences/<path:key>/", show_sentence, "sentence"),
]
