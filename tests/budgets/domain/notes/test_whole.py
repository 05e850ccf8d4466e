"""Notes 一 to 四: what the sample does not show."""

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing, PriorBasis
from tests.disclosures.printed import note
from tests.factories.filings import UNION, filing, priors, reasons, spend, uses
from tests.factories.union import union_filing

TRANSFERS = filing(
    spend("60.00", "2012901"),
    spend(
        "30.00",
        "2012901",
        "30201",
        fund=Fund.GENERAL_TRANSFER,
        nature=Nature.PROJECT,
        project="基层工会补助",
    ),
    spend("10.00", "2120803", fund=Fund.GOVERNMENT_FUND_OWN, nature=Nature.OPERATING),
    priors=priors(
        {
            "T2.total.general_own": "66.00",
            "T2.total.general_transfer": "0",
            "T2.total.government_fund_own": "10.00",
            "T2.total.special_account": "1000.50",
        }
    ),
    words=reasons(
        {
            "T2.total.general_own": "人员减少",
            "T2.total.general_transfer": "上级新增补助",
            "T2.total.special_account": "专户收入不再安排",
        }
    )
    + uses(
        {
            "T4.201.general": "工会工作",
            "T4.212.government_fund": "城市道路建设",
        }
    ),
)


def test_income_note_tells_falls_new_money_and_money_that_went_away():
    assert note(TRANSFERS, "N2") == [
        "尉犁县总工会部门收入预算100.00万元，其中：",
        "一般公共预算60.00万元，占60.00%，比上年预算减少6.00万元，下降9.09%，主要原因是人员减少。",
        "上级一般公共预算安排的转移支付资金30.00万元，占30.00%，比上年预算增加30.00万元，"
        "增长100.00%，主要原因是上级新增补助。",
        "政府性基金预算10.00万元，占10.00%，比上年预算增加0.00万元，增长0.00%。",
        "上级政府性基金安排的转移支付资金未安排。",
        "国有资本经营预算未安排。",
        "上级国有资本经营预算安排的转移支付资金未安排。",
        "财政专户管理资金0.00万元，占0.00%，比上年预算减少1,000.50万元，下降100.00%，"
        "主要原因是专户收入不再安排。",
        "单位资金未安排。",
    ]


def test_whole_budget_names_every_source_and_class_with_money():
    assert note(TRANSFERS, "N1") == [
        "按照全口径预算的原则，尉犁县总工会2025年所有收入和支出均纳入部门预算管理。"
        "收支总预算100.00万元。",
        "收入预算包括：一般公共预算、上级一般公共预算安排的转移支付资金、政府性基金预算。",
        "支出预算包括：一般公共服务支出、城乡社区支出。",
    ]


def test_appropriations_of_two_budgets_name_both_and_the_lacking_one():
    assert note(TRANSFERS, "N4") == [
        "2025年财政拨款收支总预算100.00万元。",
        "收入包括一般公共预算拨款和政府性基金预算拨款，无国有资本经营预算。",
        "收入预算包括：一般公共预算拨款90.00万元；政府性基金预算拨款10.00万元。",
        "一般公共预算支出包括：一般公共服务支出90.00万元，主要用于工会工作。",
        "政府性基金预算支出包括：城乡社区支出10.00万元，主要用于城市道路建设。",
    ]


def test_appropriations_of_all_three_budgets_lack_none():
    made = filing(
        spend("1.00", "2012901"),
        spend("2.00", "2120803", fund=Fund.GOVERNMENT_FUND_OWN, nature=Nature.OPERATING),
        spend("3.00", "2230201", fund=Fund.STATE_CAPITAL_OWN, nature=Nature.OPERATING),
    )
    assert note(made, "N4")[1:3] == [
        "收入包括一般公共预算拨款、政府性基金预算拨款和国有资本经营预算拨款。",
        "收入预算包括：一般公共预算拨款1.00万元；政府性基金预算拨款2.00万元；"
        "国有资本经营预算拨款3.00万元。",
    ]


def test_appropriations_from_a_government_fund_alone_lack_the_general_budget():
    made = filing(spend("2.00", "2120803", fund=Fund.GOVERNMENT_FUND_OWN, nature=Nature.OPERATING))
    assert note(made, "N4")[1] == (
        "收入全部为政府性基金预算拨款，无一般公共预算拨款和国有资本经营预算。"
    )


def test_carryover_stands_in_the_income_note_and_not_in_the_appropriations():
    made = filing(
        spend("8.00", "2012901"),
        spend("2.00", "2012901", fund=Fund.CARRYOVER_GENERAL, nature=Nature.OPERATING),
        priors=priors(
            {
                "T2.total.general_own": "8.00",
                "T2.total.fiscal_carryover": "1.00",
            }
        ),
        words=reasons({"T2.total.fiscal_carryover": "上年项目跨年实施"})
        + uses({"T4.201.general": "工会工作"}),
    )
    assert note(made, "N2")[-1] == (
        "财政拨款结转2.00万元，占20.00%，比上年预算增加1.00万元，增长100.00%，"
        "主要原因是上年项目跨年实施。"
    )
    assert note(made, "N1")[1] == "收入预算包括：一般公共预算、财政拨款结转。"
    assert note(made, "N4")[0] == "2025年财政拨款收支总预算8.00万元。"


def test_expenditure_compared_with_execution_says_so():
    made = filing(
        spend("10.00", "2012901"),
        priors=priors({"T3.total.basic": "12.00"}, PriorBasis.EXECUTION)
        + priors({"T3.total.project": "0"}),
        words=reasons({"T3.total.basic": "上年执行中追加了人员经费"}),
    )
    assert note(made, "N3") == [
        "尉犁县总工会2025年支出预算10.00万元，其中：",
        "基本支出10.00万元，占100.00%，比上年执行数减少2.00万元，下降16.67%，"
        "主要原因是上年执行中追加了人员经费。",
        "项目支出0.00万元，占0.00%，比上年预算增加0.00万元，增长0.00%。",
    ]


def test_empty_filing_budgets_nothing_and_leaves_blanks_only_for_last_year():
    empty = Filing(department=UNION, year=2025)
    assert note(empty, "N1")[1:] == ["收入预算未安排。", "支出预算未安排。"]
    assert note(empty, "N2") == [
        "尉犁县总工会部门收入预算0.00万元，其中：",
        "一般公共预算未安排。",
        "上级一般公共预算安排的转移支付资金未安排。",
        "政府性基金预算未安排。",
        "上级政府性基金安排的转移支付资金未安排。",
        "国有资本经营预算未安排。",
        "上级国有资本经营预算安排的转移支付资金未安排。",
        "单位资金未安排。",
    ]
    assert note(empty, "N3")[1] == (
        "基本支出0.00万元，占0.00%，比上年预算增加＿＿＿＿万元，增长＿＿＿＿%。"
    )
    assert note(empty, "N4") == [
        "2025年财政拨款收支总预算0.00万元。",
        "尉犁县总工会2025年没有安排财政拨款收支预算。",
    ]


def test_shares_and_changes_are_those_of_the_printed_figures():
    # 133,349 and 66,651 yuan print as 13.33 and 6.67: a calculator gives 66.65 %, yuan 66.67 %.
    exact = filing(
        spend("13.3349", "2012901"),
        spend("6.6651", "2012901", fund=Fund.OTHER_INCOME, nature=Nature.OPERATING),
        priors=priors({"T2.total.general_own": "13.3251", "T2.total.unit_funds": "3355.6451"}),
        words=reasons({"T2.total.general_own": "甲", "T2.total.unit_funds": "乙"}),
    )
    found = note(exact, "N2")
    assert found[0] == "尉犁县总工会部门收入预算20.00万元，其中："
    assert found[1] == (
        "一般公共预算13.33万元，占66.65%，比上年预算增加0.00万元，增长0.00%，主要原因是甲。"
    )
    assert found[-1] == (
        "单位资金6.67万元，占33.35%，比上年预算减少3,348.98万元，下降99.80%，主要原因是乙。"
    )


def test_sample_words_are_printed_once_whatever_was_typed_around_them():
    plain = union_filing()
    typed = "主要原因是我部门人员调资、\n社保医保基数调增。"
    made = filing(
        spend("138.18", "2012901"),
        priors=plain.priors,
        words=reasons({"T3.total.basic": typed}) + uses({"T4.201.general": "主要用于人员经费；"}),
    )
    assert note(made, "N3")[1].endswith("主要原因是我部门人员调资、社保医保基数调增。")
    assert note(made, "N4")[-1] == (
        "一般公共预算支出包括：一般公共服务支出138.18万元，主要用于人员经费。"
    )


def test_income_note_tells_what_is_left_of_last_year_of_either_kind():
    made = filing(
        spend("1.00", "2012901", fund=Fund.CARRYOVER_GENERAL),
        spend("3.00", "2012950", fund=Fund.CARRYOVER_UNIT_FUNDS),
        priors=priors({"T2.total.fiscal_carryover": "1.00", "T2.total.other_carryover": "2.00"}),
        words=reasons({"T2.total.other_carryover": "上年项目未完工"}),
    )
    assert note(made, "N2")[-2:] == [
        "财政拨款结转1.00万元，占25.00%，比上年预算增加0.00万元，增长0.00%。",
        "非财政拨款结转结余3.00万元，占75.00%，比上年预算增加1.00万元，增长50.00%，"
        "主要原因是上年项目未完工。",
    ]
    assert "财政拨款结转、非财政拨款结转结余" in note(made, "N1")[1]
