"""The filing workbook: what a sheet and a column are, and all sheets in their order.

Template, reader and the workplace's forms are made from these and from nothing else.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import PriorBasis
from budgets.domain.places import BY_LABEL

TEXT_LIMIT = 200


class ColumnKind(StrEnum):
    """What a cell holds, and so how it is written and read."""

    TEXT = "text"
    LONG = "long"
    CODE = "code"
    MONEY = "money"
    NUMBER = "number"
    COUNT = "count"
    CHANGE = "change"
    DATE = "date"
    CHOICE = "choice"
    COMPUTED = "computed"


NUMERIC = (ColumnKind.MONEY, ColumnKind.NUMBER, ColumnKind.COUNT, ColumnKind.CHANGE)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a list, or a labelled line of a form.

    `choices` maps what the drop-down list shows to what it means. `listing` names a list on the
    hidden sheet or another sheet that a drop-down offers without insisting on it. `limit` is the
    longest text that is kept; a COMPUTED cell holds `formula` and is never read. What stands in a
    `private` column is the clerk's own and stays in the file.
    """

    key: str
    header: str
    kind: ColumnKind = ColumnKind.TEXT
    guidance: str = ""
    _: KW_ONLY
    width: int = 14
    required: bool = False
    choices: Mapping[str, object] = field(default_factory=dict)
    listing: str = ""
    limit: int = TEXT_LIMIT
    formula: str = ""
    private: bool = False

    @property
    def advice(self) -> str:
        return f"必填。{self.guidance}" if self.required else self.guidance


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: a list with its columns across, or a form with its lines down.

    An optional sheet may be missing from a file.
    """

    key: str
    title: str
    _: KW_ONLY
    intro: str
    columns: tuple[SheetColumn, ...]
    is_form: bool = False
    optional: bool = False

    def column(self, key: str) -> SheetColumn:
        return next(column for column in self.columns if column.key == key)

    def typed(self, *without: str) -> tuple[SheetColumn, ...]:
        """The columns that are typed and kept, those in `without` left out."""
        return tuple(
            column
            for column in self.columns
            if column.kind is not ColumnKind.COMPUTED
            and not column.private
            and column.key not in without
        )


TEXT, LONG, CODE, MONEY, NUMBER, COUNT, CHANGE, DATE, CHOICE, COMPUTED = ColumnKind
TEMPLATE_VERSION = "1"
YUAN, WAN = "元", "万元"
UNITS = {YUAN: YUAN, WAN: WAN}
WHOLE = "整体"
GUIDE_TITLE, LISTS_TITLE = "填报说明", "代码表"
LABEL_HEADER, VALUE_HEADER, GUIDANCE_HEADER = "事项", "填写内容", "说明"
FUNDS = {fund.label: fund for fund in Fund}
FISCAL_FUNDS = {fund.label: fund for fund in Fund if fund.is_fiscal and not fund.is_carryover}
NATURES = {nature.label: nature for nature in Nature}
BASES = {basis.label: basis for basis in PriorBasis}
YES_NO = {"是": True, "否": False}

# Columns of several sheets.
UNIT_CODE = SheetColumn(
    "unit",
    "单位编码",
    CODE,
    "部门有下属单位时必填，见“所属单位”；没有下属单位不填。",
    listing="units",
    limit=20,
)
AMOUNT = SheetColumn("amount", "金额", MONEY, "单位见封面。", required=True, width=18)
INTERNAL = SheetColumn(
    "internal",
    "内部往来",
    CHOICE,
    "只在部门与所属单位之间流动的资金填“是”，其他不填。",
    choices=YES_NO,
    width=10,
)
REMARK = SheetColumn("remark", "备注", TEXT, "自用，不读取。", width=24, private=True)

COVER = Sheet(
    "cover",
    "封面",
    is_form=True,
    intro="先填本页。金额单位一经选定，各表的金额都按它填。灰色的合计自动计算，不用填。",
    columns=(
        SheetColumn("code", "部门编码", CODE, "财政部门登记的编码。", required=True, limit=20),
        SheetColumn("name", "部门名称", TEXT, "部门全称。", required=True, limit=100),
        SheetColumn("year", "年度", COUNT, "四位数字，如 2025。", required=True),
        SheetColumn(
            "money_unit",
            "金额单位",
            CHOICE,
            "元或万元，全部工作表统一。",
            choices=UNITS,
            required=True,
        ),
        SheetColumn("signed_on", "落款日期", DATE, "公开文件最后的日期，如 2025-02-14。"),
        SheetColumn("version", "模板版本", CODE, "不要改动。", limit=20),
        SheetColumn(
            "income_total",
            "收入合计",
            COMPUTED,
            "自动计算，不含内部往来。",
            formula='=SUMIFS({income.amount},{income.internal},"<>是")',
        ),
        SheetColumn(
            "expenditure_total",
            "支出合计",
            COMPUTED,
            "自动计算：填了功能科目的各行，不含内部往来。",
            formula='=SUMIFS({expenditure.amount},{expenditure.function},"<>",'
            '{expenditure.internal},"<>是")',
        ),
        SheetColumn(
            "difference",
            "差额",
            COMPUTED,
            "收入合计减支出合计，应为 0。",
            formula="={cover.income_total}-{cover.expenditure_total}",
        ),
    ),
)

UNITS_SHEET = Sheet(
    "units",
    "所属单位",
    optional=True,
    intro="部门有下属预算单位时，逐个列出，部门本级也作为一个单位列出；没有下属单位不填。",
    columns=(
        SheetColumn("code", "单位编码", CODE, "财政部门登记的编码。", required=True, limit=20),
        SheetColumn("name", "单位名称", TEXT, "单位全称。", required=True, width=40, limit=100),
    ),
)

PROFILE = Sheet(
    "profile",
    "概况与人员",
    is_form=True,
    intro="公开文件的第一部分。人数填数字；增减数减少的填负数。",
    columns=(
        SheetColumn("duties", "主要职能", LONG, "按“三定”方案填，可分段（Alt+回车换行）。"),
        SheetColumn("offices", "内设科室", LONG, "科室名称用顿号隔开，如：办公室、财务室。"),
        SheetColumn("authorized", "编制数", COUNT, "人。"),
        SheetColumn("serving", "在职人数", COUNT, "实有在职，人。"),
        SheetColumn("serving_change", "在职比上年增减", CHANGE, "人。"),
        SheetColumn("retired", "退休人数", COUNT, "人。"),
        SheetColumn("retired_change", "退休比上年增减", CHANGE, "人。"),
        SheetColumn("honorary", "离休人数", COUNT, "人。"),
        SheetColumn("honorary_change", "离休比上年增减", CHANGE, "人。"),
    ),
)

INCOME = Sheet(
    "income",
    "收入",
    intro="每个资金来源一行；没有的来源不填。不要填合计行。"
    "已列出的空行是上年有过的来源，没有填金额的行不导入。",
    columns=(
        UNIT_CODE,
        SheetColumn(
            "fund", "资金来源", CHOICE, "从列表中选。", choices=FUNDS, required=True, width=34
        ),
        AMOUNT,
        INTERNAL,
        REMARK,
    ),
)

EXPENDITURE = Sheet(
    "expenditure",
    "支出明细",
    intro="一行一笔，功能科目和经济科目都填（明细）。只有公开口径的数时，按功能科目填一遍、"
    "再按经济科目填一遍，两遍的合计应相等。不要填合计行。"
    "已列出的空行是上年用过的科目和项目，没有填金额的行不导入。",
    columns=(
        UNIT_CODE,
        SheetColumn(
            "fund", "资金来源", CHOICE, "从列表中选。", choices=FUNDS, required=True, width=30
        ),
        SheetColumn(
            "nature",
            "支出性质",
            CHOICE,
            "从列表中选；分不出人员和公用的填“基本支出”。",
            choices=NATURES,
            required=True,
        ),
        SheetColumn("function", "功能科目编码", CODE, "七位，选到“项”。", listing="functions"),
        SheetColumn(
            "function_name",
            "功能科目名称",
            TEXT,
            "代码表里没有的编码必填，其他可不填。",
            width=30,
            limit=100,
        ),
        SheetColumn(
            "economic",
            "经济科目编码",
            CODE,
            "五位，选到“款”；项目支出可只填三位的“类”。",
            listing="economics",
        ),
        SheetColumn(
            "economic_name",
            "经济科目名称",
            TEXT,
            "代码表里没有的编码必填，其他可不填。",
            width=24,
            limit=100,
        ),
        SheetColumn(
            "project",
            "项目名称",
            TEXT,
            "支出性质是项目支出时必填，与“项目”表一致。",
            listing="projects",
            width=28,
        ),
        AMOUNT,
        INTERNAL,
        REMARK,
    ),
)

HISTORY = Sheet(
    "history",
    "上年数与说明",
    intro="公开文件里要与上年比较、要写原因或用途的地方，一处一行。已带出的上年数取自上年公开的文件，"
    "上年没有在本系统公开的取自上年的预算，请核对。",
    columns=(
        SheetColumn(
            "place", "事项", CHOICE, "从列表中选。", choices=BY_LABEL, required=True, width=36
        ),
        SheetColumn(
            "code",
            "科目编码",
            CODE,
            "事项写明（类）的填三位，写明（项）的填七位。",
            listing="functions",
        ),
        SheetColumn(
            "project", "项目名称", TEXT, "事项写明（项目）的填。", listing="projects", width=28
        ),
        SheetColumn("prior", "上年数", MONEY, "上年没有的填 0。单位见封面。", width=18),
        SheetColumn("basis", "上年数口径", CHOICE, "不填即为“预算”。", choices=BASES),
        SheetColumn("reason", "变动原因", LONG, "接在“主要原因是”后面，句末不写句号。", width=50),
        SheetColumn("use", "主要用途", LONG, "接在“主要用于”后面，句末不写句号。", width=50),
    ),
)

PROJECTS = Sheet(
    "projects",
    "项目",
    intro="一个项目一行；项目的金额填在支出明细。直接补助到人的，填后五列。",
    columns=(
        UNIT_CODE,
        SheetColumn("name", "项目名称", TEXT, "全表不要重名。", required=True, width=30),
        SheetColumn("leader", "项目负责人", limit=50),
        SheetColumn("goal", "项目总体目标", LONG, "可分段（Alt+回车换行）。", width=60),
        SheetColumn("policy_basis", "设立的政策依据", LONG, width=30),
        SheetColumn("executing_unit", "项目承担单位", width=24),
        SheetColumn("allocation", "资金分配情况", LONG, width=30),
        SheetColumn("period", "资金执行时间", TEXT, "如：2025年1月至12月。", width=24),
        SheetColumn("recipient_number", "补助人数", TEXT, "补助到人的才填。"),
        SheetColumn("recipient_standard", "补助标准", LONG, width=24),
        SheetColumn("recipient_scope", "补助范围", LONG, width=24),
        SheetColumn("recipient_method", "补助方式", LONG, width=24),
        SheetColumn("recipient_benefit", "受益情况", LONG, width=24),
    ),
)

INDICATORS = Sheet(
    "indicators",
    "绩效指标",
    intro="一个指标一行，按公开的顺序排列；一、二级指标每行都要填。",
    columns=(
        UNIT_CODE,
        SheetColumn(
            "target",
            "归属",
            TEXT,
            "写“整体”或项目名称。",
            required=True,
            listing="targets",
            width=28,
        ),
        SheetColumn("level1", "一级指标", TEXT, "如：产出指标。", required=True, limit=100),
        SheetColumn("level2", "二级指标", TEXT, "如：数量指标。", required=True, limit=100),
        SheetColumn("level3", "三级指标", TEXT, "指标名称。", required=True, width=30),
        SheetColumn(
            "value", "指标值", TEXT, "如：>=25次、=100%、明显减轻。", required=True, width=18
        ),
        SheetColumn("basis", "设定依据", TEXT, "如：计划标准。", width=20),
        SheetColumn("last_value", "上年完成值", TEXT, "项目指标填。", width=18),
        SheetColumn("weight", "权重", NUMBER, "分值，0 至 100。", width=10),
        SheetColumn("scoring", "赋分规则", TEXT, "项目指标填。", width=20),
        SheetColumn("evidence", "佐证资料", TEXT, "项目指标填。", width=20),
    ),
)

OVERALL = Sheet(
    "overall",
    "整体绩效目标",
    is_form=True,
    intro="部门整体绩效目标表的文字；指标填在“绩效指标”，归属写“整体”。",
    columns=(
        SheetColumn("contact", "部门联系人", TEXT, "将公开。", limit=50),
        SheetColumn("phone", "联系电话", TEXT, "办公电话，将公开。", limit=50),
        SheetColumn("goal", "年度绩效目标", LONG, "可分段（Alt+回车换行）。"),
    ),
)

PARTICULARS = Sheet(
    "particulars",
    "其他事项",
    is_form=True,
    intro="公开文件第三部分第十二项。没有的不填，视为 0；价值和经费的单位见封面。",
    columns=(
        SheetColumn(
            "agency_operating",
            "机关运行经费",
            MONEY,
            "与表6公用经费一致的不填；口径更窄时填，并在下一行说明。",
        ),
        SheetColumn("agency_operating_why", "机关运行经费口径说明", LONG, "上一行填了才填。"),
        SheetColumn(
            "three_public_why",
            "“三公”经费说明",
            LONG,
            "“三公”经费与按经济科目得出的数不一致时，说明原因。",
        ),
        SheetColumn("procurement_total", "政府采购预算", MONEY, "货物、工程、服务的合计。"),
        SheetColumn("procurement_goods", "政府采购货物预算", MONEY),
        SheetColumn("procurement_works", "政府采购工程预算", MONEY),
        SheetColumn("procurement_services", "政府采购服务预算", MONEY),
        SheetColumn("procurement_sme", "面向中小企业预留", MONEY, "不超过政府采购预算。"),
        SheetColumn("procurement_micro", "面向小微企业预留", MONEY, "不超过面向中小企业预留。"),
        SheetColumn("house_area", "房屋面积", NUMBER, "平方米，两位小数。"),
        SheetColumn("house_value", "房屋价值", MONEY),
        SheetColumn("vehicle_count", "车辆数", COUNT, "辆，以下三类的合计。"),
        SheetColumn("vehicle_value", "车辆价值", MONEY),
        SheetColumn("vehicle_general_count", "一般公务用车数", COUNT),
        SheetColumn("vehicle_general_value", "一般公务用车价值", MONEY),
        SheetColumn("vehicle_enforcement_count", "执法执勤用车数", COUNT),
        SheetColumn("vehicle_enforcement_value", "执法执勤用车价值", MONEY),
        SheetColumn("vehicle_other_count", "其他车辆数", COUNT),
        SheetColumn("vehicle_other_value", "其他车辆价值", MONEY),
        SheetColumn("furniture_value", "办公家具价值", MONEY),
        SheetColumn("other_assets_value", "其他资产价值", MONEY),
        SheetColumn("equipment_50_count", "50万元以上大型设备台数", COUNT, "已有的，台（套）。"),
        SheetColumn("equipment_100_count", "100万元以上大型设备台数", COUNT, "已有的，台（套）。"),
        SheetColumn("planned_vehicle_amount", "安排购置车辆经费", MONEY, "本年预算安排的。"),
        SheetColumn(
            "planned_equipment_50_count",
            "安排购置50万元以上大型设备台数",
            COUNT,
            "本年预算安排的。",
        ),
        SheetColumn(
            "planned_equipment_100_count",
            "安排购置100万元以上大型设备台数",
            COUNT,
            "本年预算安排的。",
        ),
        SheetColumn(
            "other_matters", "其他需说明的事项", LONG, "整句，如：本部门无其他需说明事项。"
        ),
    ),
)

THREE_PUBLIC = Sheet(
    "three_public",
    "三公经费",
    optional=True,
    intro="仅在项目支出没有按经济科目填列时，直接填“三公”经费各项；其他情况从支出明细得出，不用填。",
    columns=(
        UNIT_CODE,
        SheetColumn(
            "economic",
            "经济科目编码",
            CODE,
            "从列表中选。",
            listing="three_public",
            required=True,
            width=28,
        ),
        SheetColumn(
            "fund",
            "资金来源",
            CHOICE,
            "当年财政拨款。",
            choices=FISCAL_FUNDS,
            required=True,
            width=34,
        ),
        AMOUNT,
    ),
)

GLOSSARY = Sheet(
    "glossary",
    "名词解释",
    optional=True,
    intro="通用的名词由系统统一解释，这里只填本部门要补充的。",
    columns=(
        SheetColumn("term", "名词", required=True, width=24, limit=100),
        SheetColumn("meaning", "解释", LONG, required=True, width=80),
    ),
)

SHEETS = (
    COVER,
    UNITS_SHEET,
    PROFILE,
    INCOME,
    EXPENDITURE,
    HISTORY,
    PROJECTS,
    INDICATORS,
    OVERALL,
    PARTICULARS,
    THREE_PUBLIC,
    GLOSSARY,
)
