"""The frozen content for programs: tables as CSV, documents as JSON, one HTML file, all figures."""

import csv
import io
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Annotated, Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from msgspec import Meta
from msgspec.json import schema

from budgets.domain.document import Body, Document, Node, Table, encode
from disclosures.models import Disclosure
from disclosures.publishing.drawing import draw_document
from disclosures.publishing.layout import place_cells

SEPARATOR = "/"
# A spreadsheet program takes a text that begins so for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def build_table_csv(grid: Table) -> bytes:
    """A table as UTF-8 with a byte order mark, comma-separated, lines ending in CR LF.

    Amounts are those printed, in the table's unit (万元). A cell merged over several rows is
    repeated on each; one merged over several columns stands in the first. Text that a spreadsheet
    program would compute, or that begins with an apostrophe, gets an apostrophe in front. The
    sentence of an empty table is left out: the file then holds the header alone.
    """
    body = [row.cells for row in grid.rows()]
    lines = [[""] * len(grid.columns) for _ in body]
    for row, column, cell in place_cells(body):
        shown = cell.text if cell.kind == "amount" else defuse(cell.text)
        for down in range(cell.rowspan):
            lines[row + down][column] = shown
    text = io.StringIO(newline="")
    csv.writer(text).writerows([*([name_columns(grid)] if grid.head else []), *lines])
    return text.getvalue().encode("utf-8-sig")


def name_columns(grid: Table) -> list[str]:
    """Each column's header texts from the top, such as 财政拨款（补助）/一般公共预算.

    Columns under one heading that have no header cell of their own end in their own label.
    """
    names: list[list[str]] = [[] for _ in grid.columns]
    heads = [row for row in grid.head if not row[0].mark]
    for row, column, cell in place_cells(heads):
        is_lowest = row + cell.rowspan == len(heads)
        for place in range(column, column + cell.colspan):
            is_shared = is_lowest and cell.colspan > 1
            names[place].append(grid.columns[place].label if is_shared else cell.text)
    return [SEPARATOR.join(texts) for texts in names]


def defuse(text: str) -> str:
    """Text that no program computes; an apostrophe in front is doubled so that it can be undone."""
    return f"'{text}" if text.startswith((*FORMULA_SIGNS, "'")) else text


Version = Annotated[int, Meta(ge=1)]
Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 of the document.")]
Moment = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d:\d\d$")]
# Only the first version needs no reason.
CORRECTIONS_HAVE_REASONS = {
    "if": {"properties": {"version": {"minimum": 2}}},
    "then": {"properties": {"reason": {"minLength": 1}}},
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Envelope(Node, frozen=True, kw_only=True):
    """Which version it is; `reason` says why it was corrected."""

    version: Version
    digest: Digest
    published_at: Moment
    reason: str


class DisclosureEnvelope(Envelope, frozen=True, kw_only=True):
    """The whole disclosure; `reason` says why it was corrected."""

    content: Document


class TableEnvelope(Envelope, frozen=True, kw_only=True):
    """One table; `digest` is that of the whole document it was taken from."""

    title: str
    year: int
    department: Body
    table: Table


SCHEMAS = {"disclosure": DisclosureEnvelope, "table": TableEnvelope}


def build_document_json(document: Document, *, published_at: datetime, **edition: Any) -> bytes:
    """Canonical JSON in UTF-8: keys sorted, no blanks between the tokens.

    `digest` is the SHA-256 of the document in the same form, so a reader can verify it.
    """
    moment = published_at.isoformat()
    return encode(DisclosureEnvelope(content=document, published_at=moment, **edition))


def build_table_json(
    document: Document, key: str, *, published_at: datetime, **edition: Any
) -> bytes:
    """One table in the same envelope."""
    own: dict[str, Any] = {
        "title": document.title,
        "year": document.year,
        "department": document.department,
        "table": document.tables_by_key[key],
    }
    return encode(TableEnvelope(published_at=published_at.isoformat(), **own, **edition))


def make_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of an envelope, `disclosure` or `table`; KeyError for any other."""
    shape = SCHEMAS[name]
    made = schema(shape)
    made["$defs"][shape.__name__] |= CORRECTIONS_HAVE_REASONS
    return {"$schema": DIALECT, "$id": f"{name}.schema.json"} | made


PAGE_STYLES = (
    "workplace/tokens.css",
    *(f"disclosures/{n}.css" for n in ("site", "document", "tables")),
)
LINK = '<link rel="stylesheet" href="data:text/css;charset=utf-8;base64,{data}"{media}>\n'
PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{links}</head>
{body}</html>
"""


def build_page_file(disclosure: Disclosure) -> bytes:
    """A published version as one UTF-8 file, made from its frozen content."""
    document = disclosure.document
    context = {"document": document, "drawn": draw_document(document), "disclosure": disclosure}
    styles = "".join(embed_style(name) for name in PAGE_STYLES)
    links = styles + embed_style("disclosures/paper.css", ' media="print"')
    body = render_to_string("disclosures/file.html", context)
    return PAGE.format(title=escape(disclosure.title), links=links, body=body).encode()


def embed_style(name: str, media: str = "") -> str:
    """A stylesheet of ours inside its own link."""
    data = b64encode(Path(str(finders.find(name))).read_bytes()).decode("ascii")
    return LINK.format(data=data, media=media)


def list_figures(document: Document) -> Iterator[dict[str, Any]]:
    """Every amount that is not blank, in the order of print."""
    for table in document.tables:
        yield from list_table_figures(table)


def list_table_figures(table: Table) -> Iterator[dict[str, Any]]:
    """The amounts of a table that are not blank: `yuan` exact, `text` as printed in 万元.

    `name` is the words that stand before the amount in its row, `heading` those above it.
    """
    headings = name_columns(table) if table.head else [""] * len(table.columns)
    names: dict[int, str] = {}
    for row, column, cell in place_cells(row.cells for row in table.rows()):
        if cell.kind in ("label", "head"):
            for covered in range(row, row + cell.rowspan):
                names[covered] = cell.text
        if cell.yuan is not None:
            yield {
                "at": cell.at,
                "table": table.key,
                "row": cell.row,
                "name": names.get(row, ""),
                "column": cell.column,
                "heading": headings[column],
                "scope": cell.scope,
                "yuan": cell.yuan,
                "text": cell.text,
            }
