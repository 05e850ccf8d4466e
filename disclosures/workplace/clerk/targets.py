"""Targets: the overall one, and one for each project with its indicators; the list of projects."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from budgets import audit, ledger
from budgets.audit import note_edit
from budgets.domain.chart import Chart
from budgets.domain.facts import Side
from budgets.domain.filing import COST_LEVEL, FULL_WEIGHTS, Filing, Indicator, ProjectPlan
from budgets.domain.money import ZERO
from budgets.importing.validation.judging import read_indicator
from budgets.ledger import FilingRefusedError
from budgets.models import Budget
from budgets.spreadsheets import WAN, WHOLE, YUAN
from budgets.spreadsheets.filing_rows import list_filing_rows
from budgets.spreadsheets.sheets import INDICATORS, OVERALL, PROJECTS
from budgets.spreadsheets.values import parse_text, spell_money
from disclosures.workflow.access import Act, find_budget
from disclosures.workplace.clerk.entries import (
    AllRows,
    EntryPlan,
    Fieldset,
    Laid,
    Texts,
    fingerprint,
)
from disclosures.workplace.clerk.entry_forms import EntryForm, Stored, swap_rows
from disclosures.workplace.clerk.page import find_sheet, render_page
from disclosures.workplace.clerk.saving import draw_form, open_form, save_form

INDICATORS_INTRO = "一个指标一行，按公开的顺序排列；一、二级指标每行都要填。"
FOR_PROJECTS_ONLY = ("last_value", "scoring", "evidence")
# What last year's target says of last year only.
PASSED = {"projects": ("unit",), "indicators": ("last_value",), "overall": ()}
TOLD = {"up": "已上移", "down": "已下移", "remove": "已删除"}
LATE = "项目列表刚被别人改动过，没有调整。请看现在的顺序，再操作一次。"
# A project's unit and name.
Key = tuple[str, str]


def edit_overall(request: HttpRequest, budget: Budget) -> HttpResponse:
    form = open_form(request, budget, lambda stored: plan_overall(stored.laid))
    if save_form(request, form):
        return redirect(find_sheet(budget, "overall"))
    last = list_last_rows(budget)
    copy_last(form, last)
    return draw_form(
        request,
        form,
        "workplace/target.html",
        step="overall",
        meters=[weigh_points(list_typed_indicators(form))],
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
    last = list_last_rows(budget)
    copy_last(form, last)
    indicators = list_typed_indicators(form)
    meters = [weigh_points(indicators)]
    # A new project has no money yet that its costs could be held against.
    if was:
        filing, (unit, name) = form.stored.filing, was
        money = sum_money(filing, unit or filing.department.code, name)
        meters.append(weigh_cost(indicators, money))
    return draw_form(
        request,
        form,
        "workplace/target.html",
        step="projects",
        was=was,
        meters=meters,
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


def list_last_rows(budget: Budget) -> AllRows | None:
    """Last year's filing of the same department as rows; None where there is none."""
    last = Budget.objects.filter(department=budget.department, year=budget.year - 1).first()
    return (
        list_filing_rows(ledger.read_filing(last), Chart(budget.year - 1), YUAN) if last else None
    )


def copy_last(form: EntryForm, last: AllRows | None) -> None:
    """Put last year's texts into the form where its button was pressed; nothing is saved."""
    chosen = (form.data or {}).get("copy_from", "") if form.action == "copy" else ""
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


def renew_texts(texts: Mapping[str, str], last_year: int, without: Sequence[str]) -> dict[str, str]:
    """Last year's texts as a start for this year's, last year's name replaced by this year's."""
    old, new = f"{last_year}年", f"{last_year + 1}年"
    kept = {key: text for key, text in texts.items() if key not in without}
    return dict.fromkeys(texts, "") | {key: text.replace(old, new) for key, text in kept.items()}


def plan_overall(laid: AllRows) -> EntryPlan:
    """The overall target and its indicators; what only projects are asked for where it is there."""
    own = [row for row in laid["indicators"] if row["target"] == WHOLE]
    unused = [key for key in FOR_PROJECTS_ONLY if not any(row[key] for row in own)]
    return EntryPlan(
        key="overall",
        title=OVERALL.title,
        fieldsets=(
            Fieldset(sheet=OVERALL, columns=OVERALL.typed(), intro=""),
            list_indicator_fields(WHOLE, "", lambda row: row["target"] == WHOLE, without=unused),
        ),
        parts=("overall",),
    )


def plan_project(laid: AllRows, was: Key | None, name: str, unit: str) -> EntryPlan:
    """A project with its indicators.

    `was` is the key (unit, name) under which the ledger has it, None for a new one; `name` and
    `unit` are those typed. A project that gets another name takes its money and words along.
    """
    is_renamed = was is not None and was != (unit, name)
    has_unit_typed = bool(laid["units"]) and was is None
    return EntryPlan(
        key="projects",
        title=name or "新项目",
        fieldsets=(
            Fieldset(
                sheet=PROJECTS,
                columns=PROJECTS.typed(*(() if has_unit_typed else ("unit",))),
                given={} if has_unit_typed else {"unit": unit},
                owns=lambda row: (row["unit"], row["name"]) == was,
                single=True,
                intro="",
            ),
            list_indicator_fields(name, unit, lambda row: (row["unit"], row["target"]) == was),
        ),
        parts=("projects", "expenditure", "priors", "words") if is_renamed else ("projects",),
        prepare=lambda rows: rename_project_rows(rows, was, name) if was and is_renamed else rows,
    )


def list_indicator_fields(
    target: str, unit: str, owns: Callable[[Laid], bool], without: Sequence[str] = ()
) -> Fieldset:
    return Fieldset(
        sheet=INDICATORS,
        columns=INDICATORS.typed("unit", "target", *without),
        given={"target": target, "unit": unit},
        owns=owns,
        spare=3,
        ordered=True,
        intro=INDICATORS_INTRO,
    )


def rename_project_rows(laid: AllRows, was: Key, name: str) -> AllRows:
    """Rows in which the project's money and what is said of it stand under the new name."""
    spent = [
        {**row, "project": name} if (row["unit"], row["project"]) == was else row
        for row in laid["expenditure"]
    ]
    said = [
        {**row, "project": name} if row["project"] == was[1] else row for row in laid["history"]
    ]
    return {**laid, "expenditure": spent, "history": said}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """A sum beside what it should be; `is_good` where it is.

    `kind` is weights (points) or costs (万元), and `limits` are what the sum is held against.
    """

    kind: str
    label: str
    total: str
    told: str
    advice: str
    limits: tuple[str, ...]
    is_good: bool


def list_typed_indicators(form: EntryForm) -> list[Indicator]:
    rows, _ = form.parts["indicators"].read_rows()
    return [read_indicator(row) for row in rows]


def sum_weights(indicators: Iterable[Indicator]) -> Decimal:
    """The points of indicators; one without a weight has none."""
    return sum((each.weight or ZERO for each in indicators), ZERO)


def weigh_points(indicators: Sequence[Indicator]) -> Meter:
    total = sum_weights(indicators)
    limits = tuple(f"{weight:f}" for weight in FULL_WEIGHTS)
    return Meter(
        kind="weights",
        label="权重合计",
        total=f"{total.normalize():f}",
        told="分",
        advice=f"应为{'或'.join(limits)}分；合计90分时，另外10分留给预算执行率。",
        limits=limits,
        is_good=total in FULL_WEIGHTS,
    )


def weigh_cost(indicators: Sequence[Indicator], money: Decimal) -> Meter:
    """Economic cost indicators against the project's money in yuan; both shown in 万元."""
    total = sum((each.cost or ZERO for each in indicators), ZERO)
    budget = spell_money(money, WAN)
    return Meter(
        kind="costs",
        label=COST_LEVEL,
        total=spell_money(total, WAN),
        told=f"{WAN}，项目预算 {budget} {WAN}",
        advice="合计不应超过项目预算；项目预算来自支出明细。",
        limits=(budget,),
        is_good=total <= money,
    )


def sum_money(filing: Filing, unit: str, name: str) -> Decimal:
    """A project's money in yuan: the expenditure with a function code that carries its name."""
    return sum(
        (
            fact.amount
            for fact in filing.facts
            if fact.side is Side.EXPENDITURE
            and fact.function
            and (fact.unit, fact.project) == (unit, name)
            and not (filing.units and fact.internal)
        ),
        ZERO,
    )


class ArrangeForm(forms.Form):
    """The button that was pressed, and the fingerprint of the list that was seen."""

    action = forms.RegexField(rf"^({'|'.join(TOLD)})-[0-9]{{1,6}}$")
    seen = forms.CharField(required=False)


def edit_project_list(request: HttpRequest, budget: Budget) -> HttpResponse:
    if request.method == "POST":
        form = ArrangeForm(request.POST)
        try:
            told = arrange_projects(budget, form, request.user) if form.is_valid() else ""
        except FilingRefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, told) if told else messages.warning(request, LATE)
        return redirect(find_sheet(budget, "projects"))
    filing = Stored.of(budget).filing
    with_money = {(fact.unit, fact.project) for fact in filing.facts}
    weights = [sum_weights(plan.indicators) for plan in filing.projects]
    return render_page(
        request,
        "workplace/projects.html",
        budget,
        step="projects",
        title="项目与目标",
        lines=[
            {
                "plan": plan,
                "money": spell_money(sum_money(filing, plan.unit, plan.name), WAN),
                "weight": weight,
                "is_weighed": weight in FULL_WEIGHTS,
                "has_money": (plan.unit, plan.name) in with_money,
            }
            for plan, weight in zip(filing.projects, weights, strict=True)
        ],
        seen=fingerprint_plans(filing.projects),
    )


def fingerprint_plans(plans: tuple[ProjectPlan, ...]) -> str:
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
    note_edit(budget, who, "调整项目")
    told = f"{TOLD[move]}“{plans[number - 1].name}”"
    audit.write_entry(
        audit.Action.SAVE,
        who=who,
        subject=budget,
        words=told,
        before={"项目": [each.name for each in plans]},
        after={"项目": [each.name for each in order]},
    )
    return f"{told}。"
