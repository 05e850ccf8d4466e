"""A chart is of one scope, and told in words."""

from decimal import Decimal

import pytest

from disclosures.public.charts.chart import Bar, BarChart, MixedScopesError, share
from tests.factories.grids import cell


def bar(label, wan, scope="全口径", **more):
    return Bar.of_cell(cell("amount", wan, yuan=Decimal(wan) * 10_000, scope=scope), label, **more)


def chart(*bars, heads=("项目", "金额", "占合计")):
    return BarChart(key="k", title="收入构成", source="表1 总表", heads=heads, bars=bars)


def test_two_scopes_never_stand_in_one_chart():
    with pytest.raises(MixedScopesError, match="收入构成"):
        chart(bar("全部", "2.00"), bar("拨款", "1.00", "财政拨款"))


def test_chart_of_nothing_is_refused():
    with pytest.raises(MixedScopesError):
        chart()


def test_bar_takes_scope_and_printed_amount_from_its_cell():
    made = Bar.of_cell(cell("amount", "1.23", yuan=Decimal("12345.00"), scope="财政拨款"), "拨款")
    assert (made.scope, made.value, made.text) == ("财政拨款", Decimal("1.23"), "1.23")


def test_chart_is_described_in_words():
    made = chart(bar("拨款", "3.00", beside=("75.00%",)), bar("资金", "1.00", beside=("",)))
    assert made.description == (
        "单位：万元　口径：全口径　来源：表1 总表。拨款金额3.00，占合计75.00%；资金金额1.00。"
    )


def test_share_is_of_printed_figures():
    assert share(Decimal("138.18"), Decimal("265.89")) == "51.97%"
    assert share(Decimal("1.00"), Decimal("0.00")) == ""
