"""Reads a filled workbook by its headers, wherever they stand, into typed rows and problems."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from budgets.domain.problems import Problem, Severity
from budgets.domain.text import squeeze, squeeze_all
from budgets.spreadsheets.books import RawBook, RawLine, open_book, ref
from budgets.spreadsheets.sheets import (
    COVER,
    GUIDE_TITLE,
    LABEL_HEADER,
    SHEETS,
    VALUE_HEADER,
    ColumnKind,
    Sheet,
    SheetColumn,
)
from budgets.spreadsheets.values import FACTORS, MisreadError, parse_value

SEARCHED_ROWS = 15
# What people write after a header.
MARKS = "*:"
FROM_TEMPLATE = "请从填报模板中复制缺少的部分，或下载新模板重填。"
WORDS = (ColumnKind.TEXT, ColumnKind.LONG, ColumnKind.CODE)
TOTALS = {"合计", "总计", "小计", "合计:", "总计:", "小计:"}


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A value and its cell (`C5`, empty where the file has no such column).

    `misread` marks a value that did not fit its column; a problem has already said so.
    """

    value: object
    ref: str = ""
    misread: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a list, or a whole form: values and cells' addresses by the keys of its columns."""

    sheet: str
    values: Mapping[str, object]
    refs: Mapping[str, str]
    misread: Collection[str] = ()

    @classmethod
    def of(cls, sheet: str, cells: Mapping[str, SheetCell]) -> "SheetRow":
        return cls(
            sheet,
            {key: cell.value for key, cell in cells.items()},
            {key: cell.ref for key, cell in cells.items()},
            [key for key, cell in cells.items() if cell.misread],
        )

    def __getitem__(self, key: str):
        """The value in that column; None where there is none."""
        return self.values.get(key)

    def states(self, keys: Iterable[str]) -> bool:
        """True where there is a value in each of these columns."""
        return all(self.values.get(key) not in (None, "") for key in keys)

    def keys(self) -> set[str]:
        return {*self.values, *self.misread}

    def cell(self, key: str) -> SheetCell:
        return SheetCell(self.values.get(key), self.ref(key), key in self.misread)

    def is_blank(self, key: str) -> bool:
        return self.values.get(key) in (None, "") and key not in self.misread

    def ref(self, key: str) -> str:
        """`C5`; empty where the file has no such column."""
        return self.refs.get(key, "")

    def origin(self, key: str) -> str:
        """`收入!C5`, for a fact to remember."""
        return f"{self.sheet}!{self.ref(key)}"


@dataclass(slots=True)
class Sheets:
    """Everything read: rows by the key of their sheet (a form is one row), and the problems.

    `titles` are those of the file's sheets, in its order; none where no file was read.
    """

    rows: dict[str, list[SheetRow]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    titles: tuple[str, ...] = ()

    def of(self, key: str) -> list[SheetRow]:
        """The rows of a list; none where the sheet is missing."""
        return self.rows.get(key, [])

    def form(self, key: str) -> SheetRow:
        """The one row of a form; blank where the sheet is missing."""
        rows = self.of(key)
        return rows[0] if rows else SheetRow(key, {}, {})


def read(book: RawBook | bytes) -> Sheets:
    """Everything in a workbook, opened or not, problems included; money as yuan.

    A file that is no workbook gives one problem and no rows.
    """
    if isinstance(book, bytes):
        book = open_book(book)
    sheets = Sheets(problems=[*book.problems], titles=tuple(book.lines))
    if book.problems:
        return sheets
    factor = 1
    for sheet in SHEETS:
        lines = book.lines.get(squeeze(sheet.title))
        reader = SheetReader(sheet, factor)
        if lines is not None:
            sheets.rows[sheet.key] = reader.read(lines)
        elif not sheet.optional:
            missing = f"缺少工作表“{sheet.title}”。"
            sheets.problems.append(Problem(message=missing, advice=FROM_TEMPLATE))
        sheets.problems += reader.problems
        # The cover comes first, since it says in what unit the others' money is.
        if sheet is COVER:
            factor = FACTORS.get(sheets.form(COVER.key)["money_unit"], 1)
    known = {squeeze(sheet.title) for sheet in SHEETS} | {GUIDE_TITLE}
    sheets.problems += [
        Problem(
            sheet=title,
            message=f"工作表“{title}”不在模板里，没有读取。",
            advice="不需要处理。",
            severity=Severity.HINT,
        )
        for title, lines in book.lines.items()
        if lines and title not in known
    ]
    return sheets


def name_blanks(columns: Iterable[SheetColumn]) -> dict[str, object]:
    """What words and codes are where nothing is written: no words; anything else is None."""
    return {column.key: "" for column in columns if column.kind in WORDS}


class SheetReader:
    """Reads one sheet; `problems` gathers on the way. `factor`: yuan to one of its unit."""

    def __init__(self, sheet: Sheet, factor: int):
        self.sheet, self.factor = sheet, factor
        self.problems: list[Problem] = []
        self.keys = {squeeze(column.header).rstrip(MARKS): column.key for column in sheet.columns}
        self.has_money = any(column.kind is ColumnKind.MONEY for column in sheet.columns)

    def read(self, lines: list[RawLine]) -> list[SheetRow]:
        return self.read_form(lines) if self.sheet.is_form else self.read_list(lines)

    def read_list(self, lines: list[RawLine]) -> list[SheetRow]:
        header_row, found = self.find_columns(lines)
        places = [
            (column, found[column.key]) for column in self.sheet.columns if column.key in found
        ]
        letters = {key: get_column_letter(index + 1) for key, index in found.items()}
        # What the template writes below the headers.
        guidance = {(index, squeeze(column.advice)) for column, index in places if column.advice}
        blanks = name_blanks(column for column, _ in places)
        rows = []
        for line in lines if found else ():
            if line.number > header_row and not self.is_unread(line, guidance):
                values, misread = self.read_cells(places, line)
                if values or misread:
                    refs = {key: f"{letter}{line.number}" for key, letter in letters.items()}
                    rows.append(SheetRow(self.sheet.title, blanks | values, refs, misread))
        return rows

    def find_columns(self, lines: list[RawLine]) -> tuple[int, dict[str, int]]:
        """The number of the header row, and the index of each column by key; none without one."""

        rows = [
            (line.number, [text.rstrip(MARKS) for text in squeeze_all(line.values)])
            for line in lines[:SEARCHED_ROWS]
        ]
        number, texts = max(rows, key=lambda row: len({*row[1]} & {*self.keys}), default=(0, []))
        if self.keys.keys().isdisjoint(texts):
            self.report(f"工作表“{self.sheet.title}”里找不到表头。", FROM_TEMPLATE)
            return 0, {}
        found: dict[str, int] = {}
        for index, text in enumerate(texts):
            key = self.keys.get(text)
            if key in found:
                self.report(f"列“{text}”出现了两次。", "请只保留一列。", ref(index, number))
            elif key:
                found[key] = index
            elif text:
                message = f"列“{text}”不在模板里，没有读取。"
                self.report(message, "不需要处理。", ref(index, number), severity=Severity.HINT)
        self.report_missing(found, "列")
        return number, found

    def is_unread(self, line: RawLine, guidance: Collection[tuple[int, str]]) -> bool:
        """True for the template's guidance, and for a row of sums below a column of money.

        Sums have no place among the facts, and are reported.
        """
        texts = list(enumerate(squeeze_all(line.values)))
        if any(each in guidance for each in texts):
            return True
        index, text = next((each for each in texts if each[1]), (0, ""))
        if not self.has_money or text not in TOTALS:
            return False
        advice = "请删除这一行，合计由系统计算。"
        self.report(f"“{text}”行不用填。", advice, ref(index, line.number))
        return True

    def read_form(self, lines: list[RawLine]) -> list[SheetRow]:
        index, found = self.find_values(lines)
        typed = [each for each in self.sheet.columns if each.kind is not ColumnKind.COMPUTED]
        columns = [column for column in typed if column.key in found]
        values, misread = name_blanks(columns), []
        for column in columns:
            own, failed = self.read_cells([(column, index)], found[column.key])
            values |= own
            misread += failed
        letter = get_column_letter(index + 1)
        refs = {column.key: f"{letter}{found[column.key].number}" for column in columns}
        return [SheetRow(self.sheet.title, values, refs, misread)]

    def find_values(self, lines: list[RawLine]) -> tuple[int, dict[str, RawLine]]:
        """The index of a form's values, and the line of each by key; none without headers."""
        tops = (squeeze_all(line.values) for line in lines[:SEARCHED_ROWS])
        top = next((texts for texts in tops if {LABEL_HEADER, VALUE_HEADER} <= {*texts}), None)
        if top is None:
            columns = f"“{LABEL_HEADER}”和“{VALUE_HEADER}”两列"
            self.report(f"工作表“{self.sheet.title}”里找不到{columns}。", FROM_TEMPLATE)
            return 0, {}
        label, value = top.index(LABEL_HEADER), top.index(VALUE_HEADER)
        found: dict[str, RawLine] = {}
        texts = squeeze_all([line.value(label) for line in lines])
        for line, text in zip(lines, texts, strict=True):
            key = self.keys.get(text.rstrip(MARKS))
            if key in found:
                self.report(f"“{text}”出现了两次。", "请只保留一行。", ref(label, line.number))
            elif key:
                found[key] = line
        self.report_missing(found, "一行")
        return value, found

    def read_cells(
        self, places: list[tuple[SheetColumn, int]], line: RawLine
    ) -> tuple[dict[str, object], list[str]]:
        """The values of a row that are not blank, by key, and the keys of those misread."""
        values: dict[str, object] = {}
        misread: list[str] = []
        for column, index in places:
            raw = line.values[index] if index < len(line.values) else None
            try:
                if raw is not None:
                    value = parse_value(column, raw, index in line.percents, self.factor)
                elif index in line.open_formulas:
                    raise MisreadError(
                        "单元格是公式，文件里没有它的计算结果。",
                        "请用 Excel 或 WPS 打开并保存一次，或改成数字。",
                    )
                else:
                    continue
            except MisreadError as error:
                self.report(error.message, error.advice, ref(index, line.number))
                misread.append(column.key)
                continue
            if value not in (None, ""):
                values[column.key] = value
        return values, misread

    def report(
        self, message: str, advice: str, *cells: str, severity: Severity = Severity.ERROR
    ) -> None:
        title = self.sheet.title
        self.problems.append(
            Problem(sheet=title, cells=cells, message=message, advice=advice, severity=severity)
        )

    def report_missing(self, found: Collection[str], noun: str) -> None:
        """Note the columns or lines of the template that the file lacks; needed ones are errors."""
        for column in self.sheet.columns:
            if column.key not in found and column.kind is not ColumnKind.COMPUTED:
                message = f"工作表“{self.sheet.title}”缺少“{column.header}”{noun}。"
                if column.required:
                    self.report(message, FROM_TEMPLATE)
                else:
                    advice = f"没有{noun}即视为没有填。"
                    self.report(message, advice, severity=Severity.HINT)
