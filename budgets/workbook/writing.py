"""Writes the template, empty or filled with what is known, from the columns' one definition."""

import io
import re
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from budgets.chart import Chart
from budgets.facts import Filing, Organisation
from budgets.workbook import style
from budgets.workbook.columns import Column, Kind, Sheet
from budgets.workbook.cover import COVER, TEMPLATE_VERSION, UNITS, UNITS_SHEET, WAN
from budgets.workbook.filling import Offered, Rows, lay_offered, lay_usual_places
from budgets.workbook.guide import write_guide
from budgets.workbook.headers import GUIDANCE_HEADER, LABEL_HEADER, VALUE_HEADER
from budgets.workbook.lists import offer_choices, write_lists
from budgets.workbook.sheets import SHEETS

WAN_DIVISOR = 10_000
HEADER_ROW, GUIDANCE_ROW, FIRST_ROW, LAST_ROW = 2, 3, 4, 3000
FORM_FIRST_ROW, FORM_COLUMNS = 3, 3
NOTHING = Offered()
REFERENCE = re.compile(r"\{(\w+)\.(\w+)\}")


def make_template(
    department: Organisation,
    year: int,
    chart: Chart,
    money_unit: str = WAN,
    units: Sequence[Organisation] = (),
) -> bytes:
    """An empty template for a department and year; `units` are its subordinate units."""
    rows = {
        COVER.key: [
            {
                "code": department.code,
                "name": department.name,
                "year": year,
                "money_unit": money_unit,
                "version": TEMPLATE_VERSION,
            }
        ],
        UNITS_SHEET.key: [{"code": unit.code, "name": unit.name} for unit in units],
        "history": lay_usual_places(),
    }
    return write(rows, chart, money_unit)


def fill_template(
    filing: Filing, chart: Chart, money_unit: str = WAN, offered: Offered = NOTHING
) -> bytes:
    """A template that holds all of `filing`; reading it gives the filing back.

    What is offered beside it has no amounts, and says nothing until it is filled in.
    """
    return write(lay_offered(filing, offered, chart, money_unit), chart, money_unit)


def write(rows: Mapping[str, Rows], chart: Chart, money_unit: str) -> bytes:
    """The workbook with these rows by sheet key."""
    if money_unit not in UNITS:
        raise ValueError(f"money unit must be one of {list(UNITS)}, not {money_unit}")
    book = Workbook()
    style.register_inputs(book)
    write_guide(book.active)
    lists = write_lists(book, chart)
    for sheet in SHEETS:
        worksheet = book.create_sheet(sheet.title, index=len(book.sheetnames) - 1)
        writer = write_form if sheet.is_form else write_list
        writer(worksheet, sheet, rows.get(sheet.key, []), money_unit)
        offer_choices(worksheet, sheet, lists)
        style.set_page(worksheet, sheet)
    book.active = 1
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_list(worksheet: Worksheet, sheet: Sheet, rows: Rows, money_unit: str) -> None:
    """Header, guidance, and a row for each of `rows`."""
    write_intro(worksheet, sheet, len(sheet.columns))
    for index, column in enumerate(sheet.columns, start=1):
        style.set_column(worksheet, index, column)
        style.set_header(put(worksheet.cell(HEADER_ROW, index), column.header), column)
        style.set_guidance(put(worksheet.cell(GUIDANCE_ROW, index), column.advice))
    for number, row in enumerate(rows, start=FIRST_ROW):
        for index, column in enumerate(sheet.columns, start=1):
            write_value(worksheet.cell(number, index), column, row.get(column.key), money_unit)
        style.fit_height(worksheet, number, len(sheet.columns))
    style.fit_height(worksheet, GUIDANCE_ROW, len(sheet.columns))
    worksheet.freeze_panes = worksheet.cell(FIRST_ROW, 1)
    worksheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def write_form(worksheet: Worksheet, sheet: Sheet, rows: Rows, money_unit: str) -> None:
    """A line for each of the form's columns: label, value, guidance."""
    write_intro(worksheet, sheet, FORM_COLUMNS)
    values = rows[0] if rows else {}
    headers = (LABEL_HEADER, VALUE_HEADER, GUIDANCE_HEADER)
    for index, header in enumerate(headers, start=1):
        style.set_header(put(worksheet.cell(HEADER_ROW, index), header))
    style.set_form_widths(worksheet)
    for number, column in enumerate(sheet.columns, start=FORM_FIRST_ROW):
        style.set_label(put(worksheet.cell(number, 1), column.header), column)
        cell = worksheet.cell(number, 2)
        if column.kind is Kind.COMPUTED:
            cell.value = REFERENCE.sub(resolve, column.formula)
            style.set_computed(cell)
        else:
            write_value(cell, column, values.get(column.key), money_unit)
            cell.alignment = style.LEFT
        style.set_guidance(put(worksheet.cell(number, FORM_COLUMNS), column.advice))
        style.fit_height(worksheet, number, FORM_COLUMNS)
    worksheet.freeze_panes = worksheet.cell(FORM_FIRST_ROW, 1)
    if any(column.kind is Kind.COMPUTED for column in sheet.columns):
        style.protect(worksheet)


def write_intro(worksheet: Worksheet, sheet: Sheet, width: int) -> None:
    """The first row: what the sheet is for."""
    worksheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    style.set_intro(put(worksheet.cell(1, 1), sheet.intro), worksheet)


def put(cell: Cell, text: str) -> Cell:
    """Write a text as a text, also where it begins like a formula."""
    if text:
        cell.value = text
        cell.data_type = "s"
    return cell


def write_value(cell: Cell, column: Column, value: object, money_unit: str) -> None:
    """Write a value the way its column's kind is read back."""
    style.set_input(cell, column)
    if value is None or value == "":
        return
    if column.choices:
        put(cell, next(label for label, meaning in column.choices.items() if meaning == value))
    elif column.kind is Kind.MONEY:
        cell.value = value / WAN_DIVISOR if money_unit == WAN else value
    elif isinstance(value, str):
        put(cell, value)
    else:
        cell.value = value


def resolve(found: re.Match) -> str:
    """`{income.amount}` as the range of that column, `{cover.difference}` as that line's cell."""
    sheet = next(sheet for sheet in SHEETS if sheet.key == found[1])
    index = [column.key for column in sheet.columns].index(found[2])
    if sheet.is_form:
        return f"'{sheet.title}'!$B${FORM_FIRST_ROW + index}"
    letter = get_column_letter(index + 1)
    return f"'{sheet.title}'!${letter}${FIRST_ROW}:${letter}${LAST_ROW}"
