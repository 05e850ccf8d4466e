"""Project names and their money from the performance tables, where the file has them too."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from budgets.importing.published.imprint import FACTORS
from budgets.importing.published.table import ZERO
from budgets.importing.published.titles import Line, text_of
from budgets.spreadsheets import RawSheet
from budgets.spreadsheets.values import MisreadError, parse_money, parse_text

TITLE = re.compile(r".*项目(支出)?绩效目标(申报)?表.*")
NAME = re.compile(r"项目名称:?")
MONEY = re.compile(r".*项目资金.*")
UNIT = re.compile(r"(万元|元)")
FISCAL, OTHER = re.compile(r"(其中:?)?财政拨款:?"), re.compile(r"(其中:?)?其他资金:?")


@dataclass(slots=True)
class Purse:
    """A project's money in yuan, as its performance table states it."""

    name: str
    fiscal: Decimal = ZERO
    other: Decimal = ZERO
    factor: int = 10_000


def read_purses(sheets: Sequence[RawSheet]) -> list[Purse]:
    """The projects of every performance table in the file."""
    return [purse for sheet in sheets for purse in read_sheet(sheet) if purse.name]


def read_sheet(sheet: RawSheet) -> Iterator[Purse]:
    """The projects of one sheet, which may hold several tables."""
    purse = None
    for line in sheet.rows:
        if any(TITLE.fullmatch(text_of(cell)) for cell in line):
            if purse:
                yield purse
            purse = Purse("")
        if purse:
            note(purse, line)
    if purse:
        yield purse


def note(purse: Purse, line: Line) -> None:
    """Take what a row says of the project."""
    filled = [cell for cell in line if text_of(cell)]
    for label, value in pairwise(filled):
        text = text_of(label)
        if NAME.fullmatch(text) and not purse.name:
            purse.name = parse_text(value.value)
        elif MONEY.fullmatch(text) and (unit := UNIT.search(text)):
            purse.factor = FACTORS[unit[1]]
        elif FISCAL.fullmatch(text):
            purse.fiscal = read_money(value.value, purse)
        elif OTHER.fullmatch(text):
            purse.other = read_money(value.value, purse)


def read_money(raw: object, purse: Purse) -> Decimal:
    """An amount in yuan; zero where it is none, since the tables themselves are what counts."""
    try:
        return parse_money(raw, purse.factor) or ZERO
    except MisreadError:
        return ZERO
