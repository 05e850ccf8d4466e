"""Headings that several of the published tables share: leads of their rows, and amounts."""

from budgets.facts import Fund
from budgets.published.form import Heading, Item

CODES = (
    Heading("class", "类", "类", needed=False),
    Heading("section", "款", "款", needed=False),
    Heading("item", "项", "项", needed=False),
    Heading("code", "科目编码", r"(功能|经济)?(分类)?(科目)?(编码|代码)|科目", needed=False),
)
FUNCTION_LEADS = (
    *CODES,
    Heading("name", "功能分类科目名称", r"(支出)?(功能)?(分类)?(科目)?名称.*|科目"),
)
ECONOMIC_LEADS = (
    *CODES,
    Heading("name", "经济分类科目名称", r"(支出)?(部门)?(预算)?(经济)?(分类)?(科目)?名称.*|科目"),
)
PROJECT_LEADS = (
    *CODES,
    Heading("name", "功能分类科目名称", r"(支出)?(功能)?(分类)?(科目)名称.*|科目"),
    Heading("project", "项目名称", r"项目(名称)?"),
)
INCOME_LEAD = Heading("label", "项目", r"(收入)?项目|收入(来源|科目)?")
CLASS_LEAD = Heading(
    "label", "功能分类", r"(支出)?功能(分类)?(科目)?.*|支出(项目|科目)?|科目(编码|名称)?|项目.*"
)
AMOUNT = r".*预算数.*|金额|合计|\d{4}年预算"

BASIC_AND_PROJECT = (
    Heading("total", "合计", "合计|总计|支出合计"),
    Heading("basic", "基本支出", r"基本支出(小计|合计)?"),
    Heading("project", "项目支出", r"项目支出(小计|合计)?"),
)
BASIC_AND_PROJECT_SUMS = {"total": ("basic", "project")}
SPLIT = (
    Heading("personnel", "人员经费", r"人员(经费|支出)"),
    Heading("operating", "公用经费", r"(日常)?公用(经费|支出)"),
)
SPLIT_SUMS = {"total": ("personnel", "operating", "project")}
FAMILIES = (
    Heading("general", "一般公共预算", r"一般公共预算(拨款|支出|财政拨款)?"),
    Heading("government_fund", "政府性基金预算", r"政府性基金(预算)?(拨款|支出|财政拨款)?"),
    Heading("state_capital", "国有资本经营预算", r"国有资本经营(预算)?(拨款|支出|财政拨款)?"),
)
FAMILY_SUMS = {"total": ("general", "government_fund", "state_capital")}

CLASSES = {
    "301": "工资福利支出",
    "302": "商品和服务支出",
    "303": "对个人和家庭的补助",
    "307": "债务利息及费用支出",
    "309": r"资本性支出\(基本建设\)",
    "310": "资本性支出",
    "311": r"对企业补助\(基本建设\)",
    "312": "对企业补助",
    "313": "对社会保障基金补助",
    "399": "其他支出",
}
CLASS_COLUMNS = tuple(
    Heading(code, text.replace("\\", ""), rf"({code})?{text}(支出)?", needed=False)
    for code, text in CLASSES.items()
)

GENERAL_INCOME = r"一般公共预算(财政)?(拨款)?(收入)?"
FUND_INCOME = r"政府性基金(预算)?(财政)?(拨款)?(收入)?"
CAPITAL_INCOME = r"国有资本经营(预算)?(财政)?(拨款)?(收入)?"
ACCOUNT_INCOME = r"财政专户(核拨|管理资金|管理资金收入|资金)?"
UNIT_INCOME = r"单位资金(收入)?"
CARRIED = "carryover"
# The rows of Table 1's left side; names that stand there twice are told apart by what is above.
INCOME_ITEMS = (
    Item(CARRIED, r"上年结转(结余)?.*"),
    Item("carryover_fiscal", r"财政拨款结转(结余)?", CARRIED),
    Item("carryover_other", r"非财政拨款结转(结余)?", CARRIED),
    Item(Fund.CARRYOVER_GENERAL, GENERAL_INCOME, CARRIED),
    Item(Fund.CARRYOVER_GOVERNMENT_FUND, FUND_INCOME, CARRIED),
    Item(Fund.CARRYOVER_STATE_CAPITAL, CAPITAL_INCOME, CARRIED),
    Item(Fund.CARRYOVER_SPECIAL_ACCOUNT, ACCOUNT_INCOME, CARRIED),
    Item(Fund.CARRYOVER_UNIT_FUNDS, UNIT_INCOME, CARRIED),
    Item("income", r"本年收入(合计|小计)?"),
    Item(Fund.GENERAL_OWN, r"一般财力.*|本级(财力|安排).*", "general"),
    Item(Fund.GENERAL_TRANSFER, r"上级.*转移支付.*", "general"),
    Item(Fund.GOVERNMENT_FUND_OWN, r"政府性基金收入|本级.*", "government_fund"),
    Item(Fund.GOVERNMENT_FUND_TRANSFER, r"上级.*转移支付.*", "government_fund"),
    Item(Fund.STATE_CAPITAL_OWN, r"国有资本经营收入|本级.*", "state_capital"),
    Item(Fund.STATE_CAPITAL_TRANSFER, r"上级.*转移支付.*", "state_capital"),
    Item("general", GENERAL_INCOME),
    Item("government_fund", FUND_INCOME),
    Item("state_capital", CAPITAL_INCOME),
    Item(Fund.SPECIAL_ACCOUNT, ACCOUNT_INCOME),
    Item("unit_funds", UNIT_INCOME),
    Item(Fund.BUSINESS_INCOME, r"事业收入.*"),
    Item(Fund.SUPERIOR_SUBSIDY, r"上级补助收入"),
    Item(Fund.SUBORDINATE_REMITTANCE, r"附属单位上缴收入"),
    Item(Fund.OPERATING_INCOME, r"(事业单位)?经营收入"),
    Item(Fund.OTHER_INCOME, r"其他收入"),
)
FISCAL_ITEMS = (
    Item("fiscal", r"财政拨款(\(补助\))?(收入)?|本年(财政拨款)?收入.*"),
    Item("general", GENERAL_INCOME),
    Item("government_fund", FUND_INCOME),
    Item("state_capital", CAPITAL_INCOME),
)
THREE_PUBLIC_ITEMS = (
    Item("abroad", r"因公出国.*"),
    Item("reception", r"公务接待费.*"),
    Item("vehicles", r"公务用车购置(及|和).*"),
    Item("vehicle_purchase", r"公务用车购置(费|费用|支出)?"),
    Item("vehicle_running", r"公务用车运行.*"),
)
