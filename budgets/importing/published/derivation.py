"""From the tables to facts: what they determine, and a problem for each code where they do not."""

from collections.abc import Iterator, Sequence

from budgets.domain.facts import Fact, Side
from budgets.domain.filing import Filing
from budgets.domain.problems import Problem
from budgets.domain.tables.form import Role
from budgets.domain.text import squeeze
from budgets.importing.published.carryover import derive_carryover, find_carried
from budgets.importing.published.economics import derive_economics, derive_residues
from budgets.importing.published.functions import derive_functions
from budgets.importing.published.headings import FACTORS, RawLine, find_units, text_of
from budgets.importing.published.projects import ProjectNamer, Purse, name_general
from budgets.importing.published.sources import derive_income, find_sources, fund_figures
from budgets.importing.published.tables import Claim, Derived, ReadTable, ReadTables
from budgets.importing.published.verification import group
from budgets.importing.validation.lines import expenditure_facts
from budgets.spreadsheets import SHEETS, RawCell, RawSheet, SheetCell, SheetRow
from budgets.spreadsheets.sheets import ColumnKind, SheetColumn
from budgets.spreadsheets.values import MisreadError, parse_value

SHEET = next(sheet for sheet in SHEETS if sheet.key == "expenditure")
COLUMNS = {squeeze(column.header): column for column in SHEET.columns}
# A header that has fewer of these is another table's.
FEWEST = 4
NAMES = ("function_name", "economic_name")


class Supplement:
    """The facts that a sheet states line by line; `problems` are those of its cells."""

    def __init__(self, sheets: Sequence[RawSheet], factor: int):
        self.problems: list[Problem] = []
        self.claims: list[Claim] = []
        for sheet in sheets:
            header = find_header(sheet)
            if header is not None:
                unit = next(find_units(list(sheet.rows[:header])), None)
                self.read(sheet, header, FACTORS.get(unit.text, factor) if unit else factor)

    @property
    def codes(self) -> set[str]:
        """The function codes that are stated."""
        return {made.fact.function for made in self.claims if made.fact.function}

    @property
    def has_economics(self) -> bool:
        """True where economic facts are stated, and so all of them."""
        return any(made.fact.economic and not made.fact.function for made in self.claims)

    def read(self, sheet: RawSheet, header: int, factor: int) -> None:
        """Every row below the header that is complete."""
        places = place_columns(sheet.rows[header])
        for line in sheet.rows[header + 1 :]:
            row = SheetRow.of(sheet.name, dict(self.read_cells(sheet, line, places, factor)))
            for fact in expenditure_facts([row], lambda _: ""):
                self.claims.append(claim_row(fact, row))

    def read_cells(
        self, sheet: RawSheet, line: RawLine, places: dict[int, SheetColumn], factor: int
    ) -> Iterator[tuple[str, SheetCell]]:
        """A row's cells by column."""
        for index, column in places.items():
            if index < len(line) and text_of(line[index]):
                yield column.key, self.read_cell(sheet, line[index], column, factor)

    def read_cell(
        self, sheet: RawSheet, cell: RawCell, column: SheetColumn, factor: int
    ) -> SheetCell:
        """One value; what does not fit becomes a problem."""
        try:
            return SheetCell(parse_value(column, cell.value, factor=factor), cell.ref)
        except MisreadError as error:
            cells = (cell.ref,)
            problem = Problem(
                sheet=sheet.name, cells=cells, message=error.message, advice=error.advice
            )
            self.problems.append(problem)
            return SheetCell(None, cell.ref, misread=True)


def find_header(sheet: RawSheet) -> int | None:
    """The row that has the filing workbook's headers."""
    for index, line in enumerate(sheet.rows):
        if len(place_columns(line)) >= FEWEST:
            return index
    return None


def place_columns(line: RawLine) -> dict[int, SheetColumn]:
    """The known columns by where they stand."""
    known = ((index, COLUMNS.get(text_of(cell).rstrip("*:"))) for index, cell in enumerate(line))
    return {
        index: column
        for index, column in known
        if column and column.kind is not ColumnKind.COMPUTED
    }


def claim_row(fact: Fact, row: SheetRow) -> Claim:
    """A stated fact with its cells."""
    names = {key: row[key] for key in NAMES if row[key]}
    return Claim(fact, row.sheet, {"amount": "", **row.refs}, names)


DERIVED_TABLES = (
    Role.INCOME,
    Role.SPENDING,
    Role.GENERAL,
    Role.GOVERNMENT_FUND,
    Role.STATE_CAPITAL,
)


def derive_facts(
    tables: ReadTables, supplement: Supplement, filing: Filing, purses: Sequence[Purse]
) -> Derived:
    """Every fact that the tables and the rows beside them state; `filing` knows project names."""
    derived = derive_income(tables)
    derived.claims += supplement.claims
    derived.problems += [
        problem for key in DERIVED_TABLES for problem in find_bare_codes(tables[key])
    ]
    derived.take(derive_items(tables, supplement.codes))
    general = name_general(tables, derived.nameless)
    derived.nameless = []
    derived.take(general)
    named = [made for made in derived.claims if made.fact.project]
    nameless, derived.nameless = derived.nameless, []
    derived.take(ProjectNamer(filing, purses, named).name(nameless))
    if not supplement.has_economics:
        derived.take(derive_economics(tables, derived.claims))
    derived.take(derive_residues(tables))
    return derived


def derive_items(tables: ReadTables, stated: set[str]) -> Derived:
    """The facts of the function items that are not stated line by line."""
    sources = find_sources(tables, fund_figures(tables), stated)
    carried = find_carried(tables, stated)
    derived = Derived(problems=[*sources.problems, *carried.problems])
    derived.take(derive_functions(tables, sources, carried))
    derived.take(derive_carryover(tables, sources, carried))
    return derived


def find_bare_codes(table: ReadTable) -> Iterator[Problem]:
    """Classes and sections with money and nothing below them."""
    below = group(table.entries)
    for row in table.entries if not table.is_torn else ():
        if row.figures and len(row.key) < 7 and row.key not in below:
            ref = next(iter(row.figures.values())).ref
            message = f"{table.form.label}的 {row.key} 没有列到“项”。"
            advice = "请补上它下面各“项”的金额。"
            yield Problem(sheet=table.sheet, cells=(ref,), message=message, advice=advice)


def list_expenditure(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of money that goes out."""
    return [made for made in claims if made.fact.side is Side.EXPENDITURE]
