"""Texts: what nobody types goes, blanks and widths do not count, days are written in Chinese."""

from datetime import date

import pytest

from budgets.domain.text import purge, remove_blanks, show_day, squeeze


def test_signs_that_nobody_types_are_taken_out():
    assert purge("12\u202e34\x00\n\t\ud800") == "1234\n\t"


def test_blanks_of_every_kind_are_removed():
    assert remove_blanks(" 专项\u3000经费\n\u00a0（一）") == "专项经费（一）"


@pytest.mark.parametrize(
    ("value", "text"), [("（２０２５ 年）ＡB", "(2025年)AB"), (2025, "2025"), (True, "True")]
)
def test_what_is_compared_has_one_width_and_no_blanks(value, text):
    assert squeeze(value) == text


def test_day_is_written_without_zeros():
    assert show_day(date(2025, 2, 4)) == "2025年2月4日"
