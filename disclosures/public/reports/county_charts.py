"""A year in charts: the published departments by size, and what their money is for."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from budgets.domain.tables.form import Role
from budgets.domain.text import show_day
from budgets.models.chart import find_table_set
from disclosures.models import IndexEntry, IndexFigure
from disclosures.models.index import find_published_name
from disclosures.public.chart_pages import TYPES, draw_alone
from disclosures.public.charts.chart import BarChart
from disclosures.public.charts.drawing import draw_chart
from disclosures.public.charts.selection import MOST, Portion, draw_whole
from disclosures.public.reports.codes import BASIC, CLASSIFICATIONS, GENERAL, WHOLE, CodeTotal
from disclosures.public.reports.page import choose_years, link_figure, read_moment
from disclosures.public.responses import ALONE, identify_release, public_page, reply
from disclosures.public.years import is_made_up

# The cell that tells how large a budget is.
SIZE = {"table": Role.WHOLE, "row": "total", "column": "income"}
AT = ".".join(SIZE.values())
BY_CODE = (
    ("functions", "支出按功能分类", "function", WHOLE),
    ("general", "一般公共预算支出按功能分类", "function", GENERAL),
    ("economics", "一般公共预算基本支出按经济分类", "economic", BASIC),
)


@require_safe
@public_page(minutes=1)
def show_county_charts(request: HttpRequest, year: int) -> HttpResponse:
    _, years = choose_years(year)
    context = {
        "year": year,
        "years": years,
        "count": IndexEntry.objects.filter(year=year).count(),
        "drawings": [draw_chart(chart) for chart in list_county_charts(year)],
        "base": reverse("disclosures:year", args=[year]),
        "is_demo": is_made_up(),
        "stands_alone": ALONE in request.META,
    }
    return render(request, "disclosures/charts/county.html", context)


@require_safe
@public_page(minutes=1)
def send_county_chart(request: HttpRequest, year: int, key: str, form: str) -> HttpResponse:
    choose_years(year)
    moment = read_moment()

    def frame_chart() -> HttpResponse:
        found = {chart.key: chart for chart in list_county_charts(year)}
        if key not in found:
            raise Http404(f"{year}年没有名为“{key[:20]}”的图，可以用的是：{'、'.join(found)}。")
        at = reverse("disclosures:county-charts", args=[year])
        day = f"截至{show_day(localdate(moment))}"
        source = f"来源：{year}年各部门预算公开，{found[key].source}，{day}"
        drawing = draw_chart(found[key], (source, request.build_absolute_uri(at)))
        return HttpResponse(draw_alone(drawing, form), content_type=TYPES[form])

    tag = f"{IndexEntry.objects.count()}-{moment.timestamp():.6f}-{identify_release()}"
    return reply(request, tag, moment, frame_chart)


def list_county_charts(year: int) -> list[BarChart]:
    return [chart for chart in (chart_sizes(year), *chart_codes(year)) if chart]


def chart_sizes(year: int) -> BarChart | None:
    """Departments by the total of their budgets: one query."""
    found = IndexFigure.objects.filter(year=year, **SIZE).annotate(name=find_published_name())
    figures = found.order_by("-amount", "department__code")
    rows = list(figures.values_list("name", "department__code", "amount", "scope"))
    parts = [
        # What is told one by one leads to its department.
        Portion(label=name, yuan=yuan, href=link_figure(year, code, AT) if place <= MOST else "")
        for place, (name, code, yuan, _) in enumerate(rows)
    ]
    return draw_whole(
        parts,
        key="size",
        title="各部门收支总预算",
        source=name_source(year, Role.WHOLE),
        scope=rows[0][-1] if rows else "",
        rest="其余{count}个部门",
        href=reverse("disclosures:year-by-size", args=[year]),
    )


def chart_codes(year: int) -> Iterator[BarChart | None]:
    """All departments' money by class, in one scope after the other."""
    totals: dict[str, list[CodeTotal]] = {}
    codes: dict[str, list[str]] = {kind: [] for kind in CLASSIFICATIONS}
    for key, _, kind, scope in BY_CODE:
        totals[key] = CLASSIFICATIONS[kind].sum_children("", scope, year)
        codes[kind] += [each.code for each in totals[key]]
    names = {
        kind: classification.name_codes(codes[kind])
        for kind, classification in CLASSIFICATIONS.items()
    }
    for key, title, kind, scope in BY_CODE:
        parts = [
            Portion(
                label=names[kind].get(each.code, each.code),
                yuan=each.total,
                href=reverse("disclosures:code-scope", args=[kind, each.code, scope.key]),
            )
            for each in totals[key]
        ]
        yield draw_whole(
            parts,
            key=key,
            title=f"各部门{title}",
            source=name_source(year, scope.table),
            scope=scope.label,
            rest="其余{count}类",
            href=reverse("disclosures:codes"),
        )


def name_source(year: int, table: str) -> str:
    """Where the figures stand in each department's document."""
    form = find_table_set(year)[table]
    return f"各部门{form.label} {form.title}"
