"""What the buttons beside 保存 do: change what stands in the form, and save nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from budgets.workbook import UNITS
from budgets.workbook.columns import Column, Kind
from budgets.workbook.values import MisreadError, parse
from budgets.workplace.section import FACTORS, Section, Texts, show_value, spread

SAVE = "save"
MORE_ROWS = 10
ACTION = re.compile(r"(add|remove|up|down)-([a-z_]+)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The texts of a section as they are typed, and the unit of money that they are typed in."""

    texts: Texts
    money_unit: str


def act(action: str, section: Section, texts: Texts, money_unit: str) -> Sheaf:
    """What a section holds after a button was pressed; a button of another section does nothing."""
    if action.startswith("unit-") and action.removeprefix("unit-") in UNITS:
        wanted = action.removeprefix("unit-")
        return Sheaf([convert(section, row, money_unit, wanted) for row in texts], wanted)
    found = ACTION.fullmatch(action)
    if found and found[2] == section.key:
        number = int(found[3] or 0)
        return Sheaf(MOVES[found[1]](section, texts, number), money_unit)
    return Sheaf(texts, money_unit)


def add(section: Section, texts: Texts, _: int) -> Texts:
    """More blank rows."""
    return spread(section, texts, MORE_ROWS)


def remove(_: Section, texts: Texts, number: int) -> Texts:
    """One row less."""
    return [row for place, row in enumerate(texts, start=1) if place != number]


def raise_row(_: Section, texts: Texts, number: int) -> Texts:
    """A row before the one above it."""
    return swap(texts, number - 1, number)


def lower_row(_: Section, texts: Texts, number: int) -> Texts:
    """A row behind the one below it."""
    return swap(texts, number, number + 1)


def swap(texts: Texts, upper: int, lower: int) -> Texts:
    """Two neighbours in the other order, where there are two."""
    if upper < 1 or lower > len(texts):
        return texts
    return [*texts[: upper - 1], texts[lower - 1], texts[upper - 1], *texts[lower:]]


MOVES = {"add": add, "remove": remove, "up": raise_row, "down": lower_row}


def convert(
    section: Section, row: Mapping[str, str], money_unit: str, wanted: str
) -> dict[str, str]:
    """A row with its money in the wanted unit; what is no amount stays as it was typed."""
    changed = dict(row)
    for column in section.columns:
        if column.kind is Kind.MONEY:
            changed[column.key] = convert_text(column, row[column.key], money_unit, wanted)
    return changed


def convert_text(column: Column, text: str, money_unit: str, wanted: str) -> str:
    """One amount in the wanted unit."""
    try:
        return show_value(column, parse(column, text, factor=FACTORS[money_unit]), wanted)
    except MisreadError:
        return text
