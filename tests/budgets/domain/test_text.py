"""Texts: what nobody types goes, blanks and widths do not count, days are written in Chinese."""

from datetime import date

import pytest

from budgets.domain.text import purge, remove_blanks, shift_years, show_day, squeeze, strip_years


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


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2024年与2025年均未安排", "2025年与2026年均未安排"),
        ("支出2025.00万元", "支出2025.00万元"),
        ("2024-2025年", "2025-2026年"),
        ("2024—2025学年", "2024—2025学年"),
        ("2023、2024和2025年度", "2024、2025和2026年度"),
        ("2024 ～ 2025 年", "2025 ～ 2026 年"),
        ("编号12024年", "编号12024年"),
    ],
)
def test_every_year_that_is_named_moves_and_nothing_else(text, moved):
    assert shift_years(text, 1) == moved


def test_only_this_year_and_the_last_move_where_it_is_said_of_which():
    text = "2020年购置，2023-2024年使用，2025年报废"
    assert shift_years(text, 1, of=2024) == "2020年购置，2024-2025年使用，2025年报废"


def test_years_are_taken_away_with_their_sign():
    assert strip_years("2024-2025年培训，2026年结束") == "培训，结束"
