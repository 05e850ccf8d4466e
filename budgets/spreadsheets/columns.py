"""What a column of the filing workbook is; template and reader know columns by these alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

TEXT_LIMIT = 200


class Kind(StrEnum):
    """What a cell holds, and so how it is written and read."""

    TEXT = "text"
    LONG = "long"
    CODE = "code"
    MONEY = "money"
    NUMBER = "number"
    COUNT = "count"
    CHANGE = "change"
    DATE = "date"
    CHOICE = "choice"
    COMPUTED = "computed"


NUMERIC = (Kind.MONEY, Kind.NUMBER, Kind.COUNT, Kind.CHANGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a list, or a labelled line of a form.

    `choices` maps what the drop-down list shows to what it means. `listing` names a list on the
    hidden sheet or another sheet that a drop-down offers without insisting on it. `limit` is the
    longest text that is kept; a COMPUTED cell holds `formula` and is never read. What stands in a
    `private` column is the clerk's own and stays in the file.
    """

    key: str
    header: str
    kind: Kind = Kind.TEXT
    guidance: str = ""
    width: int = 14
    required: bool = False
    choices: Mapping[str, object] = field(default_factory=dict)
    listing: str = ""
    limit: int = TEXT_LIMIT
    formula: str = ""
    private: bool = False

    @property
    def advice(self) -> str:
        """The line of guidance below the header."""
        return f"必填。{self.guidance}" if self.required else self.guidance


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: a list with its columns across, or a form with its lines down.

    An optional sheet may be missing from a file.
    """

    key: str
    title: str
    intro: str
    columns: tuple[Column, ...]
    is_form: bool = False
    optional: bool = False

    def column(self, key: str) -> Column:
        """The column of that key."""
        return next(column for column in self.columns if column.key == key)

    def typed(self, *without: str) -> tuple[Column, ...]:
        """The columns that are typed and kept, those in `without` left out."""
        return tuple(
            column
            for column in self.columns
            if column.kind is not Kind.COMPUTED and not column.private and column.key not in without
        )
