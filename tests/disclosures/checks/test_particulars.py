from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.domain.filing import Particulars, PriorBasis, Profile
from tests.disclosures.printed import case_of, outcomes
from tests.factories.filings import filing, priors, spend, wan
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
