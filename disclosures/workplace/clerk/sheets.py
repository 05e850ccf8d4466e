"""The pages of whole sheets, each generated from the columns of the workbook."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from budgets.spreadsheets.columns import Column
from disclosures.workflow.access import Act, find_budget
from disclosures.workplace.clerk.balance import weigh_funds
from disclosures.workplace.clerk.completion import list_codes
from disclosures.workplace.clerk.entries import PARTS
from disclosures.workplace.clerk.entry_forms import EntryForm
from disclosures.workplace.clerk.pages import draw_form, open_form, save_form
from disclosures.workplace.clerk.projects import list_projects
from disclosures.workplace.clerk.steps import STEPS, find_sheet
from disclosures.workplace.clerk.sums import FieldCounter
from disclosures.workplace.clerk.target_pages import edit_overall

TEMPLATES = {"income": "workplace/income.html", "expenditure": "workplace/expenditure.html"}
USUAL_TEMPLATE = "workplace/sheet.html"
STEP_OF = {key: step.key for step in STEPS for key in step.sheets} | {"history": "words"}
# Sheets whose pages are more than their columns.
OWN_PAGES = {"projects": list_projects, "overall": edit_overall}
CODED = {"function": "functions", "economic": "economics"}


def edit_sheet(request: HttpRequest, year: int, code: str, key: str) -> HttpResponse:
    """One sheet of a budget, to fill and to save; `?plain=1` leaves the grid away."""
    budget = find_budget(request.user, year, code, Act.FILL)
    if key in OWN_PAGES:
        return OWN_PAGES[key](request, budget)
    if key not in PARTS:
        raise Http404("没有这个工作表。")
    form = open_form(request, budget, lambda stored: stored.plan_sheet(key))
    if save_form(request, form):
        return redirect(find_sheet(budget, key))
    template, step = TEMPLATES.get(key, USUAL_TEMPLATE), STEP_OF.get(key, "")
    beside = BESIDE[key](form) if key in BESIDE else {}
    return draw_form(request, form, template, step=step, **beside)


def add_up_income(form: EntryForm) -> dict[str, object]:
    """The sum of the income as it is typed."""
    rows = form.parts["income"]
    counter = FieldCounter(fieldset=rows.fieldset, money_unit=form.money_unit, rows=rows.texts)
    return {"total": counter.add_rows("合计", "amount")}


def prepare_grid(form: EntryForm) -> dict[str, object]:
    """Each fund's balance, and what the script of the grid must know."""
    stored, rows = form.stored, form.parts["expenditure"]
    return {
        "standings": weigh_funds(stored, rows.read_rows()[0], form.money_unit),
        "grid": {
            "section": rows.fieldset.key,
            "columns": [describe_column(column) for column in rows.fieldset.columns],
            "codes": {
                "functions": list_codes(stored.chart.functions),
                "economics": list_codes(stored.chart.economics),
            },
            "inside": bool(stored.units),
        },
    }


def describe_column(column: Column) -> dict[str, object]:
    """A column as the grid's script reads it."""
    return {
        "key": column.key,
        "title": column.header,
        "kind": column.kind.value,
        "choices": list(column.choices),
        "listing": CODED.get(column.key, column.listing),
        "width": column.width,
    }


BESIDE = {"income": add_up_income, "expenditure": prepare_grid}
