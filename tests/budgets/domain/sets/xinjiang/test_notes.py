"""Notes 一 to 六, 八 and 九: what the sample does not show."""

from decimal import Decimal

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing, PriorBasis
from tests.factories.filings import UNION, filing, income, priors, reasons, spend, uses, wan
from tests.factories.printed import note, table
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


FUNDED = filing(
    spend(
        "1200.00",
        "2120803",
        fund=Fund.GOVERNMENT_FUND_OWN,
        nature=Nature.PROJECT,
        project="老旧小区改造",
    ),
    spend("30.50", "2296004", fund=Fund.GOVERNMENT_FUND_TRANSFER, nature=Nature.PERSONNEL),
    spend("9.50", "2296004", fund=Fund.GOVERNMENT_FUND_TRANSFER, nature=Nature.OPERATING),
    spend("5.00", "2230201", fund=Fund.STATE_CAPITAL_OWN, nature=Nature.OPERATING),
    priors=priors(
        {
            "T8.total.total": "1000.00",
            "T8.2120803.total": "1000.00",
            "T8.2296004.total": "0",
            "T9.total.total": "0",
            "T9.2230201.total": "0",
        }
    ),
    words=reasons(
        {
            "T8.total.total": "新增老旧小区改造任务",
            "T8.2120803.total": "改造小区数量增加",
            "T8.2296004.total": "上级新增彩票公益金",
            "T9.total.total": "本年新增国有资本经营预算",
            "T9.2230201.total": "用于企业改制",
        }
    ),
)


def test_government_fund_note_tells_size_structure_and_items():
    assert note(FUNDED, "N8") == [
        "（一）政府性基金预算拨款规模变化情况",
        "尉犁县总工会2025年政府性基金预算拨款合计1,240.00万元，比上年预算增加240.00万元，"
        "增长24.00%，主要原因是新增老旧小区改造任务。",
        "其中：人员经费30.50万元，公用经费9.50万元，项目支出1,200.00万元。",
        "（二）政府性基金预算拨款结构情况",
        "1、城乡社区支出（类）1,200.00万元，占96.77%。",
        "2、其他支出（类）40.00万元，占3.23%。",
        "（三）政府性基金预算拨款具体使用情况",
        "1、城乡社区支出（类）国有土地使用权出让收入安排的支出（款）城市建设支出（项）："
        "2025年预算数为1,200.00万元，比上年预算增加200.00万元，增长20.00%，"
        "主要原因是改造小区数量增加。",
        "2、其他支出（类）彩票公益金安排的支出（款）用于教育事业的彩票公益金支出（项）："
        "2025年预算数为40.00万元，比上年预算增加40.00万元，增长100.00%，"
        "主要原因是上级新增彩票公益金。",
    ]


def test_state_capital_note_speaks_of_state_capital_and_lists_only_what_has_money():
    assert note(FUNDED, "N9") == [
        "（一）国有资本经营预算拨款规模变化情况",
        "尉犁县总工会2025年国有资本经营预算拨款合计5.00万元，比上年预算增加5.00万元，"
        "增长100.00%，主要原因是本年新增国有资本经营预算。",
        "其中：公用经费5.00万元。",
        "（二）国有资本经营预算拨款结构情况",
        "1、国有资本经营预算支出（类）5.00万元，占100.00%。",
        "（三）国有资本经营预算拨款具体使用情况",
        "1、国有资本经营预算支出（类）国有企业资本金注入（款）国有经济结构调整支出（项）："
        "2025年预算数为5.00万元，比上年预算增加5.00万元，增长100.00%，主要原因是用于企业改制。",
    ]


def test_government_fund_table_splits_basic_expenditure():
    assert table(FUNDED, "T8") == [
        "|||总计|1,240.00|30.50|9.50|1,200.00",
        "212|||城乡社区支出|1,200.00|||1,200.00",
        "212|08||国有土地使用权出让收入安排的支出|1,200.00|||1,200.00",
        "212|08|03|城市建设支出|1,200.00|||1,200.00",
        "229|||其他支出|40.00|30.50|9.50",
        "229|60||彩票公益金安排的支出|40.00|30.50|9.50",
        "229|60|04|用于教育事业的彩票公益金支出|40.00|30.50|9.50",
    ]


def test_general_budget_without_money_has_the_empty_sentences():
    assert note(FUNDED, "N5") == [
        "尉犁县总工会2025年没有使用一般公共预算拨款安排的支出，一般公共预算支出情况表为空表。"
    ]
    assert note(FUNDED, "N6") == [
        "尉犁县总工会2025年没有使用一般公共预算安排基本支出，一般公共预算基本支出情况表为空表。"
    ]


def test_item_that_went_away_is_accounted_for_in_code_order():
    made = filing(
        spend("10.00", "2012901"),
        priors=priors({"T5.2012901.total": "8.00", "T5.2050803.total": "2.50"}),
        words=reasons({"T5.2012901.total": "人员增加", "T5.2050803.total": "培训由县财政统一安排"}),
    )
    assert note(made, "N5")[-2:] == [
        "1、一般公共服务支出（类）群众团体事务（款）行政运行（项）：2025年预算数为10.00万元，"
        "比上年预算增加2.00万元，增长25.00%，主要原因是人员增加。",
        "2、教育支出（类）进修及培训（款）培训支出（项）：2025年预算数为0.00万元，"
        "比上年预算减少2.50万元，下降100.00%，主要原因是培训由县财政统一安排。",
    ]


def test_general_budget_that_went_away_is_accounted_for_part_by_part():
    made = Filing(
        department=UNION,
        year=2025,
        facts=(income(Fund.OTHER_INCOME, "1.00"),),
        priors=priors({"T5.total.basic": "10.00", "T5.2012901.total": "10.00"}),
        words=reasons({"T5.total.basic": "机构改革", "T5.2012901.total": "职能划出"}),
    )
    assert note(made, "N5") == [
        "尉犁县总工会2025年没有使用一般公共预算拨款安排的支出，一般公共预算支出情况表为空表。",
        "尉犁县总工会2025年一般公共预算基本支出0.00万元，比上年预算减少10.00万元，"
        "下降100.00%，主要原因是机构改革。",
        "1、一般公共服务支出（类）群众团体事务（款）行政运行（项）：2025年预算数为0.00万元，"
        "比上年预算减少10.00万元，下降100.00%，主要原因是职能划出。",
    ]


def test_government_fund_that_went_away_is_accounted_for():
    made = filing(
        spend("10.00", "2012901"),
        priors=priors({"T8.total.total": "300.00", "T8.2120803.total": "300.00"}),
        words=reasons({"T8.total.total": "项目已完工", "T8.2120803.total": "道路建设已完工"}),
    )
    assert note(made, "N8") == [
        "尉犁县总工会2025年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。",
        "尉犁县总工会2025年政府性基金预算拨款0.00万元，比上年预算减少300.00万元，"
        "下降100.00%，主要原因是项目已完工。",
        "1、城乡社区支出（类）国有土地使用权出让收入安排的支出（款）城市建设支出（项）："
        "2025年预算数为0.00万元，比上年预算减少300.00万元，下降100.00%，"
        "主要原因是道路建设已完工。",
    ]


def test_published_figures_of_last_year_count_and_absent_cells_were_zero():
    made = filing(
        spend("10.00", "2012901"),
        spend("4.00", "2050803"),
        priors=priors({"T5.2012901.total": "99.00"}),
        words=reasons(
            {
                "T5.total.basic": "人员增加",
                "T5.2012901.total": "人员增加",
                "T5.2050803.total": "新增培训",
                "T5.2101101.total": "由单位缴纳",
            }
        ),
    )
    last_year = {
        "T5.total.basic": wan("9.00"),
        "T5.2012901.total": wan("8.00"),
        "T5.2101101.total": wan("1.00"),
        "T5.2101101.basic": wan("1.00"),
    }
    found = note(made, "N5", last_year)
    assert found[2:4] == [
        "基本支出14.00万元，比上年预算增加5.00万元，增长55.56%，主要原因是人员增加。",
        "项目支出0.00万元，比上年预算增加0.00万元，增长0.00%。",
    ]
    assert found[-3:] == [
        "1、一般公共服务支出（类）群众团体事务（款）行政运行（项）：2025年预算数为10.00万元，"
        "比上年预算增加2.00万元，增长25.00%，主要原因是人员增加。",
        "2、教育支出（类）进修及培训（款）培训支出（项）：2025年预算数为4.00万元，"
        "比上年预算增加4.00万元，增长100.00%，主要原因是新增培训。",
        "3、卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）：2025年预算数为0.00万元，"
        "比上年预算减少1.00万元，下降100.00%，主要原因是由单位缴纳。",
    ]


def test_execution_stated_by_the_department_stands_beside_published_budgets():
    made = filing(
        spend("10.00", "2012901"),
        priors=priors({"T5.2012901.total": "8.00"}, PriorBasis.EXECUTION),
        words=reasons({"T5.2012901.total": "人员增加"}),
    )
    found = note(made, "N5", {"T5.2012901.total": wan("9.00")})
    assert found[-1] == (
        "1、一般公共服务支出（类）群众团体事务（款）行政运行（项）：2025年预算数为10.00万元，"
        "比上年执行数增加2.00万元，增长25.00%，主要原因是人员增加。"
    )


def test_structure_of_a_budget_with_a_residue_counts_it_in_its_class():
    made = filing(spend("10.00", "2012901"), spend(Decimal("0.01"), "201"))
    assert note(made, "N5")[4:6] == [
        "（二）一般公共预算当年拨款结构情况",
        "1、一般公共服务支出（类）10.01万元，占100.00%。",
    ]


def test_basic_expenditure_lists_names_of_each_side_in_code_order():
    made = filing(
        spend("5.00", "2012901", "30302", nature=Nature.PERSONNEL),
        spend("7.00", "2012901", "30101", nature=Nature.PERSONNEL),
        spend("1.00", "2012901", "31002", nature=Nature.OPERATING),
        spend("2.00", "2012901", "30201", nature=Nature.OPERATING),
    )
    assert note(made, "N6") == [
        "尉犁县总工会2025年一般公共预算基本支出15.00万元，其中：",
        "人员经费12.00万元，主要包括：基本工资、退休费。",
        "公用经费3.00万元，主要包括：办公费、办公设备购置。",
    ]


def test_basic_expenditure_of_one_side_only_has_no_list_for_the_other():
    made = filing(spend("7.00", "2012901", "30101", nature=Nature.PERSONNEL))
    assert note(made, "N6")[1:] == ["人员经费7.00万元，主要包括：基本工资。", "公用经费0.00万元。"]
