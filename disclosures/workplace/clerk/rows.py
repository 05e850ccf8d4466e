"""The rows of a list: one form's fields read every row, and one drawn row is filled for each."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from html import escape

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from budgets.domain.problems import Problem
from budgets.domain.text import purge
from budgets.spreadsheets import Cell, Row
from disclosures.workplace.clerk.fields import SheetForm, make_row, misread_problem
from disclosures.workplace.clerk.fieldsets import Fieldset, Texts
from disclosures.workplace.clerk.labels import tell_goal

# In a list with more rows, choices are offered from one list for all rows: a browser takes minutes
# to lay out thousands of selects with all their options.
MANY_ROWS = 200
# What stands in patterns for what differs from row to row: signs that no text holds, since `purge`
# takes them out of what is typed.
PREFIX, TEXT, ECHO, NUMBER, CELLS = "\x01", "\x02", "\x03", "\x04", "\x05"


def read_texts(fieldset: Fieldset, data: Mapping[str, str]) -> Texts:
    """The texts of a list's fields as posted, in the order of the numbers of their rows."""
    form = re.compile(rf"{fieldset.key}-(\d{{1,6}})-\w+", re.ASCII)
    found = (form.fullmatch(name) for name in data)
    return [
        {
            column.key: purge(data.get(fieldset.name(column.key, number), ""))
            for column in fieldset.columns
        }
        for number in sorted({int(match[1]) for match in found if match})
    ]


class RowList:
    """What is typed in the rows of a list.

    A formset takes seconds for a long list. So one form's fields read every row, one drawn row is
    filled for every row, and only a row with something wrong is bound as a form of its own.
    """

    def __init__(self, fieldset: Fieldset, texts: Texts, make: Callable[..., type[SheetForm]]):
        self.fieldset, self.texts = fieldset, texts
        self.form_class = make(is_long=len(texts) > MANY_ROWS)
        self.intro, self.base_fields = self.form_class.intro, self.form_class.base_fields
        self.problems: dict[str, list[Problem]] = defaultdict(list)
        self.frames: dict[tuple[bool, bool], str] = {}

    def read_rows(self) -> tuple[list[Row], list[Problem]]:
        """The rows that were typed, blank ones left out, and what does not fit its column."""
        return self.read

    @cached_property
    def read(self) -> tuple[list[Row], list[Problem]]:
        """As `read_rows`, read once."""
        rows: list[Row] = []
        problems: list[Problem] = []
        for number, texts in enumerate(self.texts, start=1):
            if not self.fieldset.is_blank(texts):
                rows.append(self.read_row(self.fieldset.prefix(number), texts, problems))
        return rows, problems

    def read_row(self, prefix: str, texts: Mapping[str, str], problems: list[Problem]) -> Row:
        """One row; a cell's ref is the id of its field."""
        cells = {}
        for key, field in self.base_fields.items():
            ref = f"{prefix}-{key}"
            try:
                cells[key] = Cell(field.clean(texts[key]), ref)
            except ValidationError as error:
                cells[key] = Cell(None, ref, misread=True)
                problems.append(misread_problem(self.fieldset, ref, error))
        return make_row(self.fieldset, cells)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Tell in their rows what was found when everything was judged."""
        for problem in problems:
            for prefix in {ref.rpartition("-")[0] for ref in problem.cells}:
                self.problems[prefix].append(problem)

    @property
    def headers(self) -> SheetForm:
        """The columns, for the head of the table."""
        return self.form_class()

    @property
    def rows(self) -> Iterator[SafeString]:
        """All rows, drawn, with blank ones at the end."""
        texts = self.fieldset.spread(self.texts)
        patterns = [CellPattern(field) for field in self.form_class(prefix=PREFIX)]
        for number, own in enumerate(texts, start=1):
            prefix = self.fieldset.prefix(number)
            unusual = {each.key for each in patterns if not each.can_hold(own)}
            if prefix in self.problems or unusual:
                form = self.bind_row(number)
                unusual |= {*form.errors, *form.warnings}
            cells = [
                draw_cell(form[each.key], form[each.key].echo)
                if each.key in unusual
                else each.fill(prefix, own[each.key])
                for each in patterns
            ]
            frame = self.draw_frame(number == 1, number == len(texts))
            row = frame.replace(NUMBER, str(number)).replace(CELLS, "".join(cells))
            yield SafeString(row)

    def draw_frame(self, is_first: bool, is_last: bool) -> str:
        """A row with gaps for its number and its cells; its buttons beside them."""
        if (is_first, is_last) not in self.frames:
            context = {"fieldset": self.fieldset, "is_first": is_first, "is_last": is_last}
            context |= {"number": NUMBER, "cells": CELLS}
            drawn = render_to_string("workplace/_row.html", context)
            self.frames[is_first, is_last] = drawn
        return self.frames[is_first, is_last]

    def bind_row(self, number: int) -> SheetForm:
        """The form of one row, with what is wrong in it."""
        texts, prefix = self.texts[number - 1], self.fieldset.prefix(number)
        if prefix not in self.problems:
            return self.form_class(initial=texts, prefix=prefix)
        named = {f"{prefix}-{key}": text for key, text in texts.items()}
        form = self.form_class(named, prefix=prefix)
        form.show_problems(self.problems[prefix])
        return form


class CellPattern:
    """A column's cell, drawn once with gaps for what differs from row to row."""

    def __init__(self, field: BoundField):
        self.key = field.name
        field.form.initial[self.key] = "" if field.field.look == "select" else TEXT
        self.html = draw_cell(field, None if field.echo is None else ECHO)
        self.choices: dict[str, str] = {}
        if field.field.look == "select":
            plain = self.html.replace(" selected", "")
            for value, _ in field.field.widget.choices:
                own = f'value="{escape(value)}"'
                self.choices[value] = plain.replace(own, f"{own} selected", 1)

    def can_hold(self, texts: Mapping[str, str]) -> bool:
        """False for a text that is none of the choices."""
        return not self.choices or texts[self.key] in self.choices

    def fill(self, prefix: str, text: str) -> str:
        """The cell of one row."""
        html = self.choices.get(text, self.html).replace(PREFIX, prefix)
        if ECHO in html:
            html = html.replace(ECHO, escape(tell_goal(text)))
        return html.replace(TEXT, escape(text))


def draw_cell(field: BoundField, echo: str | None) -> str:
    """A field in its cell of a list; `echo` says how its text is understood, if anything does."""
    return render_to_string("workplace/_cell.html", {"field": field, "echo": echo})
