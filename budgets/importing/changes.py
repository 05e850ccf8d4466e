"""What an upload would add, change and remove: two filings side by side, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from budgets.domain.chart import Chart
from budgets.domain.filing import Filing
from budgets.spreadsheets import SHEETS
from budgets.spreadsheets.filing_rows import list_filing_rows
from budgets.spreadsheets.sheets import ColumnKind, Sheet, SheetColumn
from budgets.spreadsheets.values import spell_row

RowTexts = Mapping[str, str]
# What makes two rows of a list the same row; forms have one row, and need no key.
MONEY_KEY = ("unit", "fund", "nature", "function", "economic", "project", "internal")
KEYS = {
    "units": ("code",),
    "income": MONEY_KEY,
    "expenditure": MONEY_KEY,
    "history": ("place", "code", "project"),
    "projects": ("unit", "name"),
    "indicators": ("unit", "target", "level1", "level2", "level3"),
    "three_public": ("unit", "fund", "economic"),
    "glossary": ("term",),
}
# A code's name stands beside its code and is no statement of its own.
NAMED = {"function": "function_name", "economic": "economic_name"}
# What the file says of itself is no statement about the budget.
FORMALITIES = ("money_unit", "version")


class ChangeKind(StrEnum):
    ADDED = "新增"
    CHANGED = "修改"
    REMOVED = "删除"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedColumn:
    """One column that reads differently; a side is empty where it says nothing.

    `change` is the later amount less the earlier one, with its sign; empty where it is no money.
    """

    header: str
    before: str
    after: str
    change: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingChange:
    sheet: str
    kind: ChangeKind
    row: str
    details: tuple[ChangedColumn, ...]


def compare_filings(
    before: Filing, after: Filing, chart: Chart, money_unit: str
) -> list[FilingChange]:
    """Every row that differs, in the order of the workbook's sheets; money in `money_unit`.

    Of a sheet, what is new comes in the new order, what is gone after it.
    """
    laid = [list_filing_rows(filing, chart, money_unit) for filing in (before, after)]
    found: list[FilingChange] = []
    for sheet in SHEETS:
        columns = sheet.typed(*FORMALITIES)
        old, new = (
            index_rows(sheet, [spell_row(columns, row, money_unit) for row in rows[sheet.key]])
            for rows in laid
        )
        blank = {column.key: "" for column in columns}
        for key, row in new.items():
            details = list_changed_columns(columns, old.get(key, blank), row)
            if details:
                is_known = key in old or sheet.is_form
                kind = ChangeKind.CHANGED if is_known else ChangeKind.ADDED
                found.append(name_change(sheet, kind, row, details))
        for key, row in old.items():
            if key not in new:
                details = list_changed_columns(columns, row, blank)
                found.append(name_change(sheet, ChangeKind.REMOVED, row, details))
    return found


def index_rows(sheet: Sheet, rows: Sequence[RowTexts]) -> dict[tuple[str, ...], RowTexts]:
    """Rows by their key; the second of two alike is told apart by its number."""
    found: dict[tuple[str, ...], RowTexts] = {}
    for row in rows:
        key = tuple(row.get(name, "") for name in KEYS.get(sheet.key, ()))
        number = 0
        while (*key, str(number)) in found:
            number += 1
        found[*key, str(number)] = row
    return found


def list_changed_columns(
    columns: Sequence[SheetColumn], before: RowTexts, after: RowTexts
) -> list[ChangedColumn]:
    """The columns of a row that read differently; `+1.43` is by how much an amount has changed."""
    found = []
    for column in columns:
        old, new = before[column.key], after[column.key]
        if old.split() == new.split():
            continue
        change = ""
        if column.kind is ColumnKind.MONEY:
            less, more = (Decimal(text.replace(",", "") or 0) for text in (old, new))
            change = f"{more - less:+,f}".replace("-", "−")
        found.append(ChangedColumn(header=column.header, before=old, after=new, change=change))
    return found


def name_change(
    sheet: Sheet, kind: ChangeKind, row: RowTexts, details: Sequence[ChangedColumn]
) -> FilingChange:
    """A change under the name of its row; what names the row is not told again."""
    keys = KEYS.get(sheet.key, ())
    named = {*keys, *NAMED.values()}
    headers = {column.header for column in sheet.columns if column.key in named}
    names = [
        " ".join(filter(None, (row[key], row.get(NAMED.get(key, ""), ""))))
        for key in keys
        if row.get(key)
    ]
    return FilingChange(
        sheet=sheet.title,
        kind=kind,
        row=" · ".join(names),
        details=tuple(detail for detail in details if detail.header not in headers),
    )
