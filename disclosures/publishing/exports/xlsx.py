"""All tables as one spreadsheet: a sheet for each, the same bytes for the same content."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.xml.functions import tostring

from budgets.domain.document import Document, Table
from disclosures.publishing.exports.sheet import draw_sheet
from disclosures.publishing.exports.styles import register_styles

LONGEST_NAME = 31
UNNAMABLE = re.compile(r"[\[\]:*?/\\]")
PROPERTIES = "docProps/core.xml"
# The oldest moment a ZIP entry can carry.
NO_MOMENT = (1980, 1, 1, 0, 0, 0)


def build_workbook(document: Document, *, version: int, digest: str, created: datetime) -> bytes:
    """The workbook of a document: its tables in the order of print.

    Amounts are numbers in 万元 as printed, with two places; text is never a formula. `created`
    must be aware; it is the only moment in the file, so equal input gives equal bytes.
    """
    grids = document.tables
    return bind(document, grids, version=version, digest=digest, created=created)


def build_table_workbook(
    document: Document, key: str, *, version: int, digest: str, created: datetime
) -> bytes:
    """The workbook of one table, which is the sheet that it has in the workbook of all."""
    grids = [document.tables_by_key[key]]
    return bind(document, grids, version=version, digest=digest, created=created)


def bind(
    document: Document,
    grids: Sequence[Table],
    *,
    version: int,
    digest: str,
    created: datetime,
) -> bytes:
    """A sheet for each of the grids."""
    book = Workbook()
    book.remove(book.active)
    register_styles(book)
    footer = f"第{version}版 {digest[:12]}"
    for grid in grids:
        draw_sheet(book.create_sheet(name_sheet(grid, book.sheetnames)), grid, footer)
    book.properties = describe_workbook(document, version=version, digest=digest)
    return seal(book, created)


def name_sheet(grid: Table, taken: list[str]) -> str:
    """表2 部门收入总体情况表; tables of one title are numbered."""
    name = fit_name(f"{grid.label} {grid.title}")
    number = sum(other.startswith(name[: LONGEST_NAME - 4]) for other in taken) + 1
    return name if number == 1 else f"{name[: LONGEST_NAME - 4]} {number}"


def fit_name(text: str) -> str:
    """A text as the name of a sheet: short, and without the signs that a name may not have."""
    return UNNAMABLE.sub(" ", text).strip(" '")[:LONGEST_NAME]


def describe_workbook(document: Document, *, version: int, digest: str) -> DocumentProperties:
    """What the file says of itself."""
    return DocumentProperties(
        title=document.title,
        creator=document.department.name,
        description=f"第{version}版，内容摘要 SHA-256 {digest}",
        version=str(version),
    )


def seal(book: Workbook, created: datetime) -> bytes:
    """The package with one moment in it, in place of that of writing, which openpyxl stamps."""
    written, sealed = io.BytesIO(), io.BytesIO()
    book.save(written)
    moment = created.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.properties.created = book.properties.modified = moment
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(sealed, "w") as target:
        for name in source.namelist():
            is_stamped = name == PROPERTIES
            data = tostring(book.properties.to_tree()) if is_stamped else source.read(name)
            entry = zipfile.ZipInfo(name, NO_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return sealed.getvalue()
