"""Reads a filled workbook by its headers into typed rows that know their cells, and problems."""

from collections.abc import Iterable

from openpyxl.utils import get_column_letter

from budgets.domain.problems import Problem, Severity
from budgets.domain.text import squeeze
from budgets.spreadsheets.books import Book, open_book, ref
from budgets.spreadsheets.columns import Column, Kind, Sheet
from budgets.spreadsheets.headers import FROM_TEMPLATE, Layout, find_columns, find_values
from budgets.spreadsheets.rows import Row, Sheets
from budgets.spreadsheets.sheets import GUIDE_TITLE, SHEETS
from budgets.spreadsheets.values import MisreadError, parse
from budgets.spreadsheets.word_sheets import COVER, WAN
from budgets.spreadsheets.worksheets import Line

WAN_FACTOR = 10_000
WORDS = (Kind.TEXT, Kind.LONG, Kind.CODE)
TOTALS = {"合计", "总计", "小计", "合计:", "总计:", "小计:"}


def read(book: Book | bytes) -> Sheets:
    """Everything in a workbook, opened or not, problems included; money as yuan.

    The cover comes first, since it says in what unit the others' money is. A file that is no
    workbook gives one problem and no rows.
    """
    if isinstance(book, bytes):
        book = open_book(book)
    return Sheets(problems=book.problems) if book.problems else read_sheets(book)


def read_sheets(book: Book) -> Sheets:
    """Every sheet of the template, and what is foreign to it."""
    sheets = Sheets(titles=tuple(book.lines))
    factor = 1
    for sheet in SHEETS:
        lines = book.lines.get(squeeze(sheet.title))
        if lines is None:
            sheets.problems += report_missing_sheet(sheet)
            continue
        reader = SheetReader(sheet, factor)
        sheets.rows[sheet.key] = (
            reader.read_form(lines) if sheet.is_form else reader.read_list(lines)
        )
        sheets.problems += reader.problems
        if sheet is COVER and sheets.form(COVER.key)["money_unit"] == WAN:
            factor = WAN_FACTOR
    sheets.problems += report_foreign_sheets(book)
    return sheets


class SheetReader:
    """Reads one sheet; `problems` gathers on the way."""

    def __init__(self, sheet: Sheet, factor: int):
        self.sheet, self.factor = sheet, factor
        self.problems: list[Problem] = []

    def read_list(self, lines: list[Line]) -> list[Row]:
        """The rows below the header that say something."""
        layout = find_columns(self.sheet, lines)
        self.problems += layout.problems
        columns = [c for c in self.sheet.columns if c.key in layout.columns]
        places = [(column, layout.columns[column.key]) for column in columns]
        letters = {key: get_column_letter(index + 1) for key, index in layout.columns.items()}
        below = [line for line in lines if line.number > layout.header_row > 0]
        blanks = name_blanks(columns)
        rows = []
        for line in below:
            if not self.is_unread(layout, line):
                values, misread = self.read_cells(places, line)
                if values or misread:
                    refs = {key: f"{letter}{line.number}" for key, letter in letters.items()}
                    rows.append(Row(self.sheet.title, blanks | values, refs, misread))
        return rows

    def read_cells(self, places: list[tuple[Column, int]], line: Line) -> tuple[dict, list[str]]:
        """The values of a row that are not blank, by key, and the keys of those misread."""
        values: dict[str, object] = {}
        misread: list[str] = []
        for column, index in places:
            try:
                value = self.read_value(column, index, line)
            except MisreadError as error:
                self.report(ref(index, line.number), error.message, error.advice)
                misread.append(column.key)
                continue
            if value not in (None, ""):
                values[column.key] = value
        return values, misread

    def read_form(self, lines: list[Line]) -> list[Row]:
        """The whole form as one row."""
        found, problems = find_values(self.sheet, lines)
        self.problems += problems
        values, misread, refs = {}, [], {}
        for column in self.sheet.columns:
            if column.key in found and column.kind is not Kind.COMPUTED:
                index, line = found[column.key]
                refs[column.key] = ref(index, line.number)
                own, failed = self.read_cells([(column, index)], line)
                values |= own
                misread += failed
        blanks = name_blanks(column for column in self.sheet.columns if column.key in refs)
        return [Row(self.sheet.title, blanks | values, refs, misread)]

    def read_value(self, column: Column, index: int, line: Line) -> object:
        """One value; raises MisreadError where it does not fit its column."""
        raw = line.value(index)
        if raw is None and index in line.open_formulas:
            raise MisreadError(
                "单元格是公式，文件里没有它的计算结果。",
                "请用 Excel 或 WPS 打开并保存一次，或改成数字。",
            )
        return parse(column, raw, index in line.percents, self.factor)

    def is_unread(self, layout: Layout, line: Line) -> bool:
        """True for the template's guidance, and for a row of sums below a column of money.

        Sums have no place among the facts, and are reported.
        """
        if layout.is_guidance(line):
            return True
        if not any(column.kind is Kind.MONEY for column in self.sheet.columns):
            return False
        index = next((i for i, text in enumerate(line.texts()) if text), None)
        if index is None or (text := line.text(index)) not in TOTALS:
            return False
        message, advice = f"“{text}”行不用填。", "请删除这一行，合计由系统计算。"
        self.report(ref(index, line.number), message, advice)
        return True

    def report(self, place: str, message: str, advice: str) -> None:
        """Note an error in a cell."""
        self.problems.append(
            Problem(sheet=self.sheet.title, cells=(place,), message=message, advice=advice)
        )


def name_blanks(columns: Iterable[Column]) -> dict[str, str]:
    """What words and codes are where nothing is written: no words; anything else is None."""
    return {column.key: "" for column in columns if column.kind in WORDS}


def report_missing_sheet(sheet: Sheet) -> list[Problem]:
    """A sheet that the file must have and has not."""
    if sheet.optional:
        return []
    return [Problem(message=f"缺少工作表“{sheet.title}”。", advice=FROM_TEMPLATE)]


def report_foreign_sheets(book: Book) -> list[Problem]:
    """Sheets that the template does not know, and that hold something."""
    known = {squeeze(sheet.title) for sheet in SHEETS} | {GUIDE_TITLE}
    return [
        Problem(
            sheet=title,
            message=f"工作表“{title}”不在模板里，没有读取。",
            advice="不需要处理。",
            severity=Severity.HINT,
        )
        for title, lines in book.lines.items()
        if lines and title not in known
    ]
