"""Balances of the facts themselves."""

from dataclasses import replace

import pytest

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing
from tests.budgets.domain.sets.test_units import BUREAU_FACTS, DEPARTMENT, FIRST_FACTS, alone
from tests.disclosures.printed import case_of, outcomes
from tests.factories.filings import FIRST, UNION, filing, income, spend
from tests.factories.union import union_filing


def test_funds_balance_one_by_one():
    assert outcomes("funds-balance", case_of(union_filing())) == [("passed", "")]
    made = Filing(
        department=UNION,
        year=2025,
        facts=(
            income(Fund.BUSINESS_INCOME, "3.00"),
            income(Fund.OTHER_INCOME, "2.00"),
            spend("5.00", "2012901", fund=Fund.OTHER_INCOME),
        ),
    )
    assert outcomes("funds-balance", case_of(made)) == [
        (
            "failed",
            "单位资金（事业收入）收入为3.00万元，单位资金（事业收入）支出为0.00万元，"
            "相差3.00万元（30,000.00元）。",
        ),
        (
            "failed",
            "单位资金（其他收入）收入为2.00万元，单位资金（其他收入）支出为5.00万元，"
            "相差3.00万元（30,000.00元）。",
        ),
    ]


def test_unit_funds_balance_together_where_internal_money_is_left_out():
    assert outcomes("funds-balance", case_of(DEPARTMENT)) == [("passed", "")]
    short = replace(DEPARTMENT, facts=(*DEPARTMENT.facts, income(Fund.OTHER_INCOME, "1.00")))
    assert outcomes("funds-balance", case_of(short)) == [
        ("failed", "单位资金收入为9.00万元，单位资金支出为8.00万元，相差1.00万元（10,000.00元）。")
    ]


def test_funds_of_a_unit_alone_balance_with_its_internal_money():
    for facts in (BUREAU_FACTS, FIRST_FACTS):
        assert outcomes("funds-balance", case_of(alone(FIRST, facts))) == [("passed", "")]


def test_internal_money_cancels_between_the_units():
    assert outcomes("internal-balance", case_of(DEPARTMENT)) == [("passed", "")]
    more = income(Fund.SUPERIOR_SUBSIDY, "0.50", FIRST.code, internal=True)
    short = replace(DEPARTMENT, facts=(*DEPARTMENT.facts, more))
    assert outcomes("internal-balance", case_of(short)) == [
        (
            "failed",
            "各单位内部往来收入为5.50万元，各单位内部往来支出为5.00万元，相差0.50万元（5,000.00元）。",
        )
    ]


def test_internal_money_of_a_unit_alone_is_not_checked():
    assert outcomes("internal-balance", case_of(alone(FIRST, FIRST_FACTS))) == [("unchecked", "")]
    assert outcomes("internal-balance", case_of(union_filing())) == [("passed", "")]


def apart(nature, *economics):
    functions = [spend("10.00", "2012901", nature=nature, **named(nature))]
    return filing(
        *functions,
        *(
            spend(amount, economic=code, nature=nature, **named(nature))
            for amount, code in zip(economics, ("30101", "30102"), strict=False)
        ),
    )


def named(nature):
    return {"project": "甲"} if nature is Nature.PROJECT else {}


@pytest.mark.parametrize(
    ("nature", "economics", "expected"),
    [
        (Nature.PERSONNEL, ("9.00", "1.00"), ("passed", "")),
        (
            Nature.PERSONNEL,
            ("9.00", "0.98"),
            ("rounding", "两边相差0.02万元，在3个数四舍五入的允许范围内。"),
        ),
        (
            Nature.PROJECT,
            ("9.00", "0.97"),
            (
                "failed",
                "一般公共预算（一般财力）项目支出按功能分类为10.00万元，"
                "一般公共预算（一般财力）项目支出按经济分类为9.97万元，相差0.03万元（300.00元）。",
            ),
        ),
        (Nature.PERSONNEL, (), ("unchecked", "")),
    ],
)
def test_classifications_agree_for_every_fund_and_nature(nature, economics, expected):
    assert outcomes("function-economic", case_of(apart(nature, *economics))) == [expected]


def test_classifications_of_unsplit_basic_expenditure_agree_as_a_whole():
    assert outcomes("function-economic", case_of(union_filing())) == [("passed", "")]
    lacking = tuple(fact for fact in union_filing().facts if fact.economic != "30201")
    short = replace(union_filing(), facts=lacking)
    assert outcomes("function-economic", case_of(short)) == [
        (
            "failed",
            "一般公共预算（一般财力）基本支出按功能分类为138.18万元，"
            "一般公共预算（一般财力）基本支出按经济分类为137.39万元，相差0.79万元（7,900.00元）。",
        )
    ]
