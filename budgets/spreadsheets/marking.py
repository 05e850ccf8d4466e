"""The same workbook with its bad cells coloured, each with what is wrong as a comment."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.numbers import FORMAT_PERCENTAGE_00
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from budgets.domain.problems import Problem, Severity
from budgets.domain.text import squeeze
from budgets.spreadsheets.books import RawBook, open_book
from budgets.spreadsheets.cells import strip_namespace
from budgets.spreadsheets.gate import Elements, Package, RefusedError, open_package

AUTHOR = "部门预算编报与公开"
FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="F8CBAD"),
    Severity.WARNING: PatternFill("solid", fgColor="FFE699"),
    Severity.HINT: PatternFill("solid", fgColor="DDEBF7"),
}
# A command of another program, another file or address, or a function that asks or calls one.
REACHING_OUT = re.compile(
    r"[|\[]|://|\\\\|\b(HYPERLINK|WEBSERVICE|RTD|DDE|CALL|EXEC|IMAGE|REGISTER(\.ID)?|IMPORT\w+)\s*\(",
    re.IGNORECASE,
)
COMMENT_WIDTH, COMMENT_HEIGHT = 320, 120
# What the library makes cells of, one for each of their area; and how much is too much for it.
SPREADING = {"mergeCell", "hyperlink", "table"}
MOST_ELEMENTS, MOST_SPREAD = 600_000, 100_000
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
UNNAMABLE = re.compile(r"[\[\]:*?/\\]")


def mark_workbook(content: bytes, problems: Iterable[Problem]) -> bytes:
    """A copy of a workbook that opens, with the problems at their cells.

    Nothing else is changed, but that a formula which reaches out of the workbook becomes the text
    that it is: whoever opens our copy must not run a stranger's command, nor tell him of it. Where
    the library cannot take the workbook, only its values are there. Problems of the file as a whole
    have no cell and are left to the page that lists them.
    """
    problems = [*problems]
    try:
        return write_marks(
            load_workbook(copy_parts(open_package(content)), keep_links=False), problems
        )
    except Exception:
        # The library refuses much that is odd beside the cells, with errors of many kinds.
        return write_marks(lay_out(open_book(content)), problems)


def write_marks(book: Workbook, problems: Iterable[Problem]) -> bytes:
    """The workbook with the problems at their cells; raises IndexError where it has no sheets."""
    for sheet in book.worksheets:
        disarm(sheet)
    # The reader knows sheets by their titles without blanks.
    sheets = {squeeze(title): book[title] for title in reversed(book.sheetnames)}
    found = defaultdict(list)
    for problem in problems:
        for place in problem.cells:
            found[squeeze(problem.sheet), place].append(problem)
    for (title, place), own in found.items():
        if title in sheets:
            cell = find_cell(sheets[title], place)
            cell.fill = FILLS[min((problem.severity for problem in own), key=list(Severity).index)]
            text = "\n".join(f"{each.severity.label}：{each.message}{each.advice}" for each in own)
            cell.comment = Comment(text, AUTHOR, width=COMMENT_WIDTH, height=COMMENT_HEIGHT)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


class Weight(Elements):
    """How much the library would make of the parts; raises RefusedError where it is too much."""

    def __init__(self) -> None:
        self.elements = self.spread = 0

    def start(self, tag, attributes):
        self.elements += 1
        if strip_namespace(tag) in SPREADING and ":" in attributes.get("ref", ""):
            left, top, right, bottom = range_boundaries(attributes["ref"])
            self.spread += (right - left + 1) * (bottom - top + 1)
        if self.elements > MOST_ELEMENTS or self.spread > MOST_SPREAD:
            raise RefusedError("工作簿过大。")


def copy_parts(package: Package) -> io.BytesIO:
    """The parts that our parser reads to their end, and pictures: another sees no others.

    Raises RefusedError where they are too much for the library.
    """
    written, weight = io.BytesIO(), Weight()
    with zipfile.ZipFile(written, "w") as copy:
        for name, member in package.members.items():
            try:
                package.walk(name, weight)
            except etree.XMLSyntaxError:
                if not package.peek(name).startswith(PICTURES):
                    continue
            copy.writestr(member.filename, package.archive.read(member))
    return written


def lay_out(raw: RawBook) -> Workbook:
    """A workbook of the values alone, each in its place."""
    book = Workbook()
    for title, lines in raw.lines.items():
        sheet = book.create_sheet(UNNAMABLE.sub("_", raw.names[title])[:31])
        for line in lines:
            for index, value in enumerate(line.values):
                cell = sheet.cell(line.number, index + 1, value)
                if isinstance(value, str):
                    # No text of a stranger becomes a formula.
                    cell.data_type = "s"
                elif index in line.percents:
                    cell.number_format = FORMAT_PERCENTAGE_00
    if raw.lines:
        book.remove(book.worksheets[0])
    return book


def disarm(sheet: Worksheet) -> None:
    """Turn the formulas that reach out of the workbook into text."""
    # Not its rows, which reach to the last cell, and may have millions that are not there.
    for cell in sheet._cells.values():
        if cell.data_type == "f":
            # One over a range is an object of the library's.
            formula = str(getattr(cell.value, "text", cell.value))
            if REACHING_OUT.search(formula):
                cell.value = formula
                cell.data_type, cell.quotePrefix = "s", True


def find_cell(sheet: Worksheet, place: str) -> Cell:
    """The cell, or the one that shows for it where it is merged away."""
    cell = sheet[place]
    if not isinstance(cell, MergedCell):
        return cell
    area = next(area for area in sheet.merged_cells.ranges if place in area)
    return sheet.cell(area.min_row, area.min_col)
