"""A county's year to take away whole: tables, documents and checksums in one ZIP, no server."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, BinaryIO

from django.template.loader import render_to_string
from django.utils import timezone

from budgets.domain.document import Table
from budgets.domain.tables.form import Role
from disclosures.models import Disclosure
from disclosures.public.versions import list_downloads
from disclosures.publishing.exports.data import PAGE_STYLES, defuse, embed_style, list_table_figures

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
# Where a year's codes are read from, and how long each kind's are.
KINDS: dict[str, str] = {Role.SPENDING: "function", Role.BASIC: "economic"}
LENGTHS = {"function": (3, 5, 7), "economic": (3, 5)}


class PackageTable:
    """A CSV in the making, with what describes it: a Tabular Data Resource."""

    def __init__(self, name: str, title: str, columns: Sequence[Column], key: list[str]) -> None:
        names = [column["name"] for column in columns]
        schema: Column = {"fields": list(columns), "primaryKey": key, "missingValues": [""]}
        if columns is not DISCLOSURES and "department" in names:
            reference = {"resource": "disclosures", "fields": ["department"]}
            schema["foreignKeys"] = [{"fields": ["department"], "reference": reference}]
        self.resource: Column = {
            "name": name,
            "title": title,
            "path": f"data/{name}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8-sig",
            "schema": schema,
        }
        self.text = io.StringIO(newline="")
        self.lines = csv.writer(self.text)
        self.lines.writerow(names)

    def write(self, *values: object) -> None:
        """A row; text that a spreadsheet program would compute is made harmless."""
        self.lines.writerow(defuse(each) if isinstance(each, str) else each for each in values)

    @property
    def data(self) -> bytes:
        """The file, with the mark by which spreadsheet programs know UTF-8."""
        return self.text.getvalue().encode("utf-8-sig")


class PackageTables:
    """All tables of a year's package, filled disclosure by disclosure from frozen content."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.disclosures = PackageTable("disclosures", "各部门的公开", DISCLOSURES, ["department"])
        self.codes = PackageTable("codes", "出现过的科目", CODES, ["kind", "code"])
        self.glossary = PackageTable("glossary", "名词解释", GLOSSARY, ["department", "place"])
        self.figures: dict[str, PackageTable] = {}
        self.names: dict[tuple[str, str], str] = {}

    def add(self, disclosure: Disclosure) -> None:
        document, department = disclosure.document, disclosure.department
        known = (self.year, department.code, document.department.name)
        self.disclosures.write(
            *known,
            disclosure.version,
            disclosure.title,
            disclosure.published_at.isoformat(),
            disclosure.reason,
            disclosure.digest,
            *(name_document(disclosure, kind) for kind in ("pdf", "xlsx", "json")),
        )
        for table in document.tables:
            if table.number is not None:
                self.add_figures(table, (*known, disclosure.version))
        terms = (
            paragraph.text
            for part, section in document.sections()
            if part.key == "glossary"
            for paragraph in section.paragraphs()
        )
        for place, text in enumerate(terms, start=1):
            self.glossary.write(department.code, place, text)

    def add_figures(self, table: Table, known: tuple[object, ...]) -> None:
        """The amounts of one of the numbered tables, and the codes that it names."""
        if table.key not in self.figures:
            name, title = f"figures-{table.key.lower()}", f"{table.label} {table.title}"
            self.figures[table.key] = PackageTable(name, title, FIGURES, ["at", "department"])
        kind = KINDS.get(table.key, "")
        for each in list_table_figures(table):
            code, name = each["row"], each["name"]
            # An amount stands as a number, which no program takes for a formula.
            amount = (each["scope"], each["yuan"], each["text"])
            row = (*known, each["at"], code, name, each["column"], each["heading"], *amount)
            self.figures[table.key].write(*row)
            if len(code) in LENGTHS.get(kind, ()) and code.isdigit():
                # By the name under which the first department used it.
                self.names.setdefault((kind, code), name)

    def finish(self) -> list[PackageTable]:
        """All tables, filled, in the order in which they are described."""
        for (kind, code), name in sorted(self.names.items()):
            parent = code[:-2] if len(code) > LENGTHS[kind][0] else ""
            self.codes.write(self.year, kind, code, name, parent)
        return [self.disclosures, *self.figures.values(), self.codes, self.glossary]


def name_document(disclosure: Disclosure, kind: str) -> str:
    """Where a file of a version lies in the package; nothing where the version has no such file."""
    kinds = {file.kind for file in disclosure.files.all()}
    own = f"{disclosure.department.code}-v{disclosure.version}"
    return f"documents/{own}.{kind}" if kind in kinds else ""


SUMS = "SHA256SUMS"
# A ZIP entry carries its moment in local time, to two seconds, from 1980 on.
COMPRESSED = (".csv", ".json", ".html", SUMS)


def write_archive(file: BinaryIO, year: int, found: Sequence[Disclosure]) -> None:
    """The package into an open file; one disclosure is in memory at a time."""
    moment = max(timezone.localtime(each.published_at) for each in found)
    sums: list[tuple[str, str]] = []
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in list_entries(year, found, moment):
            write_entry(archive, name, data, moment)
            sums.append((sha256(data).hexdigest(), name))
        listed = "".join(f"{digest}  {name}\n" for digest, name in sorted(sums, key=lambda s: s[1]))
        write_entry(archive, SUMS, listed.encode(), moment)


def write_entry(archive: zipfile.ZipFile, name: str, data: bytes, moment: datetime) -> None:
    """One file; what is already compressed is stored as it is."""
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    is_text = name.endswith(COMPRESSED)
    entry.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def list_entries(
    year: int, found: Sequence[Disclosure], moment: datetime
) -> Iterator[tuple[str, bytes]]:
    """Every file of the package but the checksums: documents first, while the tables fill."""
    tables = PackageTables(year)
    for each in found:
        disclosure = Disclosure.objects.select_related("department").get(pk=each.pk)
        tables.add(disclosure)
        for file in disclosure.files.order_by("kind").iterator(chunk_size=1):
            yield name_document(disclosure, file.kind), bytes(file.data)
    made = tables.finish()
    for table in made:
        yield table.resource["path"], table.data
    yield "datapackage.json", describe_package(year, made, moment)
    yield "index.html", draw_index(year, found, made)


def describe_package(year: int, made: Iterable[PackageTable], moment: datetime) -> bytes:
    """datapackage.json: a Tabular Data Package whose columns also have fiscal types."""
    resources = []
    for table in made:
        data = table.data
        state = {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
        resources.append(table.resource | state)
    package = {
        "profile": "tabular-data-package",
        "name": f"department-budgets-{year}",
        "title": f"{year}年部门预算公开",
        "description": (
            "已经公开的各部门预算的现行版本。金额单位为元，精确到分；"
            "口径不同的数不能相加；没有列出的格是空格，表示没有安排。"
            "以 = + - @ 或撇号开头的文字前加了一个撇号。"
        ),
        "created": moment.isoformat(),
        "countryCode": "CN",
        "granularity": "aggregated",
        "fiscalPeriod": {"start": f"{year}-01-01", "end": f"{year}-12-31"},
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def draw_index(year: int, found: Sequence[Disclosure], made: Sequence[PackageTable]) -> bytes:
    """index.html, which opens the package from a stick: every link leads to a file beside it."""
    entries = [
        {
            "disclosure": each,
            "files": [
                file | {"path": name_document(each, file["kind"])} for file in list_downloads(each)
            ],
        }
        for each in found
    ]
    context = {
        "year": year,
        "entries": entries,
        "tables": [table.resource for table in made],
        "styles": [embed_style(name) for name in (*PAGE_STYLES[:2], "disclosures/data.css")],
    }
    return render_to_string("disclosures/package/index.html", context).encode()
