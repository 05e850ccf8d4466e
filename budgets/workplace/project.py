"""The pages on which one project, or the whole department, states its target and indicators."""

from collections.abc import Mapping
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse

from budgets import ledger
from budgets.access import Act, find_budget
from budgets.chart import Chart
from budgets.facts import Indicator
from budgets.models import Budget
from budgets.workbook import WHOLE, YUAN
from budgets.workbook.filling import lay_out
from budgets.workbook.values import parse_text
from budgets.workplace.fields import View
from budgets.workplace.saving import Entry, Stored
from budgets.workplace.screen import AllRows, Screen
from budgets.workplace.section import Texts, show_rows
from budgets.workplace.serving import Page, Shown, serve
from budgets.workplace.steps import find_sheet
from budgets.workplace.targets import (
    Key,
    overall_screen,
    project_screen,
    read_indicators,
    renew_texts,
    sum_money,
    weigh_cost,
    weigh_up,
)

COPY = "copy"
# What last year's target says of last year only.
PASSED = {"projects": ("unit",), "indicators": ("last_value",), "overall": ()}


def edit_overall(request: HttpRequest, budget: Budget) -> HttpResponse:
    """The overall target of a budget."""
    screen = overall_screen(Stored.of(budget).laid)
    page = Page(
        template="workplace/target.html",
        step="overall",
        then=find_sheet(budget, "overall"),
        press=partial(copy_last, screen, request.POST.get("copy_from", "")),
        extras=measure_overall,
    )
    return serve(request, budget, lambda fresh: overall_screen(fresh.laid), page)


def edit_project(request: HttpRequest, year: int, code: str, number: int = 0) -> HttpResponse:
    """A project by its place in the list from 1, or a new one."""
    budget = find_budget(request.user, year, code, Act.FILL)
    stored = Stored.of(budget)
    was = find_key(request, stored.laid, number)
    screen = make_screen(request, stored, was)
    page = Page(
        template="workplace/target.html",
        step="projects",
        then=find_sheet(budget, "projects"),
        press=partial(copy_last, screen, request.POST.get("copy_from", "")),
        extras=partial(measure_project, was),
    )
    return serve(request, budget, lambda fresh: make_screen(request, fresh, was), page)


def find_key(request: HttpRequest, laid: AllRows, number: int) -> Key | None:
    """The project's (unit, name) as the form was filled from it, or as the list has it now.

    None for a new project. A posted form names its project, since the list may have changed.
    """
    if request.method == "POST":
        name = request.POST.get("was_name", "")
        return (request.POST.get("was_unit", ""), name) if name else None
    if not number:
        return None
    if number > len(laid["projects"]):
        raise Http404("没有这个项目。")
    row = laid["projects"][number - 1]
    return row["unit"], row["name"]


def make_screen(request: HttpRequest, stored: Stored, was: Key | None) -> Screen:
    """The project's screen under the name that is typed."""
    unit, name = was or (request.POST.get("projects-unit", ""), "")
    typed = parse_text(request.POST.get("projects-name", name))
    return project_screen(stored.laid, was, typed, unit if stored.units else "")


def find_last(budget: Budget) -> AllRows | None:
    """Last year's filing of the same department as rows; None where there is none."""
    last = Budget.objects.filter(department=budget.department, year=budget.year - 1).first()
    return lay_out(ledger.read_filing(last), Chart(budget.year - 1), YUAN) if last else None


def copy_last(
    screen: Screen, chosen: str, action: str, stored: Stored, entry: Entry
) -> Mapping[str, Texts] | None:
    """Last year's texts in the form, to be looked through before they are saved."""
    laid = find_last(stored.budget)
    if action != COPY or laid is None or not chosen:
        return None
    found = {
        "projects": [row for row in laid["projects"] if row["name"] == chosen][:1],
        "indicators": [row for row in laid["indicators"] if row["target"] == chosen],
        "overall": laid["overall"],
    }
    texts = {
        each.key: [
            renew_texts(row, stored.budget.year - 1, PASSED[each.key])
            for row in show_rows(each, found[each.key], entry.money_unit)
        ]
        for each in screen.sections
    }
    return {key: rows or entry.texts[key] for key, rows in texts.items()}


def list_indicators(shown: Shown, views: Mapping[str, View]) -> list[Indicator]:
    """The indicators of a screen as far as they are typed."""
    section = views["indicators"].section
    return read_indicators(section, shown.texts["indicators"], shown.money_unit)


def measure_overall(stored: Stored, shown: Shown, views: Mapping[str, View]) -> dict[str, object]:
    """The meter of the overall target's weights, and whether last year had one."""
    return {
        "meters": [weigh_up(list_indicators(shown, views))],
        "copies": [(WHOLE, "整体绩效目标")] if find_last(stored.budget) else [],
    }


def measure_project(
    was: Key | None, stored: Stored, shown: Shown, views: Mapping[str, View]
) -> dict[str, object]:
    """The meters of a project's weights and costs, and last year's projects to copy from.

    A new project has no money yet that its costs could be held against.
    """
    unit, name = was or ("", "")
    indicators = list_indicators(shown, views)
    own = unit or stored.filing.department.code
    costs = [weigh_cost(indicators, sum_money(stored.filing, own, name))] if name else []
    last = find_last(stored.budget) or {"projects": []}
    return {
        "was": was,
        "meters": [weigh_up(indicators), *costs],
        "copies": [(row["name"], row["name"]) for row in last["projects"]],
    }
