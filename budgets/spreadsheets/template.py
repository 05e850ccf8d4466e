"""Writes the template, empty or filled with what is known, from the columns' one definition."""

import io
import re
from collections.abc import Mapping, Sequence
from math import ceil
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from budgets.domain.chart import Chart
from budgets.domain.filing import Filing, Organisation
from budgets.spreadsheets.filing_rows import Offered, Rows, list_offered_rows, list_usual_places
from budgets.spreadsheets.reading import GUIDANCE_HEADER, LABEL_HEADER, VALUE_HEADER
from budgets.spreadsheets.sheets import (
    COVER,
    GUIDE_TITLE,
    LISTS_TITLE,
    SHEETS,
    TEMPLATE_VERSION,
    THREE_PUBLIC_CODES,
    UNITS,
    UNITS_SHEET,
    WAN,
    ColumnKind,
    Sheet,
    SheetColumn,
)

# A list written into the rule itself may hold 255 characters, whatever the file format's version.
LONGEST_INLINE = 100
# Lists that stand on a sheet of the template itself: what the clerk has written there.
OWN_LISTS = {
    "units": "'所属单位'!$A$4:$A$200",
    "projects": "'项目'!$B$4:$B$500",
    "targets": "'项目'!$B$4:$B$500",
}


def write_lists(book: Workbook, chart: Chart) -> dict[str, str]:
    """Write the hidden sheet; the range of each list by name."""
    worksheet = book.create_sheet(LISTS_TITLE)
    worksheet.sheet_state = "hidden"
    worksheet.protection.sheet = True
    ranges = dict(OWN_LISTS)
    for index, (name, entries) in enumerate(list_choices(chart).items(), start=1):
        letter = get_column_letter(index)
        worksheet.cell(1, index, name)
        for number, entry in enumerate(entries, start=2):
            worksheet.cell(number, index, entry)
        ranges[name] = f"'{LISTS_TITLE}'!${letter}$2:${letter}${max(len(entries), 1) + 1}"
    return ranges


def list_choices(chart: Chart) -> dict[str, Sequence[str]]:
    """Codes with their names, and every choice too long for a rule of its own."""
    found: dict[str, Sequence[str]] = {
        "functions": entries(chart.functions),
        "economics": entries(chart.economics),
        "three_public": [f"{code} {chart.economic_name(code)}" for code in THREE_PUBLIC_CODES],
    }
    for sheet in SHEETS:
        for column in sheet.columns:
            if len("".join(column.choices)) > LONGEST_INLINE:
                found[f"{sheet.key}.{column.key}"] = list(column.choices)
    return found


def entries(names) -> list[str]:
    """`2012901 行政运行`, in code order; the reader takes the code."""
    return [f"{code} {name}" for code, name in sorted(names.items())]


def offer_choices(worksheet: Worksheet, sheet: Sheet, ranges: dict[str, str]) -> None:
    """Drop-down lists for the columns or lines that have choices or a listing."""
    for index, column in enumerate(sheet.columns):
        if not column.choices and not column.listing:
            continue
        rule = make_rule(sheet, column, ranges)
        letter = get_column_letter(index + 1)
        rows = f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}"
        rule.add(f"B{FORM_FIRST_ROW + index}" if sheet.is_form else rows)
        worksheet.add_data_validation(rule)


def make_rule(sheet: Sheet, column: SheetColumn, ranges: dict[str, str]) -> DataValidation:
    """A list of choices insists; a listing only offers, since codes may be new."""
    name = column.listing or f"{sheet.key}.{column.key}"
    source = f"={ranges[name]}" if name in ranges else f'"{",".join(column.choices)}"'
    rule = DataValidation(type="list", formula1=source, allow_blank=True)
    rule.showErrorMessage = not column.listing
    rule.errorTitle, rule.error = column.header, "请从下拉列表中选一项。"
    return rule


FACE = "宋体"
RULE = Side(style="thin", color="BFC7D1")
FRAME = Border(left=RULE, right=RULE, top=RULE, bottom=RULE)
HEADER_FILL = PatternFill("solid", fgColor="DCE6F1")
REQUIRED_FILL = PatternFill("solid", fgColor="F9E2CC")
COMPUTED_FILL = PatternFill("solid", fgColor="EDEDED")
PLAIN, STRONG = Font(name=FACE, size=11), Font(name=FACE, size=11, bold=True)
QUIET = Font(name=FACE, size=9, color="595959")
TOP_LEFT = Alignment(vertical="top", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
UNLOCKED = Protection(locked=False)
TEXT_FORMAT, MONEY_FORMAT = "@", "#,##0.00####"
FORMATS = {
    ColumnKind.MONEY: MONEY_FORMAT,
    ColumnKind.COMPUTED: MONEY_FORMAT,
    ColumnKind.NUMBER: "#,##0.##",
    ColumnKind.COUNT: "0",
    ColumnKind.CHANGE: "0",
    ColumnKind.DATE: "yyyy-mm-dd",
}
FORM_WIDTHS = {"A": 28, "B": 52, "C": 34}
A4 = 9
LEADING, PADDING, TALLEST = 1.4, 4, 409


def set_intro(cell: Cell, worksheet: Worksheet) -> None:
    """The row above the header."""
    cell.font, cell.alignment = QUIET, Alignment(vertical="center", wrap_text=True)
    worksheet.row_dimensions[cell.row].height = 32


def set_header(cell: Cell, column: SheetColumn | None = None) -> None:
    """A header; needed columns are warmer."""
    needed = column is not None and column.required
    cell.font, cell.alignment, cell.border = STRONG, CENTRE, FRAME
    cell.fill = REQUIRED_FILL if needed else HEADER_FILL


def set_label(cell: Cell, column: SheetColumn) -> None:
    """A form's label."""
    set_header(cell, column)
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def set_guidance(cell: Cell) -> None:
    """The guidance below a header or beside a form's line."""
    cell.font, cell.alignment, cell.border = QUIET, TOP_LEFT, FRAME


def register_inputs(book: Workbook) -> None:
    """Give a workbook one style for each kind of cell to fill in; naming it is quick."""
    for kind in ColumnKind:
        book.add_named_style(
            NamedStyle(
                name=input_name(kind),
                font=PLAIN,
                border=FRAME,
                alignment=TOP_LEFT,
                number_format=FORMATS.get(kind, TEXT_FORMAT),
                protection=UNLOCKED,
            )
        )


def input_name(kind: ColumnKind) -> str:
    """The name of the style of cells of that kind."""
    return f"input {kind.value}"


def set_input(cell: Cell, column: SheetColumn) -> None:
    """A cell to fill in."""
    cell.style = input_name(column.kind)


def set_computed(cell: Cell) -> None:
    """A cell that computes itself, and so is locked."""
    cell.font, cell.border, cell.fill = PLAIN, FRAME, COMPUTED_FILL
    cell.number_format = MONEY_FORMAT
    cell.alignment = LEFT


def set_column(worksheet: Worksheet, index: int, column: SheetColumn) -> None:
    """Width and format of a whole column, so that rows to come are formatted too."""
    dimension = worksheet.column_dimensions[get_column_letter(index)]
    dimension.width = column.width
    dimension.number_format = FORMATS.get(column.kind, TEXT_FORMAT)
    dimension.font, dimension.alignment = PLAIN, TOP_LEFT


def fit_height(worksheet: Worksheet, row: int, width: int) -> None:
    """Make a row of `width` cells as high as its longest text needs; not every program does."""
    every = (worksheet.cell(row, index) for index in range(1, width + 1))
    cells = [cell for cell in every if isinstance(cell.value, str)]
    points = (count_lines(cell, worksheet) * cell.font.size * LEADING for cell in cells)
    worksheet.row_dimensions[row].height = min(max(points, default=0) + PADDING, TALLEST)


def count_lines(cell: Cell, worksheet: Worksheet) -> int:
    """How many lines a text takes in its column; a Chinese character is two digits wide."""
    room = worksheet.column_dimensions[cell.column_letter].width * PLAIN.size / cell.font.size - 1
    if "\n" not in cell.value and len(cell.value) * 2 <= room:
        return 1
    widths = [
        sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in line)
        for line in cell.value.split("\n")
    ]
    return sum(max(1, ceil(width / room)) for width in widths)


def set_form_widths(worksheet: Worksheet) -> None:
    """Widths of label, value and guidance."""
    for letter, width in FORM_WIDTHS.items():
        worksheet.column_dimensions[letter].width = width


def set_page(worksheet: Worksheet, sheet: Sheet) -> None:
    """A4, as wide as the page, with title and page number."""
    worksheet.page_setup.orientation = "portrait" if sheet.is_form else "landscape"
    worksheet.page_setup.paperSize = A4
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.oddHeader.center.text = sheet.title
    worksheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    worksheet.print_options.horizontalCentered = True


def protect(worksheet: Worksheet) -> None:
    """Lock what is computed; there is no password, since nothing here is secret."""
    worksheet.protection.sheet = True
    worksheet.protection.formatColumns = worksheet.protection.formatRows = False


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
        "history": list_usual_places(),
    }
    return write_workbook(rows, chart, money_unit)


def fill_template(
    filing: Filing, chart: Chart, money_unit: str = WAN, offered: Offered = NOTHING
) -> bytes:
    """A template that holds all of `filing`; reading it gives the filing back.

    What is offered beside it has no amounts, and says nothing until it is filled in.
    """
    return write_workbook(list_offered_rows(filing, offered, chart, money_unit), chart, money_unit)


def write_workbook(rows: Mapping[str, Rows], chart: Chart, money_unit: str) -> bytes:
    """The workbook with these rows by sheet key."""
    if money_unit not in UNITS:
        raise ValueError(f"money unit must be one of {list(UNITS)}, not {money_unit}")
    book = Workbook()
    register_inputs(book)
    write_guide(book.active)
    lists = write_lists(book, chart)
    for sheet in SHEETS:
        worksheet = book.create_sheet(sheet.title, index=len(book.sheetnames) - 1)
        writer = write_form if sheet.is_form else write_list
        writer(worksheet, sheet, rows.get(sheet.key, []), money_unit)
        offer_choices(worksheet, sheet, lists)
        set_page(worksheet, sheet)
    book.active = 1
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_list(worksheet: Worksheet, sheet: Sheet, rows: Rows, money_unit: str) -> None:
    """Header, guidance, and a row for each of `rows`."""
    write_intro(worksheet, sheet, len(sheet.columns))
    for index, column in enumerate(sheet.columns, start=1):
        set_column(worksheet, index, column)
        set_header(put(worksheet.cell(HEADER_ROW, index), column.header), column)
        set_guidance(put(worksheet.cell(GUIDANCE_ROW, index), column.advice))
    for number, row in enumerate(rows, start=FIRST_ROW):
        for index, column in enumerate(sheet.columns, start=1):
            write_value(worksheet.cell(number, index), column, row.get(column.key), money_unit)
        fit_height(worksheet, number, len(sheet.columns))
    fit_height(worksheet, GUIDANCE_ROW, len(sheet.columns))
    worksheet.freeze_panes = worksheet.cell(FIRST_ROW, 1)
    worksheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def write_form(worksheet: Worksheet, sheet: Sheet, rows: Rows, money_unit: str) -> None:
    """A line for each of the form's columns: label, value, guidance."""
    write_intro(worksheet, sheet, FORM_COLUMNS)
    values = rows[0] if rows else {}
    headers = (LABEL_HEADER, VALUE_HEADER, GUIDANCE_HEADER)
    for index, header in enumerate(headers, start=1):
        set_header(put(worksheet.cell(HEADER_ROW, index), header))
    set_form_widths(worksheet)
    for number, column in enumerate(sheet.columns, start=FORM_FIRST_ROW):
        set_label(put(worksheet.cell(number, 1), column.header), column)
        cell = worksheet.cell(number, 2)
        if column.kind is ColumnKind.COMPUTED:
            cell.value = REFERENCE.sub(resolve, column.formula)
            set_computed(cell)
        else:
            write_value(cell, column, values.get(column.key), money_unit)
            cell.alignment = LEFT
        set_guidance(put(worksheet.cell(number, FORM_COLUMNS), column.advice))
        fit_height(worksheet, number, FORM_COLUMNS)
    worksheet.freeze_panes = worksheet.cell(FORM_FIRST_ROW, 1)
    if any(column.kind is ColumnKind.COMPUTED for column in sheet.columns):
        protect(worksheet)


def write_intro(worksheet: Worksheet, sheet: Sheet, width: int) -> None:
    """The first row: what the sheet is for."""
    worksheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    set_intro(put(worksheet.cell(1, 1), sheet.intro), worksheet)


def put(cell: Cell, text: str) -> Cell:
    """Write a text as a text, also where it begins like a formula."""
    if text:
        cell.value = text
        cell.data_type = "s"
    return cell


def write_value(cell: Cell, column: SheetColumn, value: object, money_unit: str) -> None:
    """Write a value the way its column's kind is read back."""
    set_input(cell, column)
    if value is None or value == "":
        return
    if column.choices:
        put(cell, next(label for label, meaning in column.choices.items() if meaning == value))
    elif column.kind is ColumnKind.MONEY:
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
