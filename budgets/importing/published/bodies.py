"""Reads the rows below a header: entries, totals, and the problems of single cells."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from budgets.domain.problems import Problem
from budgets.domain.tables.form import TOTAL, RowKind
from budgets.importing.published.headers import NUMERIC, Header, Side
from budgets.importing.published.keys import KEYERS, SUBTOTAL, Key, Keyer
from budgets.importing.published.table import CODE_REFS, PRINTED, ZERO, Entry, Figure, Table
from budgets.importing.published.titles import Line, Section, text_of
from budgets.spreadsheets import RawCell
from budgets.spreadsheets.values import MisreadError, parse_money

NOTE = re.compile(r"(注|备注|说明|填报说明)[:1-9].*|其中.*")
UNCALCULATED = "单元格是公式，文件里没有它的计算结果。"
SAVE_ONCE = "请用 Excel 或 WPS 打开并保存一次，或改成数字。"


class BodyReader:
    """Reads the body of one table into it; `problems` gathers on the way."""

    def __init__(self, table: Table, section: Section, header: Header, names: dict[str, str]):
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

    def read_side(self, line: Line, side: Side, keyer: Keyer) -> None:
        """One side of a row: an entry, a total, or nothing that counts."""
        key, has_money = keyer.key(line), any(is_numeric(cell) for cell in self.cells(line, side))
        if key is None:
            if has_money:
                self.report_stranger(line, side, keyer)
        elif has_money and keyer.levels and key.code and len(key.code) not in keyer.levels:
            self.report_malformed(key, keyer)
        elif has_money or side.block.rows.kind is not RowKind.CARRIED:
            self.keep(line, side, key)

    def keep(self, line: Line, side: Side, key: Key) -> None:
        """Note an entry or a total."""
        row, place = key.code or TOTAL, self.header.sides.index(side)
        figures = dict(self.read_figures(line, side, row, key))
        entry = Entry(row, key.name, key.project, figures, key.refs, place)
        if key.code:
            self.table.entries.append(entry)
        elif place not in self.table.totals or key.name.endswith("总计"):
            self.table.totals[place] = entry

    def read_figures(
        self, line: Line, side: Side, row: str, key: Key
    ) -> Iterator[tuple[str, Figure]]:
        """The row's amounts by column; blanks and zeros are left out."""
        for column, index in side.columns.items():
            amount = self.read_amount(line[index]) if index < len(line) else ZERO
            if amount != 0:
                label = self.table.describe(row, column, key.project)
                figure = Figure(amount or ZERO, self.table.sheet, line[index].ref, label)
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

    def report_malformed(self, key: Key, keyer: Keyer) -> None:
        """A code that has not the digits of one."""
        refs = [key.refs[lead] for lead in CODE_REFS if lead in key.refs]
        self.table.is_torn = True
        digits = "、".join(map(str, keyer.levels))
        self.report(refs[:1], f"科目编码“{key.code}”不对。", f"应为 {digits} 位数字。")

    def report_stranger(self, line: Line, side: Side, keyer: Keyer) -> None:
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

    def cells(self, line: Line, side: Side) -> list[RawCell]:
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


def is_skipped(line: Line) -> bool:
    """True for rows of marks and column numbers, and for the sentence of an empty table."""
    texts = [text for cell in line if (text := text_of(cell))]
    if any("为空表" in text or text == "※" for text in texts):
        return True
    numbers = [text for text in texts if text != "栏次"]
    return len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def settle_grain(table: Table) -> None:
    """Note how finely the table shows its amounts, once all of them are known."""
    rows = [*table.entries, *table.totals.values()]
    figures = [figure for row in rows for figure in row.figures.values()]
    if any(figure.yuan % PRINTED for figure in figures):
        return
    table.entries = [coarsen(row) for row in table.entries]
    table.totals = {side: coarsen(row) for side, row in table.totals.items()}


def coarsen(row: Entry) -> Entry:
    """The same entry, its figures known to be rounded to 0.01 万元."""
    figures = {key: replace(figure, grain=PRINTED) for key, figure in row.figures.items()}
    return replace(row, figures=figures)
