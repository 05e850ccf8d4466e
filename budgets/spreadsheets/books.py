"""A workbook as raw rows: its sheets by title, or what is wrong with the file as a whole."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from budgets.domain.problems import Problem
from budgets.domain.text import squeeze
from budgets.spreadsheets.gate import inspect
from budgets.spreadsheets.sheets import LISTS_TITLE
from budgets.spreadsheets.worksheets import Line, find_percent_styles, read_lines

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


@dataclass(frozen=True, slots=True)
class RawCell:
    """A value as the spreadsheet holds it, and its address (`C5`)."""

    value: object
    ref: str


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet's rows that are not blank, hidden ones too; each from column A to its last value.

    `formulas` are the addresses of formulas whose result the file does not hold.
    """

    name: str
    rows: tuple[tuple[RawCell, ...], ...]
    formulas: frozenset[str] = frozenset()


def read_raw(book: Book, word: str = "") -> list[RawSheet]:
    """All sheets of an opened book in their order, of their rows those that hold a word.

    None where the book is refused.
    """
    return [
        take_sheet(book.names[title], [line for line in lines if holds(line, word)])
        for title, lines in book.lines.items()
    ]


def holds(line: Line, word: str) -> bool:
    """True where a text of the row has the word in it; "" is in all of them."""
    return not word or any(isinstance(value, str) and word in value for value in line.values)


def take_sheet(name: str, lines: list[Line]) -> RawSheet:
    """One sheet."""
    formulas = (ref(index, line.number) for line in lines for index in line.open_formulas)
    return RawSheet(name, tuple(map(take_row, lines)), frozenset(formulas))


def take_row(line: Line) -> tuple[RawCell, ...]:
    """A row without the blanks at its end; a formula without a result is none of them."""
    last = max((len(line.values) - 1, *line.open_formulas))
    return tuple(RawCell(line.value(i), ref(i, line.number)) for i in range(last + 1))
