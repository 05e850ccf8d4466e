"""The opening answers only with cells, and never fails on an unusual budget."""

from budgets.domain.answers import answer
from budgets.domain.content import draft
from budgets.domain.facts import Fund, Nature
from tests.factories.filings import CHART, filing, spend
from tests.factories.union import union_filing


def told(lines):
    return [(line["label"], line["text"], line["href"], line["length"]) for line in lines]


def test_answer_lists_sources_and_purposes_largest_first():
    stated = filing(
        spend("1.00", "2050803"),
        spend("3.00", "2012901", fund=Fund.CARRYOVER_GENERAL, nature=Nature.PERSONNEL),
    )
    found = answer(draft(stated, CHART))
    assert (found["total"], found["total_href"]) == ("4.00", "#T1.total.income")
    assert told(found["sources"]) == [
        ("一般公共预算拨款", "1.00", "#T1.general.income", "25.0"),
        ("上年结转结余", "3.00", "#T1.carryover.income", "75.0"),
    ]
    assert told(found["purposes"]) == [
        ("一般公共服务支出", "3.00", "#T1.201.expenditure", "75.0"),
        ("教育支出", "1.00", "#T1.205.expenditure", "25.0"),
    ]
    assert told(found["natures"]) == [("基本支出", "4.00", "#T3.total.basic", "100.0")]


def test_answer_of_an_empty_budget_has_no_lines():
    found = answer(draft(filing(), CHART))
    assert found["total"] == "0.00"
    assert (found["sources"], found["purposes"], found["natures"]) == ([], [], [])


def test_answer_tells_what_changed_and_what_is_promised():
    found = answer(draft(union_filing(), CHART))
    moved = [(each["label"], each["moved"], each["difference"]) for each in found["changes"]]
    assert moved == [("基本支出", "增加", "1.43"), ("项目支出", "增加", "3.57")]
    assert [
        (each["label"], each["moved"], each["difference"], each["rate"], each["href"])
        for each in found["items"]
    ] == [
        ("行政单位医疗", "减少", "8.27", "58.45", "#N5.T5.2101101.total"),
        ("机关事业单位职业年金缴费支出", "新增", "6.12", "", "#N5.T5.2080506.total"),
        ("行政单位离退休", "增加", "2.52", "35.85", "#N5.T5.2080501.total"),
    ]
    assert found["promised"] == 1
    assert found["promises"][0] == {"label": "开展单位各类活动次数", "value": "≥25次"}


def test_answer_without_a_comparison_says_so():
    assert answer(draft(filing(spend("1.00", "2050803")), CHART))["is_compared"] is False
