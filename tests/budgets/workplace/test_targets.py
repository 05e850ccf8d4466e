"""Targets: how values are understood, what the meters say, what is carried over from last year."""

from decimal import Decimal

import pytest

from budgets.domain.facts import Fact, Nature, Side
from budgets.domain.filing import Filing, Organisation
from budgets.domain.funds import Fund
from budgets.domain.indicators import Indicator
from budgets.domain.money import from_wan
from disclosures.workplace.clerk.labels import tell_goal
from disclosures.workplace.clerk.targets import (
    rename_project,
    renew_texts,
    sum_money,
    weigh_cost,
    weigh_points,
)


def indicator(value="=1", weight=None, level2="数量指标"):
    return Indicator(
        level1="产出指标",
        level2=level2,
        level3="某指标",
        value=value,
        weight=None if weight is None else Decimal(weight),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (">=25次", "≥ 25 次"),
        ("≤1,000.50 万元", "≤ 1,000.50 万元"),
        ("＝100％", "= 100 %"),
        ("明显减轻", "文字"),
        (">=,", "文字"),
        (" ", ""),
    ],
)
def test_value_is_told_as_it_is_understood(text, told):
    assert tell_goal(text) == told


@pytest.mark.parametrize(("weights", "is_good"), [("90", True), ("100", True), ("99", False)])
def test_weights_are_90_or_100(weights, is_good):
    meter = weigh_points([indicator(weight=weights), indicator()])
    assert (meter.total, meter.is_good) == (weights, is_good)


@pytest.mark.parametrize(("money", "is_good"), [("86.00", True), ("85.99", False)])
def test_costs_stay_within_the_project_money(money, is_good):
    costs = [
        indicator("<=51万元", level2="经济成本指标"),
        indicator("<=35万元", level2="经济成本指标"),
    ]
    other = [indicator("<=9件", level2="经济成本指标"), indicator("<=9万元", level2="社会成本指标")]
    meter = weigh_cost([*costs, *other], from_wan(Decimal(money)))
    assert (meter.total, meter.limits, meter.is_good) == ("86.00", (money,), is_good)


def test_project_money_is_what_its_function_lines_say():
    def fact(amount, **given):
        return Fact(
            unit="1",
            side=Side.EXPENDITURE,
            fund=Fund.OTHER_INCOME,
            nature=Nature.PROJECT,
            amount=Decimal(amount),
            **{"project": "培训", "function": "2050803"} | given,
        )

    facts = (
        fact("10.00"),
        fact("5.00", economic="30216"),
        fact("15.00", function="", economic="302"),
        fact("7.00", project="其他"),
    )
    filing = Filing(department=Organisation(code="1", name="某局"), year=2025, facts=facts)
    assert sum_money(filing, "1", "培训") == Decimal("15.00")


def test_renamed_project_takes_its_money_and_words_along():
    laid = {
        "expenditure": [{"unit": "", "project": "旧"}, {"unit": "2", "project": "旧"}],
        "history": [{"project": "旧"}, {"project": ""}],
        "projects": [],
    }
    assert rename_project(laid, ("", "旧"), "新") == {
        "expenditure": [{"unit": "", "project": "新"}, {"unit": "2", "project": "旧"}],
        "history": [{"project": "新"}, {"project": ""}],
        "projects": [],
    }


def test_last_year_is_carried_over_with_its_year_and_without_its_results():
    texts = {"name": "2025年经费", "value": "2025年12月前", "last_value": "97家"}
    assert renew_texts(texts, 2025, ("last_value",)) == {
        "name": "2026年经费",
        "value": "2026年12月前",
        "last_value": "",
    }
