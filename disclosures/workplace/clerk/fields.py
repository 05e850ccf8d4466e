"""The columns of the filing workbook as fields of a Django form: one definition for both."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError

from budgets.domain.problems import Problem, Severity
from budgets.domain.text import purge
from budgets.spreadsheets import Cell, Row
from budgets.spreadsheets.columns import NUMERIC, Column, Kind
from budgets.spreadsheets.texts import FACTORS
from budgets.spreadsheets.values import MisreadError, parse
from disclosures.workplace.clerk.fieldsets import Fieldset
from disclosures.workplace.clerk.labels import list_name, reword, tell_goal, unit_of
from disclosures.workplace.clerk.sums import FieldBlock, lay_blocks

Pairs = Sequence[tuple[str, str]]
# Columns whose values are chosen from a list that the database knows.
CHOSEN = ("units", "targets")


class OpenSelect(forms.Select):
    """A select in which what was typed elsewhere stays, also where no option has it."""

    def optgroups(self, name, value, attrs=None):
        """The options, and behind them any other value."""
        own = {option for option, _ in self.choices}
        self.choices = [*self.choices, *((each, each) for each in value if each not in own)]
        return super().optgroups(name, value, attrs)


class ColumnField(forms.Field):
    """A column as it is typed on a page; money in `money_unit`.

    Whether something must be filled in is judged over all rows of a sheet, by `budgets.validation`.
    """

    def __init__(self, column: Column, money_unit: str, options: Pairs, *, is_fixed=False):
        self.column, self.money_unit = column, money_unit
        self.suffix = unit_of(column, money_unit)
        self.list_name, self.options = list_name(column), options
        super().__init__(
            required=False,
            label=column.header,
            help_text=reword(column.advice, money_unit),
            widget=self.choose_widget(is_fixed),
        )

    def choose_widget(self, is_fixed: bool) -> forms.Widget:
        """How the column is typed; `look` is its name for the stylesheet."""
        if is_fixed:
            self.look = "fixed"
            return forms.HiddenInput()
        if self.options:
            self.look = "select"
            return OpenSelect(choices=[("", ""), *self.options])
        if self.column.kind is Kind.LONG:
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

    def offer(self) -> None:
        """Offer the options from one list for all rows, in place of a select in each."""
        self.list_name, self.look = self.column.key, "offer"
        self.widget = forms.TextInput({"list": f"list-{self.list_name}"})

    def bound_data(self, data, initial):
        """What was typed, without the signs that nobody types."""
        return purge(data or "")

    def to_python(self, value):
        """The value as a workbook's cell gives it; money becomes yuan."""
        try:
            return parse(self.column, purge(value or ""), factor=FACTORS[self.money_unit])
        except MisreadError as error:
            raise ValidationError(error.message + error.advice, code="misread") from error


class ColumnBoundField(forms.BoundField):
    """A field with what is said below its label: its guidance, or what is wrong with it."""

    @property
    def warnings(self) -> Sequence[tuple[str, str]]:
        """(severity, words) of what need not be mended."""
        return self.form.warnings.get(self.name, ())

    @property
    def aria_describedby(self) -> str | None:
        """The id of what is said."""
        if self.errors or self.warnings:
            return f"{self.auto_id}-mistake"
        is_told = self.help_text and self.form.fieldset.is_record and not self.is_hidden
        return f"{self.auto_id}-hint" if is_told else None

    @property
    def echo(self) -> str | None:
        """How an indicator's value is understood; None for any other column."""
        is_goal = self.name == "value" and self.form.fieldset.key == "indicators"
        return tell_goal(self.value()) if is_goal else None


class SheetForm(forms.Form):
    """A record of a sheet, or a row of its list, as a form of its columns."""

    bound_field_class = ColumnBoundField
    fieldset: Fieldset
    money_unit: str
    intro: str

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        self.warnings: dict[str, list[tuple[str, str]]] = defaultdict(list)

    @property
    def texts(self) -> list[dict[str, str]]:
        """What stands in the fields, as the one row that it is."""
        return [{field.name: field.value() or "" for field in self}]

    @property
    def blocks(self) -> list[FieldBlock]:
        """The fields as they stand together, with their sums."""
        return lay_blocks(self)

    def read_rows(self) -> tuple[list[Row], list[Problem]]:
        """The one row that was typed, and what does not fit its column."""
        found = self.errors.as_data()
        cells = {
            name: Cell(self.cleaned_data.get(name), self.add_prefix(name), name in found)
            for name in self.fields
        }
        problems = [
            misread_problem(self.fieldset, self.add_prefix(name), error)
            for name, errors in found.items()
            for error in errors
        ]
        return [make_row(self.fieldset, cells)], problems

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
        options = [(label, label) for label in column.choices]
        if column.listing in CHOSEN:
            options = lists[column.listing]
        field = ColumnField(column, money_unit, options, is_fixed=column.key in fieldset.fixed)
        if is_long and field.look == "select":
            field.offer()
        fields[column.key] = field
    intro = fieldset.intro
    if intro is None:
        intro = reword(fieldset.sheet.intro, money_unit)
    own = {
        "fieldset": fieldset,
        "prefix": fieldset.key,
        "money_unit": money_unit,
        "intro": intro,
    }
    return type("SheetForm", (SheetForm,), fields | own)


def make_row(fieldset: Fieldset, cells: Mapping[str, Cell]) -> Row:
    """A row of the sheet; what the page gives has no ref, since nobody typed it."""
    given = {key: Cell(value) for key, value in fieldset.given.items()}
    return Row.of(fieldset.sheet.title, {**given, **cells})


def misread_problem(fieldset: Fieldset, ref: str, error: ValidationError) -> Problem:
    """What `ColumnField` says of a text that does not fit, with its place."""
    cause = error.__cause__
    title = fieldset.sheet.title
    return Problem(sheet=title, cells=(ref,), message=cause.message, advice=cause.advice)
