"""Sums inside the tables: across, down, and row by row between tables."""

import pytest

from budgets.domain.facts import Fund, Nature
from tests.disclosures.printed import case_of, outcomes
from tests.factories.filings import filing, spend
from tests.factories.union import union_filing


def test_across_passes_on_the_sample():
    assert outcomes("across", case_of(union_filing())) == [("passed", "")]


def test_across_names_the_lowest_rows_that_lack_a_split():
    made = filing(
        spend("5.00", "2012901", "30101"),
        spend("1.00", "2120803", fund=Fund.GOVERNMENT_FUND_OWN),
        spend("2.00", "2012950", fund=Fund.CARRYOVER_GENERAL),
    )
    assert outcomes("across", case_of(made)) == [
        (
            "failed",
            "表6 30101 基本工资 合计为5.00万元，各列之和为0.00万元，相差5.00万元（50,000.00元）。",
        ),
        (
            "failed",
            "表8 2120803 城市建设支出 合计为1.00万元，各列之和为0.00万元，"
            "相差1.00万元（10,000.00元）。",
        ),
        (
            "failed",
            "表11 2012950 事业运行 小计为2.00万元，各列之和为0.00万元，"
            "相差2.00万元（20,000.00元）。",
        ),
    ]


def test_across_asks_for_the_economic_code_of_projects():
    made = filing(spend("3.00", "2012901", nature=Nature.PROJECT, project="甲"))
    assert outcomes("across", case_of(made)) == [
        (
            "failed",
            "表7 2012901 行政运行 项目“甲” 项目支出合计为3.00万元，各列之和为0.00万元，"
            "相差3.00万元（30,000.00元）。",
        )
    ]


def test_across_tells_a_wrong_total_of_a_table():
    case = case_of(union_filing(), wrong=("T2.total.fiscal", "138.00"))
    assert outcomes("across", case) == [
        (
            "failed",
            "表2 总计为265.89万元，各列之和为265.71万元，相差0.18万元（1,800.00元）。",
        ),
        (
            "failed",
            "表2 总计 财政拨款（补助）小计为138.00万元，各列之和为138.18万元，"
            "相差0.18万元（1,800.00元）。",
        ),
    ]


def levels(residue):
    return filing(spend("1.00", "2012901"), spend("2.00", "2012950"), spend(residue, "20129"))


@pytest.mark.parametrize(
    ("residue", "expected"),
    [
        # Two items: (2 + 1) × 0.005 万元.
        ("0.01", [("rounding", "两边相差0.01万元，在2个数四舍五入的允许范围内。")] * 2),
        ("-0.01", [("rounding", "两边相差0.01万元，在2个数四舍五入的允许范围内。")] * 2),
        (
            "0.02",
            [
                (
                    "failed",
                    f"{table} 20129 群众团体事务 合计为3.02万元，所列明细之和为3.00万元，"
                    "相差0.02万元（200.00元）。",
                )
                for table in ("表3", "表5")
            ],
        ),
        (
            "0.0050",
            [
                (
                    "failed",
                    f"{table} 20129 群众团体事务 合计为3.01万元，所列明细之和为3.00万元，"
                    "相差0.01万元（50.00元）。",
                )
                for table in ("表3", "表5")
            ],
        ),
    ],
)
def test_levels_allow_a_residue_inside_the_envelope_only(residue, expected):
    assert outcomes("levels", case_of(levels(residue))) == expected


def test_levels_tell_money_on_a_class_without_items():
    made = filing(spend("9.00", "201"))
    assert outcomes("levels", case_of(made)) == [
        (
            "failed",
            f"{table} 201 一般公共服务支出 合计为9.00万元，所列明细之和为0.00万元，"
            "相差9.00万元（90,000.00元）。",
        )
        for table in ("表3", "表5")
    ]


def test_levels_are_rounding_in_the_sample():
    assert outcomes("levels", case_of(union_filing())) == [
        ("rounding", "两边相差0.01万元，在10个数四舍五入的允许范围内。")
    ]


def test_levels_pass_without_a_residue():
    assert outcomes("levels", case_of(filing(spend("9.00", "2012901")))) == [("passed", "")]


def test_rows_of_tables_2_and_3_agree():
    assert outcomes("T2-T3-rows", case_of(union_filing())) == [("passed", "")]
    case = case_of(union_filing(), wrong=("T3.2050803.total", "0.24"))
    assert outcomes("T2-T3-rows", case) == [
        (
            "failed",
            "表2 2050803 培训支出 总计为0.23万元，表3 2050803 培训支出 合计为0.24万元，"
            "相差0.01万元（100.00元）。",
        )
    ]


def test_classes_of_table_1_agree_with_table_3():
    assert outcomes("T1-T3-classes", case_of(union_filing())) == [("passed", "")]
    made = filing(spend("2.00", "2990101"), spend("1.00", "2012901"))
    assert outcomes("T1-T3-classes", case_of(made)) == [
        (
            "failed",
            "表1 299为0.00万元，表3 299 合计为2.00万元，相差2.00万元（20,000.00元）。",
        )
    ]
