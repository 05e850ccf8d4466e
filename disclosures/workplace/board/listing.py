"""The board's lines as a list to take away: the columns of the file, and a value for each."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from django.utils.timezone import localtime

from budgets.facts import to_wan
from disclosures.workplace.board.row import Row


def show_total(row: Row) -> Decimal | None:
    """This year in 万元."""
    return None if row.total is None else to_wan(row.total)


def show_last(row: Row) -> Decimal | None:
    """Last year in 万元."""
    return row.change.last if row.change else None


def show_rate(row: Row) -> Decimal | None:
    """The change in per cent, negative for a fall."""
    if row.change is None:
        return None
    return -row.change.rate if row.change.is_fall else row.change.rate


COLUMNS: tuple[tuple[str, Callable[[Row], object]], ...] = (
    ("编码", lambda row: row.department.code),
    ("部门", lambda row: row.department.name),
    ("状态", lambda row: row.state_label),
    ("批复后的期限", lambda row: row.clock.text),
    ("最后公开日", lambda row: row.clock.due),
    ("错误", lambda row: row.errors),
    ("警告", lambda row: row.appraisal and row.appraisal.warnings),
    ("已说明的警告", lambda row: row.appraisal and row.appraisal.explained),
    ("本年（万元）", show_total),
    ("上年公开数（万元）", show_last),
    ("增减（万元）", lambda row: row.difference),
    ("增减率（%）", show_rate),
    ("可疑之处", lambda row: "；".join(f"{title} {n}" for title, n in row.named_suspicions)),
    ("未解决意见", lambda row: row.comments),
    ("最近办理人", lambda row: row.touch.who if row.touch else ""),
    ("最近办理时间", lambda row: localtime(row.touch.at) if row.touch else None),
)
HEADER = [title for title, _ in COLUMNS]


def list_values(rows: Iterable[Row]) -> list[list[object]]:
    """The lines of the file, in the order of the board."""
    return [[read(row) for _, read in COLUMNS] for row in rows]
