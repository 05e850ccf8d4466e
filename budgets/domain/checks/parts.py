"""Whether every part says what it must: duties, glossary, signature, projects and their targets."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from budgets.domain.checks.case import UNCHECKED, Case, Outcome, compare_side, compare_sums, failed
from budgets.domain.document import Result
from budgets.domain.filing import FULL_WEIGHTS, Indicator, ProjectPlan
from budgets.domain.money import ZERO
from budgets.domain.performance import list_projects
from budgets.domain.tables.form import Role
from budgets.domain.text import remove_blanks

# What a document cannot be without: the sheet it is stated on, its name, and what to do.
PARTS = (
    ("profile", "主要职能", "请在“概况与人员”表填写主要职能。"),
    ("glossary", "名词解释", "请装入名词解释。"),
    ("cover", "落款日期", "请在封面填写落款日期。"),
)
REQUIRED = (
    ("policy_basis", "设立的政策依据"),
    ("executing_unit", "项目承担单位"),
    ("allocation", "资金分配情况"),
    ("period", "资金执行时间"),
)
RECIPIENTS = (
    ("recipient_number", "补助人数"),
    ("recipient_standard", "补助标准"),
    ("recipient_scope", "补助范围"),
    ("recipient_method", "补助方式"),
    ("recipient_benefit", "受益人群和社会效益"),
)
# 303 对个人和家庭的补助: money that people receive.
TO_PEOPLE = "303"


def have_parts(case: Case) -> Iterator[Outcome]:
    """Duties, glossary and signature are there, and the date is one on which a budget is signed."""
    filing = case.filing
    given = {
        "profile": bool(filing.profile.duties.strip()),
        "glossary": any(s.key == "G" and s.blocks for s in case.sections),
        "cover": filing.signed_on is not None,
    }
    for sheet, name, advice in PARTS:
        if not given[sheet]:
            yield failed(f"没有{name}。", advice, sheet=sheet)
    # Budgets are signed from the autumn in which they are made, and corrected until year's end.
    first, last = date(filing.year - 1, 9, 1), date(filing.year, 12, 31)
    if filing.signed_on and not first <= filing.signed_on <= last:
        message = f"落款日期{filing.signed_on:%Y-%m-%d}不在{filing.year}年预算公开的时间内。"
        yield failed(message, "请核对封面的落款日期。", sheet="cover")


def explain_projects(case: Case) -> Iterator[Outcome]:
    """Every project of the general budget says all that note 七 tells of it."""
    plans = {(plan.unit, plan.name): plan for plan in case.filing.projects}
    keys = {row.key for row in case.grids[Role.PROJECTS].rows()}
    # Whether people receive a project's money.
    found: dict[tuple[str, str], bool] = defaultdict(bool)
    for fact in case.facts:
        if fact.project and f"{fact.function}:{remove_blanks(fact.project)}" in keys:
            found[fact.unit, fact.project] |= fact.economic.startswith(TO_PEOPLE)
    for (unit, name), to_people in sorted(found.items()):
        plan = plans.get((unit, name), ProjectPlan(unit=unit, name=name))
        lacking = _lacking(plan, REQUIRED)
        for_people = _lacking(plan, RECIPIENTS)
        if to_people or len(for_people) < len(RECIPIENTS):
            lacking += for_people
        if lacking:
            yield failed(f"项目“{name}”没有填写：{'、'.join(lacking)}。", "请在“项目”表补充。")


def _lacking(plan: ProjectPlan, asked: tuple[tuple[str, str], ...]) -> list[str]:
    return [label for field, label in asked if not getattr(plan, field).strip()]


def _targets(case: Case) -> list[tuple[str, str, str, Sequence[Indicator]]]:
    """(name, sheet of the goal, goal, indicators) of the whole department and of each project."""
    overall = case.filing.overall
    plans = [
        (f"项目“{plan.name}”", "projects", plan.goal, plan.indicators)
        for plan in list_projects(case.filing)
    ]
    return [("部门整体绩效目标", "overall", overall.goal, overall.indicators), *plans]


def have_targets(case: Case) -> Iterator[Outcome]:
    """The department and every project with money have a goal and indicators."""
    for name, sheet, goal, indicators in _targets(case):
        if not goal.strip():
            yield failed(f"{name}没有填写目标。", "请填写年度总体目标。", sheet=sheet)
        if not indicators:
            yield failed(f"{name}没有绩效指标。", "请在“绩效指标”表填写指标。", sheet=sheet)
    planned = {(plan.unit, plan.name) for plan in case.filing.projects}
    funded = {(fact.unit, fact.project) for fact in case.facts if fact.project}
    for _, project in sorted(funded - planned):
        advice = "请在“项目”表和“绩效指标”表补充这个项目。"
        yield failed(f"项目“{project}”有预算，没有绩效目标。", advice, sheet="projects")


def weigh_indicators(case: Case) -> Iterator[Outcome]:
    """Weights add up to 90 (ten points are kept for the execution rate) or 100."""
    weighed = [(name, sheet, own) for name, sheet, _, own in _targets(case) if own]
    if not weighed:
        yield UNCHECKED
    for name, sheet, indicators in weighed:
        lacking = [each.level3 for each in indicators if each.weight is None]
        total = sum((each.weight for each in indicators if each.weight is not None), Decimal(0))
        if lacking:
            message = f"{name}的指标没有权重：{'、'.join(lacking)}。"
            yield failed(message, "请填写每个指标的权重。", sheet=sheet)
        elif total not in FULL_WEIGHTS:
            yield failed(
                f"{name}的指标权重合计{total:f}分，应为90分或100分。",
                "请调整权重；合计90分时，另外10分留给预算执行率。",
                sheet=sheet,
            )


def bound_costs(case: Case) -> list[Outcome]:
    """Cost indicators in 万元 do not add up to more than the project's budget."""
    outcomes = []
    for number, plan in enumerate(list_projects(case.filing), start=1):
        if costs := [each.cost for each in plan.indicators if each.cost is not None]:
            label, at = f"项目“{plan.name}”年度预算", f"P{number}.funds.total"
            budget = compare_side(label=label, yuan=case.writer.yuan(at), at=at)
            cost = compare_side(label="经济成本指标之和", yuan=sum(costs, ZERO))
            outcome = Outcome(result=Result.PASSED, sides=(cost, budget))
            if cost.yuan > budget.yuan:
                advice = "请核对成本指标的金额，合计不应超过项目预算。"
                outcome = compare_sums(cost, budget, 0, advice)
            outcomes.append(outcome)
    return outcomes or [UNCHECKED]


def fund_projects(case: Case) -> list[Outcome]:
    """The projects' tables hold the whole project expenditure."""
    cells = [f"{grid.key}.funds.total" for grid in case.projects()]
    total = sum((case.writer.yuan(at) for at in cells), ZERO)
    left = compare_side(label="各项目绩效目标表年度预算之和", yuan=total)
    form = case.table_set[Role.SPENDING]
    at = f"{form.key}.total.project"
    right = compare_side(label=f"{form.label}项目支出", yuan=case.writer.yuan(at), at=at)
    return [compare_sums(left, right, 0, "请核对“项目”表是否包含支出明细里的每个项目。")]
