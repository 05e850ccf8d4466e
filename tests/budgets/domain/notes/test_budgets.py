"""Notes 五, 六, 八, 九: what the sample does not show."""

from decimal import Decimal

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing, PriorBasis
from tests.disclosures.printed import note, table
from tests.factories.filings import UNION, filing, income, priors, reasons, spend, wan

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
