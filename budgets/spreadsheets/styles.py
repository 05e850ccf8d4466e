"""How the template looks: calm, legible, ready to print."""

from math import ceil
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import (
    Alignment,
    Border,
    Font,
    NamedStyle,
    PatternFill,
    Protection,
    Side,
)
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from budgets.spreadsheets.columns import Column, Kind, Sheet

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
    Kind.MONEY: MONEY_FORMAT,
    Kind.COMPUTED: MONEY_FORMAT,
    Kind.NUMBER: "#,##0.##",
    Kind.COUNT: "0",
    Kind.CHANGE: "0",
    Kind.DATE: "yyyy-mm-dd",
}
FORM_WIDTHS = {"A": 28, "B": 52, "C": 34}
A4 = 9
LEADING, PADDING, TALLEST = 1.4, 4, 409


def set_intro(cell: Cell, worksheet: Worksheet) -> None:
    """The row above the header."""
    cell.font, cell.alignment = QUIET, Alignment(vertical="center", wrap_text=True)
    worksheet.row_dimensions[cell.row].height = 32


def set_header(cell: Cell, column: Column | None = None) -> None:
    """A header; needed columns are warmer."""
    needed = column is not None and column.required
    cell.font, cell.alignment, cell.border = STRONG, CENTRE, FRAME
    cell.fill = REQUIRED_FILL if needed else HEADER_FILL


def set_label(cell: Cell, column: Column) -> None:
    """A form's label."""
    set_header(cell, column)
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def set_guidance(cell: Cell) -> None:
    """The guidance below a header or beside a form's line."""
    cell.font, cell.alignment, cell.border = QUIET, TOP_LEFT, FRAME


def register_inputs(book: Workbook) -> None:
    """Give a workbook one style for each kind of cell to fill in; naming it is quick."""
    for kind in Kind:
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


def input_name(kind: Kind) -> str:
    """The name of the style of cells of that kind."""
    return f"input {kind.value}"


def set_input(cell: Cell, column: Column) -> None:
    """A cell to fill in."""
    cell.style = input_name(column.kind)


def set_computed(cell: Cell) -> None:
    """A cell that computes itself, and so is locked."""
    cell.font, cell.border, cell.fill = PLAIN, FRAME, COMPUTED_FILL
    cell.number_format = MONEY_FORMAT
    cell.alignment = LEFT


def set_column(worksheet: Worksheet, index: int, column: Column) -> None:
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
