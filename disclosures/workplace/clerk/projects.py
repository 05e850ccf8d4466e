"""The list of a budget's projects: their money and weights at a glance, their order, new ones."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from budgets import audit, ledger
from budgets.audit import edits
from budgets.domain.filing import ProjectPlan
from budgets.domain.indicators import FULL_WEIGHTS
from budgets.ledger import FilingRefusedError
from budgets.models import Budget
from budgets.spreadsheets import WAN
from budgets.spreadsheets.texts import spell_money
from disclosures.workplace.clerk.conflicts import fingerprint
from disclosures.workplace.clerk.page import show
from disclosures.workplace.clerk.steps import find_sheet
from disclosures.workplace.clerk.stored import Stored
from disclosures.workplace.clerk.targets import sum_money

ZERO = Decimal(0)
WHAT = "调整项目"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A project in the list: what it has, and whether its weights add up."""

    plan: ProjectPlan
    money: str
    weight: Decimal
    is_weighed: bool
    has_money: bool


def list_projects(request: HttpRequest, budget: Budget) -> HttpResponse:
    """The projects, and buttons that move or remove one."""
    if request.method == "POST":
        arrange(request, budget)
        return redirect(find_sheet(budget, "projects"))
    stored = Stored.of(budget)
    return show(
        request,
        "workplace/projects.html",
        budget,
        step="projects",
        title="项目与目标",
        lines=[describe(stored, plan) for plan in stored.filing.projects],
        seen=mark(stored.filing.projects),
    )


def describe(stored: Stored, plan: ProjectPlan) -> Line:
    """One project at a glance; money in 万元."""
    money = sum_money(stored.filing, plan.unit, plan.name)
    weight = sum((each.weight or ZERO for each in plan.indicators), ZERO)
    return Line(
        plan=plan,
        money=spell_money(money, WAN),
        weight=weight,
        is_weighed=weight in FULL_WEIGHTS,
        has_money=any(
            (fact.unit, fact.project) == (plan.unit, plan.name) for fact in stored.filing.facts
        ),
    )


def mark(plans: tuple[ProjectPlan, ...]) -> str:
    """A fingerprint of the list: which projects, in which order."""
    return fingerprint({"projects": [{"unit": each.unit, "name": each.name} for each in plans]})


def arrange(request: HttpRequest, budget: Budget) -> None:
    """Move or remove the project whose button was pressed, and say what became of it."""
    move, _, place = request.POST.get("action", "").partition("-")
    number = int(place) if place.isdecimal() else 0
    try:
        told = change(budget, move, number, request.POST.get("seen", ""), request.user)
    except FilingRefusedError as refusal:
        messages.error(request, str(refusal))
        return
    if told:
        messages.success(request, told)
    else:
        messages.warning(request, "项目列表刚被别人改动过，没有调整。请看现在的顺序，再操作一次。")


@transaction.atomic
def change(budget: Budget, move: str, number: int, seen: str, who) -> str:
    """Write the new order; what was done, or nothing where the list is not what was seen.

    Raises FilingRefusedError for a project that has money.
    """
    ledger.hold_budget(budget)
    stored = Stored.of(budget)
    plans = stored.filing.projects
    if mark(plans) != seen or not 1 <= number <= len(plans) or move not in MOVES:
        return ""
    told, order = MOVES[move](plans, number - 1)
    filing = replace(stored.filing, units=stored.units, projects=order)
    ledger.amend_filing(budget, filing, ("projects",))
    edits.note(budget, who, WHAT)
    name = plans[number - 1].name
    sides = {"before": list_names(plans), "after": list_names(order)}
    audit.write(audit.Action.SAVE, who=who, subject=budget, words=f"{told}“{name}”", **sides)
    return f"{told}“{name}”。"


def list_names(plans) -> dict[str, list[str]]:
    """The projects in their order, as the log tells them."""
    return {"项目": [each.name for each in plans]}


def swap(plans, upper, lower):
    """Two neighbours in the other order, where there are two."""
    order = list(plans)
    if upper >= 0 and lower < len(order):
        order[upper], order[lower] = order[lower], order[upper]
    return tuple(order)


MOVES = {
    "up": lambda plans, at: ("已上移", swap(plans, at - 1, at)),
    "down": lambda plans, at: ("已下移", swap(plans, at, at + 1)),
    "remove": lambda plans, at: ("已删除", plans[:at] + plans[at + 1 :]),
}
