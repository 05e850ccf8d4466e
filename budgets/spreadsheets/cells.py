"""The cells of an .xlsx file: what they hold, row by row, and nothing of what they look like."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601
from openpyxl.utils.escape import unescape

from budgets.domain.text import purge
from budgets.spreadsheets.gate import (
    DELETE_REST,
    MOST_ELEMENTS,
    Elements,
    Package,
    RefusedError,
)
from budgets.spreadsheets.values import LONGEST_TEXT

# Cells further to the right are not read.
WIDEST = 60
# Of a whole workbook, of rows those that are blank included.
MOST_ROWS, MOST_CELLS, MOST_SIGNS = 200_000, 300_000, 20_000_000
LAST_ROW = 1_048_576
NUMBER = re.compile(r"[-+]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][-+]?[0-9]++)?")
LONGEST_NUMBER, LONGEST_FORMAT = 400, 255
# Dates of Chinese programs, which a file names without saying what they look like.
CHINESE_DATES = {*range(27, 37), *range(50, 59)}
PLAIN, DATE, SPAN, PERCENT = range(4)


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


def ref(index: int, number: int) -> str:
    """`C5`, from a column index that counts from 0."""
    return f"{get_column_letter(index + 1)}{number}"


def strip_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]


class Tally:
    """How much has been taken of a workbook; raises RefusedError where it is too much for one."""

    def __init__(self) -> None:
        self.rows = self.cells = self.signs = self.elements = 0

    def add_element(self) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise RefusedError("单元格过多（包括只有格式的空白单元格）。", DELETE_REST)

    def add_row(self) -> None:
        self.rows += 1
        if self.rows > MOST_ROWS:
            raise RefusedError(f"超过 {MOST_ROWS:,} 行（包括只有格式的空白行）。", DELETE_REST)

    def add_text(self, length: int) -> None:
        self.cells += 1
        self.signs += length
        if self.cells > MOST_CELLS:
            raise RefusedError(f"有内容的单元格超过 {MOST_CELLS:,} 个。", DELETE_REST)
        if self.signs > MOST_SIGNS:
            raise RefusedError(f"文字超过 {MOST_SIGNS:,} 个字。", DELETE_REST)


class Contents(Elements):
    """The workbook's own part: its sheets as (title, id of the part), and how it counts days."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.epoch = WINDOWS_EPOCH

    def start(self, tag, attributes):
        match strip_namespace(tag):
            case "sheet":
                own = next(value for key, value in attributes.items() if key.endswith("}id"))
                self.sheets.append((attributes["name"], own))
            case "workbookPr" if attributes.get("date1904") in ("1", "true"):
                self.epoch = MAC_EPOCH


class Styles(Elements):
    """What the numbers of the styles show: plain numbers, dates, spans of time or percentages."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.formats: list[str] = []
        self.is_inside = False
        self.kinds: dict[str, int] = {}

    def start(self, tag, attributes):
        match strip_namespace(tag):
            case "numFmt":
                self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            case "cellXfs":
                self.is_inside = True
            case "xf" if self.is_inside:
                self.formats.append(attributes.get("numFmtId", ""))

    def end(self, tag):
        if strip_namespace(tag) == "cellXfs":
            self.is_inside = False

    def kind(self, style: str) -> int:
        """What a style shows; one that is not there shows plain numbers."""
        if (known := self.kinds.get(style)) is None:
            is_there = style.isdecimal() and int(style[:9]) < len(self.formats)
            known = self.judge_format(self.formats[int(style)]) if is_there else PLAIN
            self.kinds[style] = known
        return known

    def judge_format(self, number: str) -> int:
        builtin = int(number) if number.isdecimal() and len(number) < 4 else 0
        if builtin in CHINESE_DATES and number not in self.codes:
            return DATE
        code = self.codes.get(number) or BUILTIN_FORMATS.get(builtin, "")
        if len(code) > LONGEST_FORMAT:
            return PLAIN
        if is_date_format(code):
            return SPAN if is_timedelta_format(code) else DATE
        return PERCENT if "%" in code else PLAIN


class Texts(Elements):
    """Elements that hold text: all of its runs, without the readings that stand above them."""

    def __init__(self, tally: Tally):
        self.tally = tally
        self.is_open = self.is_reading = False
        self.begin()

    def begin(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def start(self, tag, attributes):
        self.tally.add_element()
        match strip_namespace(tag):
            case "si" | "is":
                self.begin()
            case "t":
                self.is_open = not self.is_reading
            case "rPh":
                self.is_reading = True

    def end(self, tag):
        match strip_namespace(tag):
            case "t":
                self.is_open = False
            case "rPh":
                self.is_reading = False

    def data(self, text):
        if self.is_open:
            self.length += len(text)
            if self.length <= LONGEST_TEXT:
                self.pieces.append(text)

    @property
    def text(self) -> str | None:
        """The text; None where it is too long for any cell."""
        # Signs that XML cannot hold are written as _x000D_.
        return None if self.length > LONGEST_TEXT else unescape("".join(self.pieces))


class SharedTexts(Texts):
    """The texts that cells share, each once."""

    def __init__(self) -> None:
        super().__init__(Tally())
        self.found: list[str | None] = []

    def end(self, tag):
        super().end(tag)
        if strip_namespace(tag) == "si":
            self.tally.add_text(self.length)
            self.found.append(self.text)


class Rows(Texts):
    """The rows of a sheet that are not blank; `too_long` are the cells whose text no cell holds."""

    def __init__(self, tally: Tally, styles: Styles, shared: list[str | None], epoch: datetime):
        super().__init__(tally)
        self.styles, self.shared, self.epoch = styles, shared, epoch
        self.lines: list[RawLine] = []
        self.too_long: list[str] = []
        self.number = 0

    def start(self, tag, attributes):
        match strip_namespace(tag):
            case "c":
                self.tally.add_element()
                self.begin_cell(attributes)
            case "v":
                self.is_open = True
            case "f":
                self.has_formula = True
            case "row":
                self.begin_row(attributes)
            case _:
                super().start(tag, attributes)

    def end(self, tag):
        match strip_namespace(tag):
            case "v":
                self.is_open = False
            case "c":
                self.end_cell()
            case "row":
                self.end_row()
            case "sheetData":
                self.is_done = True
            case _:
                super().end(tag)

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        self.tally.add_row()
        self.number = int(attributes.get("r", self.number + 1))
        if not 0 < self.number <= LAST_ROW:
            raise ValueError("no row has this number")
        self.column = 0
        self.values: dict[int, object] = {}
        self.percents: list[int] = []
        self.open_formulas: list[int] = []

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = attributes.get("r")
        self.column = find_column(place.rstrip("0123456789")) if place else self.column + 1
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
        self.has_formula = False
        self.begin()

    def end_cell(self) -> None:
        index = self.column - 1
        if self.column > WIDEST:
            return
        if not self.length:
            if self.has_formula:
                self.open_formulas.append(index)
            return
        text = self.text
        if text is not None and self.kind == "s":
            if not text.isdecimal():
                raise ValueError("no text has this number")
            text = self.shared[int(text)]
        self.tally.add_text(LONGEST_TEXT if text is None else len(text))
        if text is None:
            self.too_long.append(ref(index, self.number))
        elif text:
            self.values[index] = self.convert(text, index)

    def convert(self, text: str, index: int) -> object:
        """What the cell holds; raises ValueError where that does not fit what it says it is."""
        match self.kind:
            case "n":
                shows = self.styles.kind(self.style)
                if shows == PERCENT:
                    self.percents.append(index)
                number = read_number(text)
                return number if shows in (PLAIN, PERCENT) else self.read_day(number, shows)
            case "b":
                return text in ("1", "true")
            case "d":
                return from_ISO8601(text)
        return text

    def read_day(self, number: float, shows: int) -> object:
        try:
            return from_excel(number, self.epoch, timedelta=shows == SPAN)
        except (OverflowError, ValueError):
            return "#VALUE!"

    def end_row(self) -> None:
        # Without the signs that nobody types.
        plain = {i: purge(v) if isinstance(v, str) else v for i, v in self.values.items()}
        filled = {index: value for index, value in plain.items() if value != ""}
        if filled or self.open_formulas:
            values = [filled.get(index) for index in range(max(filled, default=-1) + 1)]
            line = RawLine(self.number, values, tuple(self.percents), tuple(self.open_formulas))
            self.lines.append(line)


@lru_cache(maxsize=1024)
def find_column(letters: str) -> int:
    return column_index_from_string(letters)


def read_number(text: str) -> int | float:
    plain = text.strip()
    if len(plain) > LONGEST_NUMBER or not NUMBER.fullmatch(plain):
        raise ValueError("no number")
    return int(plain) if plain.lstrip("+-").isdigit() else float(plain)


def read_sheets(package: Package, unread: str) -> Iterator[tuple[str, list[RawLine], list[str]]]:
    """Each sheet's title, rows, and cells that are too long; that titled `unread` is left out.

    Raises RefusedError where the workbook is too large, and whatever malformed parts lead to.
    """
    kinds = dict(package.relate("").values())
    top = kinds.get("officeDocument", "xl/workbook.xml")
    contents, styles, shared, tally = Contents(), Styles(), SharedTexts(), Tally()
    package.walk(top, contents)
    parts = package.relate(top)
    kinds = dict(parts.values())
    if kinds.get("styles") in package.members:
        package.walk(kinds["styles"], styles, mend=True)
    if kinds.get("sharedStrings") in package.members:
        package.walk(kinds["sharedStrings"], shared)
    if not contents.sheets:
        raise ValueError("a workbook has sheets")
    for title, own in contents.sheets:
        kind, name = parts.get(own, ("", ""))
        if kind == "worksheet" and title != unread and name in package.members:
            rows = Rows(tally, styles, shared.found, contents.epoch)
            package.walk(name, rows)
            yield title, rows.lines, rows.too_long
