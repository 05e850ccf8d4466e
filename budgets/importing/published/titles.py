"""Finds the published tables in a workbook, by their titles and wherever they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgets.domain.chart import Chart
from budgets.domain.sets import TableSet, load_table_set
from budgets.domain.tables.form import Form
from budgets.domain.text import squeeze
from budgets.spreadsheets import RawCell, RawSheet

LONGEST_TITLE = 50
# Every title has it, and few other rows do.
TITLE_WORD = "表"
# What stands behind a title and is not part of it: (空表), (续表), (一).
TAIL = r"(\(.{0,10}\))?"
# Fewer tables than these are some other workbook with a familiar title in it.
FEWEST = 3

Line = tuple[RawCell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of a sheet that belong to one table, its title's row first where it has one."""

    form: Form
    sheet: RawSheet
    lines: Sequence[Line]
    above: Sequence[Line] = ()


def text_of(cell: RawCell) -> str:
    """A cell's text for comparing: half-width, without blanks."""
    return "" if cell.value is None else squeeze(cell.value)


def find_sections(sheets: Sequence[RawSheet], table_set: TableSet) -> list[Section]:
    """Every place where one of the tables seems to begin, in the order of the file."""
    return [section for sheet in sheets for section in cut(sheet, table_set)]


def cut(sheet: RawSheet, table_set: TableSet) -> Iterator[Section]:
    """A sheet's rows by the titles in it; a sheet without one goes by its name."""
    titles = [
        (row, form) for row, line in enumerate(sheet.rows) if (form := find_title(line, table_set))
    ]
    if not titles:
        if form := name_form(squeeze(sheet.name), table_set):
            yield Section(form, sheet, sheet.rows)
        return
    ends = [row for row, _ in titles[1:]] + [len(sheet.rows)]
    starts = [0] + [row for row, _ in titles[1:]]
    for (row, form), start, end in zip(titles, starts, ends, strict=True):
        yield Section(form, sheet, sheet.rows[row:end], sheet.rows[start:row])


def find_title(line: Line, table_set: TableSet) -> Form | None:
    """The table whose title stands in a row."""
    return next(filter(None, (name_form(text_of(cell), table_set) for cell in line)), None)


def name_form(text: str, table_set: TableSet) -> Form | None:
    """The table that a text is the title of; a sentence that mentions it is none."""
    if TITLE_WORD not in text or len(text) > LONGEST_TITLE or "为空表" in text or "绩效" in text:
        return None
    plain = text.replace('"', "")
    forms = table_set.specific_first
    return next((form for form in forms if re.fullmatch(form.aliases + TAIL, plain)), None)


def recognise(sheets: Sequence[RawSheet], chart: Chart) -> bool:
    """True for a workbook of published tables."""
    sections = find_sections(sheets, load_table_set(chart.table_set))
    return len({section.form.role for section in sections}) >= FEWEST
