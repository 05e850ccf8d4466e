"""The pages of whole sheets, each generated from the columns of the workbook."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from budgets.domain.facts import Fund, Side
from budgets.spreadsheets import SheetRow
from budgets.spreadsheets.values import spell_money
from disclosures.workflow.access import Act, find_budget
from disclosures.workplace.clerk.entries import PARTS
from disclosures.workplace.clerk.entry_forms import EntryForm, Stored
from disclosures.workplace.clerk.labels import FieldCounter, list_completions
from disclosures.workplace.clerk.page import STEPS, find_sheet
from disclosures.workplace.clerk.saving import draw_form, open_form, save_form
from disclosures.workplace.clerk.targets import edit_overall, edit_project_list

TEMPLATES = {"income": "workplace/income.html", "expenditure": "workplace/expenditure.html"}
USUAL_TEMPLATE = "workplace/sheet.html"
STEP_OF = {key: step.key for step in STEPS for key in step.sheets} | {"history": "words"}
# Sheets whose pages are more than their columns.
OWN_PAGES = {"projects": edit_project_list, "overall": edit_overall}
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


def sum_income(form: EntryForm) -> dict[str, object]:
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
            "columns": [
                {
                    "key": column.key,
                    "title": column.header,
                    "kind": column.kind.value,
                    "choices": list(column.choices),
                    "listing": CODED.get(column.key, column.listing),
                    "width": column.width,
                }
                for column in rows.fieldset.columns
            ],
            "codes": {
                "functions": list_completions(stored.chart.functions),
                "economics": list_completions(stored.chart.economics),
            },
            "inside": bool(stored.units),
        },
    }


BESIDE = {"income": sum_income, "expenditure": prepare_grid}


def weigh_funds(
    stored: Stored, typed: Iterable[SheetRow], money_unit: str
) -> list[dict[str, object]]:
    """Every fund and, last, the whole: what comes in and what is spent, as texts.

    `functions` sums the rows with a function code, which the tables count as expenditure, and
    `economics` those with an economic code. `gap` is income less expenditure. Money that only
    moves inside a department is left out, and so are rows that name no fund.
    """
    has_units = bool(stored.units)
    income: defaultdict[Fund, Decimal] = defaultdict(Decimal)
    functions: defaultdict[Fund, Decimal] = defaultdict(Decimal)
    economics: defaultdict[Fund, Decimal] = defaultdict(Decimal)
    for fact in stored.filing.facts:
        if fact.side is Side.INCOME and not (has_units and fact.internal):
            income[fact.fund] += fact.amount
    for row in typed:
        if row["amount"] and row["fund"] and not (has_units and row["internal"]):
            functions[row["fund"]] += row["amount"] if row["function"] else 0
            economics[row["fund"]] += row["amount"] if row["economic"] else 0
    sums = (income, functions, economics)
    lines = [(fund.label, [each[fund] for each in sums]) for fund in Fund]
    lines.append(("合计", [sum(each.values(), Decimal()) for each in sums]))
    return [
        {
            "label": label,
            "income": spell_money(came, money_unit),
            "functions": spell_money(spent, money_unit),
            "gap": spell_money(came - spent, money_unit),
            "economics": spell_money(by_economics, money_unit),
            "is_level": came == spent,
            "is_empty": not (came or spent or by_economics),
        }
        for label, (came, spent, by_economics) in lines
    ]
