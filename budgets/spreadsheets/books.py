"""A workbook as raw rows: its sheets by title, or what is wrong with the file as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from budgets.domain.problems import Problem
from budgets.domain.text import squeeze
from budgets.spreadsheets.cells import RawLine, read_sheets, ref
from budgets.spreadsheets.gate import SAVE_AGAIN, RefusedError, open_package
from budgets.spreadsheets.sheets import LISTS_TITLE
from budgets.spreadsheets.values import LONGEST_TEXT

BROKEN = Problem(message="文件的内部结构有误，读不出来。", advice=SAVE_AGAIN)


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


def open_book(content: bytes) -> RawBook:
    """The workbook's rows that are not blank, hidden ones too; never raises, whatever the bytes.

    The template's own hidden lists are left out.
    """
    lines: dict[str, list[RawLine]] = {}
    names, problems = {}, []
    try:
        for title, own, too_long in read_sheets(open_package(content), LISTS_TITLE):
            lines[squeeze(title)], names[squeeze(title)] = own, title
            if too_long:
                message = f"单元格超过 {LONGEST_TEXT:,} 个字。"
                cells, advice = tuple(too_long), "请删减后再上传。"
                problems.append(Problem(sheet=title, cells=cells, message=message, advice=advice))
    except RefusedError as refusal:
        problems = [refusal.problem]
    except MemoryError:
        raise
    except Exception:
        # Malformed parts make the parser and Python raise errors of many kinds.
        problems = [BROKEN]
    return RawBook(problems=problems) if problems else RawBook(lines, names)


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
