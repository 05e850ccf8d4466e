"""Sums inside the tables, row by row: across the columns, and down the codes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from budgets.domain.checks.case import Case, is_rounded
from budgets.domain.checks.finding import Check, Outcome, compare, compare_side, or_passed
from budgets.domain.checks.sources import DETAILED, FORMS
from budgets.domain.document import Result, Severity, Table
from budgets.domain.tables.form import Form, Kind, Role

ZERO = Decimal("0.00")
SPLIT_ADVICE = "请把支出明细里的“基本支出”分为人员经费和公用经费。"
ADVICE: Mapping[str, str] = {
    Role.BASIC: SPLIT_ADVICE,
    Role.GOVERNMENT_FUND: SPLIT_ADVICE,
    Role.STATE_CAPITAL: SPLIT_ADVICE,
    Role.CARRYOVER: SPLIT_ADVICE,
    Role.PROJECTS: "一般公共预算项目支出的每一行都要填经济分类（至少到类）。",
}
FUND_ADVICE = "请核对支出明细每一行的资金来源和支出性质。"
LEVEL_ADVICE = (
    "类级、款级科目上只能填四舍五入形成的尾差，请把金额填到项级（经济分类填到款级）科目。"
)


def add_across(case: Case) -> list[Outcome]:
    """In every row of every table the columns make up their total."""
    return or_passed(
        outcome for grid in case.grids.values() if grid.sums for outcome in _across(case, grid)
    )


def _across(case: Case, grid: Table) -> Iterator[Outcome]:
    """The gaps of one table; a row above one with a gap only repeats it and is left out."""
    rows: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for cell in grid.amounts():
        rows[cell.row][cell.column] = cell.yuan or ZERO
    gaps = [
        (key, whole, sum((row[part] for part in parts), ZERO))
        for key, row in rows.items()
        for whole, parts in grid.sums
        if whole in row and row[whole] != sum((row[part] for part in parts), ZERO)
    ]
    open_rows = {key for key, _, _ in gaps}
    for key, whole, added in gaps:
        if not any(_is_below(other, key) for other in open_rows):
            at = f"{grid.key}.{key}.{whole}"
            left = compare_side(label=case.name_cell(at), yuan=rows[key][whole], at=at)
            added_up = compare_side(label="各列之和", yuan=added)
            yield compare(left, added_up, 0, ADVICE.get(grid.key, FUND_ADVICE))


def _is_below(row: str, other: str) -> bool:
    return row != other and (other == "total" or row.startswith(other))


def add_down(case: Case) -> list[Outcome]:
    """Items make up their section, and sections their class, up to a rounding residue."""
    # What an item is paid from is held against what it is spent on, row by row.
    forms = [
        form
        for form in case.table_set.forms
        if form.blocks[0].rows.kind in (Kind.FUNCTION, Kind.ECONOMIC)
        and form.role is not Role.INCOME
    ]
    return or_passed(outcome for form in forms for outcome in _levels(case, form))


def _levels(case: Case, form: Form) -> Iterator[Outcome]:
    grid = case.grids[form.key]
    amounts = {row.key: grid.yuan(row.key, "total") for row in grid.rows(1, 2, 3)}
    parts = defaultdict(list)
    for code, amount in amounts.items():
        parts[code[:-2]].append(amount)
    lowest = max(form.blocks[0].rows.levels)
    for code, whole in amounts.items():
        if len(code) < lowest:
            yield from _residue(case, f"{grid.key}.{code}.total", whole, parts[code])


def _residue(case: Case, at: str, whole: Decimal, parts: list[Decimal]) -> Iterator[Outcome]:
    added = sum(parts, ZERO)
    outcome = compare(
        compare_side(label=case.name_cell(at), yuan=whole, at=at),
        compare_side(label="所列明细之和", yuan=added),
        len(parts) if is_rounded([whole, *parts]) else 0,
        LEVEL_ADVICE,
    )
    if outcome.result is not Result.PASSED:
        yield outcome


SUM_CHECKS = (
    Check(
        "across",
        "各表每行的合计等于各列之和",
        "每行：合计（小计） = 所含各列之和",
        Severity.ERROR,
        add_across,
        source=FORMS,
        mended_at="expenditure",
    ),
    Check(
        "levels",
        "类、款、项逐级相加",
        "每类 = 所含各款之和，每款 = 所含各项之和（尾差在四舍五入范围内）",
        Severity.ERROR,
        add_down,
        source=DETAILED,
        mended_at="expenditure",
    ),
)
