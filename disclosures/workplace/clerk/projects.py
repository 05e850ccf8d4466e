"""The list of a budget's projects: their money and weights at a glance, their order, new ones."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django import forms
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
from disclosures.workplace.clerk.buttons import swap_rows
from disclosures.workplace.clerk.entries import fingerprint
from disclosures.workplace.clerk.page import render_page
from disclosures.workplace.clerk.steps import find_sheet
from disclosures.workplace.clerk.stored import Stored
from disclosures.workplace.clerk.targets import ZERO, sum_money

WHAT = "调整项目"
TOLD = {"up": "已上移", "down": "已下移", "remove": "已删除"}
LATE = "项目列表刚被别人改动过，没有调整。请看现在的顺序，再操作一次。"


class ArrangeForm(forms.Form):
    """The button that was pressed, and the fingerprint of the list that was seen."""

    action = forms.RegexField(rf"^({'|'.join(TOLD)})-[0-9]{{1,6}}$")
    seen = forms.CharField(required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLine:
    """A project in the list: what it has, and whether its weights add up."""

    plan: ProjectPlan
    money: str
    weight: Decimal
    is_weighed: bool
    has_money: bool


def list_projects(request: HttpRequest, budget: Budget) -> HttpResponse:
    """The projects, and buttons that move or remove one."""
    if request.method == "POST":
        form = ArrangeForm(request.POST)
        try:
            told = arrange_projects(budget, form, request.user) if form.is_valid() else ""
        except FilingRefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, told) if told else messages.warning(request, LATE)
        return redirect(find_sheet(budget, "projects"))
    stored = Stored.of(budget)
    return render_page(
        request,
        "workplace/projects.html",
        budget,
        step="projects",
        title="项目与目标",
        lines=[summarize_project(stored, plan) for plan in stored.filing.projects],
        seen=fingerprint_plans(stored.filing.projects),
    )


def summarize_project(stored: Stored, plan: ProjectPlan) -> ProjectLine:
    """One project at a glance; money in 万元."""
    weight = sum((each.weight or ZERO for each in plan.indicators), ZERO)
    return ProjectLine(
        plan=plan,
        money=spell_money(sum_money(stored.filing, plan.unit, plan.name), WAN),
        weight=weight,
        is_weighed=weight in FULL_WEIGHTS,
        has_money=any(
            (fact.unit, fact.project) == (plan.unit, plan.name) for fact in stored.filing.facts
        ),
    )


def fingerprint_plans(plans: tuple[ProjectPlan, ...]) -> str:
    """A fingerprint of the list: which projects, in which order."""
    return fingerprint({"projects": [{"unit": each.unit, "name": each.name} for each in plans]})


@transaction.atomic
def arrange_projects(budget: Budget, form: ArrangeForm, who) -> str:
    """Write the new order; what was done, or nothing where the list is not what was seen.

    Raises FilingRefusedError for a project that has money.
    """
    ledger.hold_budget(budget)
    stored = Stored.of(budget)
    plans = stored.filing.projects
    move, _, place = form.cleaned_data["action"].partition("-")
    number = int(place)
    if fingerprint_plans(plans) != form.cleaned_data["seen"] or not 1 <= number <= len(plans):
        return ""
    if move == "remove":
        order = [*plans[: number - 1], *plans[number:]]
    else:
        upper = number - 1 if move == "up" else number
        order = swap_rows(list(plans), upper, upper + 1)
    filing = replace(stored.filing, units=stored.units, projects=tuple(order))
    ledger.amend_filing(budget, filing, ("projects",))
    edits.note(budget, who, WHAT)
    told = f"{TOLD[move]}“{plans[number - 1].name}”"
    sides = {
        side: {"项目": [each.name for each in own]}
        for side, own in (("before", plans), ("after", order))
    }
    audit.write(audit.Action.SAVE, who=who, subject=budget, words=told, **sides)
    return f"{told}。"
