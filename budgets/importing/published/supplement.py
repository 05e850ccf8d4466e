"""What the tables cannot tell: rows in the form of the filing workbook's 支出明细 beside them."""

from collections.abc import Iterator, Sequence

from budgets.domain.facts import Fact
from budgets.domain.problems import Problem
from budgets.domain.text import squeeze
from budgets.importing.published.claims import Claim
from budgets.importing.published.imprint import FACTORS, find_units
from budgets.importing.published.titles import Line, text_of
from budgets.importing.validation.lines import expenditure_facts
from budgets.spreadsheets import SHEETS, RawCell, RawSheet, SheetCell, SheetRow
from budgets.spreadsheets.sheets import ColumnKind, SheetColumn
from budgets.spreadsheets.values import MisreadError, parse

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
        self, sheet: RawSheet, line: Line, places: dict[int, SheetColumn], factor: int
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
            return SheetCell(parse(column, cell.value, factor=factor), cell.ref)
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


def place_columns(line: Line) -> dict[int, SheetColumn]:
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
