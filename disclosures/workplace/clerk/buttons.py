"""What the buttons beside 保存 do: change what stands in the form, and save nothing."""

import re
from collections.abc import Mapping

from budgets.spreadsheets import UNITS
from budgets.spreadsheets.columns import Kind
from budgets.spreadsheets.texts import FACTORS, spell_value
from budgets.spreadsheets.values import MisreadError, parse
from disclosures.workplace.clerk.fieldsets import Fieldset, Texts

SAVE = "save"
MORE_ROWS = 10
UNIT_BUTTON = re.compile(rf"unit-({'|'.join(UNITS)})")
ROW_BUTTON = re.compile(r"(add|remove|up|down)-([a-z_]+)(?:-(\d{1,6}))?", re.ASCII)


def find_unit(action: str) -> str | None:
    """The unit of money that a button asks for; None for any other button."""
    found = UNIT_BUTTON.fullmatch(action)
    return found and found[1]


def change_rows(action: str, fieldset: Fieldset, texts: Texts) -> Texts:
    """The rows after a button was pressed; a button of another fieldset does nothing."""
    found = ROW_BUTTON.fullmatch(action)
    if not found or found[2] != fieldset.key:
        return texts
    number = int(found[3] or 0)
    match found[1]:
        case "add":
            return fieldset.spread(texts, MORE_ROWS)
        case "remove":
            return [row for place, row in enumerate(texts, start=1) if place != number]
        case "up":
            return swap_rows(texts, number - 1, number)
        case _:
            return swap_rows(texts, number, number + 1)


def swap_rows(rows: list, upper: int, lower: int) -> list:
    """Two neighbours, by their numbers from 1, in the other order, where there are two."""
    if upper < 1 or lower > len(rows):
        return rows
    return [*rows[: upper - 1], rows[lower - 1], rows[upper - 1], *rows[lower:]]


def convert_money(
    fieldset: Fieldset, row: Mapping[str, str], money_unit: str, wanted: str
) -> dict[str, str]:
    """A row with its money in the wanted unit; what is no amount stays as it was typed."""
    changed = dict(row)
    for column in fieldset.columns:
        if column.kind is Kind.MONEY:
            try:
                yuan = parse(column, row[column.key], factor=FACTORS[money_unit])
            except MisreadError:
                continue
            changed[column.key] = spell_value(column, yuan, wanted)
    return changed
