"""Whether every part of the document says what it must: profile, projects, glossary, signature."""

from collections.abc import Iterator
from datetime import date

from budgets.domain.checks.case import Case
from budgets.domain.checks.finding import Check, Outcome, failed, or_passed
from budgets.domain.checks.sources import EXPLAINED
from budgets.domain.document import Severity
from budgets.domain.filing import ProjectPlan
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


def have_parts(case: Case) -> list[Outcome]:
    """Duties, glossary and signature are there, and the date is one on which a budget is signed."""
    filing = case.filing
    given = {
        "profile": bool(filing.profile.duties.strip()),
        "glossary": any(s.key == "G" and s.blocks for s in case.sections),
        "cover": filing.signed_on is not None,
    }
    outcomes = [
        failed(f"没有{name}。", advice, sheet=sheet)
        for sheet, name, advice in PARTS
        if not given[sheet]
    ]
    if filing.signed_on and not _is_plausible(filing.signed_on, filing.year):
        message = f"落款日期{filing.signed_on:%Y-%m-%d}不在{filing.year}年预算公开的时间内。"
        outcomes.append(failed(message, "请核对封面的落款日期。", sheet="cover"))
    return or_passed(outcomes)


def _is_plausible(signed_on: date, year: int) -> bool:
    """Budgets are signed from the autumn in which they are made, and corrected until year's end."""
    return date(year - 1, 9, 1) <= signed_on <= date(year, 12, 31)


def explain_projects(case: Case) -> list[Outcome]:
    """Every project of the general budget says all that note 七 tells of it."""
    return or_passed(_unexplained(case))


def _unexplained(case: Case) -> Iterator[Outcome]:
    plans = {(plan.unit, plan.name): plan for plan in case.filing.projects}
    for (unit, name), to_people in sorted(_general_projects(case).items()):
        plan = plans.get((unit, name), ProjectPlan(unit=unit, name=name))
        lacking = _lacking(plan, REQUIRED)
        for_people = _lacking(plan, RECIPIENTS)
        if to_people or len(for_people) < len(RECIPIENTS):
            lacking += for_people
        if lacking:
            yield failed(f"项目“{name}”没有填写：{'、'.join(lacking)}。", "请在“项目”表补充。")


def _general_projects(case: Case) -> dict[tuple[str, str], bool]:
    """(unit, name) of the projects in their table, and whether people receive their money."""
    keys = {row.key for row in case.grids[Role.PROJECTS].rows()}
    found: dict[tuple[str, str], bool] = {}
    for fact in case.facts:
        if fact.project and f"{fact.function}:{remove_blanks(fact.project)}" in keys:
            key = (fact.unit, fact.project)
            found[key] = found.get(key, False) or fact.economic.startswith(TO_PEOPLE)
    return found


def _lacking(plan: ProjectPlan, asked: tuple[tuple[str, str], ...]) -> list[str]:
    return [label for field, label in asked if not getattr(plan, field).strip()]


PARTS_CHECKS = (
    Check(
        "document-complete",
        "公开文本各部分齐全",
        "主要职能、名词解释、落款日期都有",
        Severity.ERROR,
        have_parts,
        source=EXPLAINED,
        mended_at="profile",
        asks=True,
    ),
    Check(
        "projects-explained",
        "项目情况说明齐全",
        "{projects}每个项目都有政策依据、承担单位、资金分配和执行时间；补助个人的还有补助情况",
        Severity.ERROR,
        explain_projects,
        source=EXPLAINED,
        mended_at="projects",
        asks=True,
        needs=(Role.PROJECTS,),
    ),
)
