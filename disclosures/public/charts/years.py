"""Several years of a department: one chart for each scope, a bar for each published year."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budgets.domain.document import Cell, Document, Table, fragment
from disclosures.public.charts.figure import Bar, Chart, show_move
from disclosures.public.charts.selection import list_entries

# (key, title, table, row, column): each is one figure through the years, so one scope.
SERIES = (
    ("years", "历年收支总预算", "T1", "total", "income"),
    ("fiscal-years", "历年财政拨款", "T4", "total", "income"),
    ("general-years", "历年一般公共预算", "T5", "total", "total"),
)
# One year alone shows no course.
MIN_YEARS = 2
HEADS = ("年度", "金额", "比上一公开年度")


def list_year_charts(years: Sequence[tuple[Document, str]]) -> list[Chart]:
    """Charts over (document, address of its page) of each published year, oldest first.

    A single year makes no chart; a year without the figure counts as nothing budgeted.
    """
    if len(years) < MIN_YEARS:
        return []
    return [draw_series(years, *series) for series in SERIES]


def draw_series(
    years: Sequence[tuple[Document, str]], key: str, title: str, table: str, row: str, column: str
) -> Chart:
    """One figure through the years."""
    bars: list[Bar] = []
    for document, address in years:
        cell = find_cell(document.tables_by_key[table], row, column)
        bar = Bar.over(cell, f"{document.year}年", href=address + fragment(cell.at))
        bars.append(compare(bar, bars[-1].value if bars else None))
    grid = years[-1][0].tables_by_key[table]
    source = f"各年{grid.label} {grid.title}"
    return Chart(key=key, title=title, source=source, heads=HEADS, bars=bars, table=table)


def find_cell(grid: Table, row: str, column: str) -> Cell:
    """A year's cell; an empty table has none, which is nothing budgeted in the column's scope."""
    if entry := list_entries(grid).get((row, column)):
        return entry.cell
    (scope,) = (each.scope for each in grid.columns if each.key == column)
    return Cell(kind="amount", at=grid.key, scope=scope)


def compare(bar: Bar, last: Decimal | None) -> Bar:
    """The bar with its difference from the year before it."""
    difference = "" if last is None else show_move(bar.value - last)
    return replace(bar, beside=(difference,))
