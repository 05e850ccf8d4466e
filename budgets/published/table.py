"""A published table as read: entries of figures, each figure knowing its cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from budgets.facts import Fund, envelope, show_wan
from budgets.facts.money import CENT, WAN
from budgets.published.form import Form, Heading

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

    `refs` are the cells of what names the row: code, name, project.
    """

    key: str
    name: str = ""
    project: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    refs: Mapping[str, str] = field(default_factory=dict)

    @property
    def ref(self) -> str:
        """The cell that names the row."""
        return next((self.refs[lead] for lead in CODE_REFS if lead in self.refs), "")

    def yuan(self, column: str) -> Decimal:
        """The amount in a column; zero where it is blank."""
        return self.figures.get(column, BLANK).yuan


NOTHING = Entry("")


# The leads of a row by how precisely they name it.
CODE_REFS = ("item", "section", "class", "code", "name", "label")
# How messages call rows that have neither a code nor a fund's name.
ROW_NAMES = {
    "total": "总计",
    "income_total": "收入总计",
    "expenditure_total": "支出总计",
    "income": "本年收入",
    "general": "一般公共预算",
    "government_fund": "政府性基金预算",
    "state_capital": "国有资本经营预算",
    "unit_funds": "单位资金",
    "fiscal": "财政拨款",
    "carryover": "上年结转结余",
    "carryover_fiscal": "财政拨款结转",
    "carryover_other": "非财政拨款结转结余",
    "abroad": "因公出国（境）费",
    "reception": "公务接待费",
    "vehicles": "公务用车购置及运行费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_running": "公务用车运行费",
} | {fund.value: fund.label for fund in Fund}


@dataclass(slots=True)
class Table:
    """One of the eleven. `entries` are in the file's order, totals by the name of their side.

    `columns` are the cells of the headings that were found. What a needed table lacks is unknown;
    a table that is not needed is empty where the file lacks it, unless it `is_missed` by others.
    Of one that `is_torn` some rows could not be read. `rows` are the entries by key.
    """

    form: Form
    sheet: str = ""
    factor: int = 1
    entries: list[Entry] = field(default_factory=list)
    totals: dict[str, Entry] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Entry]] = field(default_factory=dict)
    is_missed: bool = False
    is_torn: bool = False

    def index(self) -> None:
        """Make the entries known by their keys, once all of them are read."""
        self.rows = {}
        for row in self.entries:
            self.rows.setdefault(row.key, []).append(row)

    @property
    def headings(self) -> dict[str, Heading]:
        """The headings of all amounts, by key."""
        return {h.key: h for block in self.form.blocks for h in block.columns}

    def describe(self, key: str, column: str, project: str = "") -> str:
        """A cell in words: 表3 2012901 项目支出."""
        row = name_row(key, project)
        return f"{self.form.label} {row} {self.headings[column].label}"

    def is_unknown(self, column: str) -> bool:
        """True where a column's blank says nothing."""
        if self.is_torn or column in self.columns:
            return self.is_torn
        return self.headings[column].needed if self.sheet else self.form.needed or self.is_missed

    def entry(self, key: str) -> Entry:
        """The entry of a code or item that is no project; blank where there is none."""
        return next((row for row in self.rows.get(key, ()) if not row.project), NOTHING)

    def projects(self, key: str) -> list[Entry]:
        """The entries of projects below a code."""
        return [row for row in self.rows.get(key, ()) if row.project]

    def figure(self, key: str, column: str) -> Figure:
        """The figure of a code or item, or of a total, in a column; blank where there is none."""
        found = self.totals.get(key, self.entry(key)).figures.get(column)
        return found or self.blank(key, column)

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
    """The eleven by key; one that the file lacks is empty."""

    of: dict[str, Table]
    names: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Table:
        return self.of[key]

    def items(self, *keys: str) -> list[str]:
        """The function items (seven digits) that have a row in one of these tables, in order."""
        return sorted({code for key in keys for code in self[key].codes(7)})


def name_row(key: str, project: str = "") -> str:
    """A row in words: its code and project, or what the item is called."""
    return f"{ROW_NAMES.get(key, key)} {project}".strip()


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
