"""The tables of the data package: each column with its type, meaning and fiscal column type."""

from typing import Any

FORM = "budget-package/1"
Column = dict[str, Any]


def _column(name: str, title: str, kind: str = "string", fiscal: str = "", **more: Any) -> Column:
    """A Table Schema field; `fiscal` is its column type in the Fiscal Data Package."""
    required = more.pop("required", True)
    field = {"name": name, "title": title, "type": kind, **more}
    if fiscal:
        field["columnType"] = fiscal
    if required:
        field["constraints"] = {"required": True}
    return field


YEAR = _column("year", "年度", "integer", "date:fiscal-year")
DEPARTMENT = _column(
    "department", "部门编码", fiscal="administrative-classification:generic:level1:code"
)
NAME = _column(
    "department_name", "部门", fiscal="administrative-classification:generic:level1:label"
)
FIGURES = (
    YEAR,
    DEPARTMENT,
    NAME,
    _column("version", "版本", "integer"),
    _column("at", "数字的地址", description="表、行、列；各年相同，可以直接比较"),
    _column("row", "行", description="功能科目或经济科目编码；固定的行是英文名；total 是合计"),
    _column("row_name", "行的名称", required=False),
    _column("column", "列"),
    _column("column_name", "列的名称", required=False),
    _column("scope", "口径"),
    _column("amount", "金额（元）", "number", "value", currency="CNY"),
    _column("printed", "印出的金额（万元）", description="四舍五入到两位小数，千位有逗号"),
)
DISCLOSURES = (
    YEAR,
    DEPARTMENT,
    NAME,
    _column("version", "版本", "integer"),
    _column("title", "标题"),
    _column("published_at", "公开时间", "datetime", format="any"),
    _column("reason", "更正原因", required=False),
    _column("digest", "内容摘要（SHA-256）"),
    _column("pdf", "PDF", required=False),
    _column("xlsx", "Excel", required=False),
    _column("json", "JSON", required=False),
)
CODES = (
    YEAR,
    _column("kind", "种类", description="function 功能分类，economic 部门预算支出经济分类"),
    _column("code", "编码"),
    _column("name", "名称"),
    _column("parent", "上级编码", required=False),
)
GLOSSARY = (DEPARTMENT, _column("place", "次序", "integer"), _column("text", "解释"))


def list_names(columns: tuple[Column, ...]) -> list[str]:
    """The first line of a table."""
    return [column["name"] for column in columns]


def describe(name: str, title: str, columns: tuple[Column, ...], key: list[str]) -> dict:
    """A Tabular Data Resource, but for its size and digest."""
    schema: dict[str, Any] = {"fields": list(columns), "primaryKey": key, "missingValues": [""]}
    if columns is not DISCLOSURES and "department" in list_names(columns):
        reference = {"resource": "disclosures", "fields": ["department"]}
        schema["foreignKeys"] = [{"fields": ["department"], "reference": reference}]
    return {
        "name": name,
        "title": title,
        "path": f"data/{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "schema": schema,
    }
