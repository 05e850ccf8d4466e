"""Reads a set's tables out of a workbook's raw sheets: entries, problems, what stands around."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budgets.domain.chart import Chart
from budgets.domain.problems import Problem, Severity
from budgets.domain.sets import load_table_set
from budgets.domain.tables.form import TOTAL, Role, RowKind
from budgets.domain.text import squeeze
from budgets.importing.published.headings import (
    FACTORS,
    NUMERIC,
    HeaderSide,
    Imprint,
    RawLine,
    TableHeader,
    TableSection,
    find_header,
    find_sections,
    read_imprint,
    text_of,
)
from budgets.importing.published.keys import KEYERS, SUBTOTAL, Keyer, RowKey
from budgets.importing.published.tables import (
    CODE_REFS,
    PRINTED,
    ZERO,
    ReadFigure,
    ReadRow,
    ReadTable,
    ReadTables,
)
from budgets.spreadsheets import RawCell, RawSheet
from budgets.spreadsheets.values import MisreadError, parse_money

NOTE = re.compile(r"(注|备注|说明|填报说明)[:1-9].*|其中.*")
UNCALCULATED = "单元格是公式，文件里没有它的计算结果。"
SAVE_ONCE = "请用 Excel 或 WPS 打开并保存一次，或改成数字。"


class BodyReader:
    """Reads the body of one table into it; `problems` gathers on the way."""

    def __init__(
        self, table: ReadTable, section: TableSection, header: TableHeader, names: dict[str, str]
    ):
        self.table, self.section, self.header = table, section, header
        self.keyers = [KEYERS[side.block.rows.kind](side, names) for side in header.sides]
        self.problems: list[Problem] = []

    def read(self) -> None:
        """Every row, on every side of the table."""
        for line in self.section.lines[self.header.body :]:
            if not is_skipped(line):
                for side, keyer in zip(self.header.sides, self.keyers, strict=True):
                    self.read_side(line, side, keyer)
        settle_grain(self.table)
        self.table.index()

    def read_side(self, line: RawLine, side: HeaderSide, keyer: Keyer) -> None:
        """One side of a row: an entry, a total, or nothing that counts."""
        key, has_money = keyer.key(line), any(is_numeric(cell) for cell in self.cells(line, side))
        if key is None:
            if has_money:
                self.report_stranger(line, side, keyer)
        elif has_money and keyer.levels and key.code and len(key.code) not in keyer.levels:
            self.report_malformed(key, keyer)
        elif has_money or side.block.rows.kind is not RowKind.CARRIED:
            self.keep(line, side, key)

    def keep(self, line: RawLine, side: HeaderSide, key: RowKey) -> None:
        """Note an entry or a total."""
        row, place = key.code or TOTAL, self.header.sides.index(side)
        figures = dict(self.read_figures(line, side, row, key))
        entry = ReadRow(row, key.name, key.project, figures, key.refs, place)
        if key.code:
            self.table.entries.append(entry)
        elif place not in self.table.totals or key.name.endswith("总计"):
            self.table.totals[place] = entry

    def read_figures(
        self, line: RawLine, side: HeaderSide, row: str, key: RowKey
    ) -> Iterator[tuple[str, ReadFigure]]:
        """The row's amounts by column; blanks and zeros are left out."""
        for column, index in side.columns.items():
            amount = self.read_amount(line[index]) if index < len(line) else ZERO
            if amount != 0:
                label = self.table.describe(row, column, key.project)
                figure = ReadFigure(amount or ZERO, self.table.sheet, line[index].ref, label)
                yield column, replace(figure, unknown=amount is None)

    def read_amount(self, cell: RawCell) -> Decimal | None:
        """An amount in yuan, zero where it is blank; what is none becomes a problem."""
        try:
            if cell.ref in self.section.sheet.formulas:
                raise MisreadError(UNCALCULATED, SAVE_ONCE)
            yuan = parse_money(cell.value, self.table.factor)
            if yuan and yuan < 0:
                raise MisreadError("金额小于 0。", "公开表的金额不能为负，请核对。")
        except MisreadError as error:
            self.report([cell.ref], error.message, error.advice)
            return None
        return yuan or ZERO

    def report_malformed(self, key: RowKey, keyer: Keyer) -> None:
        """A code that has not the digits of one."""
        refs = [key.refs[lead] for lead in CODE_REFS if lead in key.refs]
        self.table.is_torn = True
        digits = "、".join(map(str, keyer.levels))
        self.report(refs[:1], f"科目编码“{key.code}”不对。", f"应为 {digits} 位数字。")

    def report_stranger(self, line: RawLine, side: HeaderSide, keyer: Keyer) -> None:
        """A row with money that is neither an entry nor a sum that needs none."""
        label = keyer.label(line)
        if SUBTOTAL.fullmatch(label) or NOTE.fullmatch(label):
            return
        self.table.is_torn = True
        refs = [cell.ref for cell in self.cells(line, side) if is_numeric(cell)]
        if side.block.rows.levels:
            self.report(refs[:1], "这一行有金额，没有科目编码。", "请补上编码；不需要时删除整行。")
        else:
            message = f"不认识“{label}”这一行，里面有金额。"
            self.report(refs[:1], message, f"请按{self.table.form.label}的规定格式填列。")

    def cells(self, line: RawLine, side: HeaderSide) -> list[RawCell]:
        """The cells of one side's amounts."""
        return [line[index] for index in side.columns.values() if index < len(line)]

    def report(self, refs: list[str], message: str, advice: str) -> None:
        """Note an error in cells of the table."""
        self.problems.append(
            Problem(sheet=self.table.sheet, cells=tuple(refs), message=message, advice=advice)
        )


def is_numeric(cell: RawCell) -> bool:
    """True for a cell that holds a number other than zero, or a text that is one."""
    text = text_of(cell)
    return bool(NUMERIC.fullmatch(text)) and bool(text.strip("0.,-+※"))


def is_skipped(line: RawLine) -> bool:
    """True for rows of marks and column numbers, and for the sentence of an empty table."""
    texts = [text for cell in line if (text := text_of(cell))]
    if any("为空表" in text or text == "※" for text in texts):
        return True
    numbers = [text for text in texts if text != "栏次"]
    return len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def settle_grain(table: ReadTable) -> None:
    """Note how finely the table shows its amounts, once all of them are known."""
    rows = [*table.entries, *table.totals.values()]
    figures = [figure for row in rows for figure in row.figures.values()]
    if any(figure.yuan % PRINTED for figure in figures):
        return
    table.entries = [coarsen(row) for row in table.entries]
    table.totals = {side: coarsen(row) for side, row in table.totals.items()}


def coarsen(row: ReadRow) -> ReadRow:
    """The same entry, its figures known to be rounded to 0.01 万元."""
    figures = {key: replace(figure, grain=PRINTED) for key, figure in row.figures.items()}
    return replace(row, figures=figures)


KEEP_TITLE = "请按规定的格式补上；没有金额的表也要有表头。"


@dataclass(slots=True)
class Reading:
    """What was read: the tables, each one's imprint, and the problems."""

    tables: ReadTables
    imprints: dict[Role, Imprint] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table's place: its section, the header in it, and what stands around."""

    section: TableSection
    header: TableHeader
    imprint: Imprint


def read_tables(sheets: Sequence[RawSheet], chart: Chart) -> Reading:
    """Every table that the sheets hold; amounts in yuan by each table's own unit."""
    table_set = load_table_set(chart.table_set)
    reading = Reading(
        ReadTables(table_set, {form.role: ReadTable(form) for form in table_set.forms})
    )
    found = find_tables(sheets, reading)
    reading.imprints = {role: place.imprint for role, place in found.items()}
    stated = {place.imprint.factor for place in found.values() if place.imprint.unit}
    common = stated.pop() if len(stated) == 1 else None
    classes = {squeeze(name): code for code, name in chart.function_classes()}
    for role, place in found.items():
        factor = place.imprint.factor if place.imprint.unit else common
        reading.problems += find_faults(place, factor)
        reading.tables.of[role] = read_table(reading, place, factor, classes)
    reading.problems += report_lacking(reading.tables)
    return reading


def find_tables(sheets: Sequence[RawSheet], reading: Reading) -> dict[Role, FoundTable]:
    """The place of each table that has a header; a mere list of titles has none."""
    places: dict[Role, list[FoundTable]] = {}
    for section in find_sections(sheets, reading.tables.table_set):
        header = find_header(section.form, section.lines)
        if header:
            found = FoundTable(section, header, read_imprint(section, header))
            places.setdefault(section.form.role, []).append(found)
    for own in places.values():
        reading.problems += [report_twice(own[0], other) for other in own[1:]]
    return {role: own[0] for role, own in places.items()}


def read_table(
    reading: Reading, place: FoundTable, factor: int | None, classes: Mapping[str, str]
) -> ReadTable:
    """One table with its entries; none where its columns or its unit are not known."""
    section, header = place.section, place.header
    table = ReadTable(section.form, section.sheet.name, factor or 1)
    if not header.is_whole or factor is None:
        table.is_torn = True
        return table
    table.columns = {key: ref for side in header.sides for key, ref in side.refs.items()}
    reader = BodyReader(table, section, header, classes)
    reader.read()
    reading.problems += reader.problems
    return table


def find_faults(place: FoundTable, factor: int | None) -> Iterator[Problem]:
    """What is wrong with a table's header and unit."""
    form, sheet, header = place.section.form, place.section.sheet.name, place.header
    for side in header.sides:
        for heading in side.missing:
            message = f"{form.label}“{form.title}”找不到“{heading}”列。"
            yield Problem(sheet=sheet, message=message, advice="请补上这一列，表头按规定的写法。")
    if header.twice:
        message = f"{form.label}有相同的列。"
        cells = tuple(header.twice)
        yield Problem(sheet=sheet, cells=cells, message=message, advice="请只保留一列。")
    if factor is None:
        unit = place.imprint.unit
        message = (
            f"{form.label}的金额单位是“{unit.text}”。" if unit else f"{form.label}没有写金额单位。"
        )
        cells = (unit.ref,) if unit else ()
        advice = f"请在表头上方写“单位：万元”或“单位：元”；只能是{'或'.join(FACTORS)}。"
        yield Problem(sheet=sheet, cells=cells, message=message, advice=advice)


def report_twice(first: FoundTable, other: FoundTable) -> Problem:
    """A table that stands in the file twice."""
    form = first.section.form
    place = first.section.sheet.name
    return Problem(
        sheet=other.section.sheet.name,
        message=f"{form.label}“{form.title}”出现了不止一次，另一处在工作表“{place}”。",
        advice="请只保留一处。",
    )


def report_lacking(tables: ReadTables) -> Iterator[Problem]:
    """Tables that were not found; one is missed where its money is income."""
    for form in tables.table_set.forms:
        table, paid = tables[form.role], tables[Role.INCOME]
        table.is_missed = any(paid.yuan(TOTAL, column) for column in form.accounts_for)
        if not table.sheet:
            is_error = form.needed or table.is_missed
            yield Problem(
                message=f"没有找到{form.label}“{form.title}”。",
                advice=KEEP_TITLE if is_error else "按空表处理，请核对是否遗漏。",
                severity=Severity.ERROR if is_error else Severity.WARNING,
            )
