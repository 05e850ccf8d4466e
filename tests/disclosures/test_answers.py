"""The opening answers only with cells, and never fails on an unusual budget."""

from budgets.facts import Fund, Nature
from disclosures.answers import answer
from disclosures.content import draft
from tests.disclosures.filings import CHART, filing, spend


def told(lines):
    return [(line["label"], line["text"], line["href"], line["length"]) for line in lines]


def test_answer_lists_sources_and_purposes_largest_first():
    stated = filing(
        spend("1.00", "2050803"),
        spend("3.00", "2012901", fund=Fund.CARRYOVER_GENERAL, nature=Nature.PERSONNEL),
    )
    found = answer(draft(stated, CHART).content)
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
    found = answer(draft(filing(), CHART).content)
    assert found["total"] == "0.00"
    assert (found["sources"], found["purposes"], found["natures"]) == ([], [], [])
