"""Finds the published tables in a workbook: their titles, their headers, what stands around."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from budgets.domain.chart import Chart
from budgets.domain.sets import TableSet, load_table_set
from budgets.domain.tables.form import Column, Form, Heading, TableSide, list_amounts, list_leads
from budgets.domain.text import squeeze
from budgets.spreadsheets import RawCell, RawSheet

LONGEST_TITLE = 50
# Every title has it, and few other rows do.
TITLE_WORD = "表"
# What stands behind a title and is not part of it: (空表), (续表), (一).
TAIL = r"(\(.{0,10}\))?"
# Fewer tables than these are some other workbook with a familiar title in it.
FEWEST = 3
EMPTY = "为空表"

# How many rows may stand above a header, and how many it may take.
SEARCHED, DEEPEST = 15, 8
NUMERIC = re.compile(r"[-+]?(?<![\d,])[\d,]*+(?:\.\d++|(?<=\d))|※")
# A text alone in its row that no header has: a total, a note, a signature, a sentence.
LONE = re.compile(r"(?s)\A(?:(?:收入)?(?:合计|总计)|(?:注|备注|说明|本表).*|[^:]*+:.*|.{20,})")
# Texts above a header that look like parts of one.
OUTSIDE = re.compile(
    r"(?s)\A(?:(?:编制|预算|填报|公开)?(?:部门|单位)(?:名称|编码)?(?:\(.*\))?:.*|(?:金额)?单位)"
)

UNIT = re.compile(r"单位[:(]?(?:人民币)?(亿元|万元|千元|百元|元)|[(](亿元|万元|千元|百元|元)[)]")
OWNER = re.compile(r"(?s)\A(?:编制|预算|填报|公开)?(?:部门|单位)(?:名称)?(?:\(.*?\))?:(.*)")
UNIT_BEHIND = re.compile(r"(?s)(?:金额)?单位:?.*")
MONEY_WORD = re.compile(r"(?:人民币)?(亿|万|千|百)?元.*")
# A year that is no part of a date: a budget is often made in the year before.
YEAR = re.compile(r"(20\d\d)年(?!\d{1,2}月)")
FACTORS = {"元": 1, "万元": 10_000}

RawLine = tuple[RawCell, ...]
# For each column with a header text of its own: the texts over it, and the lowest's cell.
HeaderPaths = dict[int, tuple[tuple[str, ...], str]]


@dataclass(frozen=True, slots=True)
class TableSection:
    """The rows of a sheet that belong to one table, its title's row first where it has one."""

    form: Form
    sheet: RawSheet
    lines: Sequence[RawLine]
    above: Sequence[RawLine] = ()


@dataclass(slots=True)
class HeaderSide:
    """Where the leads and columns of one block stand: index by key. `ends` bounds a lead's span."""

    block: TableSide
    leads: dict[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        leads, amounts = list_leads(self.block), list_amounts(self.block)
        absent = [lead.heading for lead in leads if lead.needed and lead.key not in self.leads]
        absent += [each.heading for each in amounts if each.needed and each.key not in self.columns]
        coded = self.leads.keys() & {"code_class", "code_item", "code", "name"}
        if self.block.rows.levels and not coded:
            absent += [lead.heading for lead in leads if lead.key == "code"]
        return absent


@dataclass(slots=True)
class TableHeader:
    """A table's header: its sides, and the rows, counted within the section, that it takes.

    `body` is the first row below it; `twice` are cells of headings that were found before.
    """

    sides: list[HeaderSide]
    start: int
    body: int
    twice: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mention:
    text: str
    ref: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """Whose a table is, of which years, and in what unit its money is; each as far as stated."""

    unit: Mention | None
    owner: Mention | None
    years: tuple[Mention, ...]

    @property
    def factor(self) -> int | None:
        """Yuan to one of the table's unit; None where it names none, or one that is not read."""
        return FACTORS.get(self.unit.text) if self.unit else None


def text_of(cell: RawCell) -> str:
    """A cell's text for comparing: half-width, without blanks."""
    return "" if cell.value is None else squeeze(cell.value)


def list_line_texts(line: RawLine) -> list[str]:
    return [text for cell in line if (text := text_of(cell))]


def is_published_workbook(sheets: Sequence[RawSheet], chart: Chart) -> bool:
    sections = find_sections(sheets, load_table_set(chart.table_set))
    return len({section.form.role for section in sections}) >= FEWEST


def find_sections(sheets: Sequence[RawSheet], table_set: TableSet) -> Iterator[TableSection]:
    """Every place where one of the tables seems to begin, in the order of the file.

    Sheets are cut by the titles in them; one without any goes by its name.
    """
    for sheet in sheets:
        titles = []
        for row, line in enumerate(sheet.rows):
            named = (name_form(text_of(cell), table_set) for cell in line)
            if form := next(filter(None, named), None):
                titles.append((row, form))
        if not titles and (form := name_form(squeeze(sheet.name), table_set)):
            yield TableSection(form, sheet, sheet.rows)
        nexts = [row for row, _ in titles[1:]]
        for (row, form), start, end in zip(
            titles, [0, *nexts], [*nexts, len(sheet.rows)], strict=False
        ):
            yield TableSection(form, sheet, sheet.rows[row:end], sheet.rows[start:row])


def name_form(text: str, table_set: TableSet) -> Form | None:
    """The table that a text is the title of; a sentence that mentions it is none."""
    if TITLE_WORD not in text or len(text) > LONGEST_TITLE or EMPTY in text or "绩效" in text:
        return None
    plain = text.replace('"', "")
    forms = table_set.specific_first
    return next((form for form in forms if re.fullmatch(form.aliases + TAIL, plain)), None)


def find_header(form: Form, lines: Sequence[RawLine]) -> TableHeader | None:
    """The header that knows most of the form's headings; None where no row has any."""
    found = []
    for start, line in enumerate(lines[:SEARCHED]):
        texts = list_line_texts(line)
        outside = any(OUTSIDE.fullmatch(text) for text in texts)
        if len(texts) > 1 and not outside and not is_body(line):
            found.append(read_header(form, lines, start))
    known = [header for header in found if any(side.columns for side in header.sides)]

    def count_known(header: TableHeader) -> int:
        return sum(len(side.columns) + len(side.leads) for side in header.sides)

    return max(known, key=count_known, default=None)


def is_body(line: RawLine) -> bool:
    """True for a row below the header: numbers, marks, a lone total, or the empty sentence."""
    texts = list_line_texts(line)
    lone = len(texts) == 1 and bool(LONE.fullmatch(texts[0]))
    return lone or any(NUMERIC.fullmatch(text) or EMPTY in text for text in texts)


def read_header(form: Form, lines: Sequence[RawLine], start: int) -> TableHeader:
    end = start + 1
    while end < min(len(lines), start + DEEPEST) and not is_body(lines[end]):
        end += 1
    header = TableHeader([HeaderSide(block) for block in form.blocks], start, end)
    own = list_header_paths(lines[start:end])
    place_leads(header, own)
    place_columns(header, own)
    for side in header.sides:
        for key, index in side.leads.items():
            beside = (i for i, (path, _) in own.items() if i > index and path != own[index][0])
            side.ends[key] = min(beside, default=index + 3)
    return header


def list_header_paths(lines: Sequence[RawLine]) -> HeaderPaths:
    """The texts over each column, from the top; merged headings reach to the right."""
    width = max(len(line) for line in lines)
    rows = [[text_of(cell) for cell in line] + [""] * (width - len(line)) for line in lines]
    filled: list[list[str]] = []
    for row in rows:
        line = list(row)
        for index in range(1, width):
            # Only under the same headings; one's text says nothing about its neighbour's.
            joined = all(above[index] == above[index - 1] for above in filled)
            # A column with a text of its own higher up stands beside its neighbour.
            starts_anew = any(above[index] for above in rows[: len(filled)])
            if not line[index] and joined and not starts_anew:
                line[index] = line[index - 1]
        filled.append(line)
    paths = {}
    for index in range(width):
        owned = [row for row in range(len(rows)) if rows[row][index]]
        if owned:
            texts = (filled[row][index] for row in range(owned[-1] + 1))
            paths[index] = (tuple(filter(None, texts)), lines[owned[-1]][index].ref)
    return paths


def matches(sought: Heading | Column, path: tuple[str, ...]) -> bool:
    """True if the header texts over a column, from the top, are those of this one."""
    if not path:
        return False
    is_printed = path[-1] == squeeze(sought.heading)
    if not is_printed and not (sought.aliases and re.fullmatch(sought.aliases, path[-1])):
        return False
    return not sought.above or any(re.fullmatch(sought.above, text) for text in path[:-1])


def place_leads(header: TableHeader, own: HeaderPaths) -> None:
    """Note the leads of each side; the first column that fits, under no other side's heading."""
    taken: set[int] = set()
    for side in header.sides:
        foreign = "支出" if side is header.sides[0] else "收入"
        for lead in list_leads(side.block):
            for index, (path, _) in own.items():
                beside = len(header.sides) > 1 and any(text.endswith(foreign) for text in path[:-1])
                is_free = index not in taken or side.block.rows.levels
                if is_free and not beside and matches(lead, path):
                    side.leads[lead.key] = index
                    break
        taken |= set(side.leads.values())


def place_columns(header: TableHeader, own: HeaderPaths) -> None:
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


def read_imprint(section: TableSection, header: TableHeader) -> Imprint:
    """What the rows above a table's body, and its empty sentence, say."""
    above = [*section.above, *section.lines[: header.start]]
    sentences = [
        line for line in section.lines[header.body :] if EMPTY in "".join(list_line_texts(line))
    ]
    years = [Mention(year, "") for year in YEAR.findall(squeeze(section.sheet.name))]
    years += [
        Mention(year, cell.ref)
        for line in (*above, *sentences)
        for cell in line
        for year in YEAR.findall(text_of(cell))
    ]
    return Imprint(
        unit=find_unit([*above, *section.lines[header.start : header.body]]),
        owner=find_owner(above),
        years=tuple(years),
    )


def find_unit(lines: Sequence[RawLine]) -> Mention | None:
    """The first unit of money; 单位： and its word may stand in two cells."""
    for line in lines:
        for index, cell in enumerate(line):
            text = text_of(cell)
            near = "".join(text_of(beside) for beside in line[index : index + 3])
            found = UNIT.search(text) or (UNIT.match(near) if text else None)
            if found:
                return Mention(found[1] or found[2], cell.ref)
    return None


def find_owner(lines: Sequence[RawLine]) -> Mention | None:
    """The first department named above a table; its name may stand in the cell to the right."""
    for line in lines:
        filled = [cell for cell in line if text_of(cell)]
        for cell, beside in zip(filled, [*filled[1:], None], strict=False):
            found = OWNER.match(text_of(cell))
            if not found:
                continue
            if not found[1] and beside:
                named, name = beside, text_of(beside)
            else:
                named, name = cell, UNIT_BEHIND.sub("", found[1])
            if name and not MONEY_WORD.fullmatch(name):
                return Mention(name, named.ref)
    return None
