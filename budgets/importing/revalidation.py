"""What a budget holds, judged as a workbook that says the same would be."""

from collections.abc import Sequence

from budgets.domain.chart import Chart
from budgets.domain.filing import Filing, Organisation
from budgets.domain.problems import Problem
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import validate_sheets
from budgets.spreadsheets import SHEETS, YUAN, SheetCell, SheetRow, Sheets
from budgets.spreadsheets.filing_rows import list_filing_rows


def revalidate_filing(filing: Filing, chart: Chart, units: Sequence[Organisation]) -> list[Problem]:
    """The problems of a filing at rest, errors first; `units` are the registered ones in use.

    Screens are judged one by one, and codes may have been taken out of the chart since: what no
    longer holds, or does not hold together, is told here. Problems name their sheet and no cell.
    """
    laid = list_filing_rows(filing, chart, YUAN)
    laid["units"] = [{"code": unit.code, "name": unit.name} for unit in units]
    sheets = Sheets()
    for sheet in SHEETS:
        sheets.rows[sheet.key] = [
            SheetRow.of(
                sheet.title,
                {column.key: SheetCell(row.get(column.key)) for column in sheet.columns},
            )
            for row in laid[sheet.key]
        ]
    return validate_sheets(
        sheets, chart, Known(department=filing.department, units=tuple(units))
    ).problems
