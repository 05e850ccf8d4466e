from dataclasses import replace

import pytest

from budgets.domain.facts import Fund, Nature
from tests.disclosures.printed import case_of, outcomes
from tests.factories.filings import filing, priors, spend
from tests.factories.union import union_filing


def stated(amount, why="", economic="30217", fund=Fund.GENERAL_OWN):
    """Reception of 0.80 in the lines, and a project without economic sections beside it."""
    return filing(
        spend("0.80", "2012901", "30217", nature=Nature.OPERATING),
        spend("10.00", "2012901", "302", nature=Nature.PROJECT, project="招商引资"),
        three_public=(spend(amount, economic=economic, nature=Nature.PROJECT, fund=fund),),
        three_public_why=why,
    )


def test_table_10_derived_from_full_detail_passes():
    assert outcomes("three-public-within", case_of(union_filing())) == [("passed", "")]


def test_table_10_of_projects_without_detail_cannot_be_checked():
    assert outcomes("three-public-within", case_of(replace(stated("1.00"), three_public=()))) == [
        ("unchecked", "")
    ]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (stated("0.80"), [("passed", "")]),
        (stated("2.00", "含招商引资项目的接待费"), [("passed", "")]),
        (
            stated("2.00"),
            [
                (
                    "failed",
                    "公务接待费（一般公共预算）的填报数与支出明细同名经济科目的金额不同，没有说明。",
                )
            ],
        ),
        (
            stated("0.50"),
            [
                (
                    "failed",
                    "公务接待费（一般公共预算）的填报数与支出明细同名经济科目的金额不同，没有说明。",
                )
            ],
        ),
        (
            stated("1.00", "说明", "30231", Fund.GOVERNMENT_FUND_OWN),
            [
                (
                    "failed",
                    "公务用车运行费（政府性基金预算）的填报数大于支出明细同名经济科目的金额。",
                )
            ],
        ),
    ],
)
def test_table_10_as_stated_agrees_with_the_codes_or_says_why(made, expected):
    assert outcomes("three-public-within", case_of(made)) == expected


def test_table_10_above_full_detail_is_wrong_whatever_the_explanation():
    made = replace(
        stated("2.00", "说明"),
        facts=tuple(fact for fact in stated("2.00").facts if not fact.project),
    )
    assert outcomes("three-public-within", case_of(made)) == [
        ("failed", "公务接待费（一般公共预算）的填报数大于支出明细同名经济科目的金额。")
    ]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ({}, ("unchecked", "")),
        ({"T10.total.total": "0.80"}, ("passed", "")),
        ({"T10.total.total": "0.79"}, ("failed", "“三公”经费比上年增加。")),
    ],
)
def test_three_public_expenses_do_not_rise(last, expected):
    made = filing(spend("0.80", "2012901", "30217", nature=Nature.OPERATING), priors=priors(last))
    assert outcomes("three-public-rise", case_of(made)) == [expected]
