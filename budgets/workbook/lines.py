"""A worksheet's row as it is read, and what the styles of its cells say of their values."""

from dataclasses import dataclass

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.workbook import Workbook

from budgets.workbook.values import squeeze

# Cells further to the right are not read.
WIDEST = 60


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


def make_line(
    number: int,
    values: dict[int | None, object],
    percents: list[int | None],
    open_formulas: list[int | None],
) -> Line:
    """A row of these cells by index; None is the index of all cells beyond what is read."""
    values.pop(None, None)
    row = [None] * (max(values, default=-1) + 1)
    for index, value in values.items():
        row[index] = value
    return Line(number, row, tuple(percents), tuple(i for i in open_formulas if i is not None))


class Formats:
    """What a cell's style number says of its value."""

    def __init__(self, book: Workbook):
        self.epoch, self.dates, self.spans = book.epoch, book._date_formats, book._timedelta_formats
        names = (self.name(book, style.numFmtId) for style in book._cell_styles)
        self.percents = {number for number, name in enumerate(names) if "%" in name}

    @staticmethod
    def name(book: Workbook, number: int) -> str:
        """The number format in words: `0.00%`."""
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return BUILTIN_FORMATS.get(number, "")
        return book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]
