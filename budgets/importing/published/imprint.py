"""What stands around a table: whose it is, of which year, and in what unit its money is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from budgets.domain.text import squeeze
from budgets.importing.published.headers import Header
from budgets.importing.published.titles import Line, Section, text_of

UNIT = re.compile(r"单位[:(]?(?:人民币)?(亿元|万元|千元|百元|元)|[(](亿元|万元|千元|百元|元)[)]")
OWNER = re.compile(r"(?:编制|预算|填报|公开)?(?:部门|单位)(?:名称)?(?:\(.*?\))?:(.*)")
MONEY_WORD = re.compile(r"(?:人民币)?(亿|万|千|百)?元.*")
# A year that is no part of a date: a budget is often made in the year before.
YEAR = re.compile(r"(20\d\d)年(?!\d{1,2}月)")
FACTORS = {"元": 1, "万元": 10_000}


@dataclass(frozen=True, slots=True)
class Mention:
    """Something said around a table, and the cell that says it."""

    text: str
    ref: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """Each as the table states it, if it does."""

    unit: Mention | None
    owner: Mention | None
    years: tuple[Mention, ...]

    @property
    def factor(self) -> int | None:
        """Yuan to one of the table's unit; None where it names none, or one that is not read."""
        return FACTORS.get(self.unit.text) if self.unit else None


def read_imprint(section: Section, header: Header) -> Imprint:
    """What the rows above a table's body, and its empty sentence, say."""
    above = [*section.above, *section.lines[: header.start]]
    sentences = [line for line in section.lines[header.body :] if "为空表" in join(line)]
    return Imprint(
        unit=next(find_units([*above, *section.lines[header.start : header.body]]), None),
        owner=next(find_owners(above), None),
        years=tuple(find_years([*above, *sentences], section.sheet.name)),
    )


def join(line: Line) -> str:
    """A row's texts as one."""
    return "".join(text_of(cell) for cell in line)


def find_units(lines: list[Line]) -> Iterator[Mention]:
    """Units of money; 单位： and its word may stand in two cells."""
    for line in lines:
        for index, cell in enumerate(line):
            text = text_of(cell)
            near = text + "".join(text_of(next_cell) for next_cell in line[index + 1 : index + 3])
            found = UNIT.search(text) or (UNIT.match(near) if text else None)
            if found:
                yield Mention(found[1] or found[2], cell.ref)


def find_owners(lines: list[Line]) -> Iterator[Mention]:
    """Departments named above a table; the name may stand in the cell to the right."""
    for line in lines:
        filled = [cell for cell in line if text_of(cell)]
        for index, cell in enumerate(filled):
            found = OWNER.match(text_of(cell))
            if not found:
                continue
            beside = filled[index + 1] if not found[1] and index + 1 < len(filled) else None
            name = text_of(beside) if beside else re.sub(r"(金额)?单位:?.*", "", found[1])
            if name and not MONEY_WORD.fullmatch(name):
                yield Mention(name, (beside or cell).ref)


def find_years(lines: list[Line], sheet_name: str) -> Iterator[Mention]:
    """Every year that is named."""
    for found in YEAR.finditer(squeeze(sheet_name)):
        yield Mention(found[1], "")
    for line in lines:
        for cell in line:
            for found in YEAR.finditer(text_of(cell)):
                yield Mention(found[1], cell.ref)
