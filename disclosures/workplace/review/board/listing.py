"""The board's lines as a list to take away: the columns of the file, and a value for each."""

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localtime

from budgets.domain.money import to_wan
from disclosures.publishing.exports.listing import Listing, Value
from disclosures.workplace.review.board.row import Row, call


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


def show_moment(row: Row) -> str:
    """When somebody last did something, in local time."""
    return f"{localtime(row.touch.at):%Y-%m-%d %H:%M}" if row.touch else ""


def show_day(at: datetime | None) -> str:
    """The day of a moment, in local time."""
    return f"{localtime(at):%Y-%m-%d}" if at else ""


# By key: the column's name, and its value.
COLUMNS: dict[str, tuple[str, Callable[[Row], Value]]] = {
    "code": ("编码", lambda row: row.department.code),
    "name": ("部门", lambda row: row.department.name),
    "reviewers": ("对口审核员", lambda row: row.reviewers),
    "state": ("状态", lambda row: row.state_label),
    "clock": ("批复后的期限", lambda row: row.clock.text),
    "approved": ("批复日期", lambda row: show_day(row.budget and row.budget.approved_at)),
    "due": ("最后公开日", lambda row: row.clock.due and row.clock.due.isoformat()),
    "published": ("公开日期", lambda row: row.record and show_day(row.record.published_at)),
    "taken": ("批复到公开的天数", lambda row: row.record and row.record.days),
    "pressed": ("公开人", lambda row: row.record and call(row.record.pressed_by)),
    "errors": ("错误", lambda row: row.errors),
    "warnings": ("警告", lambda row: row.appraisal and row.appraisal.warnings),
    "explained": ("已说明的警告", lambda row: row.appraisal and row.appraisal.explained),
    "total": ("本年（万元）", show_total),
    "last": ("上年公开数（万元）", show_last),
    "difference": ("增减（万元）", lambda row: row.difference),
    "rate": ("增减率（%）", show_rate),
    "suspicions": (
        "可疑之处",
        lambda row: "；".join(f"{title} {count}" for title, count in row.named_suspicions),
    ),
    "comments": ("未解决意见", lambda row: row.comments),
    "who": ("最近办理人", lambda row: row.touch.who if row.touch else ""),
    "at": ("最近办理时间", show_moment),
}


def list_board(year: int, rows: Iterable[Row], now: datetime) -> Listing:
    """The lines of the file, in the order of the board; `now` is when they were looked at."""
    return Listing(
        title=f"{year}年审核总览",
        columns={key: title for key, (title, _) in COLUMNS.items()},
        rows=[{key: read(row) for key, (_, read) in COLUMNS.items()} for row in rows],
        changed=now,
    )
