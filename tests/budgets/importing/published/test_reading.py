"""Which rows of a published table are none of its own."""

import pytest

from budgets.importing.published.reading import is_skipped
from budgets.spreadsheets import RawCell


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["※", "※", "1", "2"], True),
        (["栏次", "1", "2", "3"], True),
        (["1", "2", "3"], True),
        # A table of two columns of money may well hold 1.00 and 2.00.
        (["1", "2"], False),
        (["1", "3", "2"], False),
        (["201", "一般公共服务支出", "1"], False),
    ],
)
def test_rows_of_numbers_and_marks_are_skipped(values, expected):
    line = tuple(RawCell(value, f"A{place}") for place, value in enumerate(values, start=1))
    assert is_skipped(line) is expected
