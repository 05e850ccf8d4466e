"""A year in charts: the largest parts one by one, the others as one, and all of it together."""

from decimal import Decimal

from disclosures.public.charts.county import Part, Whole, draw_whole


def make_whole(*amounts):
    parts = [Part(label=f"部门{n}", yuan=Decimal(yuan), href=f"/{n}/") for n, yuan in amounts]
    return Whole(
        key="size",
        title="各部门收支总预算",
        source="各部门表1",
        scope="全口径",
        parts=parts,
        rest="其余{count}个部门",
        href="/all/",
    )


def list_bars(chart):
    return [(bar.label, bar.text, *bar.beside, bar.href) for bar in chart.bars]


def test_parts_stand_from_the_largest_down_with_their_shares():
    chart = draw_whole(make_whole((1, 10_000), (2, 0), (3, 30_000)))
    assert (chart.title, chart.scope) == ("各部门收支总预算", "全口径")
    assert list_bars(chart) == [
        ("部门3", "3.00", "75.00%", "/3/"),
        ("部门1", "1.00", "25.00%", "/1/"),
    ]


def test_what_is_left_over_is_one_bar_and_nothing_is_lost():
    chart = draw_whole(make_whole(*((n, 10_000) for n in range(22))))
    assert list_bars(chart)[-1] == ("其余2个部门", "2.00", "9.09%", "/all/")
    assert sum(bar.value for bar in chart.bars) == 22


def test_a_single_one_left_over_stands_for_itself():
    chart = draw_whole(make_whole(*((n, 10_000) for n in range(21))))
    assert [bar.label for bar in chart.bars] == [f"部门{n}" for n in range(21)]


def test_nothing_budgeted_is_no_chart():
    assert draw_whole(make_whole((1, 0))) is None
