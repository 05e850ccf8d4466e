"""Performance: every project has targets, weights add up, and costs stay inside the budget."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgets.domain.checks.case import Case
from budgets.domain.checks.finding import (
    UNCHECKED,
    Check,
    Outcome,
    compare,
    compare_side,
    failed,
    or_passed,
)
from budgets.domain.checks.sources import FORMS, TARGETED
from budgets.domain.document import Result, Severity
from budgets.domain.indicators import FULL_WEIGHTS, Indicator
from budgets.domain.performance import list_projects
from budgets.domain.tables.form import Role

Target = tuple[str, str, str, Sequence[Indicator]]


def targets(case: Case) -> list[Target]:
    """(name, sheet of the goal, goal, indicators) of the whole department and of each project."""
    overall = case.filing.overall
    plans = [
        (f"项目“{plan.name}”", "projects", plan.goal, plan.indicators)
        for plan in list_projects(case.filing)
    ]
    return [("部门整体绩效目标", "overall", overall.goal, overall.indicators), *plans]


def have_targets(case: Case) -> list[Outcome]:
    """The department and every project with money have a goal and indicators."""
    return or_passed(_without_target(case))


def _without_target(case: Case) -> Iterator[Outcome]:
    for name, sheet, goal, indicators in targets(case):
        if not goal.strip():
            yield failed(f"{name}没有填写目标。", "请填写年度总体目标。", sheet=sheet)
        if not indicators:
            yield failed(f"{name}没有绩效指标。", "请在“绩效指标”表填写指标。", sheet=sheet)
    planned = {(plan.unit, plan.name) for plan in case.filing.projects}
    funded = {(fact.unit, fact.project) for fact in case.facts if fact.project}
    for _, project in sorted(funded - planned):
        advice = "请在“项目”表和“绩效指标”表补充这个项目。"
        yield failed(f"项目“{project}”有预算，没有绩效目标。", advice, sheet="projects")


def weigh(case: Case) -> list[Outcome]:
    """Weights add up to 90 (10 points are kept for the execution rate) or 100."""
    weighed = [(name, sheet, own) for name, sheet, _, own in targets(case) if own]
    if not weighed:
        return [UNCHECKED]
    return or_passed(outcome for target in weighed for outcome in _weights(*target))


def _weights(name: str, sheet: str, indicators: Sequence[Indicator]) -> Iterator[Outcome]:
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
    outcomes = [
        compare_cost(case, number, plan.name, own)
        for number, plan in enumerate(list_projects(case.filing), start=1)
        if (own := [each.cost for each in plan.indicators if each.cost is not None])
    ]
    return outcomes or [UNCHECKED]


def compare_cost(case: Case, number: int, name: str, costs: Sequence[Decimal]) -> Outcome:
    """One project's cost indicators, in yuan, against its money."""
    at = f"P{number}.funds.total"
    budget = compare_side(label=f"项目“{name}”年度预算", yuan=case.writer.yuan(at), at=at)
    cost = compare_side(label="经济成本指标之和", yuan=sum(costs, Decimal("0.00")))
    if cost.yuan > budget.yuan:
        return compare(cost, budget, 0, "请核对成本指标的金额，合计不应超过项目预算。")
    return Outcome(result=Result.PASSED, sides=(cost, budget))


def fund_projects(case: Case) -> Iterator[Outcome]:
    """The projects' tables hold the whole of Table 3's project expenditure."""
    cells = [f"{grid.key}.funds.total" for grid in case.projects()]
    total = sum((case.writer.yuan(at) for at in cells), Decimal("0.00"))
    left = compare_side(label="各项目绩效目标表年度预算之和", yuan=total)
    form = case.table_set[Role.SPENDING]
    at = f"{form.key}.total.project"
    right = compare_side(label=f"{form.label}项目支出", yuan=case.writer.yuan(at), at=at)
    yield compare(left, right, 0, "请核对“项目”表是否包含支出明细里的每个项目。")


PERFORMANCE_CHECKS = (
    Check(
        "targets",
        "部门和每个项目都有绩效目标",
        "有预算的项目 = 有绩效目标的项目",
        Severity.ERROR,
        have_targets,
        source=TARGETED,
        mended_at="projects",
        asks=True,
    ),
    Check(
        "weights",
        "指标权重合计90分或100分",
        "Σ权重 ∈ {90, 100}",
        Severity.ERROR,
        weigh,
        source=TARGETED,
        mended_at="projects",
    ),
    Check(
        "costs",
        "经济成本指标不超过项目预算",
        "Σ经济成本指标（万元） ≤ 项目年度预算",
        Severity.ERROR,
        bound_costs,
        source=TARGETED,
        mended_at="projects",
    ),
    Check(
        "project-funds",
        "项目绩效目标表的资金等于项目支出",
        "Σ项目年度预算 = {spending}项目支出",
        Severity.ERROR,
        fund_projects,
        source=FORMS,
        mended_at="projects",
        needs=(Role.SPENDING,),
    ),
)
