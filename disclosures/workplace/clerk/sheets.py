"""The pages of whole sheets, each generated from the columns of the workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from budgets.domain.facts import Fund, Side
from budgets.domain.filing import Filing
from budgets.spreadsheets import SheetRow
from budgets.spreadsheets.sheets import SheetColumn
from budgets.spreadsheets.values import spell_money
from disclosures.workflow.access import Act, find_budget
from disclosures.workplace.clerk.entries import PARTS
from disclosures.workplace.clerk.entry_forms import EntryForm, Stored
from disclosures.workplace.clerk.labels import FieldCounter, list_codes
from disclosures.workplace.clerk.page import STEPS, find_sheet
from disclosures.workplace.clerk.saving import draw_form, open_form, save_form
from disclosures.workplace.clerk.targets import edit_overall, list_projects

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One fund, or all of them, as texts in the unit of money that is typed in.

    `functions` sums the rows with a function code, which the tables count as expenditure, and
    `economics` those with an economic code. `gap` is income less expenditure.
    """

    label: str
    income: str
    functions: str
    gap: str
    economics: str
    is_level: bool
    is_empty: bool


def weigh_funds(stored: Stored, typed: Iterable[SheetRow], money_unit: str) -> list[Standing]:
    """Every fund and, last, the whole; money that only moves inside a department is left out."""
    rows = [row for row in typed if row["amount"]]
    counted = [row for row in rows if not (stored.units and row["internal"])]
    sums = (
        sum_income(stored.filing, is_whole=bool(stored.units)),
        sum_by_fund(row for row in counted if row["function"]),
        sum_by_fund(row for row in counted if row["economic"]),
    )
    wholes = [sum(each.values(), ZERO) for each in sums]
    funds = [
        make_standing(fund.label, [each.get(fund, ZERO) for each in sums], money_unit)
        for fund in Fund
    ]
    return [*funds, make_standing("合计", wholes, money_unit)]


def sum_income(filing: Filing, is_whole: bool) -> dict[Fund, Decimal]:
    """The income of each fund in yuan; of a whole department without what only moves inside it."""
    found: dict[Fund, Decimal] = {}
    for fact in filing.facts:
        if fact.side is Side.INCOME and not (is_whole and fact.internal):
            found[fact.fund] = found.get(fact.fund, ZERO) + fact.amount
    return found


def sum_by_fund(rows: Iterable[SheetRow]) -> dict[Fund, Decimal]:
    """The amounts of rows by their fund, in yuan; rows without one belong to none."""
    found: dict[Fund, Decimal] = {}
    for row in rows:
        if row["fund"]:
            found[row["fund"]] = found.get(row["fund"], ZERO) + row["amount"]
    return found


def make_standing(label: str, sums: Sequence[Decimal], money_unit: str) -> Standing:
    """Income, expenditure by function and by economic code, as texts."""
    income, functions, economics = sums
    return Standing(
        label=label,
        income=spell_money(income, money_unit),
        functions=spell_money(functions, money_unit),
        gap=spell_money(income - functions, money_unit),
        economics=spell_money(economics, money_unit),
        is_level=income == functions,
        is_empty=not any(sums),
    )


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


def describe_column(column: SheetColumn) -> dict[str, object]:
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
