"""Targets: the overall one, and one for each project with its indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from budgets.domain.facts import Side
from budgets.domain.filing import Filing
from budgets.domain.indicators import COST_LEVEL, FULL_WEIGHTS, Indicator
from budgets.spreadsheets import WAN, WHOLE, Row
from budgets.spreadsheets.texts import spell_money
from budgets.spreadsheets.word_sheets import INDICATORS, OVERALL, PROJECTS
from disclosures.workplace.clerk.entries import EntryPlan
from disclosures.workplace.clerk.fieldsets import AllRows, Fieldset

INDICATORS_INTRO = "一个指标一行，按公开的顺序排列；一、二级指标每行都要填。"
FOR_PROJECTS_ONLY = ("last_value", "scoring", "evidence")
ZERO = Decimal("0.00")
Key = tuple[str, str]


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


def plan_overall(laid: AllRows) -> EntryPlan:
    """The overall target and its indicators; what only projects are asked for where it is there."""
    own = [row for row in laid["indicators"] if row["target"] == WHOLE]
    unused = [key for key in FOR_PROJECTS_ONLY if not any(row[key] for row in own)]
    return EntryPlan(
        key="overall",
        title=OVERALL.title,
        fieldsets=(
            Fieldset(sheet=OVERALL, columns=OVERALL.typed(), intro=""),
            Fieldset(
                sheet=INDICATORS,
                columns=INDICATORS.typed("unit", "target", *unused),
                given={"target": WHOLE, "unit": ""},
                owns=lambda row: row["target"] == WHOLE,
                spare=3,
                ordered=True,
                intro=INDICATORS_INTRO,
            ),
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
            list_indicator_fields(was, name, unit),
        ),
        parts=("projects", "expenditure", "priors", "words") if is_renamed else ("projects",),
        prepare=lambda rows: rename_project(rows, was, name) if is_renamed else rows,
    )


def list_indicator_fields(was: Key | None, name: str, unit: str) -> Fieldset:
    """The indicators of one project."""
    return Fieldset(
        sheet=INDICATORS,
        columns=INDICATORS.typed("unit", "target"),
        given={"target": name, "unit": unit},
        owns=lambda row: (row["unit"], row["target"]) == was,
        spare=3,
        ordered=True,
        intro=INDICATORS_INTRO,
    )


def rename_project(laid: AllRows, was: Key, name: str) -> AllRows:
    """Rows in which the project's money and what is said of it stand under the new name."""
    spent = [
        row | {"project": name} if (row["unit"], row["project"]) == was else row
        for row in laid["expenditure"]
    ]
    said = [row | {"project": name} if row["project"] == was[1] else row for row in laid["history"]]
    return {**laid, "expenditure": spent, "history": said}


def read_indicators(rows: Sequence[Row]) -> list[Indicator]:
    """The indicators of rows as far as they are typed."""
    keys = [each.name for each in fields(Indicator)]
    return [
        Indicator(**{key: row[key] or (None if key == "weight" else "") for key in keys})
        for row in rows
    ]


def weigh_points(indicators: Sequence[Indicator]) -> Meter:
    """The weights against 90 or 100 points."""
    total = sum((each.weight or ZERO for each in indicators), ZERO)
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


def renew_texts(texts: Mapping[str, str], last_year: int, without: Sequence[str]) -> dict[str, str]:
    """Last year's texts as a start for this year's, last year's name replaced by this year's."""
    old, new = f"{last_year}年", f"{last_year + 1}年"
    kept = {key: text for key, text in texts.items() if key not in without}
    return dict.fromkeys(texts, "") | {key: text.replace(old, new) for key, text in kept.items()}
