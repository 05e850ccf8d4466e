"""A published table as read: entries of figures, each figure knowing its cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from budgets.domain.money import CENT, WAN, envelope, show_wan
from budgets.domain.sets import TableSet
from budgets.domain.tables.form import TOTAL, Column, Form, Role, list_amounts, list_item_sums
from budgets.importing.published.keys import drop_numbering

ZERO = Decimal("0.00")
# Amounts of whole hundreds of yuan are all that 万元 with two decimals can show.
PRINTED = WAN * CENT


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in yuan that is not zero, or a blank one, and where it stands.

    `grain` is the last digit that its table shows, in yuan. One that is `unknown` could not be
    read, and nothing can be said against it.
    """

    yuan: Decimal = ZERO
    sheet: str = ""
    ref: str = ""
    label: str = ""
    grain: Decimal = CENT
    unknown: bool = False

    @property
    def place(self) -> str:
        """表3!E8."""
        return f"{self.sheet}!{self.ref}"


BLANK = Figure()


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of money. `key` is a code or an item, `project` the project below it, if any.

    `refs` are the cells of what names the row: code, name, project. `side` counts the sides of its
    table.
    """

    key: str
    name: str = ""
    project: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    refs: Mapping[str, str] = field(default_factory=dict)
    side: int = 0

    @property
    def ref(self) -> str:
        """The cell that names the row."""
        return next((self.refs[lead] for lead in CODE_REFS if lead in self.refs), "")

    def yuan(self, column: str) -> Decimal:
        """The amount in a column; zero where it is blank."""
        return self.figures.get(column, BLANK).yuan


NOTHING = Entry("")


# The leads of a row by how precisely they name it.
CODE_REFS = ("code_item", "code_section", "code_class", "code", "name", "item", "class")


@dataclass(slots=True)
class Table:
    """A table of the set. `entries` are in the file's order, totals by their side.

    `columns` are the cells of the headings that were found. What a needed table lacks is unknown;
    one that a file lacks is empty where it accounts for other tables' money, and they have none:
    else it `is_missed`.
    Of one that `is_torn` some rows could not be read. `rows` are the entries by key.
    """

    form: Form
    sheet: str = ""
    factor: int = 1
    entries: list[Entry] = field(default_factory=list)
    totals: dict[int, Entry] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Entry]] = field(default_factory=dict)
    is_missed: bool = False
    is_torn: bool = False
    # The columns of all amounts, by key, with the side that they stand on.
    headings: dict[str, tuple[int, Column]] = field(init=False, default_factory=dict)

    def index(self) -> None:
        """Make the entries known by their keys, once all of them are read."""
        self.rows = {}
        for row in self.entries:
            self.rows.setdefault(row.key, []).append(row)

    def __post_init__(self) -> None:
        for side, block in enumerate(self.form.blocks):
            self.headings.update({each.key: (side, each) for each in list_amounts(block)})

    def describe(self, key: str, column: str, project: str = "") -> str:
        """A cell in words: 表3 2012901 项目支出."""
        side, found = self.headings[column]
        return f"{self.form.label} {self.name_row(key, project, side)} {found.heading}"

    def name_row(self, key: str, project: str = "", side: int = 0) -> str:
        """What messages call a row."""
        block = self.form.blocks[side]
        if key == TOTAL:
            return "".join(block.total) if len(self.form.blocks) > 1 else "总计"
        names = {item.key: item.name or drop_numbering(item.label) for item in block.rows.items}
        return f"{names.get(key, key)} {project}".strip()

    def parts(self, key: str) -> list[str]:
        """The fixed rows that a fixed row is the sum of."""
        sums = (list_item_sums(block.rows) for block in self.form.blocks)
        return next(own[key] for own in sums if key in own)

    def is_unknown(self, column: str) -> bool:
        """True where a column's blank says nothing."""
        if self.is_torn or column in self.columns:
            return self.is_torn
        if self.sheet:
            return self.headings[column][1].needed
        return self.is_missed or not self.form.accounts_for

    def entry(self, key: str) -> Entry:
        """The entry of a code or item that is no project; blank where there is none."""
        return next((row for row in self.rows.get(key, ()) if not row.project), NOTHING)

    def projects(self, key: str) -> list[Entry]:
        """The entries of projects below a code."""
        return [row for row in self.rows.get(key, ()) if row.project]

    def figure(self, key: str, column: str) -> Figure:
        """The figure of a code or item, or of a total, in a column; blank where there is none."""
        row = self.entry(key)
        if key == TOTAL:
            row = self.totals.get(self.headings[column][0], NOTHING)
        return row.figures.get(column) or self.blank(key, column)

    def blank(self, key: str, column: str) -> Figure:
        """A figure that the table leaves blank."""
        label = f"{self.describe(key, column)}（空）"
        return Figure(sheet=self.sheet, label=label, unknown=self.is_unknown(column))

    def yuan(self, key: str, column: str) -> Decimal:
        """The amount there; zero where it is blank."""
        return self.figure(key, column).yuan

    def codes(self, digits: int) -> list[str]:
        """The codes of one level that have a row, in the file's order."""
        return [key for key in self.rows if key.isdecimal() and len(key) == digits]


@dataclass(slots=True)
class Tables:
    """All tables of a set by what they tell; one that the file lacks is empty."""

    table_set: TableSet
    of: dict[Role, Table]

    def __getitem__(self, role: Role) -> Table:
        return self.of[role]


def add(figures: Iterable[Figure]) -> Decimal:
    """The sum of figures, in yuan."""
    return sum((figure.yuan for figure in figures), ZERO)


def grain_of(figures: Iterable[Figure]) -> Decimal:
    """The coarsest last digit among figures, in yuan."""
    return max((figure.grain for figure in figures if figure.ref), default=CENT)


def tolerance(parts: int, grain: Decimal) -> Decimal:
    """The widest gap, in yuan, that rounding can open: `facts.envelope` at the grain shown."""
    return envelope(parts) * grain / PRINTED


def tell(yuan: Decimal) -> str:
    """An amount in words: in 万元 where these show all of it, else in yuan."""
    if yuan % PRINTED == 0:
        return f"{show_wan(yuan)} 万元"
    return f"{yuan:,.2f} 元"
