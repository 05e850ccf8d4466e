"""How a screen looks: fields with their labels, hints, texts and problems, for the templates."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString

from budgets.problems import Problem
from budgets.workbook.columns import Column
from budgets.workplace.inputs import (
    describe,
    draw_cell,
    draw_input,
    draw_problems,
    draw_quickly,
)
from budgets.workplace.labels import choose_widget, listing_of, reword, suffix_of, tell_goal
from budgets.workplace.layout import Counter, Sum, list_groups
from budgets.workplace.section import Section, Texts

Lists = Mapping[str, Sequence[tuple[str, str]]]
# In a list with more rows, choices are offered from one list for all rows: a browser takes minutes
# to lay out thousands of selects with all their options.
MANY_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: `name` is its name and id; `widget` is line, number, text, select, offer or fixed.

    `options` are (value, label) of a select; an offer names the `listing` that it is offered from.
    `echo` says how the text is understood.
    """

    name: str
    column: Column
    text: str
    widget: str
    advice: str
    suffix: str
    listing: str = ""
    echo: str = ""
    options: Sequence[tuple[str, str]] = ()
    problems: Sequence[Problem] = ()
    has_hint: bool = False

    @property
    def html(self) -> SafeString:
        """The input itself."""
        told = describe(self.name, self.is_wrong, bool(self.problems), self.has_hint)
        return draw_input(
            self.widget, self.name, self.text, self.options, self.listing, described=told
        )

    @property
    def mistakes(self) -> SafeString:
        """What is wrong with it, in words; nothing where nothing is."""
        return draw_problems(self.name, self.problems)

    @property
    def cell(self) -> SafeString:
        """The input in its cell of a list."""
        column, kind = self.column, f"column-{self.column.key} field-{self.widget}"
        echo = self.echo if column.key == "value" else None
        if self.widget != "select" and echo is None and not self.problems:
            return draw_quickly(
                kind, self.name, column.header, self.widget, self.listing, self.text
            )
        kind += " wrong" if self.is_wrong else ""
        return draw_cell(kind, self.name, column.header, self.html, echo, self.mistakes)

    @property
    def is_wrong(self) -> bool:
        """True where a problem must be mended before it is saved."""
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a list, by its number from 1."""

    number: int
    fields: Sequence[Field]

    @property
    def cells(self) -> SafeString:
        """The fields in their cells."""
        return SafeString("".join(field.cell for field in self.fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Fields of a form under one heading, with the sums below them."""

    title: str
    fields: Sequence[Field]
    sums: Sequence[Sum]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A section as it is shown: the blocks of a form, or the headers and rows of a list."""

    section: Section
    intro: str
    rows: Sequence[Row]
    headers: Sequence[Field]
    blocks: Sequence[Block] = ()
    total: Sum | None = None


@dataclass(frozen=True, kw_only=True)
class Dresser:
    """Makes views from texts: knows the unit of money, the lists to choose from, the problems."""

    money_unit: str
    lists: Lists
    problems: Sequence[Problem] = ()
    found: dict[str, list[Problem]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for problem in self.problems:
            for ref in problem.cells:
                self.found[ref].append(problem)

    def dress(self, section: Section, texts: Texts) -> View:
        """A section with these texts in its fields."""
        is_long = len(texts) > MANY_ROWS
        headers = [self.plan(section, column, is_long) for column in section.columns]
        rows = [
            Row(number=number, fields=self.dress_row(section, headers, row, number))
            for number, row in enumerate(texts, start=1)
        ]
        counter = Counter(section=section, money_unit=self.money_unit, rows=texts)
        return View(
            section=section,
            intro=reword(section.sheet.intro, self.money_unit)
            if section.intro is None
            else section.intro,
            rows=rows,
            headers=headers,
            blocks=list_blocks(counter, rows[0]) if section.is_form else (),
            total=counter.add_rows("合计", "amount") if section.key == "income" else None,
        )

    def plan(self, section: Section, column: Column, is_long: bool) -> Field:
        """What the fields of a column share."""
        options = self.list_options(column)
        widget = "fixed" if column.key in section.fixed else choose_widget(column, bool(options))
        is_offer = is_long and widget == "select"
        return Field(
            name="",
            column=column,
            text="",
            widget="offer" if is_offer else widget,
            advice=reword(column.advice, self.money_unit),
            suffix=suffix_of(column, self.money_unit),
            listing=listing_of(column) or (column.key if is_offer else ""),
            options=() if is_offer else options,
            has_hint=section.is_form and bool(column.advice),
        )

    def dress_row(
        self, section: Section, headers: Sequence[Field], texts: Mapping[str, str], number: int
    ) -> list[Field]:
        """The fields of one row."""
        return [
            self.dress_field(section, header, texts.get(header.column.key, ""), number)
            for header in headers
        ]

    def dress_field(self, section: Section, header: Field, text: str, number: int) -> Field:
        """One field; what was typed stays in it, also where no option has it."""
        key, options = header.column.key, header.options
        name = section.name(key, number)
        if text and options and all(text != value for value, _ in options):
            options = [*options, (text, text)]
        echo = tell_goal(text) if key == "value" and section.key == "indicators" else ""
        problems = self.found.get(name, ())
        return replace(header, name=name, text=text, echo=echo, options=options, problems=problems)

    def list_options(self, column: Column) -> Sequence[tuple[str, str]]:
        """What a select has to choose from; an offer has its list beside it."""
        if column.choices:
            return [(label, label) for label in column.choices]
        return self.lists.get(column.listing, ()) if column.listing in ("units", "targets") else ()


def list_blocks(counter: Counter, row: Row) -> list[Block]:
    """The fields of a form as they stand together."""
    fields = {each.column.key: each for each in row.fields}
    return [
        Block(
            title=group.title,
            fields=[fields[key] for key in group.keys if key in fields],
            sums=[counter.add(addition) for addition in group.sums],
        )
        for group in list_groups(counter.section)
    ]
