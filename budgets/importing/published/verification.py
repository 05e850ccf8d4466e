"""Holds what was derived against every figure of every table: nothing is taken in unseen."""

from collections.abc import Iterator
from decimal import Decimal

from budgets.domain import document
from budgets.domain.chart import Chart
from budgets.domain.filing import Filing
from budgets.domain.problems import Problem, Severity
from budgets.domain.tables.build import build_table
from budgets.domain.tables.form import TOTAL, Role, RowKind, project_key
from budgets.importing.published.sums import list_known
from budgets.importing.published.table import ZERO, Entry, Figure, Table, Tables, tell, tolerance

# A fact may itself be what is left of Table 3's figure after those of the three budgets.
FIGURES = 4


def verify(tables: Tables, filing: Filing, chart: Chart) -> list[Problem]:
    """Every figure that the filing's tables do not show: rounding is a hint, more is an error.

    Where items are wrong, the sums above them are not told too.
    """
    hints: list[Problem] = []
    items: list[Problem] = []
    wholes: list[Problem] = []
    for table in tables.of.values():
        # What the three public expenses are is stated apart, where the codes do not say it.
        if table.form.role is not Role.THREE_PUBLIC and table.sheet:
            grid = build_table(table.form, filing, chart)
            for row in (*table.entries, *table.totals.values()):
                errors = items if is_item(table, row) else wholes
                for problem in judge_row(table, row, grid):
                    (hints if problem.severity is Severity.HINT else errors).append(problem)
    return [*(items or wholes), *hints]


def is_item(table: Table, row: Entry) -> bool:
    """True for rows of the lowest level."""
    levels = table.form.blocks[row.side].rows.levels
    return row.key.isdecimal() and len(row.key) == max(levels, default=0)


def judge_row(table: Table, row: Entry, grid: document.Table) -> Iterator[Problem]:
    """Every figure of one row against the cell that the derived facts make."""
    block = table.form.blocks[row.side]
    # Rows of names were matched to items by what they add up to.
    if block.rows.kind is not RowKind.CARRIED or row.key == TOTAL:
        key = project_key(row.key, row.project) if row.project else row.key
        for column in list_known(table, block):
            cell = grid.cell(key, column)
            yuan, parts = (cell.yuan or ZERO, cell.parts) if cell else (ZERO, 0)
            yield from judge(table, row, column, yuan, parts)


def judge(table: Table, row: Entry, column: str, yuan: Decimal, parts: int) -> list[Problem]:
    """One figure against what was derived for it."""
    figure = row.figures.get(column) or table.blank(row.key, column)
    gap = abs(figure.yuan - yuan)
    if not gap or figure.unknown:
        return []
    cells = (figure.ref or row.ref,)
    if gap <= tolerance(FIGURES * parts, figure.grain):
        return [remark(figure, cells)]
    message = f"{figure.label}是 {tell(figure.yuan)}，由各表得出的却是 {tell(yuan)}。"
    advice = "请核对这一格，以及“支出明细”里填的行。"
    return [Problem(sheet=figure.sheet, cells=cells, message=message, advice=advice)]


def remark(figure: Figure, cells: tuple[str, ...]) -> Problem:
    """A figure that differs from what the ledger will show by rounding."""
    return Problem(
        sheet=figure.sheet,
        cells=cells,
        message="与明细之和相差不超过四舍五入的范围。",
        advice="不需要处理；公开时按明细之和显示。",
        severity=Severity.HINT,
    )
