"""勾稽关系: every identity fails on the figures that break it, and says which."""

from decimal import Decimal

import pytest

from budgets.domain.checks import list_checks
from budgets.domain.document import Result
from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing
from budgets.domain.sets.xinjiang import XINJIANG
from tests.budgets.domain.notes.test_projects import CARRIED as CARRIED_OVER
from tests.budgets.domain.sets.test_units import DEPARTMENT
from tests.budgets.domain.sets.xinjiang.test_tables import SEVENTEEN
from tests.disclosures.printed import case_of, outcomes
from tests.factories.filings import UNION, filing, income, spend
from tests.factories.union import union_filing


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
    found = [outcome for check in checks for outcome in check.run(case_of(made))]
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
