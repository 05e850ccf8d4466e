"""Tables 4 to 9: this year's appropriations, together and each of the three budgets by itself."""

from budgets.facts import Family, Nature
from disclosures.catalog.columns import (
    BASIC_AND_PROJECT,
    BASIC_AND_PROJECT_SUMS,
    CLASS_LEADS,
    ECONOMIC_LEADS,
    ECONOMIC_TOTAL,
    FAMILY_SUMS,
    FUNCTION_CODES,
    FUNCTION_LEADS,
    FUNCTION_TOTAL,
    SPLIT_AND_PROJECT,
    SPLIT_AND_PROJECT_SUMS,
    code_columns,
    family_columns,
    name_column,
)
from disclosures.catalog.lines import (
    Item,
    class_lines,
    economic_lines,
    fixed_lines,
    function_lines,
    project_lines,
)
from disclosures.catalog.picks import (
    both,
    current,
    has_economic,
    has_function,
    is_basic,
    is_fiscal_this_year,
    is_income,
    of_economic,
    of_family,
    of_nature,
)
from disclosures.catalog.whole import ledger_facts
from disclosures.tables import Block, Column, Form, Heading
from disclosures.tables.form import everything

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

T4_INCOME = (
    Item("fiscal", "一、财政拨款（补助）", 1, everything),
    Item("general", "一般公共预算", 2, of_family(Family.GENERAL)),
    Item("government_fund", "政府性基金预算", 2, of_family(Family.GOVERNMENT_FUND)),
    Item("state_capital", "国有资本经营预算", 2, of_family(Family.STATE_CAPITAL)),
)

T4 = Form(
    number=4,
    title="财政拨款收支预算总体情况表",
    scope="财政拨款",
    source=ledger_facts,
    empty="{department}{year}年没有安排财政拨款收支预算，{title}为空表。",
    blocks=(
        Block(
            heads=(
                Heading(
                    "财政拨款收入",
                    (
                        Column(key="item", label="项目", kind="label", width=20),
                        Column(key="income", label="合计", width=10),
                    ),
                ),
            ),
            rows=fixed_lines(T4_INCOME),
            picks=both(is_income, is_fiscal_this_year),
            total=("收入总计",),
            total_first=False,
        ),
        Block(
            heads=(
                Heading(
                    "财政拨款支出",
                    (
                        CLASS_LEADS,
                        Column(key="total", label="合计"),
                        *family_columns(
                            ("", "", ""), ("一般公共预算", "政府性基金预算", "国有资本经营预算")
                        ),
                    ),
                ),
            ),
            rows=class_lines,
            picks=both(has_function, is_fiscal_this_year),
            total=("", "支出总计"),
            total_first=False,
            sums=FAMILY_SUMS,
        ),
    ),
)

T5 = Form(
    number=5,
    title="一般公共预算支出情况表",
    scope="一般公共预算",
    source=ledger_facts,
    empty="{department}{year}年没有使用一般公共预算拨款安排的支出，{title}为空表。",
    blocks=(
        Block(
            heads=(
                Heading("科目", FUNCTION_LEADS),
                Heading("一般公共预算支出", BASIC_AND_PROJECT),
            ),
            rows=function_lines,
            picks=both(has_function, current(Family.GENERAL)),
            total=FUNCTION_TOTAL,
            sums=BASIC_AND_PROJECT_SUMS,
        ),
    ),
)

T6 = Form(
    number=6,
    title="一般公共预算基本支出情况表",
    scope="一般公共预算",
    source=ledger_facts,
    empty="{department}{year}年没有使用一般公共预算安排基本支出，{title}为空表。",
    blocks=(
        Block(
            heads=(
                Heading("科目", ECONOMIC_LEADS),
                Heading(
                    "一般公共预算基本支出",
                    (
                        Column(key="total", label="合计", mark="1"),
                        Column(
                            key="personnel",
                            label="人员经费",
                            mark="2",
                            picks=of_nature(Nature.PERSONNEL),
                        ),
                        Column(
                            key="operating",
                            label="公用经费",
                            mark="3",
                            picks=of_nature(Nature.OPERATING),
                        ),
                    ),
                ),
            ),
            rows=economic_lines,
            picks=both(both(has_economic, is_basic), current(Family.GENERAL)),
            total=ECONOMIC_TOTAL,
            sums=(("total", ("personnel", "operating")),),
        ),
    ),
)

T7 = Form(
    number=7,
    title="一般公共预算项目支出情况表",
    scope="一般公共预算",
    source=ledger_facts,
    empty="{department}{year}年没有使用一般公共预算安排项目支出，{title}为空表。",
    blocks=(
        Block(
            heads=(
                Heading("科目编码", code_columns(("类", "款", "项"))),
                name_column("功能分类科目名称", width=18),
                name_column("项目名称", key="project_name", width=18),
                Column(key="total", label="项目支出合计", mark="1", width=8),
                *(
                    Column(
                        key=code,
                        label=name,
                        mark=str(number),
                        picks=of_economic((code,)),
                        width=7,
                    )
                    for number, (code, name) in enumerate(PROJECT_CLASSES, start=2)
                ),
            ),
            rows=project_lines,
            picks=both(both(has_function, of_nature(Nature.PROJECT)), current(Family.GENERAL)),
            total=(*FUNCTION_TOTAL, ""),
            sums=(("total", tuple(code for code, _ in PROJECT_CLASSES)),),
        ),
    ),
)


def _single_budget(number: int, family: Family, money: str) -> Form:
    name = family.label
    return Form(
        number=number,
        title=f"{name}支出情况表",
        scope=name,
        source=ledger_facts,
        empty=f"{{department}}{{year}}年没有使用{money}安排的支出，{{title}}为空表。",
        blocks=(
            Block(
                heads=(
                    Heading("科目", (FUNCTION_CODES, name_column("功能分类科目名称"))),
                    Heading(f"{name}支出", SPLIT_AND_PROJECT),
                ),
                rows=function_lines,
                picks=both(has_function, current(family)),
                total=FUNCTION_TOTAL,
                sums=SPLIT_AND_PROJECT_SUMS,
            ),
        ),
    )


T8 = _single_budget(8, Family.GOVERNMENT_FUND, "政府性基金预算拨款")
T9 = _single_budget(9, Family.STATE_CAPITAL, "国有资本经营预算拨款")
