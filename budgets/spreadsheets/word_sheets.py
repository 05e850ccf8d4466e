"""The sheets of words and particulars: overview, projects, targets, assets, glossary."""

from budgets.spreadsheets.columns import Column, Kind, Sheet

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


PROFILE = Sheet(
    key="profile",
    title="概况与人员",
    is_form=True,
    intro="公开文件的第一部分。人数填数字；增减数减少的填负数。",
    columns=(
        Column(
            key="duties",
            header="主要职能",
            kind=Kind.LONG,
            guidance="按“三定”方案填，可分段（Alt+回车换行）。",
        ),
        Column(
            key="offices",
            header="内设科室",
            kind=Kind.LONG,
            guidance="科室名称用顿号隔开，如：办公室、财务室。",
        ),
        Column(key="authorized", header="编制数", kind=Kind.COUNT, guidance="人。"),
        Column(key="serving", header="在职人数", kind=Kind.COUNT, guidance="实有在职，人。"),
        Column(key="serving_change", header="在职比上年增减", kind=Kind.CHANGE, guidance="人。"),
        Column(key="retired", header="退休人数", kind=Kind.COUNT, guidance="人。"),
        Column(key="retired_change", header="退休比上年增减", kind=Kind.CHANGE, guidance="人。"),
        Column(key="honorary", header="离休人数", kind=Kind.COUNT, guidance="人。"),
        Column(key="honorary_change", header="离休比上年增减", kind=Kind.CHANGE, guidance="人。"),
    ),
)

PARTICULARS = Sheet(
    key="particulars",
    title="其他事项",
    is_form=True,
    intro="公开文件第三部分第十二项。没有的不填，视为 0；价值和经费的单位见封面。",
    columns=(
        Column(
            key="agency_operating",
            header="机关运行经费",
            kind=Kind.MONEY,
            guidance="与表6公用经费一致的不填；口径更窄时填，并在下一行说明。",
        ),
        Column(
            key="agency_operating_why",
            header="机关运行经费口径说明",
            kind=Kind.LONG,
            guidance="上一行填了才填。",
        ),
        Column(
            key="three_public_why",
            header="“三公”经费说明",
            kind=Kind.LONG,
            guidance="“三公”经费与按经济科目得出的数不一致时，说明原因。",
        ),
        Column(
            key="procurement_total",
            header="政府采购预算",
            kind=Kind.MONEY,
            guidance="货物、工程、服务的合计。",
        ),
        Column(key="procurement_goods", header="政府采购货物预算", kind=Kind.MONEY),
        Column(key="procurement_works", header="政府采购工程预算", kind=Kind.MONEY),
        Column(key="procurement_services", header="政府采购服务预算", kind=Kind.MONEY),
        Column(
            key="procurement_sme",
            header="面向中小企业预留",
            kind=Kind.MONEY,
            guidance="不超过政府采购预算。",
        ),
        Column(
            key="procurement_micro",
            header="面向小微企业预留",
            kind=Kind.MONEY,
            guidance="不超过面向中小企业预留。",
        ),
        Column(
            key="house_area", header="房屋面积", kind=Kind.NUMBER, guidance="平方米，两位小数。"
        ),
        Column(key="house_value", header="房屋价值", kind=Kind.MONEY),
        Column(
            key="vehicle_count", header="车辆数", kind=Kind.COUNT, guidance="辆，以下三类的合计。"
        ),
        Column(key="vehicle_value", header="车辆价值", kind=Kind.MONEY),
        Column(key="vehicle_general_count", header="一般公务用车数", kind=Kind.COUNT),
        Column(key="vehicle_general_value", header="一般公务用车价值", kind=Kind.MONEY),
        Column(key="vehicle_enforcement_count", header="执法执勤用车数", kind=Kind.COUNT),
        Column(key="vehicle_enforcement_value", header="执法执勤用车价值", kind=Kind.MONEY),
        Column(key="vehicle_other_count", header="其他车辆数", kind=Kind.COUNT),
        Column(key="vehicle_other_value", header="其他车辆价值", kind=Kind.MONEY),
        Column(key="furniture_value", header="办公家具价值", kind=Kind.MONEY),
        Column(key="other_assets_value", header="其他资产价值", kind=Kind.MONEY),
        Column(
            key="equipment_50_count",
            header="50万元以上大型设备台数",
            kind=Kind.COUNT,
            guidance="已有的，台（套）。",
        ),
        Column(
            key="equipment_100_count",
            header="100万元以上大型设备台数",
            kind=Kind.COUNT,
            guidance="已有的，台（套）。",
        ),
        Column(
            key="planned_vehicle_amount",
            header="安排购置车辆经费",
            kind=Kind.MONEY,
            guidance="本年预算安排的。",
        ),
        Column(
            key="planned_equipment_50_count",
            header="安排购置50万元以上大型设备台数",
            kind=Kind.COUNT,
            guidance="本年预算安排的。",
        ),
        Column(
            key="planned_equipment_100_count",
            header="安排购置100万元以上大型设备台数",
            kind=Kind.COUNT,
            guidance="本年预算安排的。",
        ),
        Column(
            key="other_matters",
            header="其他需说明的事项",
            kind=Kind.LONG,
            guidance="整句，如：本部门无其他需说明事项。",
        ),
    ),
)

PROJECTS = Sheet(
    key="projects",
    title="项目",
    intro="一个项目一行；项目的金额填在支出明细。直接补助到人的，填后五列。",
    columns=(
        UNIT_CODE,
        Column(key="name", header="项目名称", required=True, width=30, guidance="全表不要重名。"),
        Column(key="leader", header="项目负责人", limit=50),
        Column(
            key="goal",
            header="项目总体目标",
            kind=Kind.LONG,
            width=60,
            guidance="可分段（Alt+回车换行）。",
        ),
        Column(key="policy_basis", header="设立的政策依据", kind=Kind.LONG, width=30),
        Column(key="executing_unit", header="项目承担单位", width=24),
        Column(key="allocation", header="资金分配情况", kind=Kind.LONG, width=30),
        Column(key="period", header="资金执行时间", width=24, guidance="如：2025年1月至12月。"),
        Column(key="recipient_number", header="补助人数", guidance="补助到人的才填。"),
        Column(key="recipient_standard", header="补助标准", kind=Kind.LONG, width=24),
        Column(key="recipient_scope", header="补助范围", kind=Kind.LONG, width=24),
        Column(key="recipient_method", header="补助方式", kind=Kind.LONG, width=24),
        Column(key="recipient_benefit", header="受益情况", kind=Kind.LONG, width=24),
    ),
)

OVERALL = Sheet(
    key="overall",
    title="整体绩效目标",
    is_form=True,
    intro="部门整体绩效目标表的文字；指标填在“绩效指标”，归属写“整体”。",
    columns=(
        Column(key="contact", header="部门联系人", limit=50, guidance="将公开。"),
        Column(key="phone", header="联系电话", limit=50, guidance="办公电话，将公开。"),
        Column(
            key="goal",
            header="年度绩效目标",
            kind=Kind.LONG,
            guidance="可分段（Alt+回车换行）。",
        ),
    ),
)
WHOLE = "整体"

INDICATORS = Sheet(
    key="indicators",
    title="绩效指标",
    intro="一个指标一行，按公开的顺序排列；一、二级指标每行都要填。",
    columns=(
        UNIT_CODE,
        Column(
            key="target",
            header="归属",
            required=True,
            listing="targets",
            width=28,
            guidance="写“整体”或项目名称。",
        ),
        Column(
            key="level1", header="一级指标", required=True, limit=100, guidance="如：产出指标。"
        ),
        Column(
            key="level2", header="二级指标", required=True, limit=100, guidance="如：数量指标。"
        ),
        Column(key="level3", header="三级指标", required=True, width=30, guidance="指标名称。"),
        Column(
            key="value",
            header="指标值",
            required=True,
            width=18,
            guidance="如：>=25次、=100%、明显减轻。",
        ),
        Column(key="basis", header="设定依据", width=20, guidance="如：计划标准。"),
        Column(key="last_value", header="上年完成值", width=18, guidance="项目指标填。"),
        Column(
            key="weight", header="权重", kind=Kind.NUMBER, width=10, guidance="分值，0 至 100。"
        ),
        Column(key="scoring", header="赋分规则", width=20, guidance="项目指标填。"),
        Column(key="evidence", header="佐证资料", width=20, guidance="项目指标填。"),
    ),
)

GLOSSARY = Sheet(
    key="glossary",
    title="名词解释",
    optional=True,
    intro="通用的名词由系统统一解释，这里只填本部门要补充的。",
    columns=(
        Column(key="term", header="名词", required=True, width=24, limit=100),
        Column(key="meaning", header="解释", kind=Kind.LONG, required=True, width=80),
    ),
)
