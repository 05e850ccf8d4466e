"""Sums inside the tables: across, down, and row by row between tables."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.domain.checks import list_checks
from budgets.domain.document import Result
from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing
from budgets.domain.sets.xinjiang import XINJIANG
from tests.budgets.domain.sets.test_units import BUREAU_FACTS, DEPARTMENT, FIRST_FACTS, alone
from tests.budgets.domain.sets.xinjiang.test_later_notes import CARRIED as CARRIED_OVER
from tests.budgets.domain.sets.xinjiang.test_tables import SEVENTEEN
from tests.factories.filings import FIRST, UNION, filing, income, spend
from tests.factories.printed import case_of, outcomes
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


def test_no_gap_between_income_and_expenditure_passes_as_rounding():
    facts = (
        income(Fund.OTHER_INCOME, "2.00"),
        spend("1.9999", "2012901", fund=Fund.OTHER_INCOME),
    )
    made = Filing(department=UNION, year=2025, facts=facts)
    assert outcomes("funds-balance", case_of(made)) == [
        (
            "failed",
            "单位资金（其他收入）收入为2.00万元，单位资金（其他收入）支出为2.00万元，"
            "相差0.00万元（1.00元）。",
        )
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


def stated(*facts):
    return Filing(department=UNION, year=2025, facts=facts)


UNBALANCED = stated(income(Fund.GENERAL_OWN, "10.00"), spend("9.99", "2012901"))
OTHER_FUND = stated(
    income(Fund.GENERAL_OWN, "10.00"), spend("10.00", "2012901", fund=Fund.OTHER_INCOME)
)
CARRIED = stated(
    income(Fund.CARRYOVER_GENERAL, "3.00"),
    income(Fund.GENERAL_OWN, "1.00"),
    spend("4.00", "2012901"),
)
CARRIED_AS_OTHER = stated(
    income(Fund.CARRYOVER_GENERAL, "3.00"),
    spend("3.00", "2012901", fund=Fund.CARRYOVER_UNIT_FUNDS, nature=Nature.OPERATING),
)


@pytest.mark.parametrize("made", [union_filing(), SEVENTEEN, DEPARTMENT, CARRIED_OVER])
def test_identities_close_whatever_the_money_is(made):
    named = {each.id for each in XINJIANG.identities if each.id and each.apart is None}
    checks = [check for check in list_checks(XINJIANG) if check.id in named]
    found = [outcome for check in checks for outcome in check.find(case_of(made))]
    assert len(checks) == 12
    assert [outcome.message for outcome in found if outcome.result is not Result.PASSED] == []


@pytest.mark.parametrize(
    ("check", "made", "message"),
    [
        (
            "T1-balance",
            UNBALANCED,
            "表1收入总计为10.00万元，表1支出总计为9.99万元，相差0.01万元（100.00元）。",
        ),
        (
            "T1-T2",
            UNBALANCED,
            "表1收入总计为10.00万元，表2总计为9.99万元，相差0.01万元（100.00元）。",
        ),
        (
            "T4-balance",
            OTHER_FUND,
            "表4收入总计为10.00万元，表4支出总计为0.00万元，相差10.00万元（100,000.00元）。",
        ),
        (
            "T11-T1",
            CARRIED,
            "表11合计为0.00万元，表1上年结转结余为3.00万元，相差3.00万元（30,000.00元）。",
        ),
        (
            "T11-T1-fiscal",
            CARRIED_AS_OTHER,
            "表11财政拨款小计为0.00万元，表1财政拨款结转为3.00万元，相差3.00万元（30,000.00元）。",
        ),
    ],
)
def test_identity_fails_where_the_facts_break_it(check, made, message):
    assert outcomes(check, case_of(made)) == [("failed", message)]


@pytest.mark.parametrize(
    ("check", "wrong", "message"),
    [
        (
            "T1-T3",
            ("T3.total.total", "265.88"),
            "表1支出总计为265.89万元，表3合计为265.88万元，相差0.01万元（100.00元）。",
        ),
        (
            "T4-T5-T8-T9",
            ("T5.total.total", "138.19"),
            "表4支出总计为138.18万元，表5、表8、表9合计之和为138.19万元，相差0.01万元（100.00元）。",
        ),
        (
            "T5-T7",
            ("T5.total.project", "1.00"),
            "表5项目支出为1.00万元，表7项目支出合计为0.00万元，相差1.00万元（10,000.00元）。",
        ),
        (
            "T3-rest",
            ("T2.total.unit_funds", "127.70"),
            "表3合计减表5、表8、表9合计为127.71万元，"
            "表2财政专户、单位资金、上年结转结余之和为127.70万元，相差0.01万元（100.00元）。",
        ),
        (
            "P0-T1",
            ("P0.other.amount", "100.00"),
            "整体绩效目标表资金之和为238.18万元，表1收入总计为265.89万元，"
            "相差27.71万元（277,100.00元）。",
        ),
    ],
)
def test_identity_fails_where_a_table_was_built_wrongly(check, wrong, message):
    assert outcomes(check, case_of(union_filing(), wrong=wrong)) == [("failed", message)]


def test_identity_tells_a_gap_of_one_fen():
    made = stated(income(Fund.GENERAL_OWN, "10.00"), spend(Decimal("9.999999"), "2012901"))
    assert outcomes("T1-balance", case_of(made)) == [
        ("failed", "表1收入总计为10.00万元，表1支出总计为10.00万元，相差0.00万元（0.01元）。")
    ]


def test_failure_says_how_a_rounding_residue_is_stated():
    (check,) = [check for check in list_checks(XINJIANG) if check.id == "T1-balance"]
    assert [outcome.advice for outcome in check.run(case_of(UNBALANCED))] == [
        "请核对收入和支出明细，改正后重新导入；"
        "如果是以万元取数形成的尾差，请在支出明细的类级科目上填一行尾差（可为负数）。"
    ]


def given_apart(*economics):
    functions = [spend("10.00", code) for code in ("2012901", "2012950")]
    codes = ("30101", "30102", "30201")
    return filing(
        *functions,
        *(
            spend(amount, economic=code, nature=Nature.PERSONNEL)
            for amount, code in zip(economics, codes, strict=False)
        ),
    )


@pytest.mark.parametrize(
    ("economics", "expected"),
    [
        (("19.00", "1.00"), ("passed", "")),
        # Two functions and two economic codes: (4 + 1) × 0.005 万元.
        (("19.00", "0.98"), ("rounding", "两边相差0.02万元，在4个数四舍五入的允许范围内。")),
        (
            ("19.00", "0.97"),
            ("failed", "表5基本支出为20.00万元，表6合计为19.97万元，相差0.03万元（300.00元）。"),
        ),
        # Amounts to the yuan were not rounded, so no rounding can excuse them.
        (
            ("19.00", "0.9999"),
            ("failed", "表5基本支出为20.00万元，表6合计为20.00万元，相差0.00万元（1.00元）。"),
        ),
    ],
)
def test_basic_expenditure_agrees_by_both_classifications(economics, expected):
    assert outcomes("T5-T6", case_of(given_apart(*economics))) == [expected]


def test_full_detail_lines_leave_no_room_for_rounding():
    detail = [
        spend("1.00", "2012901", "30101", nature=Nature.PERSONNEL),
        spend("0.01", "2012950", nature=Nature.PERSONNEL),
    ]
    assert outcomes("T5-T6", case_of(filing(*detail))) == [
        ("rounding", "两边相差0.01万元，在1个数四舍五入的允许范围内。")
    ]
