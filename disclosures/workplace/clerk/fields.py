"""The columns of the filing workbook as fields of a Django form: one definition for both.

A record is a form. Of a list, one form reads every row, and one drawn row is filled for each.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from html import escape
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from budgets.domain.problems import Problem, Severity
from budgets.domain.text import purge
from budgets.spreadsheets import SheetCell, SheetRow
from budgets.spreadsheets.sheets import NUMERIC, ColumnKind, SheetColumn
from budgets.spreadsheets.values import FACTORS, MisreadError, parse_value
from disclosures.workplace.clerk.entries import Fieldset, Texts
from disclosures.workplace.clerk.labels import (
    LEVELS,
    SUFFIX_OF,
    FieldCounter,
    list_groups,
    reword_guidance,
    spell_goal,
)

Pairs = Sequence[tuple[str, str]]
# Columns whose values are chosen from a list that the database knows.
CHOSEN = ("units", "targets")
# In a list with more rows, choices are offered from one list for all rows: a browser takes minutes
# to lay out thousands of selects with all their options.
MANY_ROWS = 200
# What stands in patterns for what differs from row to row: signs that no text holds, since `purge`
# takes them out of what is typed.
PREFIX, TEXT, ECHO, NUMBER, CELLS = "\x01", "\x02", "\x03", "\x04", "\x05"


class OpenSelect(forms.Select):
    """A select in which what was typed elsewhere stays, also where no option has it."""

    def optgroups(self, name, value, attrs=None):
        own = {option for option, _ in self.choices}
        self.choices = [*self.choices, *((each, each) for each in value if each not in own)]
        return super().optgroups(name, value, attrs)


class ColumnField(forms.Field):
    """A column as it is typed on a page; money in `money_unit`.

    Whether something must be filled in is judged over all rows of a sheet (importing.validation).
    """

    def __init__(
        self, column: SheetColumn, money_unit: str, options: Pairs, *, is_fixed=False, is_long=False
    ):
        self.column, self.money_unit, self.options = column, money_unit, options
        # The unit behind a figure, if it has one.
        is_money = column.kind is ColumnKind.MONEY
        self.suffix = money_unit if is_money else SUFFIX_OF.get(column.key, "")
        # The list beside the fields that this one is offered from, where it is no select.
        self.list_name = column.listing or (column.key if column.key in LEVELS else "")
        if options and is_long:
            self.list_name = column.key
        super().__init__(
            required=False,
            label=column.header,
            help_text=reword_guidance(column.advice, money_unit),
            widget=self.choose_widget(is_fixed, is_long),
        )

    def choose_widget(self, is_fixed: bool, is_long: bool) -> forms.Widget:
        """How the column is typed; `look` is its name for the stylesheet."""
        if is_fixed:
            self.look = "fixed"
            return forms.HiddenInput()
        if self.options and not is_long:
            self.look = "select"
            return OpenSelect(choices=[("", ""), *self.options])
        if self.column.kind is ColumnKind.LONG:
            self.look = "text"
            return forms.Textarea({"rows": "3", "cols": False})
        if self.list_name:
            self.look = "offer"
            return forms.TextInput({"list": f"list-{self.list_name}"})
        if self.column.kind in NUMERIC:
            self.look = "number"
            return forms.TextInput({"inputmode": "decimal", "class": "number"})
        self.look = "line"
        return forms.TextInput()

    def bound_data(self, data, initial):
        """What was typed, without the signs that nobody types."""
        return purge(data or "")

    def to_python(self, value):
        """The value as a workbook's cell gives it; money becomes yuan."""
        try:
            return parse_value(self.column, purge(value or ""), factor=FACTORS[self.money_unit])
        except MisreadError as error:
            raise ValidationError(error.message + error.advice, code="misread") from error


class ColumnBoundField(forms.BoundField):
    """A field with what is said below its label: its guidance, or what is wrong with it."""

    form: "SheetForm"
    field: ColumnField

    @property
    def warnings(self) -> Sequence[tuple[str, str]]:
        """(severity, words) of what need not be mended."""
        return self.form.warnings.get(self.name, ())

    @property
    def aria_describedby(self) -> str | None:
        if self.errors or self.warnings:
            return f"{self.auto_id}-mistake"
        is_told = self.help_text and self.form.fieldset.is_record and not self.is_hidden
        return f"{self.auto_id}-hint" if is_told else None

    @property
    def echo(self) -> str | None:
        """How an indicator's value is understood; None for any other column."""
        is_goal = self.name == "value" and self.form.fieldset.key == "indicators"
        return spell_goal(self.value()) if is_goal else None


class SheetForm(forms.Form):
    """A record of a sheet, or a row of its list, as a form of its columns."""

    bound_field_class = ColumnBoundField
    base_fields: ClassVar[dict[str, ColumnField]]  # type: ignore[assignment]
    fieldset: Fieldset
    money_unit: str
    intro: str

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        self.warnings: dict[str, list[tuple[str, str]]] = defaultdict(list)

    if TYPE_CHECKING:
        # What `bound_field_class` makes of the fields.
        def __getitem__(self, name: str) -> ColumnBoundField: ...
        def __iter__(self) -> Iterator[ColumnBoundField]: ...

    @property
    def texts(self) -> list[dict[str, str]]:
        """What stands in the fields, as the one row that it is."""
        return [{field.name: field.value() or "" for field in self}]

    @property
    def blocks(self) -> list[dict[str, object]]:
        """The fields as they stand together under their headings, with their sums."""
        counter = FieldCounter(fieldset=self.fieldset, money_unit=self.money_unit, rows=self.texts)
        return [
            {
                "title": group.title,
                "fields": [self[key] for key in group.keys if key in self.fields],
                "sums": [counter.add(addition) for addition in group.sums],
            }
            for group in list_groups(self.fieldset)
        ]

    @property
    def forms(self) -> list["SheetForm"]:
        """Its rows as forms of their own."""
        return [self]

    def read_rows(self) -> tuple[list[SheetRow], list[Problem]]:
        """The one row that was typed, and what does not fit its column."""
        row, problems = read_row(self.fieldset, self.fields, self.texts[0])
        return [row], problems

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Tell at its fields what was found when everything was judged."""
        names = {self.add_prefix(name): name for name in self.fields}
        for problem in problems:
            told = problem.message + problem.advice
            for name in (names[ref] for ref in problem.cells if ref in names):
                if problem.severity is not Severity.ERROR:
                    self.warnings[name].append((problem.severity.label, told))
                elif told not in self.errors.get(name, ()):
                    self.add_error(name, told)


def make_form(
    fieldset: Fieldset, money_unit: str, lists: Mapping[str, Pairs], *, is_long: bool = False
) -> type[SheetForm]:
    """The form of a fieldset's columns; `lists` are what some choose from, by the list's name.

    In a long list choices are offered from one list beside it.
    """
    fields = {}
    for column in fieldset.columns:
        options: Pairs = [(label, label) for label in column.choices]
        if column.listing in CHOSEN:
            options = lists[column.listing]
        is_fixed = column.key in fieldset.fixed
        fields[column.key] = ColumnField(
            column, money_unit, options, is_fixed=is_fixed, is_long=is_long
        )
    intro = fieldset.intro
    if intro is None:
        intro = reword_guidance(fieldset.sheet.intro, money_unit)
    own = {"fieldset": fieldset, "prefix": fieldset.key, "money_unit": money_unit, "intro": intro}
    return type("SheetForm", (SheetForm,), fields | own)


def read_row(
    fieldset: Fieldset, fields: Mapping[str, forms.Field], texts: Mapping[str, str], number: int = 1
) -> tuple[SheetRow, list[Problem]]:
    """A row of the sheet as it was typed, and what does not fit its column.

    A cell's ref is the id of its field; what the page gives has none, since nobody typed it.
    """
    cells = {key: SheetCell(value) for key, value in fieldset.given.items()}
    problems, title = [], fieldset.sheet.title
    for key, field in fields.items():
        ref = fieldset.name(key, number)
        try:
            cells[key] = SheetCell(field.clean(texts[key]), ref)
        except ValidationError as error:
            cells[key] = SheetCell(None, ref, misread=True)
            if isinstance(cause := error.__cause__, MisreadError):
                problems.append(
                    Problem(sheet=title, cells=(ref,), message=cause.message, advice=cause.advice)
                )
    return SheetRow.of(title, cells), problems


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

    def read_rows(self) -> tuple[list[SheetRow], list[Problem]]:
        """The rows that were typed, blank ones left out, and what does not fit its column."""
        return self.read

    @cached_property
    def read(self) -> tuple[list[SheetRow], list[Problem]]:
        rows: list[SheetRow] = []
        problems: list[Problem] = []
        for number, texts in enumerate(self.texts, start=1):
            if not self.fieldset.is_blank(texts):
                row, misread = read_row(self.fieldset, self.base_fields, texts, number)
                rows.append(row)
                problems += misread
        return rows, problems

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
        draw_frame = cache(partial(draw_row, self.fieldset))
        for number, own in enumerate(texts, start=1):
            prefix = self.fieldset.prefix(number)
            # A text that is none of the choices.
            unusual = {p.key for p in patterns if p.choices and own[p.key] not in p.choices}
            if prefix in self.problems or unusual:
                form = self.bind_row(number)
                unusual |= {*form.errors, *form.warnings}
            cells = [
                draw_cell(form[each.key], form[each.key].echo)
                if each.key in unusual
                else each.fill(prefix, own[each.key])
                for each in patterns
            ]
            frame = draw_frame(number == 1, number == len(texts))
            row = frame.replace(NUMBER, str(number)).replace(CELLS, "".join(cells))
            yield SafeString(row)

    @property
    def forms(self) -> list[SheetForm]:
        return [self.bind_row(number) for number, _ in enumerate(self.texts, start=1)]

    def bind_row(self, number: int) -> SheetForm:
        texts, prefix = self.texts[number - 1], self.fieldset.prefix(number)
        if prefix not in self.problems:
            return self.form_class(initial=texts, prefix=prefix)
        named = {f"{prefix}-{key}": text for key, text in texts.items()}
        form = self.form_class(named, prefix=prefix)
        form.show_problems(self.problems[prefix])
        return form


class CellPattern:
    """A column's cell, drawn once with gaps for what differs from row to row."""

    def __init__(self, field: ColumnBoundField):
        self.key = field.name
        field.form.initial[self.key] = "" if field.field.look == "select" else TEXT
        self.html = draw_cell(field, None if field.echo is None else ECHO)
        self.choices: dict[str, str] = {}
        if field.field.look == "select":
            plain = self.html.replace(" selected", "")
            for value, _ in field.field.widget.choices:
                own = f'value="{escape(value)}"'
                self.choices[value] = plain.replace(own, f"{own} selected", 1)

    def fill(self, prefix: str, text: str) -> str:
        html = self.choices.get(text, self.html).replace(PREFIX, prefix)
        if ECHO in html:
            html = html.replace(ECHO, escape(spell_goal(text)))
        return html.replace(TEXT, escape(text))


def draw_cell(field: BoundField, echo: str | None) -> str:
    """A field in its cell of a list; `echo` says how its text is understood, if anything does."""
    return render_to_string("workplace/_cell.html", {"field": field, "echo": echo})


def draw_row(fieldset: Fieldset, is_first: bool, is_last: bool) -> str:
    """A row with gaps for its number and its cells; its buttons beside them."""
    context = {"fieldset": fieldset, "is_first": is_first, "is_last": is_last}
    return render_to_string("workplace/_row.html", context | {"number": NUMBER, "cells": CELLS})
