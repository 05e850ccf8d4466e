"""The wording of the generated sentences, after the form of the published documents.

Blanks in braces are filled with table cells, with figures computed from them, with names of money,
or with the department's own words. Sections' titles stand with the set, sentences of empty tables
with the tables.
"""

COUNTED = ("（一）", "（二）", "（三）", "（四）", "（五）")
NUMERALS = "一二三四五六七八九十"

# 第一部分
STRUCTURE = "{department}{units}{offices}。"
NO_UNITS = "无下属预算单位，"
SOME_UNITS = "下属预算单位{count}个，分别是：{names}；"
NO_OFFICES = "无内设科室"
SOME_OFFICES = "下设{count}个科室，分别是：{names}"
STAFF = (
    "{department}编制数{authorized}，实有人数{actual}人，其中：在职{serving}人，{serving_change}；"
    "退休{retired}人，{retired_change}；离休{honorary}人，{honorary_change}。"
)
STAFF_CHANGE = "{direction}{count}人"

ENTRY = "{number}、{term}：{meaning}"

# Shared by all notes
ROSE, FELL = "增加", "减少"
GREW, SHRANK = "增长", "下降"
CHANGE = "比上年{basis}{change}"
CHANGE_ALONE = "{moved}{difference}万元，{grew}{rate}%"
REASON = "，主要原因是{words}"
SHARE_AND_CHANGE = "{name}{amount}万元，占{share}%，{change}。"
AMOUNT_AND_CHANGE = "{name}{amount}万元，{change}。"
NOT_BUDGETED = "{name}未安排。"
AMOUNT = "{name}{amount}万元"
CLASS_SHARE = "{number}、{name}（类）{amount}万元，占{share}%。"
ITEM_PATH = "{name}（{level}）"
ITEM = "{number}、{path}：{year}年预算数为{amount}万元，{change}。"
DOWN_TO_NOTHING = "{department}{year}年{name}{amount}万元，{change}。"

# 一
WHOLE = (
    "按照全口径预算的原则，{department}{year}年所有收入和支出均纳入部门预算管理。"
    "收支总预算{total}万元。"
)
INCOME_LIST = "收入预算包括：{names}。"
EXPENDITURE_LIST = "支出预算包括：{names}。"
NO_INCOME = "收入预算未安排。"
NO_EXPENDITURE = "支出预算未安排。"

# 二, 三
INCOME_TOTAL = "{department}部门收入预算{total}万元，其中："
EXPENDITURE_TOTAL = "{department}{year}年支出预算{total}万元，其中："

# 四
FISCAL_TOTAL = "{year}年财政拨款收支总预算{total}万元。"
FISCAL_ALL_ONE = "收入全部为{only}，无{others}。"
FISCAL_SOME = "收入包括{names}。"
FISCAL_SOME_LACK = "收入包括{names}，无{others}。"
FISCAL_NONE = "{department}{year}年没有安排财政拨款收支预算。"
FISCAL_INCOME_LIST = "收入预算包括：{parts}。"
FISCAL_EXPENDITURE_LIST = "{name}支出包括：{parts}。"
USE = "{name}{amount}万元，主要用于{words}"

# 五
GENERAL_HEADINGS = (
    "一般公共预算当年拨款规模变化情况",
    "一般公共预算当年拨款结构情况",
    "一般公共预算当年拨款具体使用情况",
)
GENERAL_TOTAL = "{department}{year}年一般公共预算拨款合计{total}万元，其中："

# 六
BASIC_TOTAL = "{department}{year}年一般公共预算基本支出{total}万元，其中："
BASIC_PART = "{name}{amount}万元，主要包括：{names}。"

# 七
PROJECTS_TOTAL = "{department}{year}年一般公共预算项目支出{total}万元，涉及项目{count}个。"
PROJECTS_STRUCTURE = "按支出经济分类，包括：{parts}。"
PROJECT_PART = "{name}{amount}万元，占{share}%"
PROJECT_FIELDS = (
    ("policy_basis", "设立的政策依据：{text}。"),
    ("amount", "预算安排规模：{amount}万元，{change}。"),
    ("executing_unit", "项目承担单位：{text}。"),
    ("allocation", "资金分配情况：{text}。"),
    ("period", "资金执行时间：{text}。"),
    ("recipient_number", "补助人数：{text}。"),
    ("recipient_standard", "补助标准：{text}。"),
    ("recipient_scope", "补助范围：{text}。"),
    ("recipient_method", "补助方式：{text}。"),
    ("recipient_benefit", "受益人群和社会效益：{text}。"),
)

# 八, 九
BUDGET_TOTAL = "{department}{year}年{name}拨款合计{total}万元，{change}。"
BUDGET_PARTS = "其中：{parts}。"
BUDGET_HEADINGS = ("{name}拨款规模变化情况", "{name}拨款结构情况", "{name}拨款具体使用情况")

# 十
THREE_PUBLIC = "{department}{year}年财政拨款“三公”经费数为{total}万元，其中：{parts}。"
CARRIED_PROJECT = "{path}“{project}”项目"
PROJECT_GONE = "“{project}”项目"
THREE_PUBLIC_CHANGE = "{year}年财政拨款“三公”经费预算{change}，其中：{parts}。"
THREE_PUBLIC_PART = "{name}{change}"
THREE_PUBLIC_WHY = "“三公”经费与支出经济分类科目的差异说明：{words}。"

# 十一
CARRYOVER_TOTAL = (
    "{department}{year}年上年结转结余预算安排的支出{total}万元，{change}，其中：{parts}。"
)

# 十二
MATTERS = (
    "单位运行经费情况",
    "政府采购情况",
    "国有资产占用使用情况",
    "预算绩效情况",
    "其他需说明的事项",
)
AGENCY = "{department}{year}年的机关运行经费财政拨款预算{amount}万元，{change}。"
AGENCY_WHY = "机关运行经费与公用经费的口径差异说明：{words}。"
PROCUREMENT = (
    "{year}年，{department}政府采购预算{total}万元，其中：政府采购货物预算{goods}万元，"
    "政府采购工程预算{works}万元，政府采购服务预算{services}万元。"
)
PROCUREMENT_RESERVED = (
    "{year}年，{department}面向中小企业预留政府采购项目预算金额{sme}万元，"
    "小微企业预留政府采购项目预算金额{micro}万元。"
)
ASSETS = (
    "截至{last_year}年底，{department}占用使用国有资产总体情况为：",
    "1.房屋{house_area}平方米，价值{house_value}万元。",
    "2.车辆{vehicle_count}辆，价值{vehicle_value}万元；其中：一般公务用车{vehicle_general_count}辆，"
    "价值{vehicle_general_value}万元；执法执勤用车{vehicle_enforcement_count}辆，"
    "价值{vehicle_enforcement_value}万元；其他车辆{vehicle_other_count}辆，"
    "价值{vehicle_other_value}万元。",
    "3.办公家具价值{furniture_value}万元。",
    "4.其他资产价值{other_assets_value}万元。",
    "部门价值50万元以上大型设备{equipment_50_count}台，"
    "部门价值100万元以上大型设备{equipment_100_count}台。",
    "{year}年部门预算{vehicles}，安排购置50万元以上大型设备{planned_equipment_50_count}台，"
    "单位价值100万元以上大型设备{planned_equipment_100_count}台。",
)
# What the figures of 第一部分 and of note 十二 are called where they stand alone.
STATED = {
    "authorized": "编制数",
    "actual": "实有人数",
    "serving": "在职人数",
    "retired": "退休人数",
    "honorary": "离休人数",
    "total": "政府采购预算",
    "goods": "政府采购货物预算",
    "works": "政府采购工程预算",
    "services": "政府采购服务预算",
    "sme": "面向中小企业预留政府采购金额",
    "micro": "面向小微企业预留政府采购金额",
    "house_area": "房屋面积（平方米）",
    "house_value": "房屋价值",
    "vehicle_count": "车辆数",
    "vehicle_value": "车辆价值",
    "vehicle_general_count": "一般公务用车数",
    "vehicle_general_value": "一般公务用车价值",
    "vehicle_enforcement_count": "执法执勤用车数",
    "vehicle_enforcement_value": "执法执勤用车价值",
    "vehicle_other_count": "其他车辆数",
    "vehicle_other_value": "其他车辆价值",
    "furniture_value": "办公家具价值",
    "other_assets_value": "其他资产价值",
    "equipment_50_count": "50万元以上大型设备数",
    "equipment_100_count": "100万元以上大型设备数",
    "planned_vehicle_amount": "购置车辆经费",
    "planned_equipment_50_count": "安排购置50万元以上大型设备数",
    "planned_equipment_100_count": "安排购置100万元以上大型设备数",
}
NO_VEHICLES_PLANNED = "未安排购置车辆经费"
VEHICLES_PLANNED = "安排购置车辆经费{amount}万元"
PERFORMANCE = (
    "{year}年，本部门预算绩效管理整体预算绩效目标1个，涉及预算金额{total}万元；"
    "当年预算安排项目共{count}个，其中：财政拨款项目涉及预算金额{fiscal}万元；"
    "非财政拨款项目涉及预算金额{other}万元。具体情况见下表："
)
NO_OTHER_MATTERS = "本部门无其他需说明事项。"
