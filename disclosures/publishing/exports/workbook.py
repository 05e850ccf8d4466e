"""Tables as a spreadsheet: a sheet each, ready to print; equal content gives equal bytes."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from math import ceil
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from budgets.domain.document import Cell, Document, HeadCell, Table
from budgets.domain.money import to_wan
from disclosures.publishing.exports.data import FORMULA_SIGNS
from disclosures.publishing.layout import AnyCell, is_wide, place_cells

TEXT, HEADING = "宋体", "黑体"
RULE = Side(style="thin", color="FF000000")
BOX = Border(left=RULE, right=RULE, top=RULE, bottom=RULE)
MONEY = "#,##0.00"
FONT_SIZE = 10


def _style(
    name: str,
    horizontal: str,
    *,
    font: Font | None = None,
    border: Border | None = BOX,
    number_format: str = "@",
    indent: int = 0,
) -> NamedStyle:
    return NamedStyle(
        name=name,
        font=font or Font(name=TEXT, size=FONT_SIZE),
        alignment=Alignment(
            horizontal=horizontal, vertical="center", wrap_text=True, indent=indent
        ),
        border=border or Border(),
        number_format=number_format,
    )


def register_styles(book: Workbook) -> None:
    """One named style for each kind of cell, which carries it by its name."""
    bold = Font(name=TEXT, size=FONT_SIZE, bold=True)
    for style in (
        _style("table-number", "left", font=Font(name=HEADING, size=12), border=None),
        _style("title", "center", font=Font(name=HEADING, size=16, bold=True), border=None),
        _style("subtitle", "center", border=None),
        _style("note", "left", border=None),
        _style("unit", "right", border=None),
        _style("head", "center", font=bold),
        _style("mark", "center"),
        _style("code", "center"),
        _style("label", "left"),
        _style("label-2", "left", indent=1),
        _style("label-3", "left", indent=2),
        _style("label-4", "left", indent=3),
        _style("amount", "right", number_format=MONEY),
        _style("label-total", "left", font=bold),
        _style("amount-total", "right", font=bold, number_format=MONEY),
        _style("text", "left"),
        _style("blank", "left"),
        _style("empty", "left"),
    ):
        book.add_named_style(style)


# Sheet widths count Latin characters; these fill an A4 page at the body's size.
UPRIGHT_WIDTH, LANDSCAPE_WIDTH = 92, 140
LINE_HEIGHT, PADDING, PAD_WIDTH = 14.0, 6.0, 0.7
A4, MARGIN_SIDES, MARGIN_ENDS = 9, 0.5, 0.7


class Pen:
    """Writes a sheet from top to bottom; `row` is the next free row."""

    def __init__(self, sheet: Worksheet, grid: Table) -> None:
        self.sheet, self.grid, self.row = sheet, grid, 1
        relative = [column.width for column in grid.columns]
        self.is_wide = is_wide(grid)
        width = LANDSCAPE_WIDTH if self.is_wide else UPRIGHT_WIDTH
        self.widths = [round(width * part / sum(relative), 1) for part in relative]
        self.span = len(relative)
        self.numbers = {c.at: to_wan(c.yuan) for c in grid.amounts() if c.yuan is not None}

    def put(
        self, row: int, column: int, style: str, value: object, colspan: int, rowspan: int = 1
    ) -> None:
        """Put a value, merged over its spans; text is never taken for a formula."""
        last_row, last_column = row + rowspan - 1, column + colspan - 1
        for covered in range(row, last_row + 1):
            for place in range(column, last_column + 1):
                self.sheet.cell(covered, place).style = style
        cell = self.sheet.cell(row, column, value)
        if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
            cell.data_type, cell.quotePrefix = "s", True
        if (last_row, last_column) != (row, column):
            # merge_cells() would draw the borders again, which takes longer than all the rest.
            self.sheet.merged_cells.add(CellRange(None, column, row, last_column, last_row))

    def line(self, style: str, text: str) -> None:
        """One text across the whole width."""
        self.put(self.row, 1, style, text, self.span)
        lines = count_lines(text, sum(self.widths))
        size = self.sheet.cell(self.row, 1).font.size
        self.sheet.row_dimensions[self.row].height = lines * size * 1.4 + PADDING
        self.row += 1

    def read_value(self, cell: Cell | HeadCell) -> object:
        """What the sheet stores: an amount as a number in 万元, anything else as text."""
        number = self.numbers.get(cell.at) if isinstance(cell, Cell) else None
        return cell.text or None if number is None else number

    def cells(self, rows: Sequence[Sequence[AnyCell]], levels: Sequence[int | None]) -> None:
        """Rows of cells, each row as high as its longest text needs."""
        heights = [1.0] * len(rows)
        for row, column, cell in place_cells(rows):
            style, value = name_style(cell, levels[row]), self.read_value(cell)
            self.put(self.row + row, column + 1, style, value, cell.colspan, cell.rowspan)
            width = sum(self.widths[column : column + cell.colspan])
            lines = count_lines(cell.text, width) / cell.rowspan
            for covered in range(row, row + cell.rowspan):
                heights[covered] = max(heights[covered], lines)
        for row, lines in enumerate(heights):
            self.sheet.row_dimensions[self.row + row].height = ceil(lines * LINE_HEIGHT + PADDING)
        self.row += len(rows)


def draw_sheet(sheet: Worksheet, grid: Table, footer: str) -> None:
    """A frozen grid on an empty sheet, in the official layout, ready to print on A4."""
    pen = Pen(sheet, grid)
    for number, width in enumerate(pen.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    draw_title(pen)
    first = pen.row
    pen.cells(grid.head, [None] * len(grid.head))
    last = pen.row - 1
    rows = grid.rows()
    pen.cells([row.cells for row in rows], [row.level for row in rows])
    if grid.empty:
        pen.line("empty", grid.empty)
    for note in grid.footnotes:
        pen.line("note", note)
    if grid.head:
        sheet.print_title_rows = f"{first - 1}:{last}"
        sheet.freeze_panes = f"{get_column_letter(count_leads(grid) + 1)}{last + 1}"
    set_page(pen, footer)


def draw_title(pen: Pen) -> None:
    grid = pen.grid
    if grid.label:
        pen.line("table-number", grid.label)
    pen.line("title", grid.title)
    if grid.subtitle:
        pen.line("subtitle", grid.subtitle)
    if grid.head:
        half = pen.span // 2
        pen.put(pen.row, 1, "note", f"编制部门：{grid.department}", half)
        pen.put(pen.row, half + 1, "unit", f"单位：{grid.unit}", pen.span - half)
        pen.row += 1


def set_page(pen: Pen, footer: str) -> None:
    """A4, one page wide, the header again on every page."""
    sheet = pen.sheet
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if pen.is_wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = MARGIN_SIDES
    margins.top = margins.bottom = MARGIN_ENDS
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.oddFooter.right.text, sheet.oddFooter.right.size = footer, 8


def name_style(cell: Cell | HeadCell, level: int | None) -> str:
    if isinstance(cell, HeadCell):
        return "mark" if cell.mark else "head"
    kind: str = cell.kind
    if level == 0 and kind in ("label", "amount"):
        return f"{kind}-total"
    indent = min(cell.level or 0, 4) if kind == "label" else 0
    return f"label-{indent}" if indent > 1 else kind


def count_leads(grid: Table) -> int:
    """How many columns at the left only name the row."""
    kinds = [column.kind for column in grid.columns]
    return kinds.index("amount") if "amount" in kinds else 0


def count_lines(text: str, width: float) -> int:
    """How many lines a text takes in a column; a Chinese character is two Latin ones wide."""
    room = max(width - PAD_WIDTH, 2)
    lengths = [
        sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)
        for line in text.split("\n")
    ]
    return sum(max(1, ceil(length / room)) for length in lengths)


LONGEST_NAME = 31
UNNAMABLE = re.compile(r"[\[\]:*?/\\]")
PROPERTIES = "docProps/core.xml"
# The oldest moment a ZIP entry can carry.
NO_MOMENT = (1980, 1, 1, 0, 0, 0)


def build_workbook(
    document: Document, *keys: str, version: int, digest: str, created: datetime
) -> bytes:
    """The workbook of a document: its tables in the order of print, or those with these keys.

    Amounts are numbers in 万元 as printed, with two places; text is never a formula. `created`
    must be aware; it is the only moment in the file, so equal input gives equal bytes.
    """
    book = Workbook()
    book.remove(book.active)
    register_styles(book)
    for table in [document.tables_by_key[key] for key in keys] or document.tables:
        # 表2 部门收入总体情况表; tables of one title are numbered.
        name = fit_name(f"{table.label} {table.title}")
        start = name[: LONGEST_NAME - 4]
        number = sum(other.startswith(start) for other in book.sheetnames) + 1
        sheet = book.create_sheet(name if number == 1 else f"{start} {number}")
        draw_sheet(sheet, table, f"第{version}版 {digest[:12]}")
    book.properties = DocumentProperties(
        title=document.title,
        creator=document.department.name,
        description=f"第{version}版，内容摘要 SHA-256 {digest}",
        version=str(version),
    )
    return seal(book, created)


def fit_name(text: str) -> str:
    """A text as the name of a sheet: short, and without the signs that a name may not have."""
    return UNNAMABLE.sub(" ", text).strip(" '")[:LONGEST_NAME]


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
