"""The pages on which one project, or the whole department, states its target and indicators."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from budgets import ledger
from budgets.domain.chart import Chart
from budgets.models import Budget
from budgets.spreadsheets import WHOLE, YUAN
from budgets.spreadsheets.filling import lay_out
from budgets.spreadsheets.values import parse_text
from disclosures.workflow.access import Act, find_budget
from disclosures.workplace.clerk.entries import EntryPlan
from disclosures.workplace.clerk.entry_forms import EntryForm
from disclosures.workplace.clerk.fieldsets import AllRows, Texts
from disclosures.workplace.clerk.pages import draw_form, open_form, save_form
from disclosures.workplace.clerk.steps import find_sheet
from disclosures.workplace.clerk.stored import Stored
from disclosures.workplace.clerk.targets import (
    Key,
    Meter,
    plan_overall,
    plan_project,
    read_indicators,
    renew_texts,
    sum_money,
    weigh_cost,
    weigh_points,
)

COPY = "copy"
# What last year's target says of last year only.
PASSED = {"projects": ("unit",), "indicators": ("last_value",), "overall": ()}


def edit_overall(request: HttpRequest, budget: Budget) -> HttpResponse:
    """The overall target of a budget."""
    form = open_form(request, budget, lambda stored: plan_overall(stored.laid))
    if save_form(request, form):
        return redirect(find_sheet(budget, "overall"))
    last = find_last(budget)
    copy_last(form, last)
    rows, _ = form.parts["indicators"].read_rows()
    return draw_form(
        request,
        form,
        "workplace/target.html",
        step="overall",
        meters=[weigh_points(read_indicators(rows))],
        copies=[(WHOLE, "整体绩效目标")] if last else [],
    )


def edit_project(request: HttpRequest, year: int, code: str, number: int = 0) -> HttpResponse:
    """A project by its place in the list from 1, or a new one."""
    budget = find_budget(request.user, year, code, Act.FILL)
    was = find_key(request, budget, number)

    def plan(stored: Stored) -> EntryPlan:
        unit, name = was or (request.POST.get("projects-unit", ""), "")
        typed = parse_text(request.POST.get("projects-name", name))
        return plan_project(stored.laid, was, typed, unit if stored.units else "")

    form = open_form(request, budget, plan)
    if save_form(request, form):
        return redirect(find_sheet(budget, "projects"))
    last = find_last(budget)
    copy_last(form, last)
    return draw_form(
        request,
        form,
        "workplace/target.html",
        step="projects",
        was=was,
        meters=list_meters(form, was),
        copies=[(row["name"], row["name"]) for row in last["projects"]] if last else [],
    )


def find_key(request: HttpRequest, budget: Budget, number: int) -> Key | None:
    """The project's (unit, name) as the form was filled from it, or as the list has it now.

    None for a new project. A posted form names its project, since the list may have changed.
    """
    if request.method == "POST":
        name = request.POST.get("was_name", "")
        return (request.POST.get("was_unit", ""), name) if name else None
    if not number:
        return None
    rows = Stored.of(budget).laid["projects"]
    if number > len(rows):
        raise Http404("没有这个项目。")
    return rows[number - 1]["unit"], rows[number - 1]["name"]


def find_last(budget: Budget) -> AllRows | None:
    """Last year's filing of the same department as rows; None where there is none."""
    last = Budget.objects.filter(department=budget.department, year=budget.year - 1).first()
    return lay_out(ledger.read_filing(last), Chart(budget.year - 1), YUAN) if last else None


def copy_last(form: EntryForm, last: AllRows | None) -> None:
    """Put last year's texts into the form where its button was pressed; nothing is saved."""
    chosen = form.data.get("copy_from", "") if form.action == COPY else ""
    if last is None or not chosen:
        return
    found = {
        "projects": [row for row in last["projects"] if row["name"] == chosen][:1],
        "indicators": [row for row in last["indicators"] if row["target"] == chosen],
        "overall": last["overall"],
    }
    year = form.stored.budget.year - 1
    texts: dict[str, Texts] = {
        each.key: [
            renew_texts(row, year, PASSED[each.key])
            for row in each.spell(found[each.key], form.money_unit)
        ]
        for each in form.entry.fieldsets
    }
    form.fill({key: rows or form.texts[key] for key, rows in texts.items()})


def list_meters(form: EntryForm, was: Key | None) -> list[Meter]:
    """The meters of a project's weights and costs.

    A new project has no money yet that its costs could be held against.
    """
    indicators = read_indicators(form.parts["indicators"].read_rows()[0])
    if was is None:
        return [weigh_points(indicators)]
    filing, (unit, name) = form.stored.filing, was
    money = sum_money(filing, unit or filing.department.code, name)
    return [weigh_points(indicators), weigh_cost(indicators, money)]
