"""A workbook as raw rows: its sheets by title, or what is wrong with the file as a whole."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from budgets.domain.problems import Problem
from budgets.domain.text import purge, squeeze
from budgets.spreadsheets.gate import SAVE_AGAIN, inspect_file
from budgets.spreadsheets.sheets import LISTS_TITLE

BROKEN = Problem(message="文件的内部结构有误，读不出来。", advice=SAVE_AGAIN)
# Cells further to the right are not read.
WIDEST = 60


@dataclass(frozen=True, slots=True)
class RawLine:
    """A row that is not blank: its number, its values from column A on, None where blank.

    `percents` and `open_formulas` are the indexes of cells that show their number as a percentage,
    and of formulas whose result the file does not hold.
    """

    number: int
    values: list[object]
    percents: tuple[int, ...] = ()
    open_formulas: tuple[int, ...] = ()

    def value(self, index: int) -> object:
        """What a cell holds; None where it is blank, or beyond the last."""
        return self.values[index] if index < len(self.values) else None


@dataclass(frozen=True, slots=True)
class RawBook:
    """Rows by sheet title (without blanks), in the order of the file; none where it is refused.

    `names` are the sheets' titles as the file writes them, by title without blanks. `problems` say
    why the file is refused.
    """

    lines: Mapping[str, list[RawLine]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


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


def ref(index: int, number: int) -> str:
    """`C5`, from a column index that counts from 0."""
    return f"{get_column_letter(index + 1)}{number}"


def open_book(content: bytes) -> RawBook:
    """The workbook's rows that are not blank, hidden ones too; never raises, whatever the bytes.

    The template's own hidden lists are left out.
    """
    if problems := inspect_file(content):
        return RawBook(problems=problems)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.title != LISTS_TITLE]
        percents = find_percent_styles(book)
        lines = {squeeze(sheet.title): list(read_lines(sheet, percents)) for sheet in sheets}
        return RawBook(lines, {squeeze(sheet.title): sheet.title for sheet in sheets})
    except Exception:
        # The library raises whatever a malformed part leads it to.
        return RawBook(problems=[BROKEN])


def read_raw(book: RawBook, word: str = "") -> list[RawSheet]:
    """All sheets of an opened book in their order, of their rows those that hold a word.

    None where the book is refused; "" is in every row.
    """
    return [
        RawSheet(
            book.names[title],
            tuple(list_cells(line) for line in lines if not word or has_word(line, word)),
            frozenset(ref(i, line.number) for line in lines for i in line.open_formulas),
        )
        for title, lines in book.lines.items()
    ]


def has_word(line: RawLine, word: str) -> bool:
    return any(isinstance(value, str) and word in value for value in line.values)


def list_cells(line: RawLine) -> tuple[RawCell, ...]:
    """A row without the blanks at its end; a formula without a result is none of them."""
    last = max((len(line.values) - 1, *line.open_formulas))
    return tuple(RawCell(line.value(i), ref(i, line.number)) for i in range(last + 1))


class CellParser(WorkSheetParser):
    """The library's parser, which also tells where a formula has no result."""

    def parse_cell(self, element):
        cell = super().parse_cell(element)
        cell["is_open"] = cell["value"] is None and element.find(FORMULA_TAG) is not None
        return cell


def read_lines(sheet: ReadOnlyWorksheet, percents: set[int]) -> Iterator[RawLine]:
    """The rows that are not blank; raises what the library raises on bad XML.

    `percents` are the numbers of the styles that show a percentage. Only rows are looked at: the
    library's own loop also takes up links, validations and print settings, and refuses a file whose
    program writes them in a way of its own.
    """
    book = sheet.parent
    with sheet._get_source() as source:
        parser = CellParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for _, element in iterparse(source):
            if element.tag != ROW_TAG:
                continue
            number, cells = parser.parse_row(element)
            element.clear()
            if line := make_line(number, [c for c in cells if c["column"] <= WIDEST], percents):
                yield line


def make_line(number: int, cells: list[dict], percents: set[int]) -> RawLine | None:
    """The row that these cells make, without signs that nobody types; None where all are blank."""
    for cell in cells:
        if isinstance(cell["value"], str):
            cell["value"] = purge(cell["value"])
    filled = {cell["column"] - 1: cell for cell in cells if cell["value"] not in (None, "")}
    open_formulas = tuple(cell["column"] - 1 for cell in cells if cell["is_open"])
    if not filled and not open_formulas:
        return None
    values: list[object] = [None] * (max(filled, default=-1) + 1)
    for index, cell in filled.items():
        values[index] = cell["value"]
    shown = (i for i, c in filled.items() if c["data_type"] == "n" and c["style_id"] in percents)
    return RawLine(number, values, tuple(shown), open_formulas)


def find_percent_styles(book: Workbook) -> set[int]:
    formats = BUILTIN_FORMATS | dict(enumerate(book._number_formats, BUILTIN_FORMATS_MAX_SIZE))
    return {
        number
        for number, style in enumerate(book._cell_styles)
        if "%" in (formats.get(style.numFmtId) or "")
    }
