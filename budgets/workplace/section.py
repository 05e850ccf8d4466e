"""A section of a screen: a sheet of the workbook, or a part of one, as fields to type in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budgets.workbook import WAN, YUAN
from budgets.workbook.columns import Column, Kind, Sheet

Texts = list[dict[str, str]]
Laid = Mapping[str, object]

WAN_YUAN = 10_000
FACTORS = {YUAN: 1, WAN: WAN_YUAN}
NUMERIC = (Kind.MONEY, Kind.NUMBER, Kind.COUNT, Kind.CHANGE)


def everything(_: Laid) -> bool:
    """Own every row of the sheet."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What a screen shows of a sheet.

    `columns` are typed; `given` holds the values of other columns, the same in every row. `owns`
    tells which stored rows the section shows and replaces. `spare` blank rows end a list, and
    `starts` are texts that rows begin with: they alone make no row. `fixed` columns are shown and
    posted, but not for typing. `intro` stands in place of the sheet's own. A `single` row of a list
    is shown as a form, and the rows of an `ordered` one can be moved. `unstated` is how a form
    reads that says nothing.
    """

    sheet: Sheet
    columns: tuple[Column, ...]
    given: Mapping[str, object] = field(default_factory=dict)
    owns: Callable[[Laid], bool] = everything
    starts: tuple[Mapping[str, str], ...] = ()
    fixed: tuple[str, ...] = ()
    intro: str | None = None
    single: bool = False
    ordered: bool = False
    spare: int = 0
    unstated: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The sheet's key, which all names of fields begin with."""
        return self.sheet.key

    @property
    def is_form(self) -> bool:
        """True for one record of labelled fields, false for rows."""
        return self.sheet.is_form or self.single

    def name(self, key: str, number: int = 1) -> str:
        """The name and id of a field: `profile-duties`, or `income-3-amount` in a list."""
        return f"{self.key}-{key}" if self.is_form else f"{self.key}-{number}-{key}"

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns by which a row is known, whatever its place; none in an ordinary list."""
        return tuple(self.starts[0]) if self.starts and self.fixed else ()

    @property
    def blank(self) -> dict[str, str]:
        """A row in which nothing was typed."""
        return {column.key: "" for column in self.columns}

    def is_blank(self, row: Mapping[str, str]) -> bool:
        """True where nothing was typed beside what the screen itself had put there."""
        return not any(text.strip() for text in row.values()) or row in self.open_starts()

    def open_starts(self) -> list[dict[str, str]]:
        """The rows that the screen begins with."""
        return [self.blank | start for start in self.starts]


def choose_columns(sheet: Sheet, *without: str) -> tuple[Column, ...]:
    """The columns of a sheet that can be typed and are kept, those in `without` left out."""
    return tuple(
        column
        for column in sheet.columns
        if column.kind is not Kind.COMPUTED and not column.private and column.key not in without
    )


def show_rows(section: Section, rows: Sequence[Laid], money_unit: str) -> Texts:
    """Rows of values as the texts of their fields; reading them gives the values back."""
    return [
        {
            column.key: show_value(column, row.get(column.key), money_unit)
            if not is_unstated(section, column, row)
            else ""
            for column in section.columns
        }
        for row in rows
    ]


def is_unstated(section: Section, column: Column, row: Laid) -> bool:
    """True where a figure of a form is what saying nothing would give."""
    known = column.kind in NUMERIC and column.key in section.unstated
    return known and row.get(column.key) == section.unstated[column.key]


def show_value(column: Column, value: object, money_unit: str) -> str:
    """A value as it is typed; money in 元 or 万元, exact to the cent."""
    if value is None or value == "":
        return ""
    if column.choices:
        return next(label for label, meaning in column.choices.items() if meaning == value)
    if column.kind is Kind.MONEY:
        return show_money(value, money_unit)
    # 14 for 14.00, so that what was typed and what is stored read the same.
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def show_money(yuan: Decimal, money_unit: str) -> str:
    """An amount of yuan with thousands separators and at least two decimals, nothing rounded."""
    amount = yuan / FACTORS[money_unit]
    places = max(2, -amount.normalize().as_tuple().exponent)
    return f"{amount:,.{places}f}"


def open_rows(section: Section, texts: Texts) -> Texts:
    """Texts with the section's starts among them, each in its place, and what else there is after.

    A form that nobody has filled has blank fields.
    """
    if section.is_form:
        return texts or [section.blank]
    if not section.starts:
        return texts
    placed: Texts = []
    for start in section.starts:
        own = [row for row in texts if row not in placed and start.items() <= row.items()]
        placed += own or [section.blank | start]
    return placed + [row for row in texts if row not in placed]


def spread(section: Section, texts: Texts, more: int = 0) -> Texts:
    """Texts with blank rows at the end: as many as the section spares, and `more`."""
    if section.is_form:
        return texts
    blank_at_end = 0
    while blank_at_end < len(texts) and section.is_blank(texts[-1 - blank_at_end]):
        blank_at_end += 1
    lacking = max(0, section.spare - blank_at_end) + more
    return [*texts, *(section.blank for _ in range(lacking))]
