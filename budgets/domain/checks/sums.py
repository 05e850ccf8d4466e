"""Sums inside the tables, row by row: across the columns, down the codes, from table to table."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.checks.case import Case, is_rounded
from budgets.domain.checks.finding import Check, Outcome, compare, or_passed
from budgets.domain.checks.identities import LOOK_AT_LINES
from budgets.domain.checks.sources import DETAILED, FORMS
from budgets.domain.document import Compared, Result, Severity, Table

ZERO = Decimal("0.00")
BY_LEVEL = ("T3", "T5", "T6", "T8", "T9")
SPLIT = "请把支出明细里的“基本支出”分为人员经费和公用经费。"
SPLIT_ADVICE = dict.fromkeys(("T6", "T8", "T9", "T11"), SPLIT) | {
    "T7": "一般公共预算项目支出的每一行都要填经济分类（至少到类）。"
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
            left = Compared(label=case.name_cell(at), yuan=rows[key][whole], at=at)
            advice = SPLIT_ADVICE.get(grid.key, FUND_ADVICE)
            yield compare(left, Compared(label="各列之和", yuan=added), 0, advice)


def _is_below(row: str, other: str) -> bool:
    return row != other and (other == "total" or row.startswith(other))


def add_down(case: Case) -> list[Outcome]:
    """Items make up their section, and sections their class, up to a rounding residue."""
    return or_passed(outcome for key in BY_LEVEL for outcome in _levels(case, case.grids[key]))


def _levels(case: Case, grid: Table) -> Iterator[Outcome]:
    amounts = {row.key: grid.yuan(row.key, "total") for row in grid.rows(1, 2, 3)}
    parts = defaultdict(list)
    for code, amount in amounts.items():
        parts[code[:-2]].append(amount)
    lowest = 5 if grid.key == "T6" else 7
    for code, whole in amounts.items():
        if len(code) < lowest:
            yield from _residue(case, f"{grid.key}.{code}.total", whole, parts[code])


def _residue(case: Case, at: str, whole: Decimal, parts: list[Decimal]) -> Iterator[Outcome]:
    added = sum(parts, ZERO)
    outcome = compare(
        Compared(label=case.name_cell(at), yuan=whole, at=at),
        Compared(label="所列明细之和", yuan=added),
        len(parts) if is_rounded([whole, *parts]) else 0,
        LEVEL_ADVICE,
    )
    if outcome.result is not Result.PASSED:
        yield outcome


@dataclass(frozen=True, slots=True)
class RowsAgree:
    """Every row of one table's column equals the same row of another's."""

    left: str
    left_column: str
    right: str
    right_column: str
    classes_only: bool = False

    def __call__(self, case: Case) -> list[Outcome]:
        return or_passed(self._gaps(case))

    def _gaps(self, case: Case) -> Iterator[Outcome]:
        keys = {
            cell.row
            for table, column in ((self.left, self.left_column), (self.right, self.right_column))
            for cell in case.grids[table].amounts()
            if cell.column == column and cell.row.isdigit()
        }
        for key in sorted(keys):
            if len(key) == 3 or not self.classes_only:
                yield from self._gap(case, key)

    def _gap(self, case: Case, key: str) -> Iterator[Outcome]:
        left, right = (
            Compared(label=case.name_cell(at), yuan=case.writer.yuan(at), at=at)
            for at in (
                f"{self.left}.{key}.{self.left_column}",
                f"{self.right}.{key}.{self.right_column}",
            )
        )
        if left.yuan != right.yuan:
            yield compare(left, right, 0, LOOK_AT_LINES)


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
    Check(
        "T2-T3-rows",
        "每个科目的资金来源等于支出",
        "表2每行总计 = 表3同一科目合计",
        Severity.ERROR,
        RowsAgree("T2", "total", "T3", "total"),
        source=FORMS,
        mended_at="expenditure",
    ),
    Check(
        "T1-T3-classes",
        "收支总表各类支出与支出总表一致",
        "表1每类支出 = 表3同类合计",
        Severity.ERROR,
        RowsAgree("T1", "expenditure", "T3", "total", classes_only=True),
        source=FORMS,
        mended_at="expenditure",
    ),
)
