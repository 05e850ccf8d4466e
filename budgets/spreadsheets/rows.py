"""What the reader hands on: rows of typed values, each knowing the sheet and cell it came from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from budgets.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and its cell (`C5`, empty where the file has no such column).

    `misread` marks a value that did not fit its column; a problem has already said so.
    """

    value: object
    ref: str = ""
    misread: bool = False

    @property
    def is_blank(self) -> bool:
        """True where nothing was filled in."""
        return self.value in (None, "") and not self.misread


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list, or a whole form: values and cells' addresses by the keys of its columns."""

    sheet: str
    values: Mapping[str, object]
    refs: Mapping[str, str]
    misread: Collection[str] = ()

    @classmethod
    def of(cls, sheet: str, cells: Mapping[str, Cell]) -> "Row":
        """The row that these cells make."""
        return cls(
            sheet,
            {key: cell.value for key, cell in cells.items()},
            {key: cell.ref for key, cell in cells.items()},
            [key for key, cell in cells.items() if cell.misread],
        )

    def __getitem__(self, key: str):
        """The value in that column; None where there is none."""
        return self.values.get(key)

    def keys(self) -> set[str]:
        """The columns in which something stands."""
        return {*self.values, *self.misread}

    def cell(self, key: str) -> Cell:
        """The cell in that column."""
        return Cell(self.values.get(key), self.refs.get(key, ""), key in self.misread)

    def is_blank(self, key: str) -> bool:
        """True where nothing was filled in."""
        return self.values.get(key) in (None, "") and key not in self.misread

    def ref(self, key: str) -> str:
        """`C5`; empty where the file has no such column."""
        return self.refs.get(key, "")

    def origin(self, key: str) -> str:
        """`收入!C5`, for a fact to remember."""
        return f"{self.sheet}!{self.ref(key)}"


@dataclass(slots=True)
class Sheets:
    """Everything read: rows by the key of their sheet (a form is one row), and the problems.

    `titles` are those of the file's sheets, in its order; none where no file was read.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    titles: tuple[str, ...] = ()

    def of(self, key: str) -> list[Row]:
        """The rows of a list; none where the sheet is missing."""
        return self.rows.get(key, [])

    def form(self, key: str) -> Row:
        """The one row of a form; blank where the sheet is missing."""
        rows = self.of(key)
        return rows[0] if rows else Row(key, {}, {})
