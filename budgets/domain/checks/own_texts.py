"""The texts that the department wrote itself, each with its place and the sheet it is typed on."""

from collections.abc import Iterator
from dataclasses import fields
from typing import NamedTuple

from budgets.domain.checks.case import Case
from budgets.domain.filing import ProjectPlan, WordsKind
from budgets.domain.indicators import Indicator

NOT_TEXT = {"unit", "indicators"}


class Text(NamedTuple):
    """A text, its place in words, and the key of the workbook's sheet that it is typed on."""

    place: str
    text: str
    sheet: str


def own_texts(case: Case) -> Iterator[Text]:
    """Everything but reasons and uses, and then those; blanks left out."""
    filing = case.filing
    whole = (
        Text("主要职能", filing.profile.duties, "profile"),
        Text("部门整体绩效目标", filing.overall.goal, "overall"),
        Text("机关运行经费口径说明", filing.particulars.agency_operating_why, "particulars"),
        Text("“三公”经费差异说明", filing.three_public_why, "particulars"),
        Text("其他需说明的事项", filing.particulars.other_matters, "particulars"),
    )
    yield from (each for each in whole if each.text.strip())
    for plan in filing.projects:
        yield from (Text(f"项目“{plan.name}”", text, "projects") for text in plan_texts(plan))
    for place, indicator in own_indicators(case):
        yield Text(place, f"{indicator.level3}{indicator.value}{indicator.basis}", "indicators")
    for own in filing.words:
        yield Text(name_words(case, own.at, own.kind), own.text, "history")


def plan_texts(plan: ProjectPlan) -> list[str]:
    """The texts of a project's particulars and its goal."""
    texts = (getattr(plan, field.name) for field in fields(plan) if field.name not in NOT_TEXT)
    return [text for text in texts if text.strip()]


def own_indicators(case: Case) -> Iterator[tuple[str, Indicator]]:
    """(place, indicator) of the overall target and of every project."""
    for indicator in case.filing.overall.indicators:
        yield f"整体绩效指标“{indicator.level3}”", indicator
    for plan in case.filing.projects:
        for indicator in plan.indicators:
            yield f"项目“{plan.name}”的指标“{indicator.level3}”", indicator


def name_words(case: Case, at: str, kind: WordsKind) -> str:
    """表5 2012901 行政运行 合计的变动原因."""
    return f"{case.name_cell(at)}的{kind.label}"
