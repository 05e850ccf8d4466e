"""The task list of one budget: its steps, their states, what is missing, and one click to each.

A department with units also sees which of them are in, and what they add up to.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.contrib import messages
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from budgets.audit import list_edits
from budgets.domain.facts import Fact, Side
from budgets.domain.filing import Filing, Particulars, Profile
from budgets.domain.money import ZERO, show_wan
from budgets.importing.new_year import YearClosedError, open_year
from budgets.ledger import FilingRefusedError
from budgets.models import Budget, Department
from disclosures.models import Comment
from disclosures.workflow.access import Act, find_budget, find_department, may
from disclosures.workplace.clerk.checks import ASKING, find_mending_step, find_step
from disclosures.workplace.clerk.page import (
    SHEET_TITLES,
    STEPS,
    PageLink,
    Step,
    find_sheet,
    find_step_page,
    render_page,
)
from disclosures.workplace.dossier import Dossier, open_dossier

RECENT_EDITS = 5


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


@require_safe
def show_tasks(request: HttpRequest, year: int, code: str) -> HttpResponse:
    budget = find_budget(request.user, year, code)
    dossier = open_dossier(budget)
    unanswered = Comment.objects.filter(budget=budget).unanswered().count()
    tasks = list_progress(dossier, may(request.user, Act.FILL, budget.department), unanswered)
    undone = (each for each in tasks if each.stage is not StepStage.DONE and each.href)
    return render_page(
        request,
        "workplace/tasks.html",
        budget,
        step="tasks",
        title="任务清单",
        tasks=tasks,
        unanswered=unanswered,
        next=next(undone, None),
        family=gather_units(dossier),
        sums=sum_sides(fact for fact in dossier.filing.facts if not fact.internal),
        edits=list_edits(budget)[:RECENT_EDITS],
    )


class StepStage(TextChoices):
    NONE = "none", "未开始"
    BEGUN = "begun", "进行中"
    FAULTY = "faulty", "有问题"
    DONE = "done", "已完成"


class Judgement(NamedTuple):
    """The stage of a step, what is missing, and the number of faults."""

    stage: StepStage
    missing: str = ""
    faults: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    step: Step
    stage: StepStage
    missing: str
    faults: int
    href: str
    others: tuple[PageLink, ...]

    @property
    def label(self) -> str:
        """The stage in words: 有问题 3 处."""
        return f"{self.stage.label} {self.faults} 处" if self.faults else f"{self.stage.label}"


def list_progress(dossier: Dossier, may_fill: bool, unanswered: int = 0) -> list[Progress]:
    """Every step with its progress, in order, and with the links that the person may follow.

    `unanswered` is how many threads of the bureau wait for a word of the department.
    """
    faults: defaultdict[str, list[str]] = defaultdict(list)
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for problem in dossier.mistakes:
        if owner := find_mending_step(problem):
            faults[owner.key].append(problem.message)
    for finding in dossier.pending:
        kind = asked if finding.id in ASKING else faults
        kind[find_step(finding).key].append(finding.message)
    judgements = {
        key: judge_entry(key, dossier.filing, faults[key], asked[key]) for key in BEGINNINGS
    } | {
        "checks": judge_checks(dossier),
        "preview": judge_preview(dossier),
        "confirm": judge_confirmation(dossier, unanswered),
    }
    return [
        Progress(
            step=step,
            **judgements[step.key]._asdict(),
            href=find_step_page(step, dossier.budget, may_fill),
            others=tuple(
                PageLink(title=SHEET_TITLES[key], href=find_sheet(dossier.budget, key))
                for key in (step.sheets[1:] if may_fill else ())
            ),
        )
        for step in STEPS
    ]


def has_side(filing: Filing, side: Side) -> bool:
    return any(fact.side is side for fact in filing.facts)


# What shows that a step of data entry has begun, and what to say while it has not.
BEGINNINGS: dict[str, tuple[Callable[[Filing], bool], str]] = {
    "profile": (lambda filing: filing.profile != Profile(), "请填写主要职能、科室和人数。"),
    "income": (lambda filing: has_side(filing, Side.INCOME), "请按资金来源填写收入。"),
    "expenditure": (
        lambda filing: has_side(filing, Side.EXPENDITURE),
        "请上传工作簿，或粘贴、录入支出明细。",
    ),
    # Where money is spent and none of it for a project, there is nothing to fill in.
    "projects": (
        lambda filing: bool(filing.projects) or has_side(filing, Side.EXPENDITURE),
        "没有项目支出的不用填。",
    ),
    "overall": (
        lambda filing: bool(filing.overall.goal or filing.overall.indicators),
        "请填写年度目标和指标。",
    ),
    "words": (lambda filing: bool(filing.words or filing.priors), "请填写上年数、原因和用途。"),
    "particulars": (
        lambda filing: filing.particulars != Particulars(),
        "采购、资产等没有的不填，视为 0。",
    ),
}


def judge_entry(key: str, filing: Filing, faults: list[str], asked: list[str]) -> Judgement:
    """A step of data entry: the first message in its own words, and how many more there are."""
    has_begun, beginning = BEGINNINGS[key]
    if not has_begun(filing):
        return Judgement(StepStage.NONE, beginning)
    told = [*faults, *asked]
    more = f"还有 {len(told) - 1} 处。" if len(told) > 1 else ""
    missing = f"{told[0]}{more}" if told else ""
    if faults:
        return Judgement(StepStage.FAULTY, missing, len(faults))
    return Judgement(StepStage.BEGUN if asked else StepStage.DONE, missing)


def judge_checks(dossier: Dossier) -> Judgement:
    """检查: done when nothing stands against confirming."""
    if not dossier.filing.facts:
        return Judgement(StepStage.NONE, "填了收入和支出以后再看。")
    if not dossier.open_count:
        return Judgement(StepStage.DONE)
    warnings = len(dossier.unexplained)
    errors = dossier.open_count - warnings
    said = [f"{errors} 处错误要改正"] if errors else []
    said += [f"{warnings} 处警告要说明"] if warnings else []
    return Judgement(StepStage.FAULTY, f"{'，'.join(said)}。", dossier.open_count)


def judge_preview(dossier: Dossier) -> Judgement:
    """预览: what is to be read through stands when the checks are done."""
    if not dossier.filing.facts:
        return Judgement(StepStage.NONE, "随时可以看；填了数据才有内容。")
    if dossier.open_count:
        return Judgement(StepStage.BEGUN, "随时可以看；检查通过以后再通读一遍。")
    return Judgement(StepStage.DONE, "内容已齐，请通读一遍。")


def judge_confirmation(dossier: Dossier, unanswered: int) -> Judgement:
    """确认: by a head of the department, when the checks are done and the bureau is answered."""
    if dossier.budget.locked:
        return Judgement(StepStage.DONE)
    if dossier.open_count or not dossier.filing.facts:
        return Judgement(StepStage.NONE, "检查通过以后，由没有填报过的单位负责人确认。")
    if unanswered:
        return Judgement(StepStage.NONE, f"先答复 {unanswered} 条审核意见，再由单位负责人确认。")
    return Judgement(StepStage.BEGUN, "可以确认了，请单位负责人登录办理。")


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


def sum_sides(facts: Iterable[Fact]) -> SideSums:
    sums = {Side.INCOME: ZERO, Side.EXPENDITURE: ZERO}
    for fact in facts:
        if fact.side is Side.INCOME or fact.function:
            sums[fact.side] += fact.amount
    return SideSums(income=sums[Side.INCOME], spent=sums[Side.EXPENDITURE])


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
        return [row.unit.name for row in self.rows if not row.is_in]


def gather_units(dossier: Dossier) -> UnitFamily | None:
    """The department's units in code order; None for one that is its own only unit."""
    if not dossier.units:
        return None
    budgets = Budget.objects.for_year(dossier.budget.year).filter(department__in=dossier.units)
    known = {each.department_id: each for each in budgets}
    by_unit: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in dossier.filing.facts:
        by_unit[fact.unit].append(fact)
    total = sum_sides(dossier.filing.facts)
    internal = sum_sides(fact for fact in dossier.filing.facts if fact.internal)
    return UnitFamily(
        rows=[
            UnitRow(
                unit=unit,
                budget=known.get(unit.pk),
                sums=sum_sides(by_unit[unit.code]),
                is_in=bool(by_unit[unit.code]),
            )
            for unit in dossier.units
        ],
        total=total,
        internal=internal,
        net=SideSums(income=total.income - internal.income, spent=total.spent - internal.spent),
    )
