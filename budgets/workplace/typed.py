"""What a person typed on a screen, and the rows that it means: read as a workbook's cells are."""

import re
from collections.abc import Mapping, Sequence

from budgets.domain.text import purge
from budgets.problems import Problem
from budgets.workbook import Cell, Row
from budgets.workbook.columns import Column
from budgets.workbook.values import MisreadError, parse
from budgets.workplace.section import FACTORS, Section, Texts, show_rows


def read_texts(section: Section, data: Mapping[str, str]) -> Texts:
    """The texts of a section's fields as posted; rows in the order of their numbers."""
    if section.is_form:
        return [read_fields(section, data, 1)]
    return [read_fields(section, data, number) for number in list_numbers(section, data)]


def list_numbers(section: Section, data: Mapping[str, str]) -> list[int]:
    """The numbers of a list's rows among the posted names."""
    form = re.compile(rf"{section.key}-(\d{{1,6}})-\w+", re.ASCII)
    found = (form.fullmatch(name) for name in data)
    return sorted({int(match[1]) for match in found if match})


def read_fields(section: Section, data: Mapping[str, str], number: int) -> dict[str, str]:
    """One row, or the form."""
    return {
        column.key: purge(data.get(section.name(column.key, number), ""))
        for column in section.columns
    }


def parse_texts(section: Section, texts: Texts, money_unit: str) -> tuple[list[Row], list[Problem]]:
    """The rows that the texts mean, blank ones left out, and what does not fit its column.

    Money becomes yuan. A cell's ref is the id of its field.
    """
    rows, problems = [], []
    for number, fields in enumerate(texts, start=1):
        if section.is_form or not section.is_blank(fields):
            reader = RowReader(section, number, FACTORS[money_unit])
            rows.append(reader.read(fields))
            problems += reader.problems
    return rows, problems


class RowReader:
    """Reads one row; `problems` gathers on the way."""

    def __init__(self, section: Section, number: int, factor: int):
        self.section, self.number, self.factor = section, number, factor
        self.problems: list[Problem] = []

    def read(self, fields: Mapping[str, str]) -> Row:
        """The row's values; what the screen gives has no ref, since nobody typed it."""
        given = {key: Cell(value) for key, value in self.section.given.items()}
        typed = {column.key: self.parse(column, fields) for column in self.section.columns}
        return Row.of(self.section.sheet.title, given | typed)

    def parse(self, column: Column, fields: Mapping[str, str]) -> Cell:
        """One value; what does not fit becomes a problem and a misread cell."""
        ref = self.section.name(column.key, self.number)
        try:
            return Cell(parse(column, fields[column.key], factor=self.factor), ref)
        except MisreadError as error:
            self.problems.append(
                Problem(
                    sheet=self.section.sheet.title,
                    cells=(ref,),
                    message=error.message,
                    advice=error.advice,
                )
            )
            return Cell(None, ref, misread=True)


def say_again(section: Section, rows: Sequence[Row], money_unit: str) -> Texts:
    """Rows that were read, as the screen will show them once they are stored."""
    columns = [column.key for column in section.columns]
    return show_rows(section, [{key: row[key] for key in columns} for row in rows], money_unit)
