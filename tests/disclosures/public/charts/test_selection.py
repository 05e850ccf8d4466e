"""The charts of the sample, of several years and of a county: each figure, each of one scope."""

from dataclasses import replace
from decimal import Decimal

from budgets.domain.content import draft
from budgets.domain.facts import Fund, Nature
from budgets.domain.passages import list_changes
from disclosures.public.charts.selection import (
    Portion,
    draw_whole,
    list_charts,
    list_year_charts,
    name_rate,
)
from tests.factories.filings import CHART, filing, priors, reasons, spend
from tests.factories.union import union_filing


def tell(charts):
    return [(chart.key, chart.scope, len(chart.bars)) for chart in charts]


def rows(chart):
    return [(bar.label, bar.text, *bar.beside) for bar in chart.bars]


def chart_union():
    return {chart.key: chart for chart in list_charts(draft(union_filing(), CHART), "/p/")}


def test_union_has_these_charts():
    assert tell(chart_union().values()) == [
        ("income", "全口径", 2),
        ("functions", "全口径", 5),
        ("natures", "全口径", 2),
        ("fiscal", "财政拨款", 1),
        ("general", "一般公共预算", 9),
        ("economics", "一般公共预算", 3),
        ("economic-items", "一般公共预算", 19),
        ("changes", "一般公共预算", 9),
    ]


def test_structure_has_each_part_with_its_share():
    charts = chart_union()
    assert rows(charts["income"]) == [
        ("一般公共预算拨款", "138.18", "51.97%"),
        ("单位资金", "127.71", "48.03%"),
    ]
    assert rows(charts["natures"]) == [
        ("基本支出", "138.18", "51.97%"),
        ("项目支出", "127.71", "48.03%"),
    ]
    assert charts["economics"].bars[0].href == "/p/#T6.301.total"
    assert charts["economics"].source == "表6 一般公共预算基本支出情况表"


def test_changes_are_those_of_the_sentences_from_the_largest_rise_to_the_largest_fall():
    assert rows(chart_union()["changes"]) == [
        ("机关事业单位职业年金缴费支出", "+6.12", "6.12", "0.00", "新增"),
        ("行政单位离退休", "+2.52", "9.55", "7.03", "+35.85%"),
        ("机关事业单位基本养老保险缴费支出", "+0.45", "12.24", "11.79", "+3.82%"),
        ("住房公积金", "+0.36", "10.43", "10.07", "+3.57%"),
        ("事业运行", "+0.15", "42.68", "42.53", "+0.35%"),
        ("行政运行", "+0.10", "49.74", "49.64", "+0.20%"),
        ("公务员医疗补助", "+0.06", "1.31", "1.25", "+4.80%"),
        ("培训支出", "−0.07", "0.23", "0.30", "−23.33%"),
        ("行政单位医疗", "−8.27", "5.88", "14.15", "−58.45%"),
    ]


def test_to_nothing_is_named_and_no_percentage():
    at = "T5.2050803.total"

    def rate(this, last):
        made = filing(
            spend("1.00", "2012901"),
            *([spend(this, "2050803")] if this else []),
            priors=priors({at: last}),
            words=reasons({at: "需要"}),
        )
        (told,) = [each for each in list_changes(draft(made, CHART)) if each.change.at == at]
        return name_rate(told)

    assert rate("", "1.00") == "取消"
    assert rate("1.00", "0") == "新增"
    assert rate("1.00", "1.00") == "+0.00%"
    assert rate("0.50", "1.00") == "−50.00%"


def test_empty_budget_has_no_charts():
    assert list_charts(draft(filing(), CHART)) == []


def test_every_chart_of_a_mixed_budget_is_of_one_scope():
    mixed = filing(
        spend("1.00", "2050803"),
        spend("2.00", "2120803", fund=Fund.GOVERNMENT_FUND_OWN, nature=Nature.PERSONNEL),
        spend("3.00", "2012901", fund=Fund.CARRYOVER_GENERAL, nature=Nature.PERSONNEL),
    )
    charts = {chart.key: chart for chart in list_charts(draft(mixed, CHART))}
    assert rows(charts["fiscal"]) == [
        ("政府性基金预算", "2.00", "66.67%"),
        ("一般公共预算", "1.00", "33.33%"),
    ]
    assert [bar.text for bar in charts["income"].bars] == ["3.00", "2.00", "1.00"]


def test_years_are_charted_scope_by_scope():
    one = draft(filing(spend("1.00", "2050803")), CHART)
    two = draft(replace(filing(), year=2026), CHART)
    assert list_year_charts([(one, "/a/")]) == []
    charts = list_year_charts([(one, "/a/"), (two, "/b/")])
    assert tell(charts) == [
        ("years", "全口径", 2),
        ("fiscal-years", "财政拨款", 2),
        ("general-years", "一般公共预算", 2),
    ]
    assert [rows(chart) for chart in charts] == [
        [("2025年", "1.00", ""), ("2026年", "0.00", "−1.00")]
    ] * 3
    assert [bar.href for bar in charts[0].bars] == ["/a/#T1.total.income", "/b/#T1.total.income"]


def chart_departments(*amounts):
    parts = [Portion(label=f"部门{n}", yuan=Decimal(yuan), href=f"/{n}/") for n, yuan in amounts]
    return draw_whole(
        parts,
        key="size",
        title="各部门收支总预算",
        source="各部门表1",
        scope="全口径",
        rest="其余{count}个部门",
        href="/all/",
    )


def list_bars(chart):
    return [(bar.label, bar.text, *bar.beside, bar.href) for bar in chart.bars]


def test_parts_stand_from_the_largest_down_with_their_shares():
    chart = chart_departments((1, 10_000), (2, 0), (3, 30_000))
    assert (chart.title, chart.scope) == ("各部门收支总预算", "全口径")
    assert list_bars(chart) == [
        ("部门3", "3.00", "75.00%", "/3/"),
        ("部门1", "1.00", "25.00%", "/1/"),
    ]


def test_what_is_left_over_is_one_bar_and_nothing_is_lost():
    chart = chart_departments(*((n, 10_000) for n in range(22)))
    assert list_bars(chart)[-1] == ("其余2个部门", "2.00", "9.09%", "/all/")
    assert sum(bar.value for bar in chart.bars) == 22


def test_a_single_one_left_over_stands_for_itself():
    chart = chart_departments(*((n, 10_000) for n in range(21)))
    assert [bar.label for bar in chart.bars] == [f"部门{n}" for n in range(21)]


def test_nothing_budgeted_is_no_chart():
    assert chart_departments((1, 0)) is None
