"""From facts to a finished table: a cell is the sum of the facts of its table, row and column."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest

from budgets.domain.chart import Chart
from budgets.domain.document import Cell, HeadCell, LeafColumn, Row, Table
from budgets.domain.facts import Fact
from budgets.domain.filing import Filing
from budgets.domain.money import ZERO, is_rounded, show_wan, to_wan
from budgets.domain.tables.form import (
    TOTAL,
    Column,
    Form,
    Heading,
    Sums,
    TableLine,
    TableSide,
    block_columns,
    leaves,
)

RESIDUE = (
    "注：{code} {name}{whole}万元，所列明细之和为{parts}万元，相差{gap}万元，"
    "为各数以万元为单位四舍五入形成的尾差。"
)
ROUNDED = "注：本表各数以万元为单位四舍五入，部分合计数与分项之和存在尾差。"

# A side's lines with the rows that print them, and a line's amounts as printed, by column.
Built = tuple[list[TableLine], list[Row]]
Printed = Mapping[str, Decimal]


def build_table(form: Form, filing: Filing, chart: Chart) -> Table:
    """The table of one filing; amounts exact in yuan, shown in 万元."""
    facts = form.source(filing)
    sides = [_build_side(form, block, facts, chart) for block in form.blocks]
    names = {"department": filing.department.name, "year": filing.year, "title": form.title}
    is_empty = not any(block.picks.select(facts) for block in form.blocks)
    footnotes = (
        note
        for block, (lines, rows) in zip(form.blocks, sides, strict=True)
        for note in explain_rounding(lines, rows, block.sums)
    )
    return Table(
        key=form.key,
        number=form.number,
        label=form.label,
        title=form.title,
        department=filing.department.name,
        scope=form.scope,
        columns=tuple(
            LeafColumn(
                key=column.key,
                label=column.heading,
                kind=column.kind,
                width=column.width,
                scope=(column.scope or form.scope) if column.kind == "amount" else "",
            )
            for block in form.blocks
            for column in block_columns(block)
        ),
        head=_build_head(form),
        groups=(tuple(_put_beside(sides)),),
        empty=form.empty.format(**names) if is_empty and form.empty else None,
        footnotes=tuple(dict.fromkeys(footnotes)),
        sums=tuple(each for block in form.blocks for each in block.sums),
    )


def list_facts(form: Form, filing: Filing, chart: Chart, row: str, column: str) -> list[Fact]:
    """The facts that a cell is the sum of; none where the table has no such cell."""
    facts = form.source(filing)
    return [
        fact
        for block in form.blocks
        for each in block_columns(block)
        if each.key == column and each.kind == "amount"
        for line in _lines(block, block.picks.select(facts), chart)
        if line.key == row
        for fact in each.sums.select(line.facts)
    ]


def _lines(block: TableSide, picked: Sequence[Fact], chart: Chart) -> list[TableLine]:
    lines = block.rows.lines(picked, chart)
    if block.total and (lines or not block.total_first):
        total = TableLine(key=TOTAL, labels=block.total, facts=picked, level=0)
        lines = [total, *lines] if block.total_first else [*lines, total]
    return lines


def _build_side(form: Form, block: TableSide, facts: Sequence[Fact], chart: Chart) -> Built:
    picked = block.picks.select(facts)
    lines = _lines(block, picked, chart)
    columns = block_columns(block)
    # Asked once for each fact: a fact stands in several lines, as the same object.
    places: dict[int, list[str]] = {id(fact): [] for fact in picked}
    for column in columns:
        for fact in column.sums.select(picked) if column.kind == "amount" else ():
            places[id(fact)].append(column.key)
    return lines, [_build_row(form, line, columns, places) for line in lines]


def _build_row(
    form: Form, line: TableLine, columns: list[Column], places: Mapping[int, Sequence[str]]
) -> Row:
    """`places` are the columns that a fact counts in, by the fact's identity."""
    amounts: dict[str, list[Decimal]] = defaultdict(list)
    for fact in line.facts:
        for key in places[id(fact)]:
            amounts[key].append(fact.amount)
    labels, cells = iter(line.labels), []
    for column in columns:
        if column.kind == "amount":
            own = amounts[column.key]
            yuan = sum(own, ZERO) if own else None
            cells.append(
                Cell(
                    kind="amount",
                    text="" if yuan is None else show_wan(yuan),
                    at=f"{form.role}.{line.key}.{column.key}",
                    row=line.key,
                    column=column.key,
                    scope=column.scope or form.scope,
                    yuan=yuan,
                    parts=len(own),
                )
            )
        else:
            level = line.level if column.kind == "label" else None
            cells.append(Cell(kind=column.kind, text=next(labels), level=level))
    return Row(key=line.key, cells=tuple(cells), level=line.level)


def _put_beside(sides: Sequence[Built]) -> list[Row]:
    """One side's rows, or two sides' rows next to each other with their totals on the last row."""
    if len(sides) == 1:
        return sides[0][1]
    left, right = (rows for _, rows in sides)
    blanks = [tuple(Cell(kind="blank") for _ in rows[0].cells) for rows in (left, right)]
    pairs = [*zip_longest(left[:-1], right[:-1]), (left[-1], right[-1])]
    return [
        Row(
            key=pair[1].key if pair[1] else pair[0].key,
            level=0 if pair == pairs[-1] else None,
            cells=(pair[0].cells if pair[0] else blanks[0])
            + (pair[1].cells if pair[1] else blanks[1]),
        )
        for pair in pairs
    ]


def _build_head(form: Form) -> tuple[tuple[HeadCell, ...], ...]:
    nodes = [node for block in form.blocks for node in block.heads]
    rows: list[list[HeadCell]] = [[] for _ in range(max(_depth(node) for node in nodes))]
    for node in nodes:
        _place(node, 0, rows)
    marks = [column.mark for node in nodes for column in leaves(node)]
    if any(marks):
        rows.append([HeadCell(text=mark, mark=True) for mark in marks])
    return tuple(tuple(row) for row in rows)


def _depth(node: Heading | Column) -> int:
    if isinstance(node, Column) or node.merged:
        return 1
    return 1 + max(_depth(child) for child in node.children)


def _place(node: Heading | Column, level: int, rows: list[list[HeadCell]]) -> None:
    remaining = len(rows) - level
    if isinstance(node, Column):
        rows[level].append(HeadCell(text=node.heading, rowspan=remaining))
        return
    span = remaining if node.merged else 1
    rows[level].append(
        HeadCell(text=node.heading, colspan=len(leaves(node)), rowspan=span, scope="colgroup")
    )
    if not node.merged:
        for child in node.children:
            _place(child, level + 1, rows)


def explain_rounding(lines: Sequence[TableLine], rows: Sequence[Row], sums: Sums) -> list[str]:
    """Footnotes: one for every line that holds a residue, and one for all other printed gaps.

    `rows` are the printed `lines`, in the same order; `sums` says which columns make up which.
    """
    parts = defaultdict(list)
    for line in lines:
        parts[line.parent].append(line.key)
    residues = {line.key: note for line in lines if (note := _explain_residue(line))}
    notes = list(residues.values())
    if not is_rounded([fact.amount for line in lines for fact in line.facts]):
        amounts = ([cell for cell in row.cells if cell.kind == "amount"] for row in rows)
        printed = {
            line.key: {cell.column: to_wan(cell.yuan or ZERO) for cell in cells}
            for line, cells in zip(lines, amounts, strict=True)
        }
        down = (
            amount != sum((printed[part][column] for part in parts[key]), ZERO)
            for key, row in printed.items()
            if key in parts and key not in residues
            for column, amount in row.items()
        )
        across = (
            row[whole] != sum((row[part] for part in own), ZERO)
            for row in printed.values()
            for whole, own in sums
        )
        if any(down) or any(across):
            notes.append(ROUNDED)
    return notes


def _explain_residue(line: TableLine) -> str:
    """The printed total of a line against what its parts add up to without the residue on it."""
    own = (fact for fact in line.facts if line.key in (fact.function, fact.economic))
    residue = sum((fact.amount for fact in own if fact.is_residue), ZERO)
    if not residue:
        return ""
    whole = sum((fact.amount for fact in line.facts), ZERO)
    gap = abs(to_wan(whole) - to_wan(whole - residue))
    if not gap:
        return ""
    return RESIDUE.format(
        code=line.key,
        name=next(label for label in reversed(line.labels) if label),
        whole=show_wan(whole),
        parts=show_wan(whole - residue),
        gap=f"{gap:,.2f}",
    )
