"""The sheets of money: income, expenditure, and the three public expenses as stated."""

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import PriorBasis
from budgets.domain.places import BY_LABEL
from budgets.spreadsheets.columns import Column, Kind, Sheet
from budgets.spreadsheets.word_sheets import UNIT_CODE

FUNDS = {fund.label: fund for fund in Fund}
FISCAL_FUNDS = {fund.label: fund for fund in Fund if fund.is_fiscal and not fund.is_carryover}
NATURES = {nature.label: nature for nature in Nature}
# 因公出国（境）, 公务接待, 公务用车购置 (from either class of capital expenditure), 公务用车运行.
THREE_PUBLIC_CODES = ("30212", "30217", "31013", "30913", "30231")
YES_NO = {"是": True, "否": False}

INTERNAL = Column(
    key="internal",
    header="内部往来",
    kind=Kind.CHOICE,
    choices=YES_NO,
    width=10,
    guidance="只在部门与所属单位之间流动的资金填“是”，其他不填。",
)
REMARK = Column(key="remark", header="备注", width=24, guidance="自用，不读取。", private=True)

INCOME = Sheet(
    key="income",
    title="收入",
    intro="每个资金来源一行；没有的来源不填。不要填合计行。"
    "已列出的空行是上年有过的来源，没有填金额的行不导入。",
    columns=(
        UNIT_CODE,
        Column(
            key="fund",
            header="资金来源",
            kind=Kind.CHOICE,
            choices=FUNDS,
            required=True,
            width=34,
            guidance="从列表中选。",
        ),
        Column(
            key="amount",
            header="金额",
            kind=Kind.MONEY,
            required=True,
            width=18,
            guidance="单位见封面。",
        ),
        INTERNAL,
        REMARK,
    ),
)

EXPENDITURE = Sheet(
    key="expenditure",
    title="支出明细",
    intro="一行一笔，功能科目和经济科目都填（明细）。只有公开口径的数时，按功能科目填一遍、"
    "再按经济科目填一遍，两遍的合计应相等。不要填合计行。"
    "已列出的空行是上年用过的科目和项目，没有填金额的行不导入。",
    columns=(
        UNIT_CODE,
        Column(
            key="fund",
            header="资金来源",
            kind=Kind.CHOICE,
            choices=FUNDS,
            required=True,
            width=30,
            guidance="从列表中选。",
        ),
        Column(
            key="nature",
            header="支出性质",
            kind=Kind.CHOICE,
            choices=NATURES,
            required=True,
            guidance="从列表中选；分不出人员和公用的填“基本支出”。",
        ),
        Column(
            key="function",
            header="功能科目编码",
            kind=Kind.CODE,
            listing="functions",
            guidance="七位，选到“项”。",
        ),
        Column(
            key="function_name",
            header="功能科目名称",
            width=30,
            limit=100,
            guidance="代码表里没有的编码必填，其他可不填。",
        ),
        Column(
            key="economic",
            header="经济科目编码",
            kind=Kind.CODE,
            listing="economics",
            guidance="五位，选到“款”；项目支出可只填三位的“类”。",
        ),
        Column(
            key="economic_name",
            header="经济科目名称",
            width=24,
            limit=100,
            guidance="代码表里没有的编码必填，其他可不填。",
        ),
        Column(
            key="project",
            header="项目名称",
            listing="projects",
            width=28,
            guidance="支出性质是项目支出时必填，与“项目”表一致。",
        ),
        Column(
            key="amount",
            header="金额",
            kind=Kind.MONEY,
            required=True,
            width=18,
            guidance="单位见封面。",
        ),
        INTERNAL,
        REMARK,
    ),
)

THREE_PUBLIC = Sheet(
    key="three_public",
    title="三公经费",
    optional=True,
    intro="仅在项目支出没有按经济科目填列时，直接填“三公”经费各项；其他情况从支出明细得出，不用填。",
    columns=(
        UNIT_CODE,
        Column(
            key="economic",
            header="经济科目编码",
            kind=Kind.CODE,
            listing="three_public",
            required=True,
            width=28,
            guidance="从列表中选。",
        ),
        Column(
            key="fund",
            header="资金来源",
            kind=Kind.CHOICE,
            choices=FISCAL_FUNDS,
            required=True,
            width=34,
            guidance="当年财政拨款。",
        ),
        Column(
            key="amount",
            header="金额",
            kind=Kind.MONEY,
            required=True,
            width=18,
            guidance="单位见封面。",
        ),
    ),
)


BASES = {basis.label: basis for basis in PriorBasis}

HISTORY = Sheet(
    key="history",
    title="上年数与说明",
    intro="公开文件里要与上年比较、要写原因或用途的地方，一处一行。已带出的上年数取自上年公开的文件，"
    "上年没有在本系统公开的取自上年的预算，请核对。",
    columns=(
        Column(
            key="place",
            header="事项",
            kind=Kind.CHOICE,
            choices=BY_LABEL,
            required=True,
            width=36,
            guidance="从列表中选。",
        ),
        Column(
            key="code",
            header="科目编码",
            kind=Kind.CODE,
            listing="functions",
            guidance="事项写明（类）的填三位，写明（项）的填七位。",
        ),
        Column(
            key="project",
            header="项目名称",
            listing="projects",
            width=28,
            guidance="事项写明（项目）的填。",
        ),
        Column(
            key="prior",
            header="上年数",
            kind=Kind.MONEY,
            width=18,
            guidance="上年没有的填 0。单位见封面。",
        ),
        Column(
            key="basis",
            header="上年数口径",
            kind=Kind.CHOICE,
            choices=BASES,
            guidance="不填即为“预算”。",
        ),
        Column(
            key="reason",
            header="变动原因",
            kind=Kind.LONG,
            width=50,
            guidance="接在“主要原因是”后面，句末不写句号。",
        ),
        Column(
            key="use",
            header="主要用途",
            kind=Kind.LONG,
            width=50,
            guidance="接在“主要用于”后面，句末不写句号。",
        ),
    ),
)
