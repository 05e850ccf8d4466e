"""The words around a field on a page: its unit, guidance, offers, and how it is understood."""

from budgets.domain.indicators import COST_LEVEL, Goal
from budgets.spreadsheets.columns import Column, Kind

SUFFIXES = {
    "人": (
        "authorized",
        "serving",
        "serving_change",
        "retired",
        "retired_change",
        "honorary",
        "honorary_change",
    ),
    "辆": (
        "vehicle_count",
        "vehicle_general_count",
        "vehicle_enforcement_count",
        "vehicle_other_count",
    ),
    "台（套）": (
        "equipment_50_count",
        "equipment_100_count",
        "planned_equipment_50_count",
        "planned_equipment_100_count",
    ),
    "平方米": ("house_area",),
    "分": ("weight",),
}
SUFFIX_OF = {key: suffix for suffix, keys in SUFFIXES.items() for key in keys}
# What the workbook's guidance says of the file, and how it reads on a page.
ON_SCREEN = (
    ("（Alt+回车换行）", ""),
    ("见“所属单位”", "从列表中选"),
    ("从下拉列表选", "从列表中选"),
    ("已列出的空行是上年有过的来源，没有填金额的行不导入。", ""),
    ("已列出的空行是上年用过的科目和项目，没有填金额的行不导入。", ""),
)
# Usual 一级 and 二级 indicators, offered where they are typed.
LEVELS = {
    "level1": ("产出指标", "成本指标", "效益指标", "满意度指标", "履职效能"),
    "level2": (
        "数量指标",
        "质量指标",
        "时效指标",
        COST_LEVEL,
        "社会成本指标",
        "生态环境成本指标",
        "经济效益指标",
        "社会效益指标",
        "生态效益指标",
        "满意度指标",
    ),
}
SIGNS = {">=": "≥", "<=": "≤"}


def unit_of(column: Column, money_unit: str) -> str:
    """The unit that stands behind a figure; empty where there is none."""
    return money_unit if column.kind is Kind.MONEY else SUFFIX_OF.get(column.key, "")


def reword(text: str, money_unit: str) -> str:
    """The workbook's guidance as it reads on a page, where the unit stands by its field."""
    if text in ("人。", "必填。单位见封面。"):
        return ""
    for old, new in ON_SCREEN:
        text = text.replace(old, new)
    return text.replace("见封面", f"为{money_unit}")


def list_name(column: Column) -> str:
    """The list that a column is offered from: the workbook's, or one that only pages have."""
    return column.listing or (column.key if column.key in LEVELS else "")


def tell_goal(text: str) -> str:
    """How an indicator's value is understood: a comparison with a number, or words."""
    goal = Goal.parse(text)
    if not text.strip():
        return ""
    if goal.number is None:
        return "文字"
    return f"{SIGNS.get(goal.operator, goal.operator)} {goal.number:,f} {goal.unit}".strip()
