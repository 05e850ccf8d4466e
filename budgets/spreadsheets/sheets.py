"""The filing workbook: all its sheets in their order, one definition for template and reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True, kw_only=True)
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
    width: int = 14
    required: bool = False
    choices: Mapping[str, object] = field(default_factory=dict)
    listing: str = ""
    limit: int = TEXT_LIMIT
    formula: str = ""
    private: bool = False

    @property
    def advice(self) -> str:
        """The line of guidance below the header."""
        return f"必填。{self.guidance}" if self.required else self.guidance


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: a list with its columns across, or a form with its lines down.

    An optional sheet may be missing from a file.
    """

    key: str
    title: str
    intro: str
    columns: tuple[SheetColumn, ...]
    is_form: bool = False
    optional: bool = False

    def column(self, key: str) -> SheetColumn:
        """The column of that key."""
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


TEMPLATE_VERSION = "1"
YUAN, WAN = "元", "万元"
UNITS = {YUAN: YUAN, WAN: WAN}

UNIT_CODE = SheetColumn(
    key="unit",
    header="单位编码",
    kind=ColumnKind.CODE,
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
        SheetColumn(
            key="code",
            header="部门编码",
            kind=ColumnKind.CODE,
            required=True,
            limit=20,
            guidance="财政部门登记的编码。",
        ),
        SheetColumn(key="name", header="部门名称", required=True, limit=100, guidance="部门全称。"),
        SheetColumn(
            key="year",
            header="年度",
            kind=ColumnKind.COUNT,
            required=True,
            guidance="四位数字，如 2025。",
        ),
        SheetColumn(
            key="money_unit",
            header="金额单位",
            kind=ColumnKind.CHOICE,
            choices=UNITS,
            required=True,
            guidance="元或万元，全部工作表统一。",
        ),
        SheetColumn(
            key="signed_on",
            header="落款日期",
            kind=ColumnKind.DATE,
            guidance="公开文件最后的日期，如 2025-02-14。",
        ),
        SheetColumn(
            key="version", header="模板版本", kind=ColumnKind.CODE, limit=20, guidance="不要改动。"
        ),
        SheetColumn(
            key="income_total",
            header="收入合计",
            kind=ColumnKind.COMPUTED,
            formula='=SUMIFS({income.amount},{income.internal},"<>是")',
            guidance="自动计算，不含内部往来。",
        ),
        SheetColumn(
            key="expenditure_total",
            header="支出合计",
            kind=ColumnKind.COMPUTED,
            formula='=SUMIFS({expenditure.amount},{expenditure.function},"<>",'
            '{expenditure.internal},"<>是")',
            guidance="自动计算：填了功能科目的各行，不含内部往来。",
        ),
        SheetColumn(
            key="difference",
            header="差额",
            kind=ColumnKind.COMPUTED,
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
        SheetColumn(
            key="code",
            header="单位编码",
            kind=ColumnKind.CODE,
            required=True,
            limit=20,
            guidance="财政部门登记的编码。",
        ),
        SheetColumn(
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
        SheetColumn(
            key="duties",
            header="主要职能",
            kind=ColumnKind.LONG,
            guidance="按“三定”方案填，可分段（Alt+回车换行）。",
        ),
        SheetColumn(
            key="offices",
            header="内设科室",
            kind=ColumnKind.LONG,
            guidance="科室名称用顿号隔开，如：办公室、财务室。",
        ),
        SheetColumn(key="authorized", header="编制数", kind=ColumnKind.COUNT, guidance="人。"),
        SheetColumn(
            key="serving", header="在职人数", kind=ColumnKind.COUNT, guidance="实有在职，人。"
        ),
        SheetColumn(
            key="serving_change", header="在职比上年增减", kind=ColumnKind.CHANGE, guidance="人。"
        ),
        SheetColumn(key="retired", header="退休人数", kind=ColumnKind.COUNT, guidance="人。"),
        SheetColumn(
            key="retired_change", header="退休比上年增减", kind=ColumnKind.CHANGE, guidance="人。"
        ),
        SheetColumn(key="honorary", header="离休人数", kind=ColumnKind.COUNT, guidance="人。"),
        SheetColumn(
            key="honorary_change", header="离休比上年增减", kind=ColumnKind.CHANGE, guidance="人。"
        ),
    ),
)

PARTICULARS = Sheet(
    key="particulars",
    title="其他事项",
    is_form=True,
    intro="公开文件第三部分第十二项。没有的不填，视为 0；价值和经费的单位见封面。",
    columns=(
        SheetColumn(
            key="agency_operating",
            header="机关运行经费",
            kind=ColumnKind.MONEY,
            guidance="与表6公用经费一致的不填；口径更窄时填，并在下一行说明。",
        ),
        SheetColumn(
            key="agency_operating_why",
            header="机关运行经费口径说明",
            kind=ColumnKind.LONG,
            guidance="上一行填了才填。",
        ),
        SheetColumn(
            key="three_public_why",
            header="“三公”经费说明",
            kind=ColumnKind.LONG,
            guidance="“三公”经费与按经济科目得出的数不一致时，说明原因。",
        ),
        SheetColumn(
            key="procurement_total",
            header="政府采购预算",
            kind=ColumnKind.MONEY,
            guidance="货物、工程、服务的合计。",
        ),
        SheetColumn(key="procurement_goods", header="政府采购货物预算", kind=ColumnKind.MONEY),
        SheetColumn(key="procurement_works", header="政府采购工程预算", kind=ColumnKind.MONEY),
        SheetColumn(key="procurement_services", header="政府采购服务预算", kind=ColumnKind.MONEY),
        SheetColumn(
            key="procurement_sme",
            header="面向中小企业预留",
            kind=ColumnKind.MONEY,
            guidance="不超过政府采购预算。",
        ),
        SheetColumn(
            key="procurement_micro",
            header="面向小微企业预留",
            kind=ColumnKind.MONEY,
            guidance="不超过面向中小企业预留。",
        ),
        SheetColumn(
            key="house_area",
            header="房屋面积",
            kind=ColumnKind.NUMBER,
            guidance="平方米，两位小数。",
        ),
        SheetColumn(key="house_value", header="房屋价值", kind=ColumnKind.MONEY),
        SheetColumn(
            key="vehicle_count",
            header="车辆数",
            kind=ColumnKind.COUNT,
            guidance="辆，以下三类的合计。",
        ),
        SheetColumn(key="vehicle_value", header="车辆价值", kind=ColumnKind.MONEY),
        SheetColumn(key="vehicle_general_count", header="一般公务用车数", kind=ColumnKind.COUNT),
        SheetColumn(key="vehicle_general_value", header="一般公务用车价值", kind=ColumnKind.MONEY),
        SheetColumn(
            key="vehicle_enforcement_count", header="执法执勤用车数", kind=ColumnKind.COUNT
        ),
        SheetColumn(
            key="vehicle_enforcement_value", header="执法执勤用车价值", kind=ColumnKind.MONEY
        ),
        SheetColumn(key="vehicle_other_count", header="其他车辆数", kind=ColumnKind.COUNT),
        SheetColumn(key="vehicle_other_value", header="其他车辆价值", kind=ColumnKind.MONEY),
        SheetColumn(key="furniture_value", header="办公家具价值", kind=ColumnKind.MONEY),
        SheetColumn(key="other_assets_value", header="其他资产价值", kind=ColumnKind.MONEY),
        SheetColumn(
            key="equipment_50_count",
            header="50万元以上大型设备台数",
            kind=ColumnKind.COUNT,
            guidance="已有的，台（套）。",
        ),
        SheetColumn(
            key="equipment_100_count",
            header="100万元以上大型设备台数",
            kind=ColumnKind.COUNT,
            guidance="已有的，台（套）。",
        ),
        SheetColumn(
            key="planned_vehicle_amount",
            header="安排购置车辆经费",
            kind=ColumnKind.MONEY,
            guidance="本年预算安排的。",
        ),
        SheetColumn(
            key="planned_equipment_50_count",
            header="安排购置50万元以上大型设备台数",
            kind=ColumnKind.COUNT,
            guidance="本年预算安排的。",
        ),
        SheetColumn(
            key="planned_equipment_100_count",
            header="安排购置100万元以上大型设备台数",
            kind=ColumnKind.COUNT,
            guidance="本年预算安排的。",
        ),
        SheetColumn(
            key="other_matters",
            header="其他需说明的事项",
            kind=ColumnKind.LONG,
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
        SheetColumn(
            key="name", header="项目名称", required=True, width=30, guidance="全表不要重名。"
        ),
        SheetColumn(key="leader", header="项目负责人", limit=50),
        SheetColumn(
            key="goal",
            header="项目总体目标",
            kind=ColumnKind.LONG,
            width=60,
            guidance="可分段（Alt+回车换行）。",
        ),
        SheetColumn(key="policy_basis", header="设立的政策依据", kind=ColumnKind.LONG, width=30),
        SheetColumn(key="executing_unit", header="项目承担单位", width=24),
        SheetColumn(key="allocation", header="资金分配情况", kind=ColumnKind.LONG, width=30),
        SheetColumn(
            key="period", header="资金执行时间", width=24, guidance="如：2025年1月至12月。"
        ),
        SheetColumn(key="recipient_number", header="补助人数", guidance="补助到人的才填。"),
        SheetColumn(key="recipient_standard", header="补助标准", kind=ColumnKind.LONG, width=24),
        SheetColumn(key="recipient_scope", header="补助范围", kind=ColumnKind.LONG, width=24),
        SheetColumn(key="recipient_method", header="补助方式", kind=ColumnKind.LONG, width=24),
        SheetColumn(key="recipient_benefit", header="受益情况", kind=ColumnKind.LONG, width=24),
    ),
)

OVERALL = Sheet(
    key="overall",
    title="整体绩效目标",
    is_form=True,
    intro="部门整体绩效目标表的文字；指标填在“绩效指标”，归属写“整体”。",
    columns=(
        SheetColumn(key="contact", header="部门联系人", limit=50, guidance="将公开。"),
        SheetColumn(key="phone", header="联系电话", limit=50, guidance="办公电话，将公开。"),
        SheetColumn(
            key="goal",
            header="年度绩效目标",
            kind=ColumnKind.LONG,
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
        SheetColumn(
            key="target",
            header="归属",
            required=True,
            listing="targets",
            width=28,
            guidance="写“整体”或项目名称。",
        ),
        SheetColumn(
            key="level1", header="一级指标", required=True, limit=100, guidance="如：产出指标。"
        ),
        SheetColumn(
            key="level2", header="二级指标", required=True, limit=100, guidance="如：数量指标。"
        ),
        SheetColumn(
            key="level3", header="三级指标", required=True, width=30, guidance="指标名称。"
        ),
        SheetColumn(
            key="value",
            header="指标值",
            required=True,
            width=18,
            guidance="如：>=25次、=100%、明显减轻。",
        ),
        SheetColumn(key="basis", header="设定依据", width=20, guidance="如：计划标准。"),
        SheetColumn(key="last_value", header="上年完成值", width=18, guidance="项目指标填。"),
        SheetColumn(
            key="weight",
            header="权重",
            kind=ColumnKind.NUMBER,
            width=10,
            guidance="分值，0 至 100。",
        ),
        SheetColumn(key="scoring", header="赋分规则", width=20, guidance="项目指标填。"),
        SheetColumn(key="evidence", header="佐证资料", width=20, guidance="项目指标填。"),
    ),
)

GLOSSARY = Sheet(
    key="glossary",
    title="名词解释",
    optional=True,
    intro="通用的名词由系统统一解释，这里只填本部门要补充的。",
    columns=(
        SheetColumn(key="term", header="名词", required=True, width=24, limit=100),
        SheetColumn(key="meaning", header="解释", kind=ColumnKind.LONG, required=True, width=80),
    ),
)


FUNDS = {fund.label: fund for fund in Fund}
FISCAL_FUNDS = {fund.label: fund for fund in Fund if fund.is_fiscal and not fund.is_carryover}
NATURES = {nature.label: nature for nature in Nature}
# 因公出国（境）, 公务接待, 公务用车购置 (from either class of capital expenditure), 公务用车运行.
THREE_PUBLIC_CODES = ("30212", "30217", "31013", "30913", "30231")
YES_NO = {"是": True, "否": False}

INTERNAL = SheetColumn(
    key="internal",
    header="内部往来",
    kind=ColumnKind.CHOICE,
    choices=YES_NO,
    width=10,
    guidance="只在部门与所属单位之间流动的资金填“是”，其他不填。",
)
REMARK = SheetColumn(key="remark", header="备注", width=24, guidance="自用，不读取。", private=True)

INCOME = Sheet(
    key="income",
    title="收入",
    intro="每个资金来源一行；没有的来源不填。不要填合计行。"
    "已列出的空行是上年有过的来源，没有填金额的行不导入。",
    columns=(
        UNIT_CODE,
        SheetColumn(
            key="fund",
            header="资金来源",
            kind=ColumnKind.CHOICE,
            choices=FUNDS,
            required=True,
            width=34,
            guidance="从列表中选。",
        ),
        SheetColumn(
            key="amount",
            header="金额",
            kind=ColumnKind.MONEY,
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
        SheetColumn(
            key="fund",
            header="资金来源",
            kind=ColumnKind.CHOICE,
            choices=FUNDS,
            required=True,
            width=30,
            guidance="从列表中选。",
        ),
        SheetColumn(
            key="nature",
            header="支出性质",
            kind=ColumnKind.CHOICE,
            choices=NATURES,
            required=True,
            guidance="从列表中选；分不出人员和公用的填“基本支出”。",
        ),
        SheetColumn(
            key="function",
            header="功能科目编码",
            kind=ColumnKind.CODE,
            listing="functions",
            guidance="七位，选到“项”。",
        ),
        SheetColumn(
            key="function_name",
            header="功能科目名称",
            width=30,
            limit=100,
            guidance="代码表里没有的编码必填，其他可不填。",
        ),
        SheetColumn(
            key="economic",
            header="经济科目编码",
            kind=ColumnKind.CODE,
            listing="economics",
            guidance="五位，选到“款”；项目支出可只填三位的“类”。",
        ),
        SheetColumn(
            key="economic_name",
            header="经济科目名称",
            width=24,
            limit=100,
            guidance="代码表里没有的编码必填，其他可不填。",
        ),
        SheetColumn(
            key="project",
            header="项目名称",
            listing="projects",
            width=28,
            guidance="支出性质是项目支出时必填，与“项目”表一致。",
        ),
        SheetColumn(
            key="amount",
            header="金额",
            kind=ColumnKind.MONEY,
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
        SheetColumn(
            key="economic",
            header="经济科目编码",
            kind=ColumnKind.CODE,
            listing="three_public",
            required=True,
            width=28,
            guidance="从列表中选。",
        ),
        SheetColumn(
            key="fund",
            header="资金来源",
            kind=ColumnKind.CHOICE,
            choices=FISCAL_FUNDS,
            required=True,
            width=34,
            guidance="当年财政拨款。",
        ),
        SheetColumn(
            key="amount",
            header="金额",
            kind=ColumnKind.MONEY,
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
        SheetColumn(
            key="place",
            header="事项",
            kind=ColumnKind.CHOICE,
            choices=BY_LABEL,
            required=True,
            width=36,
            guidance="从列表中选。",
        ),
        SheetColumn(
            key="code",
            header="科目编码",
            kind=ColumnKind.CODE,
            listing="functions",
            guidance="事项写明（类）的填三位，写明（项）的填七位。",
        ),
        SheetColumn(
            key="project",
            header="项目名称",
            listing="projects",
            width=28,
            guidance="事项写明（项目）的填。",
        ),
        SheetColumn(
            key="prior",
            header="上年数",
            kind=ColumnKind.MONEY,
            width=18,
            guidance="上年没有的填 0。单位见封面。",
        ),
        SheetColumn(
            key="basis",
            header="上年数口径",
            kind=ColumnKind.CHOICE,
            choices=BASES,
            guidance="不填即为“预算”。",
        ),
        SheetColumn(
            key="reason",
            header="变动原因",
            kind=ColumnKind.LONG,
            width=50,
            guidance="接在“主要原因是”后面，句末不写句号。",
        ),
        SheetColumn(
            key="use",
            header="主要用途",
            kind=ColumnKind.LONG,
            width=50,
            guidance="接在“主要用于”后面，句末不写句号。",
        ),
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
GUIDE_TITLE, LISTS_TITLE = "填报说明", "代码表"
