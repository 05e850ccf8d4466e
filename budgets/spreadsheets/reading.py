"""Reads a filled workbook by its headers into typed rows that know their cells, and problems."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from budgets.domain.problems import Problem, Severity
from budgets.domain.text import squeeze
from budgets.spreadsheets.books import RawBook, RawLine, open_book, ref
from budgets.spreadsheets.sheets import (
    COVER,
    GUIDE_TITLE,
    SHEETS,
    WAN,
    ColumnKind,
    Sheet,
    SheetColumn,
)
from budgets.spreadsheets.values import MisreadError, parse


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A value and its cell (`C5`, empty where the file has no such column).

    `misread` marks a value that did not fit its column; a problem has already said so.
    """

    value: object
    ref: str = ""
    misread: bool = False

    @property
    def is_blank(self) -> bool:
        """True where nothing was filled in."""
        return self.value in (None, "") and not self.misread


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a list, or a whole form: values and cells' addresses by the keys of its columns."""

    sheet: str
    values: Mapping[str, object]
    refs: Mapping[str, str]
    misread: Collection[str] = ()

    @classmethod
    def of(cls, sheet: str, cells: Mapping[str, SheetCell]) -> "SheetRow":
        """The row that these cells make."""
        return cls(
            sheet,
            {key: cell.value for key, cell in cells.items()},
            {key: cell.ref for key, cell in cells.items()},
            [key for key, cell in cells.items() if cell.misread],
        )

    def __getitem__(self, key: str):
        """The value in that column; None where there is none."""
        return self.values.get(key)

    def keys(self) -> set[str]:
        """The columns in which something stands."""
        return {*self.values, *self.misread}

    def cell(self, key: str) -> SheetCell:
        """The cell in that column."""
        return SheetCell(self.values.get(key), self.refs.get(key, ""), key in self.misread)

    def is_blank(self, key: str) -> bool:
        """True where nothing was filled in."""
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


SEARCHED_ROWS = 15
LABEL_HEADER, VALUE_HEADER, GUIDANCE_HEADER = "事项", "填写内容", "说明"
FROM_TEMPLATE = "请从填报模板中复制缺少的部分，或下载新模板重填。"


@dataclass(slots=True)
class Layout:
    """Column index by key, and the number of the header row; 0 where there is none.

    `guidance` is what the template writes below the headers, by index, for comparing.
    """

    header_row: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    guidance: dict[int, str] = field(default_factory=dict)

    def is_guidance(self, line: RawLine) -> bool:
        """True for the template's own line of guidance, wherever it was moved."""
        return any(line.text(index) == advice for index, advice in self.guidance.items())


def name_header(header: str) -> str:
    """A header for comparing."""
    return squeeze(header).rstrip("*:")


def find_columns(sheet: Sheet, lines: Sequence[RawLine]) -> Layout:
    """Where a list's columns stand."""
    headers = {name_header(column.header): column.key for column in sheet.columns}
    best = max(lines[:SEARCHED_ROWS], key=lambda line: count_known(line, headers), default=None)
    if best is None or not count_known(best, headers):
        missing = f"工作表“{sheet.title}”里找不到表头。"
        return Layout(problems=[Problem(sheet=sheet.title, message=missing, advice=FROM_TEMPLATE)])
    layout = Layout(header_row=best.number)
    for index, text in enumerate(best.texts()):
        place_column(layout, sheet, headers, index, name_header(text))
    layout.problems += report_missing(sheet, layout.columns, "列")
    layout.guidance = {
        layout.columns[column.key]: squeeze(column.advice)
        for column in sheet.columns
        if column.key in layout.columns and column.advice
    }
    return layout


def count_known(line: RawLine, headers: dict[str, str]) -> int:
    """How many of the row's texts are headers of the sheet."""
    return len({name_header(text) for text in line.texts()} & set(headers))


def place_column(layout, sheet, headers, index, text):
    """Note one header: known, a second time, or foreign."""
    key = headers.get(text)
    cells = (ref(index, layout.header_row),)
    if key in layout.columns:
        layout.problems.append(
            Problem(
                sheet=sheet.title,
                cells=cells,
                message=f"列“{text}”出现了两次。",
                advice="请只保留一列。",
            )
        )
    elif key:
        layout.columns[key] = index
    elif text:
        layout.problems.append(
            Problem(
                sheet=sheet.title,
                cells=cells,
                message=f"列“{text}”不在模板里，没有读取。",
                advice="不需要处理。",
                severity=Severity.HINT,
            )
        )


def report_missing(sheet: Sheet, found, noun: str) -> list[Problem]:
    """Columns or lines of the template that the file lacks; needed ones are errors."""
    return [
        Problem(
            sheet=sheet.title,
            message=f"工作表“{sheet.title}”缺少“{column.header}”{noun}。",
            advice=FROM_TEMPLATE if column.required else f"没有{noun}即视为没有填。",
            severity=Severity.ERROR if column.required else Severity.HINT,
        )
        for column in sheet.columns
        if column.key not in found and column.kind is not ColumnKind.COMPUTED
    ]


def find_values(sheet: Sheet, lines: Sequence[RawLine]) -> tuple[dict[str, tuple], list[Problem]]:
    """The value cells of a form by key, as (index, line), and the problems on the way."""
    label, value = find_form_columns(lines)
    if label is None:
        missing = f"工作表“{sheet.title}”里找不到“{LABEL_HEADER}”和“{VALUE_HEADER}”两列。"
        return {}, [Problem(sheet=sheet.title, message=missing, advice=FROM_TEMPLATE)]
    keys = {name_header(column.header): column.key for column in sheet.columns}
    found, problems = {}, []
    for line in lines:
        key = keys.get(name_header(line.text(label)))
        if key in found:
            problems.append(report_twice(sheet, line, label))
        elif key:
            found[key] = (value, line)
    return found, problems + report_missing(sheet, found, "一行")


def find_form_columns(lines: Sequence[RawLine]) -> tuple[int, int] | tuple[None, None]:
    """The columns of labels and of values."""
    for line in lines[:SEARCHED_ROWS]:
        texts = line.texts()
        if LABEL_HEADER in texts and VALUE_HEADER in texts:
            return texts.index(LABEL_HEADER), texts.index(VALUE_HEADER)
    return None, None


def report_twice(sheet: Sheet, line: RawLine, index: int) -> Problem:
    """The problem of a label that stands twice in a form."""
    return Problem(
        sheet=sheet.title,
        cells=(ref(index, line.number),),
        message=f"“{line.text(index)}”出现了两次。",
        advice="请只保留一行。",
    )


WAN_FACTOR = 10_000
WORDS = (ColumnKind.TEXT, ColumnKind.LONG, ColumnKind.CODE)
TOTALS = {"合计", "总计", "小计", "合计:", "总计:", "小计:"}


def read(book: RawBook | bytes) -> Sheets:
    """Everything in a workbook, opened or not, problems included; money as yuan.

    The cover comes first, since it says in what unit the others' money is. A file that is no
    workbook gives one problem and no rows.
    """
    if isinstance(book, bytes):
        book = open_book(book)
    return Sheets(problems=book.problems) if book.problems else read_sheets(book)


def read_sheets(book: RawBook) -> Sheets:
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

    def read_list(self, lines: list[RawLine]) -> list[SheetRow]:
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
                    rows.append(SheetRow(self.sheet.title, blanks | values, refs, misread))
        return rows

    def read_cells(
        self, places: list[tuple[SheetColumn, int]], line: RawLine
    ) -> tuple[dict, list[str]]:
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

    def read_form(self, lines: list[RawLine]) -> list[SheetRow]:
        """The whole form as one row."""
        found, problems = find_values(self.sheet, lines)
        self.problems += problems
        values, misread, refs = {}, [], {}
        for column in self.sheet.columns:
            if column.key in found and column.kind is not ColumnKind.COMPUTED:
                index, line = found[column.key]
                refs[column.key] = ref(index, line.number)
                own, failed = self.read_cells([(column, index)], line)
                values |= own
                misread += failed
        blanks = name_blanks(column for column in self.sheet.columns if column.key in refs)
        return [SheetRow(self.sheet.title, blanks | values, refs, misread)]

    def read_value(self, column: SheetColumn, index: int, line: RawLine) -> object:
        """One value; raises MisreadError where it does not fit its column."""
        raw = line.value(index)
        if raw is None and index in line.open_formulas:
            raise MisreadError(
                "单元格是公式，文件里没有它的计算结果。",
                "请用 Excel 或 WPS 打开并保存一次，或改成数字。",
            )
        return parse(column, raw, index in line.percents, self.factor)

    def is_unread(self, layout: Layout, line: RawLine) -> bool:
        """True for the template's guidance, and for a row of sums below a column of money.

        Sums have no place among the facts, and are reported.
        """
        if layout.is_guidance(line):
            return True
        if not any(column.kind is ColumnKind.MONEY for column in self.sheet.columns):
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


def name_blanks(columns: Iterable[SheetColumn]) -> dict[str, str]:
    """What words and codes are where nothing is written: no words; anything else is None."""
    return {column.key: "" for column in columns if column.kind in WORDS}


def report_missing_sheet(sheet: Sheet) -> list[Problem]:
    """A sheet that the file must have and has not."""
    if sheet.optional:
        return []
    return [Problem(message=f"缺少工作表“{sheet.title}”。", advice=FROM_TEMPLATE)]


def report_foreign_sheets(book: RawBook) -> list[Problem]:
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
