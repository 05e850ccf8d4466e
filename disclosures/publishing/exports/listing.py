"""Any list of the public site as CSV, XLSX or JSON: columns and rows, given once."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from budgets.domain.document import encode
from budgets.domain.text import UNFIT
from disclosures.publishing.exports.data import FORMULA_SIGNS, defuse
from disclosures.publishing.exports.workbook import count_lines, fit_name, register_styles, seal

Value = str | int | Decimal | None
# Sheet widths count Latin characters.
NARROWEST, WIDEST, SAMPLED = 8, 60, 200
CENT = Decimal("0.01")
# What a cell of a workbook can hold; the CSV holds all.
LONGEST = 32_000
ON_ONE_LINE = Alignment(horizontal="left", vertical="center")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list to take away: `columns` are English keys with their Chinese names, in order.

    Each row has a value for every key. Amounts are `Decimal` in the unit that the column's name
    states; they are written with two places. `messages` say what a reader must know (scope,
    rounding, corrections); `changed` is when the list last changed, aware.
    """

    title: str
    columns: Mapping[str, str]
    rows: Sequence[Mapping[str, Value]]
    changed: datetime
    messages: Sequence[str] = ()


def build_listing(listing: Listing, form: str) -> bytes:
    """The list as `csv`, `xlsx` or `json`; equal lists give equal bytes."""
    if form == "csv":
        return b"".join(stream_csv(listing.columns, listing.rows))
    return {"xlsx": build_listing_workbook, "json": build_listing_json}[form](listing)


def stream_csv(columns: Mapping[str, str], rows: Iterable[Mapping[str, Value]]) -> Iterator[bytes]:
    """Line by line, in constant memory: UTF-8 with a byte order mark, lines ending in CR LF.

    The Chinese names stand in the first line.
    """
    line = io.StringIO(newline="")
    lines = csv.writer(line)
    lines.writerow(columns.values())
    yield codecs.BOM_UTF8
    for row in rows:
        lines.writerow([write_text(row[key]) for key in columns])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()
    yield line.getvalue().encode()


def build_listing_json(listing: Listing) -> bytes:
    """Canonical JSON: what the columns mean, the rows by key, and the messages."""
    data = {
        "title": listing.title,
        "columns": [{"key": key, "label": label} for key, label in listing.columns.items()],
        "rows": [{key: write_value(row[key]) for key in listing.columns} for row in listing.rows],
        "messages": list(listing.messages),
    }
    return encode(data)


def build_listing_workbook(listing: Listing) -> bytes:
    """One sheet: the names, the rows, and the messages below; amounts are numbers."""
    book = Workbook()
    book.remove(book.active)
    register_styles(book)
    sheet = book.create_sheet(fit_name(listing.title))
    write_row(sheet, 1, list(listing.columns.values()), "head")
    for number, row in enumerate(listing.rows, start=2):
        write_row(sheet, number, [row[key] for key in listing.columns])
    set_widths(sheet, listing)
    for number, message in enumerate(listing.messages, start=len(listing.rows) + 3):
        cell = sheet.cell(number, 1, message)
        cell.style, cell.alignment, cell.data_type = "note", ON_ONE_LINE, "s"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(listing.columns))}{len(listing.rows) + 1}"
    book.properties.title = listing.title
    return seal(book, listing.changed)


def write_row(sheet: Worksheet, number: int, values: Sequence[Value], style: str = "") -> None:
    """A row of cells, each styled by what it holds; text is never taken for a formula."""
    for column, value in enumerate(values, start=1):
        held = replace_unfit(value)[:LONGEST] if isinstance(value, str) else value
        cell = sheet.cell(number, column, held)
        cell.style = style or ("amount" if isinstance(value, Decimal) else "label")
        if isinstance(value, int):
            cell.number_format = "0"
        if isinstance(held, str) and held.startswith(FORMULA_SIGNS):
            cell.data_type, cell.quotePrefix = "s", True


def set_widths(sheet: Worksheet, listing: Listing) -> None:
    """Each column as wide as its first rows need, within limits."""
    for number, (key, label) in enumerate(listing.columns.items(), start=1):
        texts = [label, *(write_text(row[key]) for row in listing.rows[:SAMPLED])]
        # A text takes as many lines in one character's room as it is wide.
        width = max(NARROWEST, *(count_lines(text, 0) * 2 + 2 for text in texts))
        sheet.column_dimensions[get_column_letter(number)].width = min(width, WIDEST)


def write_text(value: Value) -> str:
    """A value in a CSV cell; amounts without a comma between thousands, so that programs read."""
    if isinstance(value, Decimal):
        return str(value.quantize(CENT))
    return (
        defuse(replace_unfit(value))
        if isinstance(value, str)
        else str("" if value is None else value)
    )


def replace_unfit(text: str) -> str:
    """Without what no spreadsheet may hold, and a name tried at the login may."""
    return UNFIT.sub("\ufffd", text)


def write_value(value: Value) -> Any:
    """A value in JSON; amounts are texts, which no reader rounds."""
    return str(value.quantize(CENT)) if isinstance(value, Decimal) else value
