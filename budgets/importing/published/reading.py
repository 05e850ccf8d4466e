"""Reads a set's tables out of a workbook's raw sheets: entries, problems, what stands around."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from budgets.domain.chart import Chart
from budgets.domain.money import ZERO
from budgets.domain.problems import Problem, Severity
from budgets.domain.sets import TableSet, load_table_set
from budgets.domain.tables.form import TOTAL, Role, RowKind
from budgets.domain.text import squeeze
from budgets.importing.published.headings import (
    EMPTY,
    FACTORS,
    NUMERIC,
    HeaderSide,
    Imprint,
    RawLine,
    TableHeader,
    TableSection,
    find_header,
    find_sections,
    list_line_texts,
    read_imprint,
    text_of,
)
from budgets.importing.published.keys import KEYERS, SUBTOTAL, Keyer, RowKey
from budgets.importing.published.tables import (
    CODE_REFS,
    PRINTED,
    ReadFigure,
    ReadRow,
    ReadTable,
    ReadTables,
)
from budgets.spreadsheets import RawCell, RawSheet
from budgets.spreadsheets.values import MisreadError, parse_money

NOTE = re.compile(r"(?s)(注|备注|说明|填报说明)[:1-9].*|其中.*")


# Where a table stands, its header in there, and what stands around.
FoundTable = tuple[TableSection, TableHeader, Imprint]


def read_tables(sheets: Sequence[RawSheet], chart: Chart) -> tuple[ReadTables, list[Problem]]:
    """Every table that the sheets hold, and the problems; in yuan by each table's own unit."""
    table_set = load_table_set(chart.table_set)
    tables = ReadTables(table_set, {form.role: ReadTable(form) for form in table_set.forms})
    problems: list[Problem] = []
    found = find_tables(sheets, table_set, problems)
    stated = {imprint.factor for _, _, imprint in found.values() if imprint.unit}
    common = stated.pop() if len(stated) == 1 else None
    classes = {squeeze(name): code for code, name in chart.function_classes()}
    for role, (section, header, imprint) in found.items():
        factor = imprint.factor if imprint.unit else common
        problems += find_header_faults(section, header, imprint, factor)
        table = ReadTable(section.form, section.sheet.name, factor or 1, imprint=imprint)
        tables.of[role] = table
        is_whole = not any(side.missing for side in header.sides)
        if is_whole and factor is not None:
            reader = BodyReader(table, section, header, classes)
            reader.read()
            problems += reader.problems
        else:
            table.is_torn = True
    problems += report_lacking(tables)
    return tables, problems


def find_tables(
    sheets: Sequence[RawSheet], table_set: TableSet, problems: list[Problem]
) -> dict[Role, FoundTable]:
    """The place of each table that has a header; a mere list of titles has none.

    Of a table that stands in the file twice the first is read, and the other told.
    """
    places: dict[Role, FoundTable] = {}
    for section in find_sections(sheets, table_set):
        form, header = section.form, find_header(section.form, section.lines)
        if header is None:
            continue
        found = section, header, read_imprint(section, header)
        first = places.setdefault(form.role, found)
        if first is not found:
            place = first[0].sheet.name
            message = f"{form.label}“{form.title}”出现了不止一次，另一处在工作表“{place}”。"
            problems.append(
                Problem(sheet=section.sheet.name, message=message, advice="请只保留一处。")
            )
    return places


def find_header_faults(
    section: TableSection, header: TableHeader, imprint: Imprint, factor: int | None
) -> Iterator[Problem]:
    form, sheet = section.form, section.sheet.name
    for side in header.sides:
        for heading in side.missing:
            message = f"{form.label}“{form.title}”找不到“{heading}”列。"
            yield Problem(sheet=sheet, message=message, advice="请补上这一列，表头按规定的写法。")
    if header.twice:
        message = f"{form.label}有相同的列。"
        cells = tuple(header.twice)
        yield Problem(sheet=sheet, cells=cells, message=message, advice="请只保留一列。")
    if factor is None:
        unit = imprint.unit
        message = (
            f"{form.label}的金额单位是“{unit.text}”。" if unit else f"{form.label}没有写金额单位。"
        )
        cells = (unit.ref,) if unit else ()
        advice = f"请在表头上方写“单位：万元”或“单位：元”；只能是{'或'.join(FACTORS)}。"
        yield Problem(sheet=sheet, cells=cells, message=message, advice=advice)


def report_lacking(tables: ReadTables) -> Iterator[Problem]:
    """Tables that were not found; one is missed where its money is income."""
    paid = tables[Role.INCOME]
    for form in tables.table_set.forms:
        table = tables[form.role]
        table.is_missed = any(paid.figure(TOTAL, column).yuan for column in form.accounts_for)
        if table.sheet:
            continue
        message = f"没有找到{form.label}“{form.title}”。"
        if form.needed or table.is_missed:
            advice = "请按规定的格式补上；没有金额的表也要有表头。"
            yield Problem(message=message, advice=advice)
        else:
            advice = "按空表处理，请核对是否遗漏。"
            yield Problem(message=message, advice=advice, severity=Severity.WARNING)


class BodyReader:
    """Reads the rows below a table's header into it; `problems` gathers on the way."""

    def __init__(
        self,
        table: ReadTable,
        section: TableSection,
        header: TableHeader,
        classes: Mapping[str, str],
    ):
        self.table, self.section, self.header = table, section, header
        self.keyers = [KEYERS[side.block.rows.kind](side, classes) for side in header.sides]
        self.problems: list[Problem] = []
        table.columns = {key: ref for side in header.sides for key, ref in side.refs.items()}

    def read(self) -> None:
        """Every row, on every side of the table, and how finely it shows its amounts."""
        for line in self.section.lines[self.header.body :]:
            if not is_skipped(line):
                for place, keyer in enumerate(self.keyers):
                    self.read_side(line, place, keyer)
        table = self.table
        rows = [*table.entries, *table.totals.values()]
        if not any(figure.yuan % PRINTED for row in rows for figure in row.figures.values()):
            table.entries = [coarsen(row) for row in table.entries]
            table.totals = {side: coarsen(row) for side, row in table.totals.items()}

    def read_side(self, line: RawLine, place: int, keyer: Keyer) -> None:
        """One side of a row: an entry, a total, or nothing that counts."""
        side = keyer.side
        cells = [line[index] for index in side.columns.values() if index < len(line)]
        refs = [cell.ref for cell in cells if is_numeric(cell)]
        key = keyer.key(line)
        if key is None:
            if refs:
                self.report_stranger(keyer, keyer.label(line), refs[:1])
        elif refs and keyer.levels and key.code and len(key.code) not in keyer.levels:
            self.table.is_torn = True
            named = [key.refs[lead] for lead in CODE_REFS if lead in key.refs]
            digits = "、".join(map(str, keyer.levels))
            self.report(named[:1], f"科目编码“{key.code}”不对。", f"应为 {digits} 位数字。")
        elif refs or side.block.rows.kind is not RowKind.CARRIED:
            figures = self.read_figures(line, side, key)
            entry = ReadRow(key.code or TOTAL, key.name, key.project, figures, key.refs, place)
            if key.code:
                self.table.entries.append(entry)
            elif place not in self.table.totals or key.name.endswith("总计"):
                self.table.totals[place] = entry

    def read_figures(self, line: RawLine, side: HeaderSide, key: RowKey) -> dict[str, ReadFigure]:
        """The row's amounts by column; blanks and zeros are left out."""
        found = {}
        for column, index in side.columns.items():
            amount = self.read_amount(line[index]) if index < len(line) else ZERO
            if amount != 0:
                label = self.table.describe(key.code or TOTAL, column, key.project)
                figure = ReadFigure(amount or ZERO, self.table.sheet, line[index].ref, label)
                found[column] = replace(figure, unknown=amount is None)
        return found

    def read_amount(self, cell: RawCell) -> Decimal | None:
        """An amount in yuan, zero where it is blank; what is none becomes a problem."""
        try:
            if cell.ref in self.section.sheet.formulas:
                message = "单元格是公式，文件里没有它的计算结果。"
                raise MisreadError(message, "请用 Excel 或 WPS 打开并保存一次，或改成数字。")
            yuan = parse_money(cell.value, self.table.factor)
            if yuan and yuan < 0:
                raise MisreadError("金额小于 0。", "公开表的金额不能为负，请核对。")
        except MisreadError as error:
            self.report([cell.ref], error.message, error.advice)
            return None
        return yuan or ZERO

    def report_stranger(self, keyer: Keyer, label: str, refs: list[str]) -> None:
        """A row with money that is neither an entry nor a sum that needs none."""
        if SUBTOTAL.search(label) or NOTE.fullmatch(label):
            return
        self.table.is_torn = True
        if keyer.levels:
            self.report(refs, "这一行有金额，没有科目编码。", "请补上编码；不需要时删除整行。")
        else:
            message = f"不认识“{label}”这一行，里面有金额。"
            self.report(refs, message, f"请按{self.table.form.label}的规定格式填列。")

    def report(self, refs: list[str], message: str, advice: str) -> None:
        self.problems.append(self.table.complain(refs, message, advice))


def is_numeric(cell: RawCell) -> bool:
    """True for a cell that holds a number other than zero, or a text that is one."""
    text = text_of(cell)
    return bool(NUMERIC.fullmatch(text)) and bool(text.strip("0.,-+※"))


def is_skipped(line: RawLine) -> bool:
    """True for rows of marks and column numbers, and for the sentence of an empty table."""
    texts = list_line_texts(line)
    if any(EMPTY in text or text == "※" for text in texts):
        return True
    numbers = [text for text in texts if text != "栏次"]
    return len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def coarsen(row: ReadRow) -> ReadRow:
    """The same entry, its figures known to be rounded to 0.01 万元."""
    figures = {key: replace(figure, grain=PRINTED) for key, figure in row.figures.items()}
    return replace(row, figures=figures)
