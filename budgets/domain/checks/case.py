"""What a check is, what it finds, and the case it looks into: a filing and all that is made of it.

Beside it where its rule is written, and how two sums are compared.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from budgets.domain.chart import Chart
from budgets.domain.document import (
    AGENCY_OPERATING,
    Compared,
    Finding,
    Paragraph,
    Result,
    Section,
    Severity,
    Span,
    Subheading,
    Table,
    split_address,
)
from budgets.domain.facts import Fact
from budgets.domain.filing import Filing, Indicator, Words
from budgets.domain.history import History
from budgets.domain.money import CENT, envelope, is_rounded, show_wan
from budgets.domain.notes import Writer
from budgets.domain.passages import list_row_amounts
from budgets.domain.performance import list_project_tables
from budgets.domain.sets import TableSet, load_table_set
from budgets.domain.tables.form import TOTAL, Role, ledger_facts

# Names each character of a text that the printed document could not show.
FindMissing = Callable[[str], Sequence[str]]
# What the printed label of a row says beside its name.
ORDINAL = re.compile(r"^(?:其中：|\d+\.|[一二三四五]、)")
# Column labels that say no more than their row already does.
SILENT = {"预算数"}
OUTSIDE_TABLES = {AGENCY_OPERATING: "机关运行经费"}
NOT_TEXT = {"unit", "indicators"}


class OwnText(NamedTuple):
    """What the department wrote: its place in words, and the key of the sheet it is typed on."""

    place: str
    text: str
    sheet: str


@dataclass(frozen=True)
class Case:
    """The writer with its tables by key (`T1`…, `P0`…), the text, and what must not stand in it.

    `others` are the county's other departments by name. Without `missing_glyphs` nobody knows
    which characters can be printed.
    """

    writer: Writer
    sections: Sequence[Section]
    others: Sequence[str] = ()
    missing_glyphs: FindMissing | None = None

    @property
    def filing(self) -> Filing:
        return self.writer.filing

    @property
    def chart(self) -> Chart:
        return self.writer.chart

    @property
    def table_set(self) -> TableSet:
        return load_table_set(self.chart.table_set)

    @property
    def grids(self) -> Mapping[str, Table]:
        return self.writer.tables

    @property
    def history(self) -> History:
        return self.writer.history

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Those that the tables count."""
        return ledger_facts(self.filing)

    def projects(self) -> list[Table]:
        return list_project_tables(self.grids)

    @cached_property
    def words(self) -> dict[Words, OwnText]:
        """The reasons and uses, with their places named."""
        return {
            own: OwnText(f"{self.name_cell(own.at)}的{own.kind.label}", own.text, "history")
            for own in self.filing.words
        }

    @cached_property
    def spans(self) -> list[Span]:
        paragraphs = [each for section in self.sections for each in section.paragraphs()]
        return [span for paragraph in paragraphs for span in paragraph.spans]

    def texts(self) -> list[tuple[str, str]]:
        """(place, text) of every text that the public will read."""
        found = [
            (section.number + section.title or "名词解释", block.text)
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Paragraph | Subheading)
        ]
        for grid in self.grids.values():
            cells = [cell for row in grid.rows() for cell in row.cells if cell.text]
            name = grid.name
            found += [(name, c.text) for c in cells if c.kind not in ("amount", "code")]
        return found

    def name_cell(self, at: str) -> str:
        """An address as a person at the tables would say it: 表4 205 教育支出 一般公共预算."""
        if at in OUTSIDE_TABLES:
            return OUTSIDE_TABLES[at]
        table, row, column = split_address(at)
        grid = self.grids.get(table)
        if grid is None:
            return at
        projects = [each.cells[1].text for each in grid.rows() if each.key == "project"]
        name = f"{grid.title}“{projects[0]}”" if projects else grid.title
        names = (grid.label or name, _name_row(grid, row, column, self.chart))
        columns = (each.label for each in grid.columns if each.key == column)
        column_name = next(columns, "")
        shown = (*names, "" if column_name in SILENT else column_name)
        return " ".join(dict.fromkeys(name for name in shown if name))


def _name_row(grid: Table, key: str, column: str, chart: Chart) -> str:
    code, _, project = key.partition(":")
    if code.isdigit():
        is_economic = grid.key == Role.BASIC
        name = chart.economic_name(code) if is_economic else chart.function_name(code)
        parts = (code, name if name != code else "", f"项目“{project}”" if project else "")
        return " ".join(part for part in parts if part)
    for row in grid.rows():
        for cell, label in list_row_amounts(row):
            if label and (cell.row, cell.column) == (key, column):
                return ORDINAL.sub("", label.text)
    return "合计" if key == TOTAL else ""


def own_texts(case: Case) -> Iterator[OwnText]:
    """Everything but reasons and uses, and then those; blanks left out."""
    filing = case.filing
    whole = (
        OwnText("主要职能", filing.profile.duties, "profile"),
        OwnText("部门整体绩效目标", filing.overall.goal, "overall"),
        OwnText("机关运行经费口径说明", filing.particulars.agency_operating_why, "particulars"),
        OwnText("“三公”经费差异说明", filing.three_public_why, "particulars"),
        OwnText("其他需说明的事项", filing.particulars.other_matters, "particulars"),
    )
    yield from (each for each in whole if each.text.strip())
    for plan in filing.projects:
        texts = (getattr(plan, field.name) for field in fields(plan) if field.name not in NOT_TEXT)
        place = f"项目“{plan.name}”"
        yield from (OwnText(place, text, "projects") for text in texts if text.strip())
    for place, indicator in own_indicators(case):
        yield OwnText(place, f"{indicator.level3}{indicator.value}{indicator.basis}", "indicators")
    yield from case.words.values()


def own_indicators(case: Case) -> Iterator[tuple[str, Indicator]]:
    """(place, indicator) of the overall target and of every project."""
    for indicator in case.filing.overall.indicators:
        yield f"整体绩效指标“{indicator.level3}”", indicator
    for plan in case.filing.projects:
        for indicator in plan.indicators:
            yield f"项目“{plan.name}”的指标“{indicator.level3}”", indicator


# Laws, and the official forms themselves.
BALANCED = "预算法第十二条（收支平衡）"
CLASSIFIED = "预算法第三十二条（政府收支分类科目）"
EXPLAINED = "预算法第十四条（公开并说明重要事项）"
DETAILED = "预算法实施条例第六条（功能分类到项，基本支出经济分类到款）"
TARGETED = "预算法第三十二条（绩效目标管理）"
RESERVED = "政府采购促进中小企业发展管理办法（财库〔2020〕46号）"
THRIFTY = "党政机关厉行节约反对浪费条例"
PRIVATE = "政府信息公开条例第十五条（个人隐私）"
STAFFED = "地方各级人民政府机构设置和编制管理条例"
FORMS = "部门预算公开表式（表间勾稽关系）"
NOTES = "部门预算公开样式（情况说明）"
PRINTED = "部门预算公开样式（文件印制）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One result: what is wrong, the sides, and what to do.

    `sheet` is the key of the workbook's sheet where this one is mended, if not where the check's
    others are.
    """

    result: Result
    message: str = ""
    advice: str = ""
    sides: tuple[Compared, ...] = ()
    sheet: str = ""


PASSED = Outcome(result=Result.PASSED)
UNCHECKED = Outcome(result=Result.UNCHECKED)


@dataclass(frozen=True, slots=True)
class Check:
    """A named question about a document. Several outcomes are several findings; none has passed.

    `source` is where the rule is written: a law, or a rule of the official forms. `mended_at` is
    the key of the workbook's sheet where a failure is mended, or "preview" where the text is to
    be read; an outcome may name a sheet of its own. A check that `asks` only says what is not
    filled in yet, which is no fault while one is filling. It is asked where the set has the tables
    that it `needs`; its formula may name one, `{three_public}`. One that is `within_tables` looks
    into each table by itself.
    """

    id: str
    title: str
    formula: str
    run: Callable[[Case], Iterable[Outcome]]
    source: str = ""
    mended_at: str = ""
    severity: Severity = Severity.ERROR
    asks: bool = False
    needs: tuple[Role, ...] = ()
    within_tables: bool = False

    def find(self, case: Case) -> list[Finding]:
        return [
            Finding(
                id=self.id,
                title=self.title,
                formula=self.formula,
                severity=self.severity,
                source=self.source,
                result=outcome.result,
                message=outcome.message,
                advice=outcome.advice,
                sides=outcome.sides,
                sheet=outcome.sheet or self.mended_at,
            )
            for outcome in list(self.run(case)) or [PASSED]
        ]


def failed(message: str, advice: str, *sides: Compared, sheet: str = "") -> Outcome:
    return Outcome(result=Result.FAILED, message=message, advice=advice, sides=sides, sheet=sheet)


def leave_out_passed(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [each for each in outcomes if each.result is not Result.PASSED]


def compare_side(label: str, yuan: Decimal, at: str = "") -> Compared:
    """One side of a comparison, to the cent; `at` is its cell where it is one."""
    return Compared(label=label, yuan=yuan.quantize(CENT), at=at)


def compare_sums(left: Compared, right: Compared, parts: int, advice: str) -> Outcome:
    """Whether two sums agree.

    A gap counts as rounding only inside the envelope of `parts` rounded figures; pass 0 where the
    figures are exact to the cent, because then no rounding can open a gap.
    """
    gap = abs(left.yuan - right.yuan)
    if not gap:
        return Outcome(result=Result.PASSED, sides=(left, right))
    wan = show_wan(gap)
    if parts and gap <= envelope(parts):
        message = f"两边相差{wan}万元，在{parts}个数四舍五入的允许范围内。"
        return Outcome(result=Result.ROUNDING, message=message, sides=(left, right))
    message = (
        f"{left.label}为{show_wan(left.yuan)}万元，"
        f"{right.label}为{show_wan(right.yuan)}万元，相差{wan}万元（{gap:,.2f}元）。"
    )
    return failed(message, advice, left, right)


def count_rounded(parts: Sequence[Decimal], *wholes: Decimal) -> int:
    """How many of the parts may be rounded: all, or none where a figure is exact to the cent."""
    return len(parts) if is_rounded((*parts, *wholes)) else 0
