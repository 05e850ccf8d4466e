"""The shapes of the answers, which are also what the OpenAPI document says of them."""

from datetime import datetime
from typing import Any, Generic, TypeVar

from ninja import Field, Schema

from budgets.domain.tables.form import Role

Item = TypeVar("Item")
# A code in an address is what the register of departments allows.
CODE = r"^[0-9A-Za-z-]{1,20}$"
KEY = r"^[TP]\d{1,4}$"
LAST_PAGE, LARGEST, USUAL = 100_000, 200, 50


class Paging(Schema):
    """Which page of a list."""

    page: int = Field(1, ge=1, le=LAST_PAGE, description="第几页，从 1 开始")
    page_size: int = Field(USUAL, ge=1, le=LARGEST, description=f"每页几条，最多 {LARGEST}")


class Which(Schema):
    """Which version of a disclosure."""

    version: int | None = Field(None, ge=1, le=9999, description="第几版；不写时为现行的一版")


class DisclosuresAsked(Paging):
    """Which disclosures."""

    year: int | None = Field(None, ge=2000, le=2099, description="年度")
    department: str | None = Field(None, pattern=CODE, description="部门编码")
    versions: str = Field(
        "current", pattern="^(current|all)$", description="current 现行的版本，all 全部版本"
    )


class FiguresAsked(Which, Paging):
    """Which figures of a disclosure."""

    table: str | None = Field(None, pattern=KEY, description=f"表的键，例如 {Role.GENERAL}")


class Meta(Schema):
    """Where a page stands in its list."""

    total: int = Field(description="全部条数")
    page: int
    page_size: int
    pages: int = Field(description="全部页数，至少 1")
    next: str | None = Field(description="下一页的地址；最后一页为 null")
    previous: str | None = Field(description="上一页的地址；第一页为 null")


class Refusal(Schema):
    """Why there is no answer."""

    status: int
    messages: list[str] = Field(description="哪里不对，怎样改")


class Answer(Schema, Generic[Item]):
    """One thing, with what must be known of it."""

    messages: list[str] = Field(description="尾差、口径、更正")
    data: Item


class Page(Schema, Generic[Item]):
    """A page of a list."""

    meta: Meta
    messages: list[str] = Field(description="尾差、口径、更正")
    data: list[Item]


class DepartmentShape(Schema):
    """A department that has published."""

    code: str
    name: str
    years: list[int] = Field(description="公开过预算的年度，新的在前")


class YearShape(Schema):
    """A year in which something was published."""

    year: int
    departments: int = Field(description="已经公开的部门数")


class DisclosureShape(Schema):
    """One version of a department's published budget."""

    class Organisation(Schema):
        """A department as it was called when it published."""

        code: str
        name: str

    year: int
    department: Organisation
    version: int
    title: str
    published_at: datetime
    reason: str = Field(description="更正原因；第 1 版为空")
    digest: str = Field(description="全部内容的 SHA-256", pattern="^[0-9a-f]{64}$")
    address: str = Field(description="这一版的永久地址")
    files: dict[str, str] = Field(description="文件的永久地址：pdf、xlsx、json")


class TableShape(Schema):
    """A table of a disclosure, without its rows."""

    key: str
    label: str
    title: str
    unit: str
    scope: str = Field(description="口径")
    is_empty: bool
    files: dict[str, str] = Field(description="这张表的永久地址：csv、xlsx、json")


class GridShape(TableShape):
    """A table whole, as docs/disclosure.schema.json describes it."""

    table: dict[str, Any]


class FigureShape(Schema):
    """An amount that is not blank."""

    at: str = Field(description="这个数的地址：表、行、列，各年相同")
    table: str
    row: str
    name: str = Field(description="行的名称")
    column: str
    heading: str = Field(description="列的名称，多层表头用“/”连成")
    scope: str = Field(description="口径")
    yuan: str = Field(description="元，精确到分", pattern=r"^-?\d+\.\d{2}$")
    text: str = Field(description="印出的万元")
    address: str = Field(description="引用这个数的永久地址")


class ReportAsked(Paging):
    """Which rows of a list."""

    year: int | None = Field(None, ge=2000, le=2099, description="年度；不写时为最近的一年")
    department: str | None = Field(None, pattern=CODE, description="部门编码；有的名单不能用")
    function: str | None = Field(
        None, pattern=r"^\d{3,7}$", description="功能科目编码的开头；有的名单不能用"
    )


class ReportName(Schema):
    """A list over all departments."""

    name: str
    label: str
    address: str


class ColumnShape(Schema):
    """A column of a list."""

    key: str
    label: str = Field(description="含义和单位")


class ReportPage(Page[dict[str, str | int | None]]):
    """A page of a list; amounts are texts, which no reader rounds."""

    title: str
    columns: list[ColumnShape]
