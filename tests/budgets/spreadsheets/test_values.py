from datetime import date, datetime
from decimal import Decimal

import pytest

from budgets.spreadsheets.sheets import FUNDS, YES_NO, ColumnKind, SheetColumn
from budgets.spreadsheets.values import LONGEST_TEXT, MisreadError, parse_value

D = Decimal
MORNING = datetime.fromisoformat("2025-01-01T08:00")


def column(kind, **options):
    return SheetColumn(key="x", header="某列", kind=kind, **options)


@pytest.mark.parametrize(
    ("raw", "factor", "expected"),
    [
        (118.2, 1, D("118.20")),
        (118.20, 10_000, D("1182000.00")),
        (0.1 + 0.2, 1, D("0.30")),
        (0.0001, 10_000, D("1.00")),
        (9999999999999.99, 1, D("9999999999999.99")),
        (5, 1, D("5.00")),
        (-3, 1, D("-3.00")),
        ("1,234.56", 1, D("1234.56")),
        (" １２３４．５０ ", 1, D("1234.50")),
        ("１，２３４．５", 1, D("1234.50")),
        ("¥12.00", 1, D("12.00")),
        ("－5", 1, D("-5.00")),
        ("+5", 1, D("5.00")),
        ("0", 1, D("0.00")),
        (None, 1, None),
        ("  ", 1, None),
        ("—", 1, None),
        ("-", 1, None),
    ],
)
def test_money_is_read_as_yuan_and_cents(raw, factor, expected):
    assert parse_value(column(ColumnKind.MONEY), raw, factor=factor) == expected


@pytest.mark.parametrize(
    ("raw", "factor", "message"),
    [
        ("118.20万元", 1, "“118.20万元”不是数字。"),
        ("约5", 1, "“约5”不是数字。"),
        ("1e5", 1, "“1e5”不是数字。"),
        (True, 1, "“是”不是数字。"),
        (float("nan"), 1, "“nan”不是数字。"),
        (float("inf"), 1, "“Infinity”太大。"),
        (MORNING, 1, "“2025年1月1日”不是数字。"),
        (0.001, 1, "“0.001”折合成元后小数超过两位。"),
        ("1.0000001", 10_000, "“1.0000001”折合成元后小数超过两位。"),
        (1e14, 1, "“100000000000000”太大。"),
        (1e10, 10_000, "“10000000000”太大。"),
        ("#REF!", 1, "单元格的值是公式错误 #REF!。"),
    ],
)
def test_money_that_is_none_is_refused(raw, factor, message):
    with pytest.raises(MisreadError) as refused:
        parse_value(column(ColumnKind.MONEY), raw, factor=factor)
    assert refused.value.message == message


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (2012901, "2012901"),
        (2012901.0, "2012901"),
        ("2012901", "2012901"),
        (" ２０１２９０１ ", "2012901"),
        ("201 29 01", "2012901"),
        ("2012901 行政运行", "2012901"),
        ("2012901行政运行", "2012901"),
        ("00107", "00107"),
        ("A-1", "A-1"),
        (None, ""),
    ],
)
def test_code_is_read_however_it_is_stored(raw, expected):
    assert parse_value(column(ColumnKind.CODE), raw) == expected


@pytest.mark.parametrize(
    ("raw", "percent", "expected"),
    [
        ("  培训费 ", False, "培训费"),
        ("培\n训\r\n 费", False, "培训费"),
        (12, False, "12"),
        (2.5, False, "2.5"),
        (0.95, True, "95%"),
        (1, True, "100%"),
        (True, False, "是"),
        (datetime.fromisoformat("2025-12-25"), False, "2025年12月25日"),
        (None, False, ""),
    ],
)
def test_text_is_one_line_as_it_is_shown(raw, percent, expected):
    assert parse_value(column(ColumnKind.TEXT), raw, percent) == expected


def test_paragraphs_keep_their_breaks():
    raw = " 一、甲；  \r\n  二、乙_x000D_\n\n"
    assert parse_value(column(ColumnKind.LONG), raw) == "一、甲；\n  二、乙"


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        (ColumnKind.COUNT, "１２", 12),
        (ColumnKind.COUNT, 7.0, 7),
        (ColumnKind.CHANGE, "-3", -3),
        (ColumnKind.CHANGE, None, None),
        (ColumnKind.NUMBER, 12.5, D("12.50")),
        (ColumnKind.NUMBER, "14", D("14.00")),
        (ColumnKind.DATE, "2025年2月14日", date(2025, 2, 14)),
        (ColumnKind.DATE, "2025-02-14", date(2025, 2, 14)),
        (ColumnKind.DATE, "2025.2.14", date(2025, 2, 14)),
        (ColumnKind.DATE, "20250214", date(2025, 2, 14)),
        (ColumnKind.DATE, 20250214, date(2025, 2, 14)),
        (ColumnKind.DATE, 45702, date(2025, 2, 14)),
        (ColumnKind.DATE, datetime.fromisoformat("2025-02-14T09:00"), date(2025, 2, 14)),
        (ColumnKind.DATE, "", None),
    ],
)
def test_number_or_day_is_read_as_it_was_meant(kind, raw, expected):
    assert parse_value(column(kind), raw) == expected


@pytest.mark.parametrize(
    ("kind", "raw", "message"),
    [
        (ColumnKind.COUNT, -1, "“-1”小于 0。"),
        (ColumnKind.COUNT, 1.5, "“1.5”不是整数。"),
        (ColumnKind.COUNT, "6人", "“6人”不是数字。"),
        (ColumnKind.CHANGE, 10**9, "“1000000000”不是整数。"),
        (ColumnKind.NUMBER, 1.234, "“1.234”的小数超过两位。"),
        (ColumnKind.DATE, "2025-02-30", "“2025-02-30”不是日期。"),
        (ColumnKind.DATE, "年底", "“年底”不是日期。"),
    ],
)
def test_number_or_day_that_is_none_is_refused(kind, raw, message):
    with pytest.raises(MisreadError) as refused:
        parse_value(column(kind), raw)
    assert refused.value.message == message


def test_percentage_counts_as_points_in_a_column_of_numbers():
    assert parse_value(column(ColumnKind.NUMBER), 0.14, percent=True) == D("14.00")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("是", True), (True, True), ("否", False), (False, False), (" 是 ", True), (None, None)],
)
def test_choice_is_read_as_what_it_means(raw, expected):
    assert parse_value(column(ColumnKind.CHOICE, choices=YES_NO), raw) is expected


def test_choice_takes_brackets_of_either_width():
    funds = column(ColumnKind.CHOICE, choices=FUNDS)
    assert parse_value(funds, "一般公共预算 (一般财力)") == "general_own"


def test_choice_outside_the_list_is_refused_with_what_would_do():
    with pytest.raises(MisreadError) as refused:
        parse_value(column(ColumnKind.CHOICE, choices=YES_NO), "对")
    assert (refused.value.message, refused.value.advice) == (
        "“对”不在“某列”的列表里。",
        "请填是、否之一。",
    )


@pytest.mark.parametrize("kind", ColumnKind)
def test_text_longer_than_any_is_told_before_it_is_looked_into(kind):
    with pytest.raises(MisreadError, match=r"^有 10,001 个字，超过 10,000 个。$"):
        parse_value(column(kind), "1" * (LONGEST_TEXT + 1))
