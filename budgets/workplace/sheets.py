"""The screens of whole sheets, each generated from the columns of the workbook."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse

from budgets.access import Act, find_budget
from budgets.models import Budget
from budgets.workplace.balance import weigh
from budgets.workplace.completion import list_codes
from budgets.workplace.fields import View
from budgets.workplace.project import edit_overall
from budgets.workplace.projects import list_projects
from budgets.workplace.saving import Stored
from budgets.workplace.screen import PARTS
from budgets.workplace.section import Section
from budgets.workplace.serving import Page, Shown, serve
from budgets.workplace.steps import STEPS, find_sheet

TEMPLATES = {"income": "workplace/income.html", "expenditure": "workplace/expenditure.html"}
USUAL_TEMPLATE = "workplace/sheet.html"
STEP_OF = {key: step.key for step in STEPS for key in step.sheets} | {"history": "words"}
# Sheets whose screens are more than their columns.
OWN_PAGES = {"projects": list_projects, "overall": edit_overall}
CODED = {"function": "functions", "economic": "economics"}


def edit_sheet(request: HttpRequest, year: int, code: str, key: str) -> HttpResponse:
    """One sheet of a budget, to fill and to save; `?plain=1` leaves the grid away."""
    budget = find_budget(request.user, year, code, Act.FILL)
    if key in OWN_PAGES:
        return OWN_PAGES[key](request, budget)
    if key not in PARTS:
        raise Http404("没有这个工作表。")
    return serve(request, budget, lambda stored: stored.screen(key), make_page(budget, key))


def make_page(budget: Budget, key: str) -> Page:
    """Where the screen of a sheet stands."""
    return Page(
        template=TEMPLATES.get(key, USUAL_TEMPLATE),
        step=STEP_OF.get(key, ""),
        then=find_sheet(budget, key),
        extras=prepare_grid if key == "expenditure" else lambda *_: {},
    )


def prepare_grid(stored: Stored, shown: Shown, views: Mapping[str, View]) -> dict[str, object]:
    """What stands beside the expenditure: each fund's balance, and what the grid must know."""
    section = views["expenditure"].section
    return {
        "standings": weigh(stored, section, shown.texts["expenditure"], shown.money_unit),
        "grid": {
            "section": section.key,
            "columns": [describe_column(section, column.key) for column in section.columns],
            "codes": {
                "functions": list_codes(stored.chart.functions),
                "economics": list_codes(stored.chart.economics),
            },
            "inside": bool(stored.units),
        },
    }


def describe_column(section: Section, key: str) -> dict[str, object]:
    """A column as the grid's script reads it."""
    column = section.sheet.column(key)
    return {
        "key": key,
        "title": column.header,
        "kind": column.kind.value,
        "choices": list(column.choices),
        "listing": CODED.get(key, column.listing),
        "width": column.width,
    }
