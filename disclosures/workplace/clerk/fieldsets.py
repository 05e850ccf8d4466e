"""A fieldset: a sheet of the filing workbook, or a part of one, as it is typed on a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from budgets.spreadsheets.columns import NUMERIC, Column, Sheet
from budgets.spreadsheets.texts import spell_value

Texts = list[dict[str, str]]
Laid = Mapping[str, object]
AllRows = Mapping[str, Sequence[Laid]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fieldset:
    """What a page asks of a sheet.

    `columns` are typed; `given` holds the values of other columns, the same in every row. `owns`
    tells which stored rows the fieldset shows and replaces. `spare` blank rows end a list, and
    `starts` are texts that rows begin with: they alone make no row. `fixed` columns are shown and
    posted, but not for typing. `intro` stands in place of the sheet's own. A `single` row of a list
    is shown as a record, and the rows of an `ordered` one can be moved. `unstated` is how a record
    reads that says nothing.
    """

    sheet: Sheet
    columns: tuple[Column, ...]
    given: Mapping[str, object] = field(default_factory=dict)
    owns: Callable[[Laid], bool] = lambda row: True
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
    def is_record(self) -> bool:
        """True for one record of labelled fields, false for rows."""
        return self.sheet.is_form or self.single

    def prefix(self, number: int = 1) -> str:
        """What the names of a row's fields begin with: `profile`, or `income-3` in a list."""
        return self.key if self.is_record else f"{self.key}-{number}"

    def name(self, key: str, number: int = 1) -> str:
        """The name and id of a field: `profile-duties`, or `income-3-amount` in a list."""
        return f"{self.prefix(number)}-{key}"

    def tell_place(self, ref: str) -> str:
        """The name of one of the fields in words: 第3行“金额”; empty for any other name."""
        for column in self.columns:
            if self.is_record and ref == self.name(column.key):
                return f"“{column.header}”"
            number = ref.removeprefix(f"{self.key}-").removesuffix(f"-{column.key}")
            if number.isdecimal() and ref == self.name(column.key, int(number)):
                return f"第{number}行“{column.header}”"
        return ""

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns by which a row is known, whatever its place; none in an ordinary list."""
        return tuple(self.starts[0]) if self.starts and self.fixed else ()

    @property
    def blank(self) -> dict[str, str]:
        """A row in which nothing was typed."""
        return {column.key: "" for column in self.columns}

    def is_blank(self, row: Mapping[str, str]) -> bool:
        """True where nothing was typed beside what the page itself had put there."""
        if not any(text.strip() for text in row.values()):
            return True
        return any(row == self.blank | start for start in self.starts)

    def spell(self, rows: Sequence[Laid], money_unit: str) -> Texts:
        """Rows of values as the texts of their fields; what is unstated is blank."""
        return [
            {
                column.key: ""
                if self.is_unstated(column, row)
                else spell_value(column, row.get(column.key), money_unit)
                for column in self.columns
            }
            for row in rows
        ]

    def is_unstated(self, column: Column, row: Laid) -> bool:
        """True where a figure of a record is what saying nothing would give."""
        known = column.kind in NUMERIC and column.key in self.unstated
        return known and row.get(column.key) == self.unstated[column.key]

    def begin(self, texts: Texts) -> Texts:
        """Texts with the starts among them, each in its place, and what else there is after.

        A record that nobody has filled has blank fields.
        """
        if self.is_record:
            return texts or [self.blank]
        if not self.starts:
            return texts
        placed: Texts = []
        for start in self.starts:
            own = [row for row in texts if row not in placed and start.items() <= row.items()]
            placed += own or [self.blank | start]
        return placed + [row for row in texts if row not in placed]

    def spread(self, texts: Texts, more: int = 0) -> Texts:
        """Texts with blank rows at the end: as many as the fieldset spares, and `more`."""
        if self.is_record:
            return texts
        blank_at_end = 0
        while blank_at_end < len(texts) and self.is_blank(texts[-1 - blank_at_end]):
            blank_at_end += 1
        lacking = max(0, self.spare - blank_at_end) + more
        return [*texts, *(self.blank for _ in range(lacking))]
