"""The case that checks look into: one filing, and everything that was made from it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import NamedTuple

from budgets.domain.chart import Chart
from budgets.domain.document import (
    AGENCY_OPERATING,
    Paragraph,
    Row,
    Section,
    Subheading,
    Table,
    split_address,
)
from budgets.domain.facts import Fact
from budgets.domain.filing import Filing, Indicator, ProjectPlan, WordsKind
from budgets.domain.history import History
from budgets.domain.notes import Writer
from budgets.domain.sets import TableSet, load_table_set
from budgets.domain.tables.form import Role
from budgets.domain.tables.slices import ledger_facts

# What the printed label of a row says beside its name.
ORDINAL = re.compile(r"^(?:其中：|\d+\.|[一二三四五]、)")
# Column labels that say no more than their row already does.
SILENT = {"预算数"}
PLACES = {AGENCY_OPERATING: "机关运行经费"}


def name_cell(at: str, grids: Mapping[str, Table], chart: Chart) -> str:
    """表4 205 教育支出 一般公共预算, from the address `T4.205.general`."""
    if at in PLACES:
        return PLACES[at]
    table, row, column = split_address(at)
    grid = grids.get(table)
    if grid is None:
        return at
    names = (_table(grid), _row(grid, row, column, chart), _column(grid, column))
    return " ".join(dict.fromkeys(name for name in names if name))


def _table(grid: Table) -> str:
    if grid.label:
        return grid.label
    projects = [row.cells[1].text for row in grid.rows() if row.key == "project"]
    return f"{grid.title}“{projects[0]}”" if projects else grid.title


def _row(grid: Table, key: str, column: str, chart: Chart) -> str:
    code, _, project = key.partition(":")
    if code.isdigit():
        is_economic = grid.key == Role.BASIC
        name = chart.economic_name(code) if is_economic else chart.function_name(code)
        parts = (code, name if name != code else "", f"项目“{project}”" if project else "")
        return " ".join(part for part in parts if part)
    for row in grid.rows():
        if label := _label(row, key, column):
            return ORDINAL.sub("", label)
    return "合计" if key == "total" else ""


def _label(row: Row, key: str, column: str) -> str:
    """The label before the cell at that row and column key, where this printed row holds it."""
    label = ""
    for cell in row.cells:
        if cell.kind in ("label", "head", "text") and cell.text:
            label = cell.text
        if (cell.row, cell.column) == (key, column):
            return label
    return ""


def _column(grid: Table, column: str) -> str:
    labels = [each.label for each in grid.columns if each.key == column]
    return labels[0] if labels and labels[0] not in SILENT else ""


# Figures that are only known in 万元 with two places are whole hundreds of yuan.
LAST_PRINTED_DIGIT = Decimal(100)


def is_rounded(amounts: Sequence[Decimal]) -> bool:
    """True where every figure may be a rounded one: nothing below 0.01 万元 is given."""
    return all(not amount % LAST_PRINTED_DIGIT for amount in amounts)


@dataclass(frozen=True, slots=True)
class Case:
    """The writer with its tables by key (`T1`…, `P0`…), the text, and what must not stand in it.

    `facts` are those that the tables count; `others` are the county's other departments by name.
    """

    writer: Writer
    sections: Sequence[Section]
    others: Sequence[str]
    facts: Sequence[Fact]

    @classmethod
    def over(
        cls, writer: Writer, sections: Sequence[Section], others: Sequence[str] = ()
    ) -> "Case":
        """The case of a writer and what it wrote."""
        return cls(writer, sections, others, ledger_facts(writer.filing))

    @property
    def filing(self) -> Filing:
        """What the department stated."""
        return self.writer.filing

    @property
    def chart(self) -> Chart:
        """The year's codes and names."""
        return self.writer.chart

    @property
    def table_set(self) -> TableSet:
        """The tables that the year prescribes, and what must hold between them."""
        return load_table_set(self.chart.table_set)

    @property
    def grids(self) -> Mapping[str, Table]:
        """The finished tables by key."""
        return self.writer.tables

    @property
    def history(self) -> History:
        """Last year's figures."""
        return self.writer.history

    def name_cell(self, at: str) -> str:
        """A cell's address in words: 表4 205 教育支出 一般公共预算."""
        return name_cell(at, self.grids, self.chart)

    def projects(self) -> list[Table]:
        """The tables of the projects, in their order."""
        return [grid for key, grid in self.grids.items() if key.startswith("P") and key != "P0"]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that the public will read, with the place where it stands."""
        for section in self.sections:
            place = section.number + section.title or "名词解释"
            for block in section.blocks:
                if isinstance(block, Paragraph | Subheading):
                    yield place, block.text
        for grid in self.grids.values():
            place = grid.name
            for row in grid.rows():
                yield from (
                    (place, cell.text)
                    for cell in row.cells
                    if cell.text and cell.kind not in ("amount", "code")
                )


NOT_TEXT = {"unit", "indicators"}


class OwnText(NamedTuple):
    """A text, its place in words, and the key of the workbook's sheet that it is typed on."""

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
        yield from (OwnText(f"项目“{plan.name}”", text, "projects") for text in plan_texts(plan))
    for place, indicator in own_indicators(case):
        yield OwnText(place, f"{indicator.level3}{indicator.value}{indicator.basis}", "indicators")
    for own in filing.words:
        yield OwnText(name_words(case, own.at, own.kind), own.text, "history")


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
