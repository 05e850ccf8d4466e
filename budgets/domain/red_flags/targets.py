"""Performance targets that ask for less than last year's result."""

from collections.abc import Iterator

from budgets.domain.document import Row
from budgets.domain.indicators import COST_LEVEL, Goal
from budgets.domain.passages import INDICATOR, name_project
from budgets.domain.red_flags.mark import Mark
from budgets.domain.red_flags.subject import Subject

VALUE, LAST = "value", "last_value"
AT_LEAST = ("", "=", ">", ">=")


def find_lowered(subject: Subject) -> Iterator[Mark]:
    """At the project's table, named by its indicator; money that may be spent is no result."""
    for grid in subject.document.tables:
        keys = [column.key for column in grid.columns]
        if LAST not in keys:
            continue
        level2 = ""
        for row in filter(lambda each: INDICATOR.fullmatch(each.key), grid.rows()):
            level2 = name_level2(row, keys) or level2
            told = read_row(row, keys)
            if level2 != COST_LEVEL and is_below(told[VALUE], told[LAST]):
                label = f"{name_project(grid)}　{told['level3']}"
                text = f"指标值 {told[VALUE]}，上年完成 {told[LAST]}"
                yield Mark(at=grid.key, label=label, text=text)


def read_row(row: Row, keys: list[str]) -> dict[str, str]:
    """The texts of an indicator from 三级 on, by column; 一级 and 二级 may be merged above."""
    own = keys[2:]
    return dict(zip(own, (cell.text for cell in row.cells[-len(own) :]), strict=True))


def name_level2(row: Row, keys: list[str]) -> str:
    """二级 where this row prints it."""
    leads = row.cells[: -len(keys[2:])]
    return leads[-1].text if leads else ""


def is_below(target: str, result: str) -> bool:
    """True where both are numbers of one unit and the target is the easier one."""
    goal, done = Goal.parse(target), Goal.parse(result)
    reached = done if done.number is not None else Goal.parse(f"={result}")
    if goal.number is None or reached.number is None or goal.unit != reached.unit:
        return False
    if goal.operator in AT_LEAST:
        return goal.number < reached.number
    return goal.number > reached.number
