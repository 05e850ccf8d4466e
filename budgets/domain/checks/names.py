"""Cell addresses in words, as a person at the tables would say them."""

import re
from collections.abc import Mapping

from budgets.domain.chart import Chart
from budgets.domain.document import AGENCY_OPERATING, Row, Table, split_address
from budgets.domain.tables.form import Role

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
