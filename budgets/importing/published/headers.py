"""Finds the header of a table, and its columns by the texts over them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from budgets.domain.tables.form import Column, Form, Heading, TableSide, list_amounts, list_leads
from budgets.domain.text import squeeze
from budgets.importing.published.titles import Line, text_of

SEARCHED, DEEPEST = 15, 8
NUMERIC = re.compile(r"[-+]?[\d,]*\.?\d+|※")
# A text alone in its row that no header has: a total, a note, a signature, a sentence.
LONE = re.compile(r"(收入)?(合计|总计)|(注|备注|说明|本表).*|.*:.*|.{20,}")
# Texts above a header that look like parts of one.
OUTSIDE = re.compile(r"(编制|预算|填报|公开)?(部门|单位)(名称|编码)?(\(.*\))?:.*|(金额)?单位")


@dataclass(slots=True)
class Side:
    """Where the leads and columns of one block stand: index by key. `ends` bounds a lead's span."""

    block: TableSide
    leads: dict[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        """Headings that the table cannot do without."""
        leads, amounts = list_leads(self.block), list_amounts(self.block)
        absent = [lead.heading for lead in leads if lead.needed and lead.key not in self.leads]
        absent += [each.heading for each in amounts if each.needed and each.key not in self.columns]
        coded = self.leads.keys() & {"code_class", "code_item", "code", "name"}
        if self.block.rows.levels and not coded:
            absent += [lead.heading for lead in leads if lead.key == "code"]
        return absent


@dataclass(slots=True)
class Header:
    """A table's header: its sides, and the rows, counted within the section, that it takes.

    `body` is the first row below it; `twice` are cells of headings that were found before.
    """

    sides: list[Side]
    start: int
    body: int
    twice: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """True where all needed columns were found."""
        return not any(side.missing for side in self.sides)


def find_header(form: Form, lines: Sequence[Line]) -> Header | None:
    """The header that knows most of the form's headings; None where no row has any."""
    found = [
        read_header(form, lines, start)
        for start, line in enumerate(lines[:SEARCHED])
        if begins(line)
    ]
    known = [header for header in found if any(side.columns for side in header.sides)]
    return max(known, key=count_known, default=None)


def count_known(header: Header) -> int:
    """How many headings were found."""
    return sum(len(side.columns) + len(side.leads) for side in header.sides)


def begins(line: Line) -> bool:
    """True for a row that can be a header's first: some texts, and none of those above it."""
    texts = [text for cell in line if (text := text_of(cell))]
    outside = any(OUTSIDE.fullmatch(text) for text in texts)
    return len(texts) > 1 and not outside and not is_body(line)


def is_body(line: Line) -> bool:
    """True for a row below the header: numbers, marks, a lone total, or the empty sentence."""
    texts = [text for cell in line if (text := text_of(cell))]
    lone = len(texts) == 1 and bool(LONE.fullmatch(texts[0]))
    return lone or any(NUMERIC.fullmatch(text) or "为空表" in text for text in texts)


def read_header(form: Form, lines: Sequence[Line], start: int) -> Header:
    """The header that begins at a row."""
    end = start + 1
    while end < min(len(lines), start + DEEPEST) and not is_body(lines[end]):
        end += 1
    header = Header([Side(block) for block in form.blocks], start, end)
    own = list_paths(lines[start:end])
    place_leads(header, own)
    place_columns(header, own)
    for side in header.sides:
        for key, index in side.leads.items():
            beside = (i for i, (path, _) in own.items() if i > index and path != own[index][0])
            side.ends[key] = min(beside, default=index + 3)
    return header


def list_paths(lines: Sequence[Line]) -> dict[int, tuple[tuple[str, ...], str]]:
    """For each column with a header text of its own: the texts over it, and the lowest's cell."""
    width = max(len(line) for line in lines)
    rows = [[text_of(cell) for cell in line] + [""] * (width - len(line)) for line in lines]
    filled = fill_across(rows)
    paths = {}
    for index in range(width):
        owned = [row for row in range(len(rows)) if rows[row][index]]
        if owned:
            texts = (filled[row][index] for row in range(owned[-1] + 1))
            path = tuple(text for text in texts if text)
            paths[index] = (path, lines[owned[-1]][index].ref)
    return paths


def fill_across(rows: list[list[str]]) -> list[list[str]]:
    """Texts carried to the right as far as the text above reaches, as merged headings do."""
    filled: list[list[str]] = []
    for row in rows:
        line = list(row)
        for index in range(1, len(line)):
            # Only under the same headings; one's text says nothing about its neighbour's.
            joined = all(above[index] == above[index - 1] for above in filled)
            if not line[index] and joined and not starts_anew(rows, len(filled), index):
                line[index] = line[index - 1]
        filled.append(line)
    return filled


def starts_anew(rows: list[list[str]], depth: int, index: int) -> bool:
    """True where a column has a text of its own higher up, and so stands beside its neighbour."""
    return any(row[index] for row in rows[:depth])


def matches(sought: Heading | Column, path: tuple[str, ...]) -> bool:
    """True if the header texts over a column, from the top, are those of this one."""
    if not path:
        return False
    is_printed = path[-1] == squeeze(sought.heading)
    if not is_printed and not (sought.aliases and re.fullmatch(sought.aliases, path[-1])):
        return False
    return not sought.above or any(re.fullmatch(sought.above, text) for text in path[:-1])


def place_leads(header: Header, own: dict[int, tuple[tuple[str, ...], str]]) -> None:
    """Note the leads of each side; the first column that fits is it."""
    taken: set[int] = set()
    for side in header.sides:
        for lead in list_leads(side.block):
            fits = (i for i, (path, _) in own.items() if fits_side(header, side, lead, path))
            free = [index for index in fits if index not in taken or side.block.rows.levels]
            if free:
                side.leads[lead.key] = free[0]
        taken |= set(side.leads.values())


def fits_side(header: Header, side: Side, lead: Heading | Column, path: tuple[str, ...]) -> bool:
    """True where a lead matches, and the heading above it is not the other side's."""
    foreign = "支出" if side is header.sides[0] else "收入"
    beside = len(header.sides) > 1 and any(text.endswith(foreign) for text in path[:-1])
    return matches(lead, path) and not beside


def place_columns(header: Header, own: dict[int, tuple[tuple[str, ...], str]]) -> None:
    """Note the columns of each side: those that follow its leads and not another's."""
    starts = sorted((min(side.leads.values(), default=0), n) for n, side in enumerate(header.sides))
    for index, (path, ref) in own.items():
        before = [n for start, n in starts if start <= index] or [starts[0][1]]
        side = header.sides[before[-1]]
        amounts = list_amounts(side.block)
        key = next((column.key for column in amounts if matches(column, path)), "")
        if key in side.columns:
            header.twice.append(ref)
        elif key and index not in side.leads.values():
            side.columns[key] = index
            side.refs[key] = ref
