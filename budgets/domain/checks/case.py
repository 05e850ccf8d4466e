"""The case that checks look into: one filing, and everything that was made from it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple

from budgets.domain.chart import Chart
from budgets.domain.document import (
    AGENCY_OPERATING,
    Paragraph,
    Row,
    Section,
    Span,
    Subheading,
    Table,
    split_address,
)
from budgets.domain.facts import Fact
from budgets.domain.filing import Filing, Indicator, ProjectPlan, Words
from budgets.domain.history import History
from budgets.domain.notes import Writer
from budgets.domain.passages import list_row_amounts
from budgets.domain.performance import list_project_tables
from budgets.domain.sets import TableSet, load_table_set
from budgets.domain.tables.form import TOTAL, Role
from budgets.domain.tables.slices import ledger_facts

# Names each character of a text that the printed document could not show.
FindMissing = Callable[[str], Sequence[str]]
# What the printed label of a row says beside its name.
ORDINAL = re.compile(r"^(?:其中：|\d+\.|[一二三四五]、)")
# Column labels that say no more than their row already does.
SILENT = {"预算数"}
OUTSIDE_TABLES = {AGENCY_OPERATING: "机关运行经费"}
NOT_TEXT = {"unit", "indicators"}


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

    def spans(self) -> Iterator[Span]:
        for section in self.sections:
            for paragraph in section.paragraphs():
                yield from paragraph.spans

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that the public will read, with the place where it stands."""
        for section in self.sections:
            place = section.number + section.title or "名词解释"
            for block in section.blocks:
                if isinstance(block, Paragraph | Subheading):
                    yield place, block.text
        for grid in self.grids.values():
            for row in grid.rows():
                for cell in row.cells:
                    if cell.text and cell.kind not in ("amount", "code"):
                        yield grid.name, cell.text

    def name_cell(self, at: str) -> str:
        """An address as a person at the tables would say it: 表4 205 教育支出 一般公共预算."""
        if at in OUTSIDE_TABLES:
            return OUTSIDE_TABLES[at]
        table, row, column = split_address(at)
        grid = self.grids.get(table)
        if grid is None:
            return at
        names = (_name_table(grid), _name_row(grid, row, column, self.chart))
        columns = (each.label for each in grid.columns if each.key == column)
        column_name = next(columns, "")
        shown = (*names, "" if column_name in SILENT else column_name)
        return " ".join(dict.fromkeys(name for name in shown if name))


def _name_table(grid: Table) -> str:
    if grid.label:
        return grid.label
    projects = [row.cells[1].text for row in grid.rows() if row.key == "project"]
    return f"{grid.title}“{projects[0]}”" if projects else grid.title


def _name_row(grid: Table, key: str, column: str, chart: Chart) -> str:
    code, _, project = key.partition(":")
    if code.isdigit():
        is_economic = grid.key == Role.BASIC
        name = chart.economic_name(code) if is_economic else chart.function_name(code)
        parts = (code, name if name != code else "", f"项目“{project}”" if project else "")
        return " ".join(part for part in parts if part)
    for row in grid.rows():
        if label := _find_label(row, key, column):
            return ORDINAL.sub("", label)
    return "合计" if key == TOTAL else ""


def _find_label(row: Row, key: str, column: str) -> str:
    """The label before the cell at that row and column key, where this printed row holds it."""
    for cell, name in list_row_amounts(row):
        if (cell.row, cell.column) == (key, column):
            return name.text if name else ""
    return ""


class OwnText(NamedTuple):
    """What the department wrote: its place in words, and the key of the sheet it is typed on."""

    place: str
    text: str
    sheet: str


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
        yield from (OwnText(f"项目“{plan.name}”", text, "projects") for text in _plan_texts(plan))
    for place, indicator in own_indicators(case):
        yield OwnText(place, f"{indicator.level3}{indicator.value}{indicator.basis}", "indicators")
    yield from (own_words(case, own) for own in filing.words)


def _plan_texts(plan: ProjectPlan) -> list[str]:
    texts = (getattr(plan, field.name) for field in fields(plan) if field.name not in NOT_TEXT)
    return [text for text in texts if text.strip()]


def own_indicators(case: Case) -> Iterator[tuple[str, Indicator]]:
    """(place, indicator) of the overall target and of every project."""
    for indicator in case.filing.overall.indicators:
        yield f"整体绩效指标“{indicator.level3}”", indicator
    for plan in case.filing.projects:
        for indicator in plan.indicators:
            yield f"项目“{plan.name}”的指标“{indicator.level3}”", indicator


def own_words(case: Case, own: Words) -> OwnText:
    """A reason or a use, at 表5 2012901 行政运行 合计的变动原因."""
    return OwnText(f"{case.name_cell(own.at)}的{own.kind.label}", own.text, "history")
