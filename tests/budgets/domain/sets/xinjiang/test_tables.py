"""The eleven tables: what the sample does not show."""

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing
from budgets.domain.sets.xinjiang import XINJIANG
from budgets.domain.tables.form import project_key
from tests.factories.filings import CLASSES, UNION, filing, spend
from tests.factories.printed import table, writer_of

# One fact of each fund: the first of 1.00, the next of 2.00, and so on.
SEVENTEEN = filing(
    *(
        spend(f"{number}.00", "2012901", "30201", fund=fund, nature=Nature.OPERATING)
        for number, fund in enumerate(Fund, start=1)
    )
)


def test_table_1_has_every_fund_on_its_line():
    left = [row.split("|")[:2] for row in table(SEVENTEEN, "T1")]
    assert [tuple(cells) for cells in left if any(cells)] == [
        ("一、本年收入", "78.00"),
        ("1.一般公共预算拨款", "3.00"),
        ("其中：一般财力", "1.00"),
        ("上级一般公共预算安排转移支付", "2.00"),
        ("2.政府性基金预算拨款", "7.00"),
        ("其中：政府性基金收入", "3.00"),
        ("上级政府性基金安排转移支付", "4.00"),
        ("3.国有资本经营预算拨款", "11.00"),
        ("其中：国有资本经营收入", "5.00"),
        ("上级国有资本经营预算安排转移支付", "6.00"),
        ("4.财政专户核拨", "7.00"),
        ("5.单位资金", "50.00"),
        ("其中：事业收入", "8.00"),
        ("上级补助收入", "9.00"),
        ("附属单位上缴收入", "10.00"),
        ("事业单位经营收入", "11.00"),
        ("其他收入", "12.00"),
        ("二、上年结转结余", "75.00"),
        ("1.财政拨款结转", "42.00"),
        ("其中：一般公共预算拨款", "13.00"),
        ("政府性基金预算拨款", "14.00"),
        ("国有资本经营预算拨款", "15.00"),
        ("2.非财政拨款结转结余", "33.00"),
        ("其中：财政专户核拨", "16.00"),
        ("单位资金", "17.00"),
        ("收入总计", "153.00"),
    ]


def test_table_2_has_every_fund_in_its_column():
    row = "153.00|21.00|1.00|2.00|3.00|4.00|5.00|6.00|7.00|50.00|42.00|33.00"
    assert table(SEVENTEEN, "T2") == [
        f"|||总计|{row}",
        f"201|||一般公共服务支出|{row}",
        f"201|29||群众团体事务|{row}",
        f"201|29|01|行政运行|{row}",
    ]


def test_fiscal_tables_hold_this_years_money_of_their_budget():
    assert table(SEVENTEEN, "T4")[0] == (
        "一、财政拨款（补助）|21.00|201|一般公共服务支出|21.00|3.00|7.00|11.00"
    )
    assert table(SEVENTEEN, "T4")[-1] == "收入总计|21.00||支出总计|21.00|3.00|7.00|11.00"
    firsts = {key: table(SEVENTEEN, key)[0] for key in ("T5", "T6", "T8", "T9", "T11")}
    assert firsts == {
        "T5": "|||总计|3.00|3.00",
        "T6": "||总计|3.00||3.00",
        "T8": "|||总计|7.00||7.00",
        "T9": "|||总计|11.00||11.00",
        "T11": "合计|75.00|42.00||42.00||33.00||33.00",
    }


def test_empty_filing_prints_frames_and_sentences():
    writer = writer_of(Filing(department=UNION, year=2025))
    rows = {key: len(grid.rows()) for key, grid in writer.tables.items()}
    assert rows == dict.fromkeys(("T2", "T3", "T5", "T6", "T7", "T8", "T9", "T11"), 0) | {
        "T1": len(CLASSES) + 1,
        "T4": len(CLASSES) + 1,
        "T10": 6,
        "P0": 8,
    }
    assert {key: grid.empty for key, grid in writer.tables.items() if grid.empty} == {
        "T2": "尉犁县总工会2025年没有安排收入预算，部门收入总体情况表为空表。",
        "T3": "尉犁县总工会2025年没有安排支出预算，部门支出总体情况表为空表。",
        "T4": "尉犁县总工会2025年没有安排财政拨款收支预算，财政拨款收支预算总体情况表为空表。",
        "T5": "尉犁县总工会2025年没有使用一般公共预算拨款安排的支出，"
        "一般公共预算支出情况表为空表。",
        "T6": "尉犁县总工会2025年没有使用一般公共预算安排基本支出，"
        "一般公共预算基本支出情况表为空表。",
        "T7": "尉犁县总工会2025年没有使用一般公共预算安排项目支出，"
        "一般公共预算项目支出情况表为空表。",
        "T8": "尉犁县总工会2025年没有使用政府性基金预算拨款安排的支出，"
        "政府性基金预算支出情况表为空表。",
        "T9": "尉犁县总工会2025年没有使用国有资本经营预算拨款安排的支出，"
        "国有资本经营预算支出情况表为空表。",
        "T10": "尉犁县总工会2025年没有使用财政拨款安排“三公”经费支出，"
        "财政拨款“三公”经费支出情况表为空表。",
        "T11": "尉犁县总工会2025年没有上年结转结余预算安排的支出，上年结转结余情况明细表为空表。",
    }
    assert all(cell.yuan is None for key in ("T1", "T4") for cell in writer.tables[key].amounts())


def test_scope_stands_on_every_table_and_on_columns_that_differ():
    assert {form.key: form.scope for form in XINJIANG.forms} == {
        "T1": "全口径",
        "T2": "全口径",
        "T3": "全口径",
        "T4": "财政拨款",
        "T5": "一般公共预算",
        "T6": "一般公共预算",
        "T7": "一般公共预算",
        "T8": "政府性基金预算",
        "T9": "国有资本经营预算",
        "T10": "财政拨款",
        "T11": "上年结转结余",
    }
    columns = writer_of(SEVENTEEN).tables["T2"].columns
    assert {column.key: column.scope for column in columns if column.scope} == {
        "total": "全口径",
        "fiscal": "财政拨款",
        "general_own": "一般公共预算",
        "general_transfer": "一般公共预算",
        "government_fund_own": "政府性基金预算",
        "government_fund_transfer": "政府性基金预算",
        "state_capital_own": "国有资本经营预算",
        "state_capital_transfer": "国有资本经营预算",
        "special_account": "财政专户",
        "unit_funds": "单位资金",
        "fiscal_carryover": "上年结转结余",
        "other_carryover": "上年结转结余",
    }


def test_project_key_leaves_out_blanks_only():
    assert project_key("2012901", " 某 项目.\n一\u3000(二) ") == "2012901:某项目.一(二)"


def test_projects_whose_names_differ_in_blanks_only_are_one_row():
    made = filing(
        spend("1.00", "2012901", "302", nature=Nature.PROJECT, project="职工 之家"),
        spend("2.00", "2012901", "302", nature=Nature.PROJECT, project="职工之家"),
    )
    assert table(made, "T7")[-1] == "||||职工 之家|3.00||3.00"
    keys = [row.key for row in writer_of(made).tables["T7"].rows()]
    assert keys == ["total", "201", "20129", "2012901", "2012901:职工之家"]


def test_vehicles_bought_with_construction_money_are_three_public_expenses():
    made = filing(spend("20.00", "2012901", "30913", nature=Nature.PROJECT, project="购车"))
    assert table(made, "T10")[0] == "合计|20.00|20.00"


def test_three_public_counts_this_years_fiscal_money_of_each_budget():
    made = filing(
        spend("1.00", "2012901", "30217", nature=Nature.OPERATING),
        spend(
            "2.00",
            "2120803",
            "30217",
            fund=Fund.GOVERNMENT_FUND_OWN,
            nature=Nature.OPERATING,
        ),
        spend("4.00", "2012901", "30217", fund=Fund.OTHER_INCOME, nature=Nature.OPERATING),
        spend("8.00", "2012901", "30217", fund=Fund.CARRYOVER_GENERAL, nature=Nature.OPERATING),
    )
    assert table(made, "T10")[0] == "合计|3.00|1.00|2.00"
