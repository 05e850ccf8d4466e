"""A workbook as raw rows: its sheets by title, or what is wrong with the file as a whole."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from budgets.domain.text import squeeze
from budgets.problems import Problem
from budgets.workbook.gate import inspect
from budgets.workbook.lines import Line
from budgets.workbook.sheets import LISTS_TITLE
from budgets.workbook.worksheet import find_percent_styles, read_lines

BROKEN = Problem(
    message="文件的内部结构有误，读不出来。",
    advice="请用 Excel 或 WPS 打开并重新保存后再上传。",
)


@dataclass(frozen=True, slots=True)
class Book:
    """Rows by sheet title (without blanks), in the order of the file; none where it is refused.

    `names` are the sheets' titles as the file writes them, by title without blanks. `problems` say
    why the file is refused.
    """

    lines: Mapping[str, list[Line]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def ref(index: int, number: int) -> str:
    """`C5`, from a column index that counts from 0."""
    return f"{get_column_letter(index + 1)}{number}"


def open_book(content: bytes) -> Book:
    """The workbook's rows that are not blank, hidden ones too; never raises, whatever the bytes."""
    if problems := inspect(content):
        return Book(problems=problems)
    try:
        return load(content)
    except Exception:
        # The library raises whatever a malformed part leads it to.
        return Book(problems=[BROKEN])


def load(content: bytes) -> Book:
    """The rows of every sheet; the template's own hidden lists are left out."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.title != LISTS_TITLE]
    percents = find_percent_styles(book)
    lines = {squeeze(sheet.title): list(read_lines(sheet, percents)) for sheet in sheets}
    return Book(lines, {squeeze(sheet.title): sheet.title for sheet in sheets})
