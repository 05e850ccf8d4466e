"""The 20 days of the law, counted in the bureau's calendar."""

from datetime import UTC, date, datetime

import pytest

from disclosures.workflow.deadline import count_days, count_days_left, find_due_day

# 23:30 of 31 January in the bureau's calendar.
APPROVED = datetime(2026, 1, 31, 15, 30, tzinfo=UTC)


def test_last_day_is_the_twentieth_after_the_approval():
    assert find_due_day(APPROVED) == date(2026, 2, 20)


@pytest.mark.parametrize(
    ("day", "left"),
    [(date(2026, 1, 31), 20), (date(2026, 2, 20), 0), (date(2026, 2, 21), -1)],
)
def test_days_left_run_out_after_the_twentieth(day, left):
    assert count_days_left(APPROVED, day) == left


@pytest.mark.parametrize(
    ("published", "days"),
    [
        (datetime(2026, 1, 31, 15, 59, tzinfo=UTC), 0),
        (datetime(2026, 1, 31, 16, 1, tzinfo=UTC), 1),
        (datetime(2026, 2, 20, 12, tzinfo=UTC), 20),
        (datetime(2026, 1, 1, tzinfo=UTC), 0),
    ],
)
def test_days_are_those_of_the_calendar_and_never_fewer_than_none(published, days):
    assert count_days(APPROVED, published) == days
