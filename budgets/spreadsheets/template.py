"""Writes the template, empty or filled with what is known, from the columns' one definition."""

import io
import re
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from budgets.domain.chart import Chart
from budgets.domain.filing import Filing, Organisation
from budgets.spreadsheets import styles
from budgets.spreadsheets.choices import offer_choices, write_lists
from budgets.spreadsheets.columns import Column, Kind, Sheet
from budgets.spreadsheets.filling import Offered, Rows, lay_offered, lay_usual_places
from budgets.spreadsheets.headers import GUIDANCE_HEADER, LABEL_HEADER, VALUE_HEADER
from budgets.spreadsheets.sheets import GUIDE_TITLE, SHEETS
from budgets.spreadsheets.styles import A4, FACE, PLAIN, fit_height
from budgets.spreadsheets.word_sheets import COVER, TEMPLATE_VERSION, UNITS, UNITS_SHEET, WAN

TITLE = "部门预算公开填报表"
STEPS = (
    "1. 先填“封面”：部门、年度、金额单位（元或万元，全部工作表统一）。",
    "2. 依次填各工作表。橙色表头是必填项，表头下的小字说明怎么填；没有内容的表留空。",
    "3. 列可以移动，也可以从别的表格粘贴；系统按表头认列，不认位置。不要改表头的文字。",
    "4. 编码可从下拉列表选（显示编码和名称），也可直接填数字。代码表里没有的编码，名称必填。",
    "5. 金额只填数字，不填合计行。上年有过的来源、科目和项目已经列出，今年没有的不用管："
    "没有填金额的行不导入。",
    "6. “上年数与说明”里的原因和用途是唯一要写的文字，其余句子由系统按表中的数生成。",
    "7. 保存为 .xlsx 后上传。系统一次列出全部问题，写明工作表、单元格和改法；全部改好才会导入。",
)


def write_guide(worksheet: Worksheet) -> None:
    """Title, steps, and what each sheet is for."""
    worksheet.title = GUIDE_TITLE
    worksheet.column_dimensions["A"].width = 78
    lines = [TITLE, *STEPS, "", "各工作表："]
    lines += [f"“{sheet.title}”：{sheet.intro}" for sheet in SHEETS]
    for number, line in enumerate(lines, start=1):
        cell = worksheet.cell(number, 1, line or None)
        cell.font = PLAIN
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        fit_height(worksheet, number, 1)
    worksheet["A1"].font = Font(name=FACE, size=16, bold=True)
    worksheet.row_dimensions[1].height = 30
    worksheet.page_setup.paperSize = A4
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0


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
    styles.register_inputs(book)
    write_guide(book.active)
    lists = write_lists(book, chart)
    for sheet in SHEETS:
        worksheet = book.create_sheet(sheet.title, index=len(book.sheetnames) - 1)
        writer = write_form if sheet.is_form else write_list
        writer(worksheet, sheet, rows.get(sheet.key, []), money_unit)
        offer_choices(worksheet, sheet, lists)
        styles.set_page(worksheet, sheet)
    book.active = 1
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_list(worksheet: Worksheet, sheet: Sheet, rows: Rows, money_unit: str) -> None:
    """Header, guidance, and a row for each of `rows`."""
    write_intro(worksheet, sheet, len(sheet.columns))
    for index, column in enumerate(sheet.columns, start=1):
        styles.set_column(worksheet, index, column)
        styles.set_header(put(worksheet.cell(HEADER_ROW, index), column.header), column)
        styles.set_guidance(put(worksheet.cell(GUIDANCE_ROW, index), column.advice))
    for number, row in enumerate(rows, start=FIRST_ROW):
        for index, column in enumerate(sheet.columns, start=1):
            write_value(worksheet.cell(number, index), column, row.get(column.key), money_unit)
        styles.fit_height(worksheet, number, len(sheet.columns))
    styles.fit_height(worksheet, GUIDANCE_ROW, len(sheet.columns))
    worksheet.freeze_panes = worksheet.cell(FIRST_ROW, 1)
    worksheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def write_form(worksheet: Worksheet, sheet: Sheet, rows: Rows, money_unit: str) -> None:
    """A line for each of the form's columns: label, value, guidance."""
    write_intro(worksheet, sheet, FORM_COLUMNS)
    values = rows[0] if rows else {}
    headers = (LABEL_HEADER, VALUE_HEADER, GUIDANCE_HEADER)
    for index, header in enumerate(headers, start=1):
        styles.set_header(put(worksheet.cell(HEADER_ROW, index), header))
    styles.set_form_widths(worksheet)
    for number, column in enumerate(sheet.columns, start=FORM_FIRST_ROW):
        styles.set_label(put(worksheet.cell(number, 1), column.header), column)
        cell = worksheet.cell(number, 2)
        if column.kind is Kind.COMPUTED:
            cell.value = REFERENCE.sub(resolve, column.formula)
            styles.set_computed(cell)
        else:
            write_value(cell, column, values.get(column.key), money_unit)
            cell.alignment = styles.LEFT
        styles.set_guidance(put(worksheet.cell(number, FORM_COLUMNS), column.advice))
        styles.fit_height(worksheet, number, FORM_COLUMNS)
    worksheet.freeze_panes = worksheet.cell(FORM_FIRST_ROW, 1)
    if any(column.kind is Kind.COMPUTED for column in sheet.columns):
        styles.protect(worksheet)


def write_intro(worksheet: Worksheet, sheet: Sheet, width: int) -> None:
    """The first row: what the sheet is for."""
    worksheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    styles.set_intro(put(worksheet.cell(1, 1), sheet.intro), worksheet)


def put(cell: Cell, text: str) -> Cell:
    """Write a text as a text, also where it begins like a formula."""
    if text:
        cell.value = text
        cell.data_type = "s"
    return cell


def write_value(cell: Cell, column: Column, value: object, money_unit: str) -> None:
    """Write a value the way its column's kind is read back."""
    styles.set_input(cell, column)
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
