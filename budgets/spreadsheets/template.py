"""Writes the filing workbook, empty or filled with what is known, from its sheets' definition."""

import io
import re
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from budgets.domain.chart import Chart
from budgets.domain.filing import Filing, Organisation
from budgets.domain.tables.form import THREE_PUBLIC_ECONOMICS
from budgets.spreadsheets.filing_rows import Offered, Rows, list_offered_rows, list_usual_places
from budgets.spreadsheets.sheets import (
    COVER,
    GUIDANCE_HEADER,
    GUIDE_TITLE,
    LABEL_HEADER,
    LISTS_TITLE,
    SHEETS,
    TEMPLATE_VERSION,
    UNITS,
    UNITS_SHEET,
    VALUE_HEADER,
    WAN,
    ColumnKind,
    Sheet,
    SheetColumn,
)
from budgets.spreadsheets.values import FACTORS

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
HEADER_ROW, GUIDANCE_ROW, FIRST_ROW, LAST_ROW = 2, 3, 4, 3000
FORM_FIRST_ROW, FORM_COLUMNS = 3, 3
NOTHING = Offered()
REFERENCE = re.compile(r"\{(\w+)\.(\w+)\}")
# A list written into the rule itself may hold 255 characters, whatever the file format's version.
LONGEST_INLINE = 100
# Lists that stand on a sheet of the template itself: what the clerk has written there.
OWN_LISTS = {
    "units": "'所属单位'!$A$4:$A$200",
    "projects": "'项目'!$B$4:$B$500",
    "targets": "'项目'!$B$4:$B$500",
}

FACE = "宋体"
RULE = Side(style="thin", color="BFC7D1")
FRAME = Border(left=RULE, right=RULE, top=RULE, bottom=RULE)
PLAIN, STRONG = Font(name=FACE, size=11), Font(name=FACE, size=11, bold=True)
QUIET = Font(name=FACE, size=9, color="595959")
TOP_LEFT = Alignment(vertical="top", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
TEXT_FORMAT, MONEY_FORMAT = "@", "#,##0.00####"
FORMATS = {
    ColumnKind.MONEY: MONEY_FORMAT,
    ColumnKind.COMPUTED: MONEY_FORMAT,
    ColumnKind.NUMBER: "#,##0.##",
    ColumnKind.COUNT: "0",
    ColumnKind.CHANGE: "0",
    ColumnKind.DATE: "yyyy-mm-dd",
}
# What sorts of cells look like; those to fill in have named styles.
INTRO = {"font": QUIET, "alignment": Alignment(vertical="center", wrap_text=True)}
HEADER = {
    "font": STRONG,
    "alignment": CENTRE,
    "border": FRAME,
    "fill": PatternFill("solid", fgColor="DCE6F1"),
}
REQUIRED = HEADER | {"fill": PatternFill("solid", fgColor="F9E2CC")}
GUIDANCE = {"font": QUIET, "alignment": TOP_LEFT, "border": FRAME}
COMPUTED = {
    "font": PLAIN,
    "alignment": LEFT,
    "border": FRAME,
    "fill": PatternFill("solid", fgColor="EDEDED"),
    "number_format": MONEY_FORMAT,
}
FORM_WIDTHS = {"A": 28, "B": 52, "C": 34}
A4 = 9
LEADING, PADDING, TALLEST = 1.4, 4, 409


def make_template(
    department: Organisation,
    year: int,
    chart: Chart,
    money_unit: str = WAN,
    units: Sequence[Organisation] = (),
) -> bytes:
    """An empty template for a department and year; `units` are its subordinate units."""
    cover = {
        "code": department.code,
        "name": department.name,
        "year": year,
        "money_unit": money_unit,
        "version": TEMPLATE_VERSION,
    }
    rows: dict[str, Rows] = {
        COVER.key: [cover],
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
    if money_unit not in UNITS:
        raise ValueError(f"money unit must be one of {list(UNITS)}, not {money_unit}")
    book = Workbook()
    # Cells to fill in are many, and naming a style is quick.
    for kind in ColumnKind:
        book.add_named_style(
            NamedStyle(
                name=name_style(kind),
                font=PLAIN,
                border=FRAME,
                alignment=TOP_LEFT,
                number_format=FORMATS.get(kind, TEXT_FORMAT),
                protection=Protection(locked=False),
            )
        )
    write_guide(book.active)
    lists = write_lists(book, chart)
    for sheet in SHEETS:
        worksheet = book.create_sheet(sheet.title, index=len(book.sheetnames) - 1)
        writer = write_form if sheet.is_form else write_list
        writer(worksheet, sheet, rows.get(sheet.key, []), money_unit)
        offer_choices(worksheet, sheet, lists)
        fit_page(worksheet)
        worksheet.page_setup.orientation = "portrait" if sheet.is_form else "landscape"
        worksheet.oddHeader.center.text = sheet.title
        worksheet.oddFooter.center.text = "第 &P 页 共 &N 页"
        worksheet.print_options.horizontalCentered = True
    book.active = 1
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_guide(worksheet: Worksheet) -> None:
    worksheet.title = GUIDE_TITLE
    worksheet.column_dimensions["A"].width = 78
    lines = [TITLE, *STEPS, "", "各工作表："]
    lines += [f"“{sheet.title}”：{sheet.intro}" for sheet in SHEETS]
    for number, line in enumerate(lines, start=1):
        paint(worksheet.cell(number, 1, line or None), {"font": PLAIN, "alignment": TOP_LEFT})
        fit_height(worksheet, number, 1)
    worksheet["A1"].font = Font(name=FACE, size=16, bold=True)
    worksheet.row_dimensions[1].height = 30
    fit_page(worksheet)


def fit_page(worksheet: Worksheet) -> None:
    worksheet.page_setup.paperSize = A4
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True


def write_list(worksheet: Worksheet, sheet: Sheet, rows: Rows, money_unit: str) -> None:
    width = len(sheet.columns)
    write_intro(worksheet, sheet, width)
    for index, column in enumerate(sheet.columns, start=1):
        # The whole column, so that rows to come are formatted too.
        dimension = worksheet.column_dimensions[get_column_letter(index)]
        dimension.width = column.width
        dimension.number_format = FORMATS.get(column.kind, TEXT_FORMAT)
        dimension.font, dimension.alignment = PLAIN, TOP_LEFT
        style = REQUIRED if column.required else HEADER
        put(worksheet.cell(HEADER_ROW, index), column.header, style)
        put(worksheet.cell(GUIDANCE_ROW, index), column.advice, GUIDANCE)
    for number, row in enumerate(rows, start=FIRST_ROW):
        for index, column in enumerate(sheet.columns, start=1):
            write_value(worksheet.cell(number, index), column, row.get(column.key), money_unit)
        fit_height(worksheet, number, width)
    fit_height(worksheet, GUIDANCE_ROW, width)
    worksheet.freeze_panes = worksheet.cell(FIRST_ROW, 1)
    worksheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def write_form(worksheet: Worksheet, sheet: Sheet, rows: Rows, money_unit: str) -> None:
    write_intro(worksheet, sheet, FORM_COLUMNS)
    values = rows[0] if rows else {}
    for index, header in enumerate((LABEL_HEADER, VALUE_HEADER, GUIDANCE_HEADER), start=1):
        put(worksheet.cell(HEADER_ROW, index), header, HEADER)
    for letter, wide in FORM_WIDTHS.items():
        worksheet.column_dimensions[letter].width = wide
    for number, column in enumerate(sheet.columns, start=FORM_FIRST_ROW):
        label = (REQUIRED if column.required else HEADER) | {"alignment": TOP_LEFT}
        put(worksheet.cell(number, 1), column.header, label)
        cell = worksheet.cell(number, 2)
        if column.kind is ColumnKind.COMPUTED:
            cell.value = REFERENCE.sub(resolve_reference, column.formula)
            paint(cell, COMPUTED)
        else:
            write_value(cell, column, values.get(column.key), money_unit)
            cell.alignment = LEFT
        put(worksheet.cell(number, FORM_COLUMNS), column.advice, GUIDANCE)
        fit_height(worksheet, number, FORM_COLUMNS)
    worksheet.freeze_panes = worksheet.cell(FORM_FIRST_ROW, 1)
    if any(column.kind is ColumnKind.COMPUTED for column in sheet.columns):
        # What is computed is locked; there is no password, since nothing here is secret.
        worksheet.protection.sheet = True
        worksheet.protection.formatColumns = worksheet.protection.formatRows = False


def write_intro(worksheet: Worksheet, sheet: Sheet, width: int) -> None:
    worksheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    put(worksheet.cell(1, 1), sheet.intro, INTRO)
    worksheet.row_dimensions[1].height = 32


def paint(cell: Cell, style: Mapping[str, Any]) -> None:
    for name, value in style.items():
        setattr(cell, name, value)


def put(cell: Cell, text: str, style: Mapping[str, Any] | None = None) -> None:
    """Write a text as a text, also where it begins like a formula."""
    if text:
        cell.value = text
        cell.data_type = "s"
    paint(cell, style or {})


def name_style(kind: ColumnKind) -> str:
    return f"input {kind.value}"


def write_value(cell: Cell, column: SheetColumn, value: Any, money_unit: str) -> None:
    cell.style = name_style(column.kind)
    if value is None or value == "":
        return
    if column.choices:
        put(cell, next(label for label, meaning in column.choices.items() if meaning == value))
    elif column.kind is ColumnKind.MONEY:
        cell.value = value / FACTORS[money_unit]
    elif isinstance(value, str):
        put(cell, value)
    else:
        cell.value = value


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


def resolve_reference(found: re.Match[str]) -> str:
    """`{income.amount}` as the range of that column, `{cover.difference}` as that line's cell."""
    sheet = next(sheet for sheet in SHEETS if sheet.key == found[1])
    index = [column.key for column in sheet.columns].index(found[2])
    if sheet.is_form:
        return f"'{sheet.title}'!$B${FORM_FIRST_ROW + index}"
    letter = get_column_letter(index + 1)
    return f"'{sheet.title}'!${letter}${FIRST_ROW}:${letter}${LAST_ROW}"


# Drop-down lists, and the hidden sheet behind the long ones.


def write_lists(book: Workbook, chart: Chart) -> dict[str, str]:
    """Write the hidden sheet: codes with their names, and choices too long for a rule of their own.

    The range of each list, by name.
    """
    lists: dict[str, list[str]] = {
        "functions": list_codes(chart.functions),
        "economics": list_codes(chart.economics),
        "three_public": [f"{code} {chart.economic_name(code)}" for code in THREE_PUBLIC_ECONOMICS],
    }
    for sheet in SHEETS:
        for column in sheet.columns:
            if len("".join(column.choices)) > LONGEST_INLINE:
                lists[f"{sheet.key}.{column.key}"] = list(column.choices)
    worksheet = book.create_sheet(LISTS_TITLE)
    worksheet.sheet_state = "hidden"
    worksheet.protection.sheet = True
    ranges = dict(OWN_LISTS)
    for index, (name, entries) in enumerate(lists.items(), start=1):
        for number, entry in enumerate([name, *entries], start=1):
            worksheet.cell(number, index, entry)
        letter = get_column_letter(index)
        ranges[name] = f"'{LISTS_TITLE}'!${letter}$2:${letter}${max(len(entries), 1) + 1}"
    return ranges


def list_codes(names: Mapping[str, str]) -> list[str]:
    """`2012901 行政运行`, in code order; the reader takes the code."""
    return [f"{code} {name}" for code, name in sorted(names.items())]


def offer_choices(worksheet: Worksheet, sheet: Sheet, ranges: dict[str, str]) -> None:
    """Drop-down lists for the columns or lines that have choices or a listing.

    A list of choices insists; a listing only offers, since codes may be new.
    """
    for index, column in enumerate(sheet.columns):
        if not column.choices and not column.listing:
            continue
        name = column.listing or f"{sheet.key}.{column.key}"
        source = f"={ranges[name]}" if name in ranges else f'"{",".join(column.choices)}"'
        rule = DataValidation(type="list", formula1=source, allow_blank=True)
        rule.showErrorMessage = not column.listing
        rule.errorTitle, rule.error = column.header, "请从下拉列表中选一项。"
        letter = get_column_letter(index + 1)
        rows = f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}"
        rule.add(f"B{FORM_FIRST_ROW + index}" if sheet.is_form else rows)
        worksheet.add_data_validation(rule)
