"""The eleven tables of Xinjiang, as they are printed, and as files that hold them call things."""

from budgets.domain.facts import Family, Fund
from budgets.domain.tables.form import (
    ABROAD,
    ALL,
    BASIC,
    BY_ECONOMIC,
    BY_FUNCTION,
    CARRIED,
    CARRYOVER,
    CLASSES,
    ECONOMIC,
    FISCAL,
    FISCAL_CARRYOVER,
    FUNCTION,
    GENERAL,
    GOVERNMENT_FUND,
    INCOME,
    OPERATING,
    OTHER_CARRYOVER,
    PERSONNEL,
    PROJECT,
    PROJECTS,
    PURCHASE,
    RECEPTION,
    RUNNING,
    STATE_CAPITAL,
    THIS_YEAR,
    UNIT_FUNDS,
    Column,
    Form,
    Heading,
    Item,
    Role,
    Slice,
    Sums,
    TableSide,
    fixed,
    of_economic,
    of_families,
    of_funds,
    three_public_facts,
)

# Columns and headings that several tables share.
CODE_WIDTH, NAME_WIDTH = 4, 22
FUNCTION_NAME = r"(支出)?(功能)?(分类)?(科目)?名称.*|科目"
ECONOMIC_NAME = r"(支出)?(部门)?(预算)?(经济)?(分类)?(科目)?名称.*|科目"
AMOUNT = r".*预算数.*|金额|合计|\d{4}年预算"
TOTAL_OR_SUBTOTAL = "合计|总计|小计"


def _codes(heading: str, *labels: str) -> Heading:
    keys = ("code_class", "code_section", "code_item")
    columns = tuple(
        Column(key, label, kind="code", mark="※", width=CODE_WIDTH, needed=False)
        for key, label in zip(keys, labels, strict=False)
    )
    aliases = r"(功能|经济)?(分类)?(科目)?(编码|代码)|科目"
    return Heading(heading, columns, key="code", aliases=aliases)


def _name(heading: str, aliases: str, key: str = "name", width: int = NAME_WIDTH) -> Column:
    return Column(key, heading, kind="label", mark="※", width=width, aliases=aliases)


FUNCTION_CODES = _codes("功能分类科目编码", "类", "款", "项")
FUNCTION_LEADS = (FUNCTION_CODES, _name("功能分类科目名称", FUNCTION_NAME))
FUNCTION_TOTAL = ("", "", "", "总计")
CLASS_LEADS = Heading(
    "功能分类",
    (
        Column("code", "功能分类编码", kind="code", width=CODE_WIDTH),
        Column("name", "功能分类名称", kind="label", width=NAME_WIDTH),
    ),
    merged=True,
    key="class",
    aliases=r"(支出)?功能(分类)?(科目)?.*|支出(项目|科目)?|科目(编码|名称)?|项目.*",
    needed=True,
)
INCOME_LEAD = r"(收入)?项目|收入(来源|科目)?"

ANY_TOTAL = Column("total", "合计", mark="1", aliases="总计|支出合计")
PROJECT_ALIASES = r"项目支出(小计|合计)"
BASIC_AND_PROJECT_SUMS = (("total", ("basic", "project")),)
BASIC_AND_PROJECT = (
    ANY_TOTAL,
    Column("basic", "基本支出", mark="2", sums=BASIC, aliases=r"基本支出(小计|合计)"),
    Column("project", "项目支出", mark="3", sums=PROJECT, aliases=PROJECT_ALIASES),
)
SPLIT = (
    Column("personnel", "人员经费", mark="2", sums=PERSONNEL, aliases="人员(经费|支出)"),
    Column("operating", "公用经费", mark="3", sums=OPERATING, aliases="(日常)?公用(经费|支出)"),
)
SPLIT_AND_PROJECT_SUMS = (("total", ("personnel", "operating", "project")),)
SPLIT_AND_PROJECT = (
    ANY_TOTAL,
    Heading("基本支出", SPLIT),
    Column("project", "项目支出", mark="4", sums=PROJECT, aliases=PROJECT_ALIASES),
)

FISCAL_BUDGETS = (
    (Family.GENERAL, r"一般公共预算(拨款|支出|财政拨款)?"),
    (Family.GOVERNMENT_FUND, r"政府性基金(预算)?(拨款|支出|财政拨款)?"),
    (Family.STATE_CAPITAL, r"国有资本经营(预算)?(拨款|支出|财政拨款)?"),
)
FAMILY_SUMS = (("total", tuple(family.value for family, _ in FISCAL_BUDGETS)),)


def _family_columns(marks: tuple[str, ...], headings: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(
        Column(
            family.value,
            heading,
            mark=mark,
            scope=family.label,
            sums=of_families(family),
            aliases=aliases,
        )
        for (family, aliases), mark, heading in zip(FISCAL_BUDGETS, marks, headings, strict=True)
    )


# Table 1: everything that comes in, line by line, and goes out, class by class.
WHOLE = "全口径"
GENERAL_INCOME = r"一般公共预算(财政)?(拨款)?(收入)?"
FUND_INCOME = r"政府性基金(预算)?(财政)?(拨款)?(收入)?"
CAPITAL_INCOME = r"国有资本经营(预算)?(财政)?(拨款)?(收入)?"
ACCOUNT_INCOME = r"财政专户(核拨|管理资金|管理资金收入|资金)?"
UNIT_INCOME = r"单位资金(收入)?"
TRANSFER = r"上级.*转移支付.*"
CARRIED_KEY = "carryover"


def _fund(fund: Fund, label: str, level: int, aliases: str = "", below: str = "") -> Item:
    return Item(fund.value, label, level, of_funds([fund]), aliases, below, name=fund.label)


INCOME_ITEMS = (
    Item(
        "income",
        "一、本年收入",
        1,
        sums=THIS_YEAR,
        aliases=r"本年收入(合计|小计)?",
        needs_parts=True,
    ),
    Item("general", "1.一般公共预算拨款", 2, GENERAL, GENERAL_INCOME),
    _fund(Fund.GENERAL_OWN, "其中：一般财力", 3, r"一般财力.*|本级(财力|安排).*", "general"),
    _fund(Fund.GENERAL_TRANSFER, "上级一般公共预算安排转移支付", 4, TRANSFER, "general"),
    Item("government_fund", "2.政府性基金预算拨款", 2, GOVERNMENT_FUND, FUND_INCOME),
    _fund(
        Fund.GOVERNMENT_FUND_OWN,
        "其中：政府性基金收入",
        3,
        r"政府性基金收入|本级.*",
        "government_fund",
    ),
    _fund(
        Fund.GOVERNMENT_FUND_TRANSFER, "上级政府性基金安排转移支付", 4, TRANSFER, "government_fund"
    ),
    Item("state_capital", "3.国有资本经营预算拨款", 2, STATE_CAPITAL, CAPITAL_INCOME),
    _fund(
        Fund.STATE_CAPITAL_OWN,
        "其中：国有资本经营收入",
        3,
        r"国有资本经营收入|本级.*",
        "state_capital",
    ),
    _fund(
        Fund.STATE_CAPITAL_TRANSFER,
        "上级国有资本经营预算安排转移支付",
        4,
        TRANSFER,
        "state_capital",
    ),
    _fund(Fund.SPECIAL_ACCOUNT, "4.财政专户核拨", 2, ACCOUNT_INCOME),
    Item("unit_funds", "5.单位资金", 2, UNIT_FUNDS, UNIT_INCOME),
    _fund(Fund.BUSINESS_INCOME, "其中：事业收入", 3, r"事业收入.*"),
    _fund(Fund.SUPERIOR_SUBSIDY, "上级补助收入", 4),
    _fund(Fund.SUBORDINATE_REMITTANCE, "附属单位上缴收入", 4),
    _fund(Fund.OPERATING_INCOME, "事业单位经营收入", 4, "经营收入"),
    _fund(Fund.OTHER_INCOME, "其他收入", 4),
    Item(CARRIED_KEY, "二、上年结转结余", 1, CARRYOVER, r"上年结转(结余)?.*"),
    Item(
        "carryover_fiscal",
        "1.财政拨款结转",
        2,
        FISCAL_CARRYOVER,
        r"财政拨款结转(结余)?",
        CARRIED_KEY,
    ),
    _fund(Fund.CARRYOVER_GENERAL, "其中：一般公共预算拨款", 3, GENERAL_INCOME, CARRIED_KEY),
    _fund(Fund.CARRYOVER_GOVERNMENT_FUND, "政府性基金预算拨款", 4, FUND_INCOME, CARRIED_KEY),
    _fund(Fund.CARRYOVER_STATE_CAPITAL, "国有资本经营预算拨款", 4, CAPITAL_INCOME, CARRIED_KEY),
    Item(
        "carryover_other",
        "2.非财政拨款结转结余",
        2,
        OTHER_CARRYOVER,
        r"非财政拨款结转(结余)?",
        CARRIED_KEY,
    ),
    _fund(Fund.CARRYOVER_SPECIAL_ACCOUNT, "其中：财政专户核拨", 3, ACCOUNT_INCOME, CARRIED_KEY),
    _fund(Fund.CARRYOVER_UNIT_FUNDS, "单位资金", 4, UNIT_INCOME, CARRIED_KEY),
)


def _item_columns(heading: str, amount: str, lead_width: int, width: int) -> Heading:
    lead = Column("item", "项目", kind="label", width=lead_width, aliases=INCOME_LEAD)
    income = Column("income", amount, width=width, aliases=AMOUNT)
    return Heading(heading, (lead, income))


T1 = Form(
    1,
    Role.WHOLE,
    "部门收支总体情况表",
    aliases=r".*收支(预算)?总.*表",
    scope=WHOLE,
    blocks=(
        TableSide(
            heads=(_item_columns("收入", "预算数", 30, 12),),
            rows=fixed(*INCOME_ITEMS),
            picks=INCOME,
            total=("收入总计",),
            total_first=False,
        ),
        TableSide(
            heads=(
                Heading(
                    "支出", (CLASS_LEADS, Column("expenditure", "预算数", width=12, aliases=AMOUNT))
                ),
            ),
            rows=CLASSES,
            picks=BY_FUNCTION,
            total=("", "支出总计"),
            total_first=False,
        ),
    ),
)


# Table 2: what each item is paid from.
def _source_column(
    key: str, heading: str, mark: str, scope: str, sums: Slice, aliases: str, needed: bool = False
) -> Column:
    return Column(
        key, heading, mark=mark, scope=scope, sums=sums, width=8, aliases=aliases, needed=needed
    )


def _fund_column(mark: str, fund: Fund, heading: str, aliases: str, needed: bool = False) -> Column:
    money, scope = of_funds([fund]), fund.family.label
    return _source_column(fund.value, heading, mark, scope, money, aliases, needed)


T2_FISCAL = Heading(
    "财政拨款（补助）",
    (
        _source_column("fiscal", "财政拨款（补助）小计", "2", "财政拨款", FISCAL, r".*小计"),
        _fund_column(
            "3",
            Fund.GENERAL_OWN,
            "一般公共预算",
            r"一般公共预算(拨款|收入|\(一般财力\))?|一般财力|.*本级.*",
            needed=True,
        ),
        _fund_column(
            "4",
            Fund.GENERAL_TRANSFER,
            "上级一般公共预算安排的转移支付",
            r"上级一般公共预算.*|一般公共预算.*转移支付.*",
        ),
        _fund_column(
            "5", Fund.GOVERNMENT_FUND_OWN, "政府性基金预算", r"政府性基金(预算)?(拨款|收入)?"
        ),
        _fund_column(
            "6",
            Fund.GOVERNMENT_FUND_TRANSFER,
            "上级政府性基金安排的转移支付",
            r"上级政府性基金.*|政府性基金.*转移支付.*",
        ),
        _fund_column(
            "7", Fund.STATE_CAPITAL_OWN, "国有资本经营预算", r"国有资本经营(预算)?(拨款|收入)?"
        ),
        _fund_column(
            "8",
            Fund.STATE_CAPITAL_TRANSFER,
            "上级国有资本经营预算安排的转移支付",
            r"上级国有资本经营.*|国有资本经营.*转移支付.*",
        ),
    ),
)
CARRIED_SCOPE = "上年结转结余"

T2 = Form(
    2,
    Role.INCOME,
    "部门收入总体情况表",
    aliases=r".*收入(预算)?总.*表",
    scope=WHOLE,
    empty="{department}{year}年没有安排收入预算，{title}为空表。",
    blocks=(
        TableSide(
            heads=(
                FUNCTION_CODES,
                _name("功能分类科目名称", FUNCTION_NAME, width=18),
                Column("total", "总计", mark="1", width=8, aliases="合计"),
                T2_FISCAL,
                _fund_column("9", Fund.SPECIAL_ACCOUNT, "财政专户（教育收费）", r"财政专户.*"),
                _source_column(
                    "unit_funds", "单位资金", "10", "单位资金", UNIT_FUNDS, r"单位资金.*"
                ),
                _source_column(
                    "fiscal_carryover",
                    "财政拨款结转",
                    "11",
                    CARRIED_SCOPE,
                    FISCAL_CARRYOVER,
                    r"财政拨款结转.*",
                ),
                _source_column(
                    "other_carryover",
                    "非财政拨款结转结余",
                    "12",
                    CARRIED_SCOPE,
                    OTHER_CARRYOVER,
                    r"非财政拨款结转.*",
                ),
            ),
            rows=FUNCTION,
            picks=BY_FUNCTION,
            total=FUNCTION_TOTAL,
            sums=(
                (
                    "total",
                    (
                        "fiscal",
                        "special_account",
                        "unit_funds",
                        "fiscal_carryover",
                        "other_carryover",
                    ),
                ),
                ("fiscal", tuple(column.key for column in T2_FISCAL.children[1:])),
            ),
        ),
    ),
)


def _by_function(
    heading: str, columns: tuple[Heading | Column, ...], picks: Slice, sums: Sums
) -> tuple[TableSide]:
    """The codes and their names, and the columns of amounts under one heading."""
    heads = (Heading("科目", FUNCTION_LEADS), Heading(heading, columns))
    return (TableSide(heads=heads, rows=FUNCTION, picks=picks, total=FUNCTION_TOTAL, sums=sums),)


T3 = Form(
    3,
    Role.SPENDING,
    "部门支出总体情况表",
    aliases=r".*支出(预算)?总.*表",
    scope=WHOLE,
    empty="{department}{year}年没有安排支出预算，{title}为空表。",
    blocks=_by_function("支出预算", BASIC_AND_PROJECT, BY_FUNCTION, BASIC_AND_PROJECT_SUMS),
)

# Tables 4 to 9: this year's appropriations, together and each of the three budgets by itself.
FISCAL_ITEMS = (
    Item(
        "fiscal",
        "一、财政拨款（补助）",
        1,
        ALL,
        r"财政拨款(\(补助\))?(收入)?|本年(财政拨款)?收入.*",
    ),
    Item("general", "一般公共预算", 2, GENERAL, GENERAL_INCOME),
    Item("government_fund", "政府性基金预算", 2, GOVERNMENT_FUND, FUND_INCOME),
    Item("state_capital", "国有资本经营预算", 2, STATE_CAPITAL, CAPITAL_INCOME),
)

T4 = Form(
    4,
    Role.FISCAL,
    "财政拨款收支预算总体情况表",
    aliases=r".*财政拨款收支.*表",
    needed=False,
    scope="财政拨款",
    empty="{department}{year}年没有安排财政拨款收支预算，{title}为空表。",
    blocks=(
        TableSide(
            heads=(_item_columns("财政拨款收入", "合计", 20, 10),),
            rows=fixed(*FISCAL_ITEMS),
            picks=INCOME & FISCAL,
            total=("收入总计",),
            total_first=False,
        ),
        TableSide(
            heads=(
                Heading(
                    "财政拨款支出",
                    (
                        CLASS_LEADS,
                        Column("total", "合计", aliases=TOTAL_OR_SUBTOTAL),
                        *_family_columns(
                            ("", "", ""), ("一般公共预算", "政府性基金预算", "国有资本经营预算")
                        ),
                    ),
                ),
            ),
            rows=CLASSES,
            picks=BY_FUNCTION & FISCAL,
            total=("", "支出总计"),
            total_first=False,
            sums=FAMILY_SUMS,
        ),
    ),
)

T5 = Form(
    5,
    Role.GENERAL,
    "一般公共预算支出情况表",
    aliases=r".*一般公共预算.*支出.*表",
    scope="一般公共预算",
    empty="{department}{year}年没有使用一般公共预算拨款安排的支出，{title}为空表。",
    blocks=_by_function(
        "一般公共预算支出", BASIC_AND_PROJECT, BY_FUNCTION & GENERAL, BASIC_AND_PROJECT_SUMS
    ),
)

T6 = Form(
    6,
    Role.BASIC,
    "一般公共预算基本支出情况表",
    aliases=r".*一般公共预算.*基本支出.*表",
    scope="一般公共预算",
    empty="{department}{year}年没有使用一般公共预算安排基本支出，{title}为空表。",
    blocks=(
        TableSide(
            heads=(
                Heading(
                    "科目",
                    (
                        _codes("经济分类科目编码", "类", "款"),
                        _name("经济分类科目名称", ECONOMIC_NAME),
                    ),
                ),
                Heading(
                    "一般公共预算基本支出",
                    (Column("total", "合计", mark="1", aliases=TOTAL_OR_SUBTOTAL), *SPLIT),
                ),
            ),
            rows=ECONOMIC,
            picks=BY_ECONOMIC & BASIC & GENERAL,
            total=("", "", "总计"),
            sums=(("total", ("personnel", "operating")),),
        ),
    ),
)

PROJECT_CLASSES = (
    ("301", "工资福利支出"),
    ("302", "商品和服务支出"),
    ("303", "对个人和家庭的补助"),
    ("307", "债务利息及费用支出"),
    ("309", "资本性支出（基本建设）"),
    ("310", "资本性支出"),
    ("311", "对企业补助（基本建设）"),
    ("312", "对企业补助"),
    ("313", "对社会保障基金补助"),
    ("399", "其他支出"),
)


def _class_column(number: int, code: str, name: str) -> Column:
    plain = name.replace("（", r"\(").replace("）", r"\)")
    return Column(
        code,
        name,
        mark=str(number),
        sums=of_economic(code),
        width=7,
        aliases=rf"({code})?{plain}(支出)?",
        needed=False,
    )


T7 = Form(
    7,
    Role.PROJECTS,
    "一般公共预算项目支出情况表",
    aliases=r".*一般公共预算.*项目支出.*表",
    scope="一般公共预算",
    empty="{department}{year}年没有使用一般公共预算安排项目支出，{title}为空表。",
    blocks=(
        TableSide(
            heads=(
                _codes("科目编码", "类", "款", "项"),
                # Not 名称 alone, which may be the project's.
                _name("功能分类科目名称", r"(支出)?(功能)?(分类)?(科目)名称.*|科目", width=18),
                _name("项目名称", "项目", key="project_name", width=18),
                Column("total", "项目支出合计", mark="1", width=8, aliases="项目支出|合计|总计"),
                *(
                    _class_column(number, code, name)
                    for number, (code, name) in enumerate(PROJECT_CLASSES, start=2)
                ),
            ),
            rows=PROJECTS,
            picks=BY_FUNCTION & PROJECT & GENERAL,
            total=(*FUNCTION_TOTAL, ""),
            sums=(("total", tuple(code for code, _ in PROJECT_CLASSES)),),
            is_open=True,
        ),
    ),
)


def _single_budget(
    number: int, role: Role, budget: Slice, name: str, aliases: str, accounts_for: tuple[str, ...]
) -> Form:
    return Form(
        number,
        role,
        f"{name}支出情况表",
        aliases=aliases,
        needed=False,
        accounts_for=accounts_for,
        scope=name,
        empty=f"{{department}}{{year}}年没有使用{name}拨款安排的支出，{{title}}为空表。",
        blocks=_by_function(
            f"{name}支出", SPLIT_AND_PROJECT, BY_FUNCTION & budget, SPLIT_AND_PROJECT_SUMS
        ),
    )


T8 = _single_budget(
    8,
    Role.GOVERNMENT_FUND,
    GOVERNMENT_FUND,
    "政府性基金预算",
    r".*政府性基金.*支出.*表",
    ("government_fund_own", "government_fund_transfer"),
)
T9 = _single_budget(
    9,
    Role.STATE_CAPITAL,
    STATE_CAPITAL,
    "国有资本经营预算",
    r".*国有资本经营.*支出.*表",
    ("state_capital_own", "state_capital_transfer"),
)

# Table 10: the three public expenses.
THREE_PUBLIC_ITEMS = (
    Item("abroad", "因公出国（境）费", 1, of_economic(*ABROAD), r"因公出国.*"),
    Item("reception", "公务接待费", 1, of_economic(*RECEPTION), r"公务接待费.*"),
    Item(
        "vehicles",
        "公务用车购置及运行费（小计）",
        1,
        of_economic(*PURCHASE, *RUNNING),
        r"公务用车购置(及|和).*",
    ),
    Item(
        "vehicle_purchase",
        "其中：公务用车购置费",
        2,
        of_economic(*PURCHASE),
        r"公务用车购置(费|费用|支出)?",
    ),
    Item("vehicle_running", "公务用车运行费", 3, of_economic(*RUNNING), r"公务用车运行.*"),
)

T10 = Form(
    10,
    Role.THREE_PUBLIC,
    "财政拨款“三公”经费支出情况表",
    aliases=r".*三公.*表",
    needed=False,
    scope="财政拨款",
    source=three_public_facts,
    empty="{department}{year}年没有使用财政拨款安排“三公”经费支出，{title}为空表。",
    blocks=(
        TableSide(
            heads=(
                _name("“三公”经费支出内容", r".*三公.*|项目(名称)?|.*内容", key="item", width=30),
                Column("total", "合计", mark="1", aliases="总计|预算数"),
                Heading(
                    "资金来源",
                    _family_columns(
                        ("2", "3", "4"), ("一般公共预算", "政府性基金", "国有资本经营预算")
                    ),
                ),
            ),
            rows=fixed(*THREE_PUBLIC_ITEMS),
            picks=ALL,
            total=("合计",),
            sums=FAMILY_SUMS,
        ),
    ),
)


# Table 11: what is left of last year's money, and what it is spent on.
def _carryover_side(
    side: str, scope: str, heading: str, above: str, marks: tuple[str, ...], money: Slice
) -> Heading:
    def column(key: str, text: str, mark: str, sums: Slice, aliases: str = "") -> Column:
        return Column(
            key,
            text,
            mark=mark,
            scope=scope,
            width=8,
            sums=money & sums,
            aliases=aliases,
            above=above,
        )

    whole, people, office, project = marks
    basic = (
        column(f"{side}_personnel", "人员经费", people, PERSONNEL, SPLIT[0].aliases),
        column(f"{side}_operating", "公用经费", office, OPERATING, SPLIT[1].aliases),
    )
    return Heading(
        heading,
        (
            column(side, "小计", whole, ALL, "合计"),
            Heading("基本支出", basic),
            column(f"{side}_project", "项目支出", project, PROJECT),
        ),
    )


T11 = Form(
    11,
    Role.CARRYOVER,
    "上年结转结余情况明细表",
    aliases=r".*结转(结余)?.*表",
    needed=False,
    accounts_for=("fiscal_carryover", "other_carryover"),
    scope=CARRIED_SCOPE,
    empty="{department}{year}年没有上年结转结余预算安排的支出，{title}为空表。",
    blocks=(
        TableSide(
            heads=(
                _name("项目", r"项目名称|科目名称|(?=.*功能分类).*名称", key="item", width=26),
                Column("total", "合计", mark="1", width=8, aliases="总计"),
                _carryover_side(
                    "fiscal",
                    "财政拨款结转",
                    "财政拨款",
                    r"财政拨款.*",
                    ("2", "3", "4", "5"),
                    FISCAL_CARRYOVER,
                ),
                _carryover_side(
                    "other",
                    "非财政拨款结转结余",
                    "非财政拨款",
                    r"非财政拨款.*",
                    ("6", "7", "8", "9"),
                    OTHER_CARRYOVER,
                ),
            ),
            rows=CARRIED,
            picks=BY_FUNCTION & CARRYOVER,
            total=("合计",),
            sums=(
                ("total", ("fiscal", "other")),
                ("fiscal", ("fiscal_personnel", "fiscal_operating", "fiscal_project")),
                ("other", ("other_personnel", "other_operating", "other_project")),
            ),
        ),
    ),
)

FORMS = (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11)
# As titles in files are recognized: one that another's pattern would match too comes before it.
SPECIFIC_FIRST = (T10, T11, T4, T1, T6, T7, T5, T8, T9, T2, T3)
