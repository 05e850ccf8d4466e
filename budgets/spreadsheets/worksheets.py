"""The rows of a worksheet, one by one; the library makes values of its cells."""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from budgets.domain.text import squeeze


@dataclass(frozen=True, slots=True)
class Line:
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

    def text(self, index: int) -> str:
        """A cell's text for comparing: half-width, without blanks."""
        value = self.value(index)
        return "" if value is None else squeeze(value)

    def texts(self) -> list[str]:
        """All of the row's texts for comparing."""
        return [self.text(index) for index in range(len(self.values))]


# Cells further to the right are not read.
WIDEST = 60


class CellParser(WorkSheetParser):
    """The library's parser, which also tells where a formula has no result."""

    def parse_cell(self, element):
        """A cell as the library describes it, and whether it is such a formula."""
        cell = super().parse_cell(element)
        cell["is_open"] = cell["value"] is None and element.find(FORMULA_TAG) is not None
        return cell


def read_lines(sheet: ReadOnlyWorksheet, percents: set[int]) -> Iterator[Line]:
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


def make_line(number: int, cells: list[dict], percents: set[int]) -> Line | None:
    """The row that these cells make; None where all of them are blank."""
    filled = {cell["column"] - 1: cell for cell in cells if cell["value"] not in (None, "")}
    open_formulas = tuple(cell["column"] - 1 for cell in cells if cell["is_open"])
    if not filled and not open_formulas:
        return None
    values: list[object] = [None] * (max(filled, default=-1) + 1)
    for index, cell in filled.items():
        values[index] = cell["value"]
    shown = (i for i, c in filled.items() if c["data_type"] == "n" and c["style_id"] in percents)
    return Line(number, values, tuple(shown), open_formulas)


def find_percent_styles(book: Workbook) -> set[int]:
    """The numbers of the cell styles whose number format shows a percentage (`0.00%`)."""
    own = dict(enumerate(book._number_formats, BUILTIN_FORMATS_MAX_SIZE))
    names = (BUILTIN_FORMATS | own).get
    return {
        number
        for number, style in enumerate(book._cell_styles)
        if "%" in (names(style.numFmtId) or "")
    }
