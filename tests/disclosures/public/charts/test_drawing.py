"""Bars are as long as their amounts, names make room for them, and nothing leaves the picture."""

from disclosures.public.charts.drawing import draw_chart, measure, wrap
from tests.disclosures.public.charts.test_chart import bar, chart


def test_bars_are_in_proportion():
    drawn = draw_chart(chart(bar("甲", "4.00"), bar("乙", "1.00"), bar("丙", "0.00")))
    assert [(box.x, box.width) for box in drawn.boxes] == [
        ("12.0", "296.0"),
        ("12.0", "74.0"),
        ("12.0", "0.0"),
    ]
    assert drawn.axis is None


def test_a_fall_goes_left_of_the_axis_and_is_hatched():
    drawn = draw_chart(chart(bar("甲", "3.00"), bar("乙", "-1.00")))
    assert drawn.axis == "86.0"
    assert [(box.x, box.width, box.is_hatched) for box in drawn.boxes] == [
        ("86.0", "222.0", False),
        ("12.0", "74.0", True),
    ]


def test_nothing_at_all_draws_bars_of_no_length():
    assert [box.width for box in draw_chart(chart(bar("甲", "0.00"))).boxes] == ["0.0"]


def test_a_long_name_is_broken_evenly_and_the_amount_stands_on_its_first_line():
    drawn = draw_chart(chart(bar("机关事业单位基本养老保险缴费支出以及其他", "1.00")))
    assert [(text.text, text.y) for text in drawn.texts] == [
        ("机关事业单位基本养老保", 16.0),
        ("险缴费支出以及其他", 37.0),
        ("1.00", 16.0),
    ]
    assert drawn.height == 64.0


def test_lines_are_no_wider_than_the_room_and_keep_days_and_addresses_together():
    text = "来源：某县教育局2026年预算公开（第1版，2026年2月16日公开），表5 支出表http://a.example/2026/"
    lines = wrap(text, 150, 13)
    assert lines == [
        "来源：某县教育局",
        "2026年预算公开",
        "（第1版，",
        "2026年2月16日公",
        "开），表5 支出表",
        "http://a.example/",
        "2026/",
    ]
    assert all(measure(line, 13) <= 150 for line in lines)
    assert wrap("abcdefgh", 30) == ["abc", "def", "gh"]


def test_a_picture_that_stands_alone_has_title_and_source():
    drawn = draw_chart(chart(bar("甲", "1.00")), ("来源：某县",))
    assert [text.text for text in drawn.texts] == [
        "收入构成",
        "单位：万元　口径：全口径",
        "甲",
        "1.00",
        "来源：某县",
    ]
    assert max(text.y for text in drawn.texts) < drawn.height
