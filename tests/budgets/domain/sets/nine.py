"""Another province's set, smaller than ours: nine tables with titles and numbers of their own."""

from collections.abc import Iterator

from budgets.domain.document import Paragraph, SectionRole
from budgets.domain.facts import Family, Fund
from budgets.domain.notes import Writer
from budgets.domain.sets import Each, Identity, Note, TableSet
from budgets.domain.sets.xinjiang.profile import glossary_section, profile_sections
from budgets.domain.tables.form import (
    ABROAD,
    ALL,
    BASIC,
    BY_ECONOMIC,
    BY_FUNCTION,
    CARRYOVER,
    CLASSES,
    ECONOMIC,
    FISCAL,
    FUNCTION,
    GENERAL,
    GOVERNMENT_FUND,
    INCOME,
    OPERATING,
    PERSONNEL,
    PROJECT,
    PURCHASE,
    RECEPTION,
    RUNNING,
    STATE_CAPITAL,
    THREE_PUBLIC_ECONOMICS,
    UNIT_FUNDS,
    Column,
    Form,
    Heading,
    Item,
    Role,
    TableSide,
    fixed,
    ledger_facts,
    of_economic,
    of_families,
    of_funds,
    three_public_facts,
)

AGENCY = BY_ECONOMIC & OPERATING & GENERAL
CODE = Column(key="code_class", heading="科目编码", kind="code")
FAMILIES = (Family.GENERAL, Family.GOVERNMENT_FUND, Family.STATE_CAPITAL)
FAMILY_SUMS = (("total", tuple(family.value for family in FAMILIES)),)
SPLIT_SUMS = (("total", ("basic", "project")),)
SPENT = (
    Column(key="total", heading="支出合计"),
    Column(key="basic", heading="基本支出", sums=BASIC),
    Column(key="project", heading="项目支出", sums=PROJECT),
)
FAMILY_COLUMNS = tuple(
    Column(key=family.value, heading=family.label, scope=family.label, sums=of_families(family))
    for family in FAMILIES
)
SOURCES = (
    ("general", "一般公共预算拨款收入", GENERAL),
    ("government_fund", "政府性基金预算拨款收入", GOVERNMENT_FUND),
    ("state_capital", "国有资本经营预算拨款收入", STATE_CAPITAL),
    ("special_account", "财政专户管理资金收入", of_funds([Fund.SPECIAL_ACCOUNT])),
    ("unit_funds", "单位资金", UNIT_FUNDS),
    ("carryover", "上年结转结余", CARRYOVER),
)


def codes(*labels):
    """The code columns of a row, and its name."""
    keys = ("code_class", "code_section", "code_item")
    columns = (
        Column(key=key, heading=label, kind="code", width=4)
        for key, label in zip(keys, labels, strict=False)
    )
    name = Column(key="name", heading="科目名称", kind="label", width=24)
    return (Heading(heading="科目编码", children=tuple(columns), key="code"), name)


def incomes(picks, *items):
    """The income side of a table of both sides."""
    lead = Column(key="item", heading="收入项目", kind="label", width=24)
    amount = Column(key="income", heading="金额", width=12)
    return TableSide(
        heads=(Heading(heading="收入", children=(lead, amount)),),
        rows=fixed(*items),
        picks=picks,
        total=("收入总计",),
        total_first=False,
    )


def classes(picks, sums, *columns):
    """The expenditure side of a table of both sides."""
    leads = Heading(
        heading="支出功能分类",
        children=(
            Column(key="code", heading="编码", kind="code", width=4),
            Column(key="name", heading="名称", kind="label", width=20),
        ),
        key="class",
    )
    return TableSide(
        heads=(Heading(heading="支出", children=(leads, *columns)),),
        rows=CLASSES,
        picks=picks,
        total=("", "支出总计"),
        total_first=False,
        sums=sums,
    )


def spending(number, role, title, picks):
    """A table of function codes."""
    return Form(
        number=number,
        role=role,
        title=title,
        aliases=f".*{title}",
        scope=title.removesuffix("支出表"),
        empty="本部门{year}年没有此项支出，{title}无数据。",
        blocks=(
            TableSide(
                heads=(*codes("类", "款", "项"), *SPENT),
                rows=FUNCTION,
                picks=picks,
                total=("", "", "", "合计"),
                sums=SPLIT_SUMS,
            ),
        ),
    )


def expenses(filing):
    """What the last table counts: the three public expenses, and the operating expenses."""
    counted = three_public_facts(filing)
    known = {id(fact) for fact in counted}
    others = (fact for fact in ledger_facts(filing) if id(fact) not in known)
    return [*counted, *(fact for fact in others if AGENCY.holds(fact))]


FORMS = (
    Form(
        number=1,
        role=Role.WHOLE,
        title="收支总表",
        aliases="收支总表",
        scope="全部",
        blocks=(
            incomes(
                INCOME,
                *(Item(key=key, label=label, level=1, sums=sums) for key, label, sums in SOURCES),
            ),
            classes(BY_FUNCTION, (), Column(key="expenditure", heading="金额", width=12)),
        ),
    ),
    Form(
        number=2,
        role=Role.INCOME,
        title="收入总表",
        aliases="收入总表",
        scope="全部",
        empty="本部门{year}年没有收入，{title}无数据。",
        blocks=(
            TableSide(
                heads=(
                    *codes("类", "款", "项"),
                    Column(key="total", heading="合计"),
                    *(Column(key=key, heading=label, sums=sums) for key, label, sums in SOURCES),
                ),
                rows=FUNCTION,
                picks=BY_FUNCTION,
                total=("", "", "", "合计"),
                sums=(("total", tuple(key for key, _, _ in SOURCES)),),
            ),
        ),
    ),
    spending(3, Role.SPENDING, "支出总表", BY_FUNCTION),
    Form(
        number=4,
        role=Role.FISCAL,
        title="财政拨款收支总表",
        aliases="财政拨款收支总表",
        scope="财政拨款",
        blocks=(
            incomes(
                INCOME & FISCAL,
                *(
                    Item(key=key, label=label, level=1, sums=sums)
                    for key, label, sums in SOURCES[:3]
                ),
            ),
            classes(
                BY_FUNCTION & FISCAL,
                FAMILY_SUMS,
                Column(key="total", heading="合计"),
                *FAMILY_COLUMNS,
            ),
        ),
    ),
    spending(5, Role.GENERAL, "一般公共预算支出表", BY_FUNCTION & GENERAL),
    Form(
        number=6,
        role=Role.BASIC,
        title="一般公共预算基本支出表",
        aliases=".*基本支出表",
        scope="一般公共预算",
        empty="本部门{year}年没有此项支出，{title}无数据。",
        blocks=(
            TableSide(
                heads=(
                    *codes("类", "款"),
                    Column(key="total", heading="基本支出合计"),
                    Column(key="personnel", heading="人员经费", sums=PERSONNEL),
                    Column(key="operating", heading="公用经费", sums=OPERATING),
                ),
                rows=ECONOMIC,
                picks=BY_ECONOMIC & BASIC & GENERAL,
                total=("", "", "合计"),
                sums=(("total", ("personnel", "operating")),),
            ),
        ),
    ),
    spending(7, Role.GOVERNMENT_FUND, "政府性基金支出表", BY_FUNCTION & GOVERNMENT_FUND),
    spending(8, Role.STATE_CAPITAL, "国有资本经营支出表", BY_FUNCTION & STATE_CAPITAL),
    Form(
        number=9,
        role=Role.THREE_PUBLIC,
        title="“三公”和机关运行经费表",
        aliases=".*三公.*表",
        scope="财政拨款",
        source=expenses,
        empty="本部门{year}年没有此项支出，{title}无数据。",
        blocks=(
            TableSide(
                heads=(
                    Column(key="item", heading="经费项目", kind="label", width=30),
                    Column(key="total", heading="预算数"),
                    *FAMILY_COLUMNS,
                ),
                rows=fixed(
                    Item(
                        key="total",
                        label="“三公”经费合计",
                        level=0,
                        sums=of_economic(*THREE_PUBLIC_ECONOMICS),
                    ),
                    Item(key="reception", label="接待费", level=1, sums=of_economic(*RECEPTION)),
                    Item(key="abroad", label="出国费", level=1, sums=of_economic(*ABROAD)),
                    Item(
                        key="vehicle_purchase",
                        label="公车购置费",
                        level=1,
                        sums=of_economic(*PURCHASE),
                    ),
                    Item(
                        key="vehicle_running",
                        label="公车运行费",
                        level=1,
                        sums=of_economic(*RUNNING),
                    ),
                    Item(key="agency", label="机关运行经费", level=0, sums=AGENCY),
                ),
                picks=ALL,
                sums=FAMILY_SUMS,
            ),
        ),
    ),
)

IDENTITIES = (
    Identity(
        id="balance",
        title="收支平衡",
        left=(f"{Role.WHOLE}.total.income",),
        right=(f"{Role.WHOLE}.total.expenditure",),
        left_label="表1收入总计",
        right_label="表1支出总计",
    ),
    Identity(
        id="fiscal",
        title="财政拨款等于三本预算之和",
        left=(f"{Role.FISCAL}.total.total",),
        right=(
            f"{Role.GENERAL}.total.total",
            f"{Role.GOVERNMENT_FUND}.total.total",
            f"{Role.STATE_CAPITAL}.total.total",
        ),
        left_label="表4支出总计",
        right_label="表5、表7、表8合计之和",
    ),
    Identity(
        id="basic",
        title="基本支出两种分类一致",
        left=(f"{Role.GENERAL}.total.basic",),
        right=(f"{Role.BASIC}.total.total",),
        left_label="表5基本支出",
        right_label="表6合计",
        apart=BASIC & GENERAL,
    ),
    Identity(
        id="rows",
        title="收入和支出逐个科目一致",
        left=(f"{Role.INCOME}.*.total",),
        right=(f"{Role.SPENDING}.*.total",),
        each=Each.CODE,
        left_label="表2每行合计",
        right_label="表3同一科目合计",
    ),
)


class Words:
    """How this province tells a change."""

    ROSE, FELL = "多", "少"
    GREW, SHRANK = "上升", "下滑"
    CHANGE = "同上年{basis}相比{change}"
    CHANGE_ALONE = "{moved}{difference}万元（{grew}{rate}%）"
    REASON = "，原因：{words}"


def tell_whole(writer: Writer) -> Iterator[Paragraph]:
    """The grand total."""
    form = "{year}年本部门收入支出预算各{total}万元。"
    yield writer.say("N1.total", form, total=writer.amount(f"{Role.WHOLE}.total.income"))


def tell_general(writer: Writer) -> Iterator[Paragraph]:
    """The general budget, by nature."""
    for key, name in (("basic", "基本支出"), ("project", "项目支出")):
        at = f"{Role.GENERAL}.total.{key}"
        form = "一般公共预算{name}{amount}万元，{change}。"
        yield writer.say(
            f"N5.{key}", form, name=name, amount=writer.amount(at), change=writer.change(at)
        )


def tell_expenses(writer: Writer) -> Iterator[Paragraph]:
    """The three public expenses, and the operating expenses."""
    at = f"{Role.THREE_PUBLIC}.total.total"
    form = "“三公”经费{amount}万元，{change}。机关运行经费{agency}万元。"
    agency = writer.amount(f"{Role.THREE_PUBLIC}.agency.total")
    yield writer.say(
        "N10.total", form, amount=writer.amount(at), change=writer.change(at), agency=agency
    )


NINE = TableSet(
    counted="九张",
    forms=FORMS,
    specific_first=(*FORMS[3:], *FORMS[:3]),
    identities=IDENTITIES,
    notes=(
        Note(key=SectionRole.WHOLE, number="1.", title="{year}年收支总体情况", write=tell_whole),
        Note(
            key=SectionRole.GENERAL, number="2.", title="一般公共预算支出情况", write=tell_general
        ),
        Note(
            key=SectionRole.THREE_PUBLIC,
            number="3.",
            title="“三公”和机关运行经费",
            write=tell_expenses,
        ),
    ),
    wording=Words(),
    write_profile=profile_sections,
    write_glossary=glossary_section,
)
