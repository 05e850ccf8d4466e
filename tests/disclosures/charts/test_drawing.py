"""Bars are as long as their amounts, names make room for them, and nothing leaves the picture."""

from disclosures.charts.drawing import draw, measure, wrap
from tests.disclosures.charts.test_figure import bar, chart


def test_bars_are_in_proportion():
    drawn = draw(chart(bar("甲", "4.00"), bar("乙", "1.00"), bar("丙", "0.00")))
    assert [(box.x, box.width) for box in drawn.boxes] == [
        ("12.0", "376.0"),
        ("12.0", "94.0"),
        ("12.0", "0.0"),
    ]
    assert drawn.axis is None


def test_a_fall_goes_left_of_the_axis_and_is_hatched():
    drawn = draw(chart(bar("甲", "3.00"), bar("乙", "-1.00")))
    assert drawn.axis == "106.0"
    assert [(box.x, box.width, box.is_hatched) for box in drawn.boxes] == [
        ("106.0", "282.0", False),
        ("12.0", "94.0", True),
    ]


def test_nothing_at_all_draws_bars_of_no_length():
    assert [box.width for box in draw(chart(bar("甲", "0.00"))).boxes] == ["0.0"]


def test_a_long_name_is_broken_and_the_amount_stands_on_its_first_line():
    drawn = draw(chart(bar("机关事业单位基本养老保险缴费支出以及其他各项支出合计", "1.00")))
    texts = [(text.text, text.y) for text in drawn.texts]
    assert texts == [
        ("机关事业单位基本养老保险缴费支出以及其他各项", 15.0),
        ("支出合计", 35.0),
        ("1.00", 15.0),
    ]
    assert drawn.height == 62.0


def test_lines_are_no_wider_than_the_room():
    lines = wrap("一二三四abcdefgh", 30)
    assert "".join(lines) == "一二三四abcdefgh"
    assert all(measure(line) <= 30 for line in lines)


def test_a_picture_that_stands_alone_has_title_and_source():
    drawn = draw(chart(bar("甲", "1.00")), ("来源：某县",))
    assert [text.text for text in drawn.texts] == [
        "收入构成",
        "单位：万元　口径：全口径",
        "甲",
        "1.00",
        "来源：某县",
    ]
    assert max(text.y for text in drawn.texts) < drawn.height
