"""The legal clock: a department's budget is public within 20 days of the bureau's approval.

预算法 第十四条. Calendar days as the bureau counts them; the day of approval is none of them.
"""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

DAYS_ALLOWED = 20
# How early people are told that the time runs out.
WARN_DAYS = 5


def find_due_day(approved_at: datetime) -> date:
    """The last day on which the budget can be published in time."""
    return localdate(approved_at) + timedelta(days=DAYS_ALLOWED)


def count_days_left(approved_at: datetime, day: date) -> int:
    """Days from `day` to the last one; negative where that is over."""
    return (find_due_day(approved_at) - day).days


def count_days(approved_at: datetime, published_at: datetime) -> int:
    """Days from the one's day to the other's; never below 0."""
    return max((localdate(published_at) - localdate(approved_at)).days, 0)
