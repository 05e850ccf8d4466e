"""The hidden sheet behind the drop-down lists, and the lists themselves."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from budgets.domain.chart import Chart
from budgets.spreadsheets.columns import Column, Sheet
from budgets.spreadsheets.money_sheets import THREE_PUBLIC_CODES
from budgets.spreadsheets.sheets import LISTS_TITLE, SHEETS

# A list written into the rule itself may hold 255 characters, whatever the file format's version.
LONGEST_INLINE = 100
FIRST_ROW, LAST_ROW, FORM_FIRST_ROW = 4, 3000, 3
# Lists that stand on a sheet of the template itself: what the clerk has written there.
OWN_LISTS = {
    "units": "'所属单位'!$A$4:$A$200",
    "projects": "'项目'!$B$4:$B$500",
    "targets": "'项目'!$B$4:$B$500",
}


def write_lists(book: Workbook, chart: Chart) -> dict[str, str]:
    """Write the hidden sheet; the range of each list by name."""
    worksheet = book.create_sheet(LISTS_TITLE)
    worksheet.sheet_state = "hidden"
    worksheet.protection.sheet = True
    ranges = dict(OWN_LISTS)
    for index, (name, entries) in enumerate(gather(chart).items(), start=1):
        letter = get_column_letter(index)
        worksheet.cell(1, index, name)
        for number, entry in enumerate(entries, start=2):
            worksheet.cell(number, index, entry)
        ranges[name] = f"'{LISTS_TITLE}'!${letter}$2:${letter}${max(len(entries), 1) + 1}"
    return ranges


def gather(chart: Chart) -> dict[str, Sequence[str]]:
    """Codes with their names, and every choice too long for a rule of its own."""
    found: dict[str, Sequence[str]] = {
        "functions": entries(chart.functions),
        "economics": entries(chart.economics),
        "three_public": [f"{code} {chart.economic_name(code)}" for code in THREE_PUBLIC_CODES],
    }
    for sheet in SHEETS:
        for column in sheet.columns:
            if len("".join(column.choices)) > LONGEST_INLINE:
                found[f"{sheet.key}.{column.key}"] = list(column.choices)
    return found


def entries(names) -> list[str]:
    """`2012901 行政运行`, in code order; the reader takes the code."""
    return [f"{code} {name}" for code, name in sorted(names.items())]


def offer_choices(worksheet: Worksheet, sheet: Sheet, ranges: dict[str, str]) -> None:
    """Drop-down lists for the columns or lines that have choices or a listing."""
    for index, column in enumerate(sheet.columns):
        if not column.choices and not column.listing:
            continue
        rule = make_rule(sheet, column, ranges)
        letter = get_column_letter(index + 1)
        rows = f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}"
        rule.add(f"B{FORM_FIRST_ROW + index}" if sheet.is_form else rows)
        worksheet.add_data_validation(rule)


def make_rule(sheet: Sheet, column: Column, ranges: dict[str, str]) -> DataValidation:
    """A list of choices insists; a listing only offers, since codes may be new."""
    name = column.listing or f"{sheet.key}.{column.key}"
    source = f"={ranges[name]}" if name in ranges else f'"{",".join(column.choices)}"'
    rule = DataValidation(type="list", formula1=source, allow_blank=True)
    rule.showErrorMessage = not column.listing
    rule.errorTitle, rule.error = column.header, "请从下拉列表中选一项。"
    return rule
