"""The legal clock: a department's budget is public within 20 days of the bureau's approval."""

from datetime import date, datetime, timedelta

from django.utils import timezone

# 预算法 第十四条. Counted in calendar days; the day of approval is not one of them.
PUBLISH_WITHIN = timedelta(days=20)
# How early people are told that the time runs out.
WARN_WITHIN = timedelta(days=5)


def find_due_day(approved_at: datetime) -> date:
    """The last day on which the budget can be published in time."""
    return timezone.localdate(approved_at) + PUBLISH_WITHIN


def count_days_left(approved_at: datetime, day: date) -> int:
    """Days from `day` to the last one; negative where that is over."""
    return (find_due_day(approved_at) - day).days
