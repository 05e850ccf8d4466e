"""The sheet of last year's figures, and of the reasons and uses in the department's own words."""

from budgets.facts import PriorBasis
from budgets.places import BY_LABEL
from budgets.workbook.columns import Column, Kind, Sheet

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
