"""What stands around the fields of a page: units, guidance, offers, headings, and sums.

The sums are of what is typed, while it is typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from budgets.domain.filing import COST_LEVEL, Goal
from budgets.spreadsheets.sheets import ColumnKind
from budgets.spreadsheets.values import FACTORS, MisreadError, parse_value, spell_value
from disclosures.workplace.clerk.entries import Fieldset, Texts

# Keys of columns, and words to choose from, stand in one text, parted by blanks.
SUFFIXES = {
    "人": "authorized serving serving_change retired retired_change honorary honorary_change",
    "辆": "vehicle_count vehicle_general_count vehicle_enforcement_count vehicle_other_count",
    "台（套）": "equipment_50_count equipment_100_count"
    " planned_equipment_50_count planned_equipment_100_count",
    "平方米": "house_area",
    "分": "weight",
}
SUFFIX_OF = {key: suffix for suffix, keys in SUFFIXES.items() for key in keys.split()}
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
    "level1": "产出指标 成本指标 效益指标 满意度指标 履职效能",
    "level2": f"数量指标 质量指标 时效指标 {COST_LEVEL} 社会成本指标 生态环境成本指标"
    " 经济效益指标 社会效益指标 生态效益指标 满意度指标",
}
SIGNS = {">=": "≥", "<=": "≤"}


def reword_guidance(text: str, money_unit: str) -> str:
    """The workbook's guidance as it reads on a page, where the unit stands by its field."""
    if text in ("人。", "必填。单位见封面。"):
        return ""
    for old, new in ON_SCREEN:
        text = text.replace(old, new)
    return text.replace("见封面", f"为{money_unit}")


def spell_goal(text: str) -> str:
    """How an indicator's value is understood: a comparison with a number, or words."""
    goal = Goal.parse(text)
    if not text.strip():
        return ""
    if goal.number is None:
        return "文字"
    return f"{SIGNS.get(goal.operator, goal.operator)} {goal.number:,f} {goal.unit}".strip()


@lru_cache(maxsize=10_000)
def find_initials(name: str) -> str:
    """`行政运行` as `xzyx`; letters and digits stay, punctuation is left out."""
    parts = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(part for part in "".join(parts).lower() if part.isalnum())


def list_completions(names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(code, name, initials) in code order."""
    return [(code, name, find_initials(name)) for code, name in sorted(names.items())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Columns whose figures are added up, and the column, if any, that should equal the sum."""

    label: str
    parts: tuple[str, ...]
    whole: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldGroup:
    """Fields under one heading, by the keys of their columns, with their sums below them."""

    title: str
    columns: str
    sums: tuple[Addition, ...] = ()

    @property
    def keys(self) -> list[str]:
        return self.columns.split()


PROCURED = ("procurement_goods", "procurement_works", "procurement_services")
KINDS_OF_VEHICLE = ("general", "enforcement", "other")
GROUPS: Mapping[str, tuple[FieldGroup, ...]] = {
    "profile": (
        FieldGroup(title="职能和机构", columns="duties offices"),
        FieldGroup(
            title="人员",
            columns=SUFFIXES["人"],
            sums=(Addition(label="实有人数", parts=("serving", "retired", "honorary")),),
        ),
    ),
    "projects": (
        FieldGroup(title="项目和目标", columns="unit name leader goal"),
        FieldGroup(title="公开说明", columns="policy_basis executing_unit allocation period"),
        FieldGroup(
            title="直接补助到人的才填",
            columns="recipient_number recipient_standard recipient_scope recipient_method"
            " recipient_benefit",
        ),
    ),
    "particulars": (
        FieldGroup(
            title="机关运行经费和“三公”经费",
            columns="agency_operating agency_operating_why three_public_why",
        ),
        FieldGroup(
            title="政府采购",
            columns=f"procurement_total {' '.join(PROCURED)} procurement_sme procurement_micro",
            sums=(
                Addition(label="货物、工程、服务之和", parts=PROCURED, whole="procurement_total"),
            ),
        ),
        FieldGroup(title="房屋", columns="house_area house_value"),
        FieldGroup(
            title="车辆",
            columns="vehicle_count vehicle_value vehicle_general_count vehicle_general_value"
            " vehicle_enforcement_count vehicle_enforcement_value"
            " vehicle_other_count vehicle_other_value",
            sums=tuple(
                Addition(
                    label=f"三类车辆{name}之和",
                    parts=tuple(f"vehicle_{kind}_{what}" for kind in KINDS_OF_VEHICLE),
                    whole=f"vehicle_{what}",
                )
                for what, name in (("count", "数"), ("value", "价值"))
            ),
        ),
        FieldGroup(
            title="其他资产和设备",
            columns="furniture_value other_assets_value equipment_50_count equipment_100_count",
        ),
        FieldGroup(
            title="安排购置",
            columns="planned_vehicle_amount planned_equipment_50_count planned_equipment_100_count",
        ),
        FieldGroup(title="其他", columns="other_matters"),
    ),
}


def list_groups(fieldset: Fieldset) -> tuple[FieldGroup, ...]:
    """The groups of a record; one without a heading where it has none of its own."""
    whole = FieldGroup(title="", columns=" ".join(column.key for column in fieldset.columns))
    return GROUPS.get(fieldset.key, (whole,))


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSum:
    """A sum as shown: `parts` and `whole` are names of fields; no text where a figure is misread.

    `gap` is by how much the whole differs, empty where it does not.
    """

    label: str
    text: str
    suffix: str
    parts: Sequence[str]
    whole: str
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCounter:
    """Adds up figures as they are typed, exactly; money in the unit it is typed in."""

    fieldset: Fieldset
    money_unit: str
    rows: Texts

    def add(self, addition: Addition) -> FieldSum:
        """One sum of a record, held against the figure that it should equal."""
        places = [(1, key) for key in addition.parts]
        return self.sum_places(addition.label, addition.parts[0], places, addition.whole)

    def add_rows(self, label: str, key: str) -> FieldSum:
        places = [(number, key) for number in range(1, len(self.rows) + 1)]
        return self.sum_places(label, key, places)

    def sum_places(
        self, label: str, key: str, places: Sequence[tuple[int, str]], whole: str = ""
    ) -> FieldSum:
        """The sum of figures by row and column; `key` is a column of their kind."""
        name, column = self.fieldset.name, self.fieldset.sheet.column(key)
        figures = [self.read_figure(*place) for place in places]
        known = [figure for figure in figures if figure is not None]
        total = sum(known, Decimal(0)) if known == figures else None
        wanted = self.read_figure(1, whole) if whole else None
        gap = None if total is None or wanted is None else abs(wanted - total)
        return FieldSum(
            label=label,
            text=spell_value(column, total, self.money_unit),
            suffix=self.money_unit if column.kind is ColumnKind.MONEY else "",
            parts=[name(key, number) for number, key in places],
            whole=name(whole) if whole else "",
            gap=spell_value(column, gap, self.money_unit) if gap else "",
        )

    def read_figure(self, number: int, key: str) -> Decimal | None:
        """A figure; zero where nothing was typed, None where it is misread."""
        text = self.rows[number - 1].get(key, "")
        column = self.fieldset.sheet.column(key)
        try:
            return Decimal(parse_value(column, text, factor=FACTORS[self.money_unit]) or 0)
        except MisreadError:
            return None
