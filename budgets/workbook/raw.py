"""Any workbook as raw rows of values and addresses, for those who know a form other than ours."""

from dataclasses import dataclass

from budgets.workbook.book import Book, ref
from budgets.workbook.lines import Line


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
