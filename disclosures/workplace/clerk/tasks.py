"""The task list of one budget: its steps, their states, what is missing, and one click to each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from budgets.audit import list_edits
from budgets.domain.facts import Fact, Side
from budgets.domain.filing import Filing, Particulars, Profile
from budgets.domain.money import show_wan
from budgets.importing.new_year import YearClosedError, open_year
from budgets.ledger import FilingRefusedError
from budgets.models import Budget, Department
from disclosures.models import Comment
from disclosures.workflow.access import Act, find_budget, find_department, may
from disclosures.workplace.clerk.checks import ASKING, find_owner, find_step
from disclosures.workplace.clerk.page import (
    STEPS,
    PageLink,
    Step,
    find_step_page,
    list_sheets,
    render_page,
)
from disclosures.workplace.dossier import Dossier, open_dossier

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class SideSums:
    """Income and expenditure of some facts, in yuan; money stated by function counts once."""

    income: Decimal
    spent: Decimal

    @property
    def shown_income(self) -> str:
        """The income in 万元."""
        return show_wan(self.income)

    @property
    def shown_spent(self) -> str:
        """The expenditure in 万元."""
        return show_wan(self.spent)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A unit in use, its budget of the year if it has opened one, and its money."""

    unit: Department
    budget: Budget | None
    sums: SideSums
    is_in: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFamily:
    """The units of a department, their sum, what of it only moves inside, and the rest."""

    rows: list[UnitRow]
    total: SideSums
    internal: SideSums
    net: SideSums

    @property
    def waiting(self) -> list[str]:
        """The names of the units that have filed nothing yet."""
        return [row.unit.name for row in self.rows if not row.is_in]


def gather_units(dossier: Dossier) -> UnitFamily | None:
    """The department's units in code order; None for one that is its own only unit."""
    units = dossier.units
    if not units:
        return None
    budgets = Budget.objects.for_year(dossier.budget.year).filter(department__in=units)
    known = {each.department_id: each for each in budgets}
    facts = dossier.filing.facts
    total, internal = sum_sides(facts), sum_sides(fact for fact in facts if fact.internal)
    net = SideSums(income=total.income - internal.income, spent=total.spent - internal.spent)
    rows = [lay_unit(unit, known.get(unit.pk), facts) for unit in units]
    return UnitFamily(rows=rows, total=total, internal=internal, net=net)


def lay_unit(unit: Department, budget: Budget | None, facts: Iterable[Fact]) -> UnitRow:
    """One unit with its own facts added up."""
    own = [fact for fact in facts if fact.unit == unit.code]
    return UnitRow(unit=unit, budget=budget, sums=sum_sides(own), is_in=bool(own))


def sum_sides(facts: Iterable[Fact]) -> SideSums:
    """Income, and expenditure by function, of the facts."""
    sums = {Side.INCOME: ZERO, Side.EXPENDITURE: ZERO}
    for fact in facts:
        if fact.side is Side.INCOME or fact.function:
            sums[fact.side] += fact.amount
    return SideSums(income=sums[Side.INCOME], spent=sums[Side.EXPENDITURE])


Messages = Mapping[str, list[str]]


class StepStage(StrEnum):
    """How far a step has come."""

    NONE = "none"
    BEGUN = "begun"
    FAULTY = "faulty"
    DONE = "done"

    @property
    def label(self) -> str:
        """未开始, 进行中, 有问题 or 已完成."""
        return {"none": "未开始", "begun": "进行中", "faulty": "有问题", "done": "已完成"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A step, its stage with the number of faults, what is missing, and where to go on."""

    step: Step
    stage: StepStage
    faults: int = 0
    missing: str = ""
    href: str
    others: tuple[PageLink, ...] = ()

    @property
    def label(self) -> str:
        """The stage in words: 有问题 3 处."""
        return f"{self.stage.label} {self.faults} 处" if self.faults else self.stage.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is to be said of a step, before its links are added."""

    stage: StepStage
    faults: int = 0
    missing: str = ""


def has_side(filing: Filing, side: Side) -> bool:
    """True where money of that side is stated."""
    return any(fact.side is side for fact in filing.facts)


def has_projects(filing: Filing) -> bool:
    """True where a project is described or has money."""
    return bool(filing.projects) or any(fact.project for fact in filing.facts)


def has_overall(filing: Filing) -> bool:
    """True where the overall target says anything."""
    return bool(filing.overall.goal or filing.overall.indicators)


# What shows that a step of data entry has begun, and what to say while it has not.
BEGINNINGS: dict[str, tuple[Callable[[Filing], bool], str]] = {
    "profile": (lambda filing: filing.profile != Profile(), "请填写主要职能、科室和人数。"),
    "income": (lambda filing: has_side(filing, Side.INCOME), "请按资金来源填写收入。"),
    "expenditure": (
        lambda filing: has_side(filing, Side.EXPENDITURE),
        "请上传工作簿，或粘贴、录入支出明细。",
    ),
    "projects": (has_projects, "没有项目支出的不用填。"),
    "overall": (has_overall, "请填写年度目标和指标。"),
    "words": (lambda filing: bool(filing.words or filing.priors), "请填写上年数、原因和用途。"),
    "particulars": (
        lambda filing: filing.particulars != Particulars(),
        "采购、资产等没有的不填，视为 0。",
    ),
}


def list_progress(dossier: Dossier, may_fill: bool, unanswered: int = 0) -> list[Progress]:
    """Every step with its progress, in order, and with the links that the person may follow.

    `unanswered` is how many threads of the bureau wait for a word of the department.
    """
    faults, asked = sort_out(dossier)
    verdicts = {key: judge(key, dossier.filing, faults[key], asked[key]) for key in BEGINNINGS}
    verdicts |= {
        "checks": judge_checks(dossier),
        "preview": judge_preview(dossier),
        "confirm": judge_confirmation(dossier, unanswered),
    }
    return [show_progress(step, dossier.budget, verdicts[step.key], may_fill) for step in STEPS]


def sort_out(dossier: Dossier) -> tuple[Messages, Messages]:
    """What is wrong, and what is still asked for, by the key of the step that mends it."""
    faults, asked = defaultdict(list), defaultdict(list)
    for problem in dossier.mistakes:
        if owner := find_owner(problem):
            faults[owner.key].append(problem.message)
    for finding in dossier.pending:
        kind = asked if finding.id in ASKING else faults
        kind[find_step(finding).key].append(finding.message)
    return faults, asked


def judge(key: str, filing: Filing, faults: list[str], asked: list[str]) -> Verdict:
    """A step of data entry."""
    has_begun, beginning = BEGINNINGS[key]
    if not has_begun(filing) and not (key == "projects" and has_side(filing, Side.EXPENDITURE)):
        return Verdict(stage=StepStage.NONE, missing=beginning)
    missing = tell([*faults, *asked])
    if faults:
        return Verdict(stage=StepStage.FAULTY, faults=len(faults), missing=missing)
    return Verdict(stage=StepStage.BEGUN if asked else StepStage.DONE, missing=missing)


def tell(messages: list[str]) -> str:
    """The first finding in its own words, and how many more there are."""
    if not messages:
        return ""
    more = f"还有 {len(messages) - 1} 处。" if len(messages) > 1 else ""
    return f"{messages[0]}{more}"


def judge_checks(dossier: Dossier) -> Verdict:
    """检查: done when nothing stands against confirming."""
    if not dossier.filing.facts:
        return Verdict(stage=StepStage.NONE, missing="填了收入和支出以后再看。")
    warnings = len(dossier.unexplained)
    errors = dossier.open_count - warnings
    if not errors + warnings:
        return Verdict(stage=StepStage.DONE)
    said = [f"{errors} 处错误要改正"] if errors else []
    said += [f"{warnings} 处警告要说明"] if warnings else []
    missing = f"{'，'.join(said)}。"
    return Verdict(stage=StepStage.FAULTY, faults=errors + warnings, missing=missing)


def judge_preview(dossier: Dossier) -> Verdict:
    """预览: what is to be read through stands when the checks are done."""
    if not dossier.filing.facts:
        return Verdict(stage=StepStage.NONE, missing="随时可以看；填了数据才有内容。")
    if dossier.open_count:
        return Verdict(stage=StepStage.BEGUN, missing="随时可以看；检查通过以后再通读一遍。")
    return Verdict(stage=StepStage.DONE, missing="内容已齐，请通读一遍。")


def judge_confirmation(dossier: Dossier, unanswered: int) -> Verdict:
    """确认: by a head of the department, when the checks are done and the bureau is answered."""
    if dossier.budget.locked:
        return Verdict(stage=StepStage.DONE)
    if dossier.open_count or not dossier.filing.facts:
        return Verdict(stage=StepStage.NONE, missing="检查通过以后，由没有填报过的单位负责人确认。")
    if unanswered:
        missing = f"先答复 {unanswered} 条审核意见，再由单位负责人确认。"
        return Verdict(stage=StepStage.NONE, missing=missing)
    return Verdict(stage=StepStage.BEGUN, missing="可以确认了，请单位负责人登录办理。")


def show_progress(step: Step, budget: Budget, verdict: Verdict, may_fill: bool) -> Progress:
    """A step with its verdict and its links."""
    return Progress(
        step=step,
        stage=verdict.stage,
        faults=verdict.faults,
        missing=verdict.missing,
        href=find_step_page(step, budget, may_fill),
        others=tuple(list_sheets(step, budget, may_fill))[1:],
    )


RECENT = 5


@require_safe
def show_tasks(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The steps of a budget, over them its units, below them who changed what of late."""
    budget = find_budget(request.user, year, code)
    dossier = open_dossier(budget)
    unanswered = Comment.objects.filter(budget=budget).unanswered().count()
    tasks = list_progress(dossier, may(request.user, Act.FILL, budget.department), unanswered)
    context = {
        "tasks": tasks,
        "unanswered": unanswered,
        "next": find_next(tasks),
        "family": gather_units(dossier),
        "sums": sum_sides(fact for fact in dossier.filing.facts if not fact.internal),
        "edits": list_edits(budget)[:RECENT],
    }
    return render_page(
        request, "workplace/tasks.html", budget, step="tasks", title="任务清单", **context
    )


def find_next(tasks: Iterable[Progress]) -> Progress | None:
    """The first step that is not done and that the person may go to; None where there is none."""
    return next((each for each in tasks if each.stage is not StepStage.DONE and each.href), None)


@require_POST
def open_budget(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Open the year for a department or unit, or go to the budget that is already there."""
    department = find_department(request.user, code, Act.FILL)
    try:
        budget = open_year(department, year, request.user)
    except (YearClosedError, FilingRefusedError) as refusal:
        messages.error(request, str(refusal))
        return redirect("workplace:home")
    return redirect("workplace:tasks", budget.year, department.code)
