"""The cover, which says whose filing it is and in what unit, and the list of units."""

from budgets.workbook.columns import Column, Kind, Sheet

TEMPLATE_VERSION = "1"
YUAN, WAN = "元", "万元"
UNITS = {YUAN: YUAN, WAN: WAN}

UNIT_CODE = Column(
    key="unit",
    header="单位编码",
    kind=Kind.CODE,
    listing="units",
    limit=20,
    guidance="部门有下属单位时必填，见“所属单位”；没有下属单位不填。",
)
COVER = Sheet(
    key="cover",
    title="封面",
    is_form=True,
    intro="先填本页。金额单位一经选定，各表的金额都按它填。灰色的合计自动计算，不用填。",
    columns=(
        Column(
            key="code",
            header="部门编码",
            kind=Kind.CODE,
            required=True,
            limit=20,
            guidance="财政部门登记的编码。",
        ),
        Column(key="name", header="部门名称", required=True, limit=100, guidance="部门全称。"),
        Column(
            key="year",
            header="年度",
            kind=Kind.COUNT,
            required=True,
            guidance="四位数字，如 2025。",
        ),
        Column(
            key="money_unit",
            header="金额单位",
            kind=Kind.CHOICE,
            choices=UNITS,
            required=True,
            guidance="元或万元，全部工作表统一。",
        ),
        Column(
            key="signed_on",
            header="落款日期",
            kind=Kind.DATE,
            guidance="公开文件最后的日期，如 2025-02-14。",
        ),
        Column(key="version", header="模板版本", kind=Kind.CODE, limit=20, guidance="不要改动。"),
        Column(
            key="income_total",
            header="收入合计",
            kind=Kind.COMPUTED,
            formula='=SUMIFS({income.amount},{income.internal},"<>是")',
            guidance="自动计算，不含内部往来。",
        ),
        Column(
            key="expenditure_total",
            header="支出合计",
            kind=Kind.COMPUTED,
            formula='=SUMIFS({expenditure.amount},{expenditure.function},"<>",'
            '{expenditure.internal},"<>是")',
            guidance="自动计算：填了功能科目的各行，不含内部往来。",
        ),
        Column(
            key="difference",
            header="差额",
            kind=Kind.COMPUTED,
            formula="={cover.income_total}-{cover.expenditure_total}",
            guidance="收入合计减支出合计，应为 0。",
        ),
    ),
)

UNITS_SHEET = Sheet(
    key="units",
    title="所属单位",
    optional=True,
    intro="部门有下属预算单位时，逐个列出，部门本级也作为一个单位列出；没有下属单位不填。",
    columns=(
        Column(
            key="code",
            header="单位编码",
            kind=Kind.CODE,
            required=True,
            limit=20,
            guidance="财政部门登记的编码。",
        ),
        Column(
            key="name",
            header="单位名称",
            required=True,
            width=40,
            limit=100,
            guidance="单位全称。",
        ),
    ),
)
