"""The eleven published tables as their headers name them; a province's own set is another tuple."""

from budgets.facts import Fund
from budgets.published.form import Block, Form, Heading, Rows
from budgets.published.leads import (
    AMOUNT,
    BASIC_AND_PROJECT,
    BASIC_AND_PROJECT_SUMS,
    CLASS_COLUMNS,
    CLASS_LEAD,
    CLASSES,
    ECONOMIC_LEADS,
    FAMILIES,
    FAMILY_SUMS,
    FISCAL_ITEMS,
    FUNCTION_LEADS,
    INCOME_ITEMS,
    INCOME_LEAD,
    PROJECT_LEADS,
    SPLIT,
    SPLIT_SUMS,
    THREE_PUBLIC_ITEMS,
)

FUND_COLUMNS = (
    Heading("total", "总计", "总计|合计"),
    Heading("fiscal", "财政拨款（补助）小计", r".*小计", needed=False),
    Heading(
        Fund.GENERAL_OWN, "一般公共预算", r"一般公共预算(拨款|收入|\(一般财力\))?|一般财力|.*本级.*"
    ),
    Heading(
        Fund.GENERAL_TRANSFER,
        "上级一般公共预算安排的转移支付",
        r"上级一般公共预算.*|一般公共预算.*转移支付.*",
        needed=False,
    ),
    Heading(
        Fund.GOVERNMENT_FUND_OWN,
        "政府性基金预算",
        r"政府性基金(预算)?(拨款|收入)?",
        needed=False,
    ),
    Heading(
        Fund.GOVERNMENT_FUND_TRANSFER,
        "上级政府性基金安排的转移支付",
        r"上级政府性基金.*|政府性基金.*转移支付.*",
        needed=False,
    ),
    Heading(
        Fund.STATE_CAPITAL_OWN,
        "国有资本经营预算",
        r"国有资本经营(预算)?(拨款|收入)?",
        needed=False,
    ),
    Heading(
        Fund.STATE_CAPITAL_TRANSFER,
        "上级国有资本经营预算安排的转移支付",
        r"上级国有资本经营.*|国有资本经营.*转移支付.*",
        needed=False,
    ),
    Heading(Fund.SPECIAL_ACCOUNT, "财政专户（教育收费）", r"财政专户.*", needed=False),
    Heading("unit_funds", "单位资金", r"单位资金.*", needed=False),
    Heading("fiscal_carryover", "财政拨款结转", r"财政拨款结转.*", needed=False),
    Heading("other_carryover", "非财政拨款结转结余", r"非财政拨款结转.*", needed=False),
)
FISCAL_SUMS = (
    Fund.GENERAL_OWN,
    Fund.GENERAL_TRANSFER,
    Fund.GOVERNMENT_FUND_OWN,
    Fund.GOVERNMENT_FUND_TRANSFER,
    Fund.STATE_CAPITAL_OWN,
    Fund.STATE_CAPITAL_TRANSFER,
)
OTHER_SUMS = (Fund.SPECIAL_ACCOUNT, "unit_funds", "fiscal_carryover", "other_carryover")
FISCAL, OTHER = r"财政拨款.*", r"非财政拨款.*"
SIDES = tuple(
    Heading(f"{side}_{heading.key}" if heading.key else side, heading.label, heading.text, above)
    for side, above in (("fiscal", FISCAL), ("other", OTHER))
    for heading in (
        Heading("", "小计", "小计|合计"),
        *SPLIT,
        Heading("project", "项目支出", "项目支出"),
    )
)
SIDE_SUMS = {
    "total": ("fiscal", "other"),
    "fiscal": ("fiscal_personnel", "fiscal_operating", "fiscal_project"),
    "other": ("other_personnel", "other_operating", "other_project"),
}


def function_block(
    columns: tuple[Heading, ...], sums: dict[str, tuple[str, ...]]
) -> tuple[Block, ...]:
    """A table of function codes."""
    return (Block(rows=Rows.FUNCTION, leads=FUNCTION_LEADS, columns=columns, sums=sums),)


ELEVEN = (
    Form(
        number=10,
        title="财政拨款“三公”经费支出情况表",
        text=r".*三公.*表",
        needed=False,
        blocks=(
            Block(
                rows=Rows.ITEM,
                leads=(Heading("label", "“三公”经费支出内容", r".*三公.*|项目(名称)?|.*内容"),),
                columns=(Heading("total", "合计", r"合计|总计|预算数"), *FAMILIES),
                items=THREE_PUBLIC_ITEMS,
                sums=FAMILY_SUMS,
            ),
        ),
    ),
    Form(
        number=11,
        title="上年结转结余情况明细表",
        text=r".*结转(结余)?.*表",
        needed=False,
        blocks=(
            Block(
                rows=Rows.FREE,
                leads=(Heading("label", "项目", r"项目(名称)?|科目名称|.*功能分类.*名称"),),
                columns=(Heading("total", "合计", "合计|总计"), *SIDES),
                sums=SIDE_SUMS,
            ),
        ),
    ),
    Form(
        number=4,
        title="财政拨款收支预算总体情况表",
        text=r".*财政拨款收支.*表",
        needed=False,
        blocks=(
            Block(
                rows=Rows.ITEM,
                leads=(INCOME_LEAD,),
                columns=(Heading("income", "合计", AMOUNT),),
                items=FISCAL_ITEMS,
                total="income_total",
            ),
            Block(
                rows=Rows.CLASS,
                leads=(CLASS_LEAD,),
                columns=(Heading("total", "合计", "合计|总计|小计"), *FAMILIES),
                total="expenditure_total",
                sums=FAMILY_SUMS,
            ),
        ),
    ),
    Form(
        number=1,
        title="部门收支总体情况表",
        text=r".*收支(预算)?总.*表",
        blocks=(
            Block(
                rows=Rows.ITEM,
                leads=(INCOME_LEAD,),
                columns=(Heading("income", "预算数", AMOUNT),),
                items=INCOME_ITEMS,
                total="income_total",
            ),
            Block(
                rows=Rows.CLASS,
                leads=(CLASS_LEAD,),
                columns=(Heading("expenditure", "预算数", AMOUNT),),
                total="expenditure_total",
            ),
        ),
    ),
    Form(
        number=6,
        title="一般公共预算基本支出情况表",
        text=r".*一般公共预算.*基本支出.*表",
        blocks=(
            Block(
                rows=Rows.ECONOMIC,
                leads=ECONOMIC_LEADS,
                columns=(Heading("total", "合计", "合计|总计|小计"), *SPLIT),
                sums={"total": ("personnel", "operating")},
            ),
        ),
    ),
    Form(
        number=7,
        title="一般公共预算项目支出情况表",
        text=r".*一般公共预算.*项目支出.*表",
        blocks=(
            Block(
                rows=Rows.PROJECT,
                leads=PROJECT_LEADS,
                columns=(
                    Heading("total", "项目支出合计", r"项目支出(合计)?|合计|总计"),
                    *CLASS_COLUMNS,
                ),
                sums={"total": tuple(CLASSES)},
                is_open=True,
            ),
        ),
    ),
    Form(
        number=5,
        title="一般公共预算支出情况表",
        text=r".*一般公共预算.*支出.*表",
        blocks=function_block(BASIC_AND_PROJECT, BASIC_AND_PROJECT_SUMS),
    ),
    Form(
        number=8,
        title="政府性基金预算支出情况表",
        text=r".*政府性基金.*支出.*表",
        needed=False,
        blocks=function_block((BASIC_AND_PROJECT[0], *SPLIT, BASIC_AND_PROJECT[2]), SPLIT_SUMS),
    ),
    Form(
        number=9,
        title="国有资本经营预算支出情况表",
        text=r".*国有资本经营.*支出.*表",
        needed=False,
        blocks=function_block((BASIC_AND_PROJECT[0], *SPLIT, BASIC_AND_PROJECT[2]), SPLIT_SUMS),
    ),
    Form(
        number=2,
        title="部门收入总体情况表",
        text=r".*收入(预算)?总.*表",
        blocks=function_block(
            FUND_COLUMNS, {"total": ("fiscal", *OTHER_SUMS), "fiscal": FISCAL_SUMS}
        ),
    ),
    Form(
        number=3,
        title="部门支出总体情况表",
        text=r".*支出(预算)?总.*表",
        blocks=function_block(BASIC_AND_PROJECT, BASIC_AND_PROJECT_SUMS),
    ),
)
