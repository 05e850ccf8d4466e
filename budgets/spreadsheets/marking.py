"""The same workbook with its bad cells coloured, each with what is wrong as a comment."""

import io
import re
from collections import defaultdict
from collections.abc import Iterable

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from budgets.domain.problems import Problem, Severity
from budgets.domain.text import squeeze

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


def mark_workbook(content: bytes, problems: Iterable[Problem]) -> bytes:
    """A copy of a workbook that opens, with the problems at their cells.

    Nothing else is changed, but that a formula which reaches out of the workbook becomes the text
    that it is: whoever opens our copy must not run a stranger's command, nor tell him of it.
    Problems of the file as a whole have no cell and are left to the page that lists them.
    """
    book = load_workbook(io.BytesIO(content), keep_links=False)
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


def disarm(sheet: Worksheet) -> None:
    """Turn the formulas that reach out of the workbook into text."""
    for row in sheet.iter_rows():
        for cell in row:
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
