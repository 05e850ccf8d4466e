"""Tables 1 to 3: everything the department receives and spends, whatever the source."""

from budgets.facts import Family, Filing, Fund
from disclosures.catalog.columns import (
    BASIC_AND_PROJECT,
    BASIC_AND_PROJECT_SUMS,
    CLASS_LEADS,
    FUNCTION_CODES,
    FUNCTION_LEADS,
    FUNCTION_TOTAL,
    name_column,
)
from disclosures.catalog.lines import Item, class_lines, fixed_lines, function_lines
from disclosures.catalog.picks import (
    both,
    current,
    has_function,
    is_carryover,
    is_fiscal,
    is_fiscal_this_year,
    is_income,
    is_this_year,
    of_family,
    of_fund,
    outside,
)
from disclosures.tables import Block, Column, Form, Heading

WHOLE = "全口径"


def ledger_facts(filing: Filing) -> tuple:
    """The facts of all units, without money that only moves between them and the department."""
    if not filing.units:
        return filing.facts
    return tuple(fact for fact in filing.facts if not fact.internal)


def _carried(family: Family):
    return both(is_carryover, of_family(family))


INCOME_ITEMS = (
    Item("income", "一、本年收入", 1, is_this_year),
    Item("general", "1.一般公共预算拨款", 2, current(Family.GENERAL)),
    Item("general_own", "其中：一般财力", 3, of_fund(Fund.GENERAL_OWN)),
    Item("general_transfer", "上级一般公共预算安排转移支付", 4, of_fund(Fund.GENERAL_TRANSFER)),
    Item("government_fund", "2.政府性基金预算拨款", 2, current(Family.GOVERNMENT_FUND)),
    Item("government_fund_own", "其中：政府性基金收入", 3, of_fund(Fund.GOVERNMENT_FUND_OWN)),
    Item(
        "government_fund_transfer",
        "上级政府性基金安排转移支付",
        4,
        of_fund(Fund.GOVERNMENT_FUND_TRANSFER),
    ),
    Item("state_capital", "3.国有资本经营预算拨款", 2, current(Family.STATE_CAPITAL)),
    Item("state_capital_own", "其中：国有资本经营收入", 3, of_fund(Fund.STATE_CAPITAL_OWN)),
    Item(
        "state_capital_transfer",
        "上级国有资本经营预算安排转移支付",
        4,
        of_fund(Fund.STATE_CAPITAL_TRANSFER),
    ),
    Item("special_account", "4.财政专户核拨", 2, of_fund(Fund.SPECIAL_ACCOUNT)),
    Item("unit_funds", "5.单位资金", 2, current(Family.UNIT_FUNDS)),
    Item("business_income", "其中：事业收入", 3, of_fund(Fund.BUSINESS_INCOME)),
    Item("superior_subsidy", "上级补助收入", 4, of_fund(Fund.SUPERIOR_SUBSIDY)),
    Item("subordinate_remittance", "附属单位上缴收入", 4, of_fund(Fund.SUBORDINATE_REMITTANCE)),
    Item("operating_income", "事业单位经营收入", 4, of_fund(Fund.OPERATING_INCOME)),
    Item("other_income", "其他收入", 4, of_fund(Fund.OTHER_INCOME)),
    Item("carryover", "二、上年结转结余", 1, is_carryover),
    Item("carryover_fiscal", "1.财政拨款结转", 2, both(is_carryover, is_fiscal)),
    Item("carryover_general", "其中：一般公共预算拨款", 3, _carried(Family.GENERAL)),
    Item("carryover_government_fund", "政府性基金预算拨款", 4, _carried(Family.GOVERNMENT_FUND)),
    Item("carryover_state_capital", "国有资本经营预算拨款", 4, _carried(Family.STATE_CAPITAL)),
    Item("carryover_other", "2.非财政拨款结转结余", 2, both(is_carryover, outside(is_fiscal))),
    Item("carryover_special_account", "其中：财政专户核拨", 3, _carried(Family.SPECIAL_ACCOUNT)),
    Item("carryover_unit_funds", "单位资金", 4, _carried(Family.UNIT_FUNDS)),
)

T1 = Form(
    number=1,
    title="部门收支总体情况表",
    scope=WHOLE,
    source=ledger_facts,
    blocks=(
        Block(
            heads=(
                Heading(
                    "收入",
                    (
                        Column(key="item", label="项目", kind="label", width=30),
                        Column(key="income", label="预算数", width=12),
                    ),
                ),
            ),
            rows=fixed_lines(INCOME_ITEMS),
            picks=is_income,
            total=("收入总计",),
            total_first=False,
        ),
        Block(
            heads=(
                Heading("支出", (CLASS_LEADS, Column(key="expenditure", label="预算数", width=12))),
            ),
            rows=class_lines,
            picks=has_function,
            total=("", "支出总计"),
            total_first=False,
        ),
    ),
)


def _fund_column(mark: str, label: str, *funds: Fund, key: str = "") -> Column:
    scope = funds[0].family.label
    return Column(
        key=key or funds[0].value,
        label=label,
        mark=mark,
        scope=scope,
        picks=of_fund(*funds),
        width=8,
    )


T2_FISCAL = Heading(
    "财政拨款（补助）",
    (
        Column(
            key="fiscal",
            label="财政拨款（补助）小计",
            mark="2",
            scope="财政拨款",
            picks=is_fiscal_this_year,
            width=8,
        ),
        _fund_column("3", "一般公共预算", Fund.GENERAL_OWN),
        _fund_column("4", "上级一般公共预算安排的转移支付", Fund.GENERAL_TRANSFER),
        _fund_column("5", "政府性基金预算", Fund.GOVERNMENT_FUND_OWN),
        _fund_column("6", "上级政府性基金安排的转移支付", Fund.GOVERNMENT_FUND_TRANSFER),
        _fund_column("7", "国有资本经营预算", Fund.STATE_CAPITAL_OWN),
        _fund_column("8", "上级国有资本经营预算安排的转移支付", Fund.STATE_CAPITAL_TRANSFER),
    ),
)

T2_SUMS = (
    ("total", ("fiscal", "special_account", "unit_funds", "fiscal_carryover", "other_carryover")),
    ("fiscal", tuple(fund.value for fund in Fund if fund.is_fiscal and not fund.is_carryover)),
)

T2 = Form(
    number=2,
    title="部门收入总体情况表",
    scope=WHOLE,
    source=ledger_facts,
    empty="{department}{year}年没有安排收入预算，{title}为空表。",
    blocks=(
        Block(
            heads=(
                FUNCTION_CODES,
                name_column("功能分类科目名称", width=18),
                Column(key="total", label="总计", mark="1", width=8),
                T2_FISCAL,
                _fund_column("9", "财政专户（教育收费）", Fund.SPECIAL_ACCOUNT),
                Column(
                    key="unit_funds",
                    label="单位资金",
                    mark="10",
                    scope="单位资金",
                    picks=current(Family.UNIT_FUNDS),
                    width=8,
                ),
                Column(
                    key="fiscal_carryover",
                    label="财政拨款结转",
                    mark="11",
                    scope="上年结转结余",
                    picks=both(is_carryover, is_fiscal),
                    width=8,
                ),
                Column(
                    key="other_carryover",
                    label="非财政拨款结转结余",
                    mark="12",
                    scope="上年结转结余",
                    picks=both(is_carryover, outside(is_fiscal)),
                    width=8,
                ),
            ),
            rows=function_lines,
            picks=has_function,
            total=FUNCTION_TOTAL,
            sums=T2_SUMS,
        ),
    ),
)

T3 = Form(
    number=3,
    title="部门支出总体情况表",
    scope=WHOLE,
    source=ledger_facts,
    empty="{department}{year}年没有安排支出预算，{title}为空表。",
    blocks=(
        Block(
            heads=(
                Heading("科目", FUNCTION_LEADS),
                Heading("支出预算", BASIC_AND_PROJECT),
            ),
            rows=function_lines,
            picks=has_function,
            total=FUNCTION_TOTAL,
            sums=BASIC_AND_PROJECT_SUMS,
        ),
    ),
)
