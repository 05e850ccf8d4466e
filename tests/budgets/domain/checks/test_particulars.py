from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Particulars, PriorBasis, Profile
from tests.factories.filings import filing, priors, spend, wan
from tests.factories.printed import case_of, outcomes
from tests.factories.union import union_filing


def particular(**values):
    money = {
        name: value if name.endswith("count") else wan(value) for name, value in values.items()
    }
    return replace(union_filing(), particulars=Particulars(**money))


@pytest.mark.parametrize(
    ("total", "goods", "works", "expected"),
    [
        ("3.00", "1.00", "2.00", ("passed", "")),
        # Three parts: (3 + 1) × 0.005 万元.
        ("3.02", "1.00", "2.00", ("rounding", "两边相差0.02万元，在3个数四舍五入的允许范围内。")),
        (
            "3.03",
            "1.00",
            "2.00",
            (
                "failed",
                "政府采购预算为3.03万元，货物、工程、服务之和为3.00万元，相差0.03万元（300.00元）。",
            ),
        ),
        (
            "3.0001",
            "1.00",
            "2.00",
            (
                "failed",
                "政府采购预算为3.00万元，货物、工程、服务之和为3.00万元，相差0.00万元（1.00元）。",
            ),
        ),
    ],
)
def test_procurement_adds_up_within_the_envelope(total, goods, works, expected):
    made = particular(procurement_total=total, procurement_goods=goods, procurement_works=works)
    assert outcomes("procurement-sum", case_of(made)) == [expected]


def test_reserved_shares_are_within_each_other():
    assert outcomes("procurement-reserved", case_of(union_filing())) == [("passed", "")]
    made = particular(procurement_micro="4.00", procurement_sme="3.00", procurement_total="2.00")
    assert outcomes("procurement-reserved", case_of(made)) == [
        ("failed", "小微企业预留大于中小企业预留。"),
        ("failed", "中小企业预留大于政府采购预算。"),
    ]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (("2.00", "2.00", "2.00"), [("passed", "")]),
        (("2.01", "2.00", "9.00"), [("failed", "小微企业预留大于中小企业预留。")]),
        (("1.00", "2.01", "2.00"), [("failed", "中小企业预留大于政府采购预算。")]),
    ],
)
def test_each_reserved_share_is_within_the_next(amounts, expected):
    micro, sme, total = amounts
    made = particular(procurement_micro=micro, procurement_sme=sme, procurement_total=total)
    assert outcomes("procurement-reserved", case_of(made)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"vehicle_count": 2, "vehicle_general_count": 1, "vehicle_other_count": 1},
            [("passed", "")],
        ),
        (
            {"vehicle_count": 2, "vehicle_general_count": 1, "vehicle_value": "1.00"},
            [
                ("failed", "车辆共2辆，三类之和为1辆。"),
                (
                    "failed",
                    "车辆价值为1.00万元，三类车辆价值之和为0.00万元，相差1.00万元（10,000.00元）。",
                ),
            ],
        ),
        (
            {"vehicle_value": "1.02", "vehicle_general_value": "1.00"},
            [("rounding", "两边相差0.02万元，在3个数四舍五入的允许范围内。")],
        ),
    ],
)
def test_vehicles_add_up_in_number_and_value(values, expected):
    assert outcomes("vehicles", case_of(particular(**values))) == expected


def staffed(**heads):
    return replace(union_filing(), profile=Profile(**heads))


def test_staff_cannot_have_grown_by_more_than_there_is():
    assert outcomes("staff", case_of(union_filing())) == [("passed", "")]
    made = staffed(serving=6, serving_change=8, retired=13, retired_change=-20, honorary_change=1)
    assert outcomes("staff", case_of(made)) == [
        ("failed", "在职6人，比上年增加8人，上年人数成了负数。"),
        ("failed", "离休0人，比上年增加1人，上年人数成了负数。"),
    ]


def test_staff_above_the_authorized_number_is_a_warning():
    assert outcomes("staff-authorized", case_of(staffed(authorized=6, serving=6))) == [
        ("passed", "")
    ]
    assert outcomes("staff-authorized", case_of(staffed(authorized=5, serving=6))) == [
        ("failed", "在职6人，编制数5，在职超过编制。")
    ]


def remembered(total, *items):
    codes = ("2012901", "2012950", "2050803")
    parts = {f"T5.{code}.total": item for code, item in zip(codes, items, strict=False)}
    whole = {} if total is None else {"T5.total.basic": total, "T5.total.project": "0"}
    return filing(spend("1.00", "2012901"), priors=priors(parts | whole))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (remembered("3.00", "1.00", "2.00"), ("passed", "")),
        (
            remembered("3.01", "1.00", "2.00"),
            ("rounding", "两边相差0.01万元，在2个数四舍五入的允许范围内。"),
        ),
        (
            remembered("3.02", "1.00", "2.00"),
            (
                "failed",
                "上年一般公共预算各项之和为3.00万元，上年一般公共预算合计为3.02万元，"
                "相差0.02万元（200.00元）。",
            ),
        ),
        (remembered(None, "1.00"), ("unchecked", "")),
        (remembered("1.00"), ("unchecked", "")),
    ],
)
def test_last_years_items_add_up_to_last_years_total(made, expected):
    assert outcomes("last-year-sum", case_of(made)) == [expected]


def test_last_year_as_stated_is_last_year_as_published():
    published = {"T5.2012901.total": wan("1.00"), "T5.total.basic": Decimal("30000.49")}
    assert outcomes("last-year-published", case_of(remembered("3.00", "1.00"), published)) == [
        ("passed", "")
    ]
    assert outcomes(
        "last-year-published", case_of(remembered("3.00", "1.50", "2.00"), published)
    ) == [
        (
            "failed",
            "表5 2012901 行政运行 合计的上年数填的是1.50万元，上年公开的是1.00万元，"
            "已采用上年公开的数。",
        ),
        (
            "failed",
            "表5 2012950 事业运行 合计的上年数填的是2.00万元，上年公开的是0.00万元，"
            "已采用上年公开的数。",
        ),
    ]
    assert outcomes("last-year-published", case_of(remembered("3.00", "1.50"))) == [
        ("unchecked", "")
    ]


def test_last_years_execution_may_differ_from_what_was_published():
    spent = priors({"T5.2012901.total": "9.00"}, PriorBasis.EXECUTION)
    made = filing(spend("1.00", "2012901"), priors=spent)
    published = {"T5.2012901.total": wan("1.00")}
    assert outcomes("last-year-published", case_of(made, published)) == [("passed", "")]


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
