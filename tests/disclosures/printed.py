"""What the document prints of a filing, as plain texts for equality assertions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from budgets.domain.checks import CHECKS
from budgets.domain.checks.case import Case
from budgets.domain.filing import Filing
from budgets.domain.money import show_wan
from budgets.domain.notes import write_notes
from budgets.domain.notes.desk import Desk, split_address
from budgets.domain.notes.history import History
from budgets.domain.notes.profile import glossary_section, profile_sections
from budgets.domain.notes.spans import Section
from budgets.domain.performance import build_performance
from budgets.domain.sets.table_set import build_tables
from budgets.domain.tables.grid import Grid
from tests.disclosures.filings import CHART, GLOSSARY, wan

LastYear = Mapping[str, Decimal]


def desk_of(filing: Filing, last_year: LastYear | None = None) -> Desk:
    """The writer's desk with the filing's finished tables."""
    tables = build_tables(filing, CHART)
    grids = tables | build_performance(filing, tables)
    return Desk.over(filing, CHART, grids, History.of(filing.priors, last_year))


def sections_of(desk: Desk) -> list[Section]:
    """All sections of parts 1, 3 and 4."""
    return [*profile_sections(desk.filing), *write_notes(desk), glossary_section(GLOSSARY)]


def note(filing: Filing, key: str, last_year: LastYear | None = None) -> list[str]:
    """The printed headings and sentences of one section (`N1` to `N12`, `D1`, `D2`, `G`)."""
    found = [each for each in sections_of(desk_of(filing, last_year)) if each.key == key]
    blocks = [block for section in found for block in section.blocks]
    return [getattr(block, "text", None) or f"[{block.grid}]" for block in blocks]


def body(grid: Grid) -> list[str]:
    """The printed rows of a table, cells parted by |, trailing blanks left out."""
    return ["|".join(cell.text for cell in row.cells).rstrip("|") for row in grid.rows()]


def table(filing: Filing, key: str) -> list[str]:
    """The printed rows of one table of a filing."""
    return body(desk_of(filing).tables[key])


def case_of(
    filing: Filing,
    last_year: LastYear | None = None,
    others: Sequence[str] = (),
    wrong: tuple[str, str] | None = None,
) -> Case:
    """The case that checks look into; `wrong` puts an amount in 万元 at an address."""
    desk = desk_of(filing, last_year)
    if wrong:
        table, row, column = split_address(wrong[0])
        grid = tamper(desk.tables[table], row, column, wan(wrong[1]))
        desk = Desk.over(filing, CHART, desk.tables | {table: grid}, desk.history)
    return Case.over(desk, sections_of(desk), others)


def outcomes(check: str, case: Case) -> list[tuple[str, str]]:
    """(result, message) of everything that one check finds."""
    (found,) = [each for each in CHECKS if each.id == check]
    return [(str(outcome.result), outcome.message) for outcome in found.run(case)]


def tamper(grid: Grid, row: str, column: str, yuan: Decimal) -> Grid:
    """The table with another amount in one cell, as if it had been built wrongly."""
    at = f"{grid.key}.{row}.{column}"
    groups = tuple(
        tuple(
            replace(
                printed,
                cells=tuple(
                    replace(cell, yuan=yuan, text=show_wan(yuan)) if cell.at == at else cell
                    for cell in printed.cells
                ),
            )
            for printed in group
        )
        for group in grid.groups
    )
    return replace(grid, groups=groups)
