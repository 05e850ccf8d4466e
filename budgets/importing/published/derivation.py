"""From the tables to facts: what they determine, and a problem for each code where they do not."""

from collections.abc import Iterator, Sequence

from budgets.domain.filing import Filing
from budgets.domain.problems import Problem
from budgets.domain.text import squeeze
from budgets.importing.published.carryover import derive_carryover, find_carried
from budgets.importing.published.economics import derive_economics
from budgets.importing.published.functions import (
    ITEM_TABLES,
    derive_functions,
    derive_residues,
)
from budgets.importing.published.headings import FACTORS, RawLine, find_unit, text_of
from budgets.importing.published.projects import ProjectNamer, Purse, name_general
from budgets.importing.published.sources import derive_income, find_sources
from budgets.importing.published.tables import Claim, Derived, ReadTable, ReadTables
from budgets.importing.published.verification import group_below
from budgets.importing.validation.case import read_facts
from budgets.spreadsheets import SHEETS, RawSheet, SheetCell, SheetRow
from budgets.spreadsheets.sheets import ColumnKind, SheetColumn
from budgets.spreadsheets.values import MisreadError, parse_value

EXPENDITURE = next(sheet for sheet in SHEETS if sheet.key == "expenditure")
COLUMNS = {
    squeeze(column.header): column
    for column in EXPENDITURE.columns
    if column.kind is not ColumnKind.COMPUTED
}
# A header that has fewer of these is another table's.
FEWEST_COLUMNS = 4


class Supplement:
    """What the tables cannot tell: rows in the form of the workbook's 支出明细 beside them.

    `claims` are the facts that such sheets state line by line, `problems` those of their cells;
    `factor` is yuan to one of the unit of a sheet that names none.
    """

    def __init__(self, sheets: Sequence[RawSheet], factor: int):
        self.problems: list[Problem] = []
        self.claims: list[Claim] = []
        for sheet in sheets:
            for header, line in enumerate(sheet.rows):
                places = place_columns(line)
                if len(places) >= FEWEST_COLUMNS:
                    unit = find_unit(sheet.rows[:header])
                    own = FACTORS.get(unit.text, factor) if unit else factor
                    self.read(sheet, sheet.rows[header + 1 :], places, own)
                    break

    @property
    def codes(self) -> set[str]:
        """The function codes that are stated."""
        return {made.fact.function for made in self.claims if made.fact.function}

    @property
    def has_economics(self) -> bool:
        """True where economic facts are stated, and so all of them."""
        return any(made.fact.economic and not made.fact.function for made in self.claims)

    def read(
        self,
        sheet: RawSheet,
        lines: Sequence[RawLine],
        places: dict[int, SheetColumn],
        factor: int,
    ) -> None:
        """Every row below the header that is complete."""
        for line in lines:
            cells = {}
            for index, column in places.items():
                if index >= len(line) or not text_of(line[index]):
                    continue
                ref = line[index].ref
                try:
                    value = parse_value(column, line[index].value, factor=factor)
                    cells[column.key] = SheetCell(value, ref)
                except MisreadError as error:
                    cells[column.key] = SheetCell(None, ref, misread=True)
                    self.problems.append(
                        Problem(
                            sheet=sheet.name,
                            cells=(ref,),
                            message=error.message,
                            advice=error.advice,
                        )
                    )
            row = SheetRow.of(sheet.name, cells)
            names = {key: row[key] for key in ("function_name", "economic_name") if row[key]}
            for fact in read_facts("expenditure", [row], lambda _: ""):
                self.claims.append(Claim(fact, row.sheet, {"amount": "", **row.refs}, names))


def place_columns(line: RawLine) -> dict[int, SheetColumn]:
    """The known columns by where they stand."""
    known = ((index, COLUMNS.get(text_of(cell).rstrip("*:"))) for index, cell in enumerate(line))
    return {index: column for index, column in known if column}


def derive_facts(
    tables: ReadTables, supplement: Supplement, filing: Filing, purses: Sequence[Purse]
) -> Derived:
    """Every fact that the tables and the rows beside them state; `filing` knows project names."""
    derived = derive_income(tables)
    derived.claims += supplement.claims
    for role in ITEM_TABLES:
        derived.problems += find_whole_codes(tables[role])
    # The items that are not stated line by line.
    sources = find_sources(tables, supplement.codes)
    carried = find_carried(tables, supplement.codes)
    derived.problems += [*sources.problems, *carried.problems]
    derived.extend(derive_functions(tables, sources, carried))
    derived.extend(derive_carryover(tables, sources, carried))
    # Table 7 names its projects before the others' names are guessed.
    nameless, derived.nameless = derived.nameless, []
    derived.extend(name_general(tables, nameless))
    named = [made for made in derived.claims if made.fact.project]
    nameless, derived.nameless = derived.nameless, []
    derived.extend(ProjectNamer(filing, purses, named).name(nameless))
    if not supplement.has_economics:
        derived.extend(derive_economics(tables, derived.claims))
    derived.extend(derive_residues(tables))
    return derived


def find_whole_codes(table: ReadTable) -> Iterator[Problem]:
    """Classes and sections with money and nothing below them."""
    below = group_below(table.entries)
    for row in table.entries if not table.is_torn else ():
        if row.figures and len(row.key) < 7 and row.key not in below:
            message = f"{table.form.label}的 {row.key} 没有列到“项”。"
            yield table.complain(row.first_refs, message, "请补上它下面各“项”的金额。")
