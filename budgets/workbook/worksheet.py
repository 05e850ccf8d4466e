"""The rows of a worksheet: read quickly where its XML is as programs write it, else with care."""

from collections.abc import Iterator
from typing import IO

from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from budgets.workbook.lines import WIDEST, Formats, Line, make_line
from budgets.workbook.plain import PlainReader, UnusualError


def read_lines(sheet: ReadOnlyWorksheet, formats: Formats) -> list[Line]:
    """The rows of a worksheet that are not blank; raises what the library raises on bad XML."""
    try:
        with sheet._get_source() as source:
            return list(PlainReader(sheet._shared_strings, formats).read(source))
    except UnusualError:
        with sheet._get_source() as source:
            return list(read_any(source, sheet._shared_strings, formats))


def read_any(source: IO[bytes], strings: list[str], formats: Formats) -> Iterator[Line]:
    """The rows of any worksheet, however its XML is written."""
    parser = CellParser(source, strings, True, formats.epoch, formats.dates, formats.spans)
    for number, cells in parser.parse():
        found = [(index_of(cell), cell) for cell in cells]
        values = {index: cell["value"] for index, cell in found if cell["value"] not in (None, "")}
        percents = [index for index, cell in found if is_percent(cell, formats)]
        line = make_line(number, values, percents, [i for i, cell in found if cell["is_open"]])
        if line.values or line.open_formulas:
            yield line


def is_percent(cell: dict, formats: Formats) -> bool:
    """True for a number that is shown as a percentage."""
    is_number = cell["data_type"] == "n" and cell["value"] is not None
    return is_number and cell["style_id"] in formats.percents


def index_of(cell: dict) -> int | None:
    """A cell's index as far as cells are read."""
    return cell["column"] - 1 if cell["column"] <= WIDEST else None


class CellParser(WorkSheetParser):
    """The library's parser, which also tells where a formula has no result."""

    def parse_cell(self, element):
        """A cell as the library describes it, and whether it is such a formula."""
        cell = super().parse_cell(element)
        cell["is_open"] = cell["value"] is None and element.find(FORMULA_TAG) is not None
        return cell
