"""Columns that several of the eleven tables share, with their official headings."""

from budgets.facts import Nature
from budgets.facts.fund import FISCAL_FAMILIES
from disclosures.catalog.picks import is_basic, of_family, of_nature
from disclosures.tables import Column, Heading

CODE_WIDTH, NAME_WIDTH, AMOUNT_WIDTH = 4, 22, 9


def code_columns(labels: tuple[str, ...]) -> tuple[Column, ...]:
    """类, 款 and 项 as narrow columns."""
    keys = ("code_class", "code_section", "code_item")
    return tuple(
        Column(key=key, label=label, kind="code", mark="※", width=CODE_WIDTH)
        for key, label in zip(keys, labels, strict=False)
    )


def name_column(label: str, key: str = "name", width: int = NAME_WIDTH) -> Column:
    """The column that names the row."""
    return Column(key=key, label=label, kind="label", mark="※", width=width)


FUNCTION_CODES = Heading("功能分类科目编码", code_columns(("类", "款", "项")))
FUNCTION_LEADS = (FUNCTION_CODES, name_column("功能分类科目名称"))
FUNCTION_TOTAL = ("", "", "", "总计")
ECONOMIC_LEADS = (
    Heading("经济分类科目编码", code_columns(("类", "款"))),
    name_column("经济分类科目名称"),
)
ECONOMIC_TOTAL = ("", "", "总计")
CLASS_LEADS = Heading(
    "功能分类",
    (
        Column(key="code", label="功能分类编码", kind="code", width=CODE_WIDTH),
        Column(key="name", label="功能分类名称", kind="label", width=NAME_WIDTH),
    ),
    merged=True,
)

BASIC_AND_PROJECT_SUMS = (("total", ("basic", "project")),)
BASIC_AND_PROJECT = (
    Column(key="total", label="合计", mark="1"),
    Column(key="basic", label="基本支出", mark="2", picks=is_basic),
    Column(key="project", label="项目支出", mark="3", picks=of_nature(Nature.PROJECT)),
)
SPLIT_AND_PROJECT_SUMS = (("total", ("personnel", "operating", "project")),)
SPLIT_AND_PROJECT = (
    Column(key="total", label="合计", mark="1"),
    Heading(
        "基本支出",
        (
            Column(key="personnel", label="人员经费", mark="2", picks=of_nature(Nature.PERSONNEL)),
            Column(key="operating", label="公用经费", mark="3", picks=of_nature(Nature.OPERATING)),
        ),
    ),
    Column(key="project", label="项目支出", mark="4", picks=of_nature(Nature.PROJECT)),
)


FAMILY_SUMS = (("total", tuple(family.value for family in FISCAL_FAMILIES)),)


def family_columns(marks: tuple[str, ...], labels: tuple[str, ...]) -> tuple[Column, ...]:
    """The three fiscal budgets as columns."""
    return tuple(
        Column(
            key=family.value, label=label, mark=mark, scope=family.label, picks=of_family(family)
        )
        for family, mark, label in zip(FISCAL_FAMILIES, marks, labels, strict=True)
    )
