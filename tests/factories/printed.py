"""What the document prints of a filing, as plain texts for equality assertions."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from budgets.domain.checks import list_checks
from budgets.domain.checks.case import Case
from budgets.domain.document import Section, Table, split_address
from budgets.domain.filing import Filing
from budgets.domain.money import show_wan
from budgets.domain.notes import Writer, write_notes
from budgets.domain.sets.xinjiang.profile import glossary_section, profile_sections
from disclosures.publishing.pdf.fonts import missing_glyphs
from tests.factories.filings import CHART, GLOSSARY, wan

LastYear = Mapping[str, Decimal]


def writer_of(filing: Filing, last_year: LastYear | None = None) -> Writer:
    """The writer with the filing's finished tables."""
    return Writer.over(filing, CHART, last_year)


def sections_of(writer: Writer) -> list[Section]:
    """All sections of parts 1, 3 and 4."""
    return [*profile_sections(writer.filing), *write_notes(writer), glossary_section(GLOSSARY)]


def note(filing: Filing, key: str, last_year: LastYear | None = None) -> list[str]:
    """The printed headings and sentences of one section (`N1` to `N12`, `D1`, `D2`, `G`)."""
    found = [each for each in sections_of(writer_of(filing, last_year)) if each.key == key]
    blocks = [block for section in found for block in section.blocks]
    return [getattr(block, "text", None) or f"[{block.table}]" for block in blocks]


def body(grid: Table) -> list[str]:
    """The printed rows of a table, cells parted by |, trailing blanks left out."""
    return ["|".join(cell.text for cell in row.cells).rstrip("|") for row in grid.rows()]


def table(filing: Filing, key: str) -> list[str]:
    """The printed rows of one table of a filing."""
    return body(writer_of(filing).tables[key])


def case_of(
    filing: Filing,
    last_year: LastYear | None = None,
    others: Sequence[str] = (),
    wrong: tuple[str, str] | None = None,
) -> Case:
    """The case that checks look into; `wrong` puts an amount in 万元 at an address."""
    writer = writer_of(filing, last_year)
    if wrong:
        table, row, column = split_address(wrong[0])
        grid = tamper(writer.tables[table], row, column, wan(wrong[1]))
        writer = Writer(filing, CHART, writer.tables | {table: grid}, writer.history)
    return Case(writer, sections_of(writer), others, missing_glyphs)


def outcomes(check: str, case: Case) -> list[tuple[str, str]]:
    """(result, message) of everything that one check finds."""
    (found,) = [each for each in list_checks(case.table_set) if each.id == check]
    return [(str(finding.result), finding.message) for finding in found.find(case)]


def tamper(grid: Table, row: str, column: str, yuan: Decimal) -> Table:
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
