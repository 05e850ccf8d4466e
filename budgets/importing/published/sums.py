"""Within one table: columns that add up to others, codes to their parents, classes to the total."""

from collections import defaultdict
from collections.abc import Iterator

from budgets.domain.problems import Problem
from budgets.domain.tables.form import TOTAL, RowKind, TableSide, list_amounts, list_item_sums
from budgets.importing.published.gaps import Gap, compare
from budgets.importing.published.table import Entry, Figure, Table


def find_repeated(table: Table) -> Iterator[Problem]:
    """Rows of the same name that stand in the table twice."""
    if any(block.rows.kind is RowKind.CARRIED for block in table.form.blocks):
        return
    own: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in table.entries:
        own[row.key, row.project].append(row.ref)
    for (key, project), refs in own.items():
        if len(refs) > 1:
            message = f"{table.form.label}的“{table.name_row(key, project)}”出现了 {len(refs)} 次。"
            advice = "请合并为一行。"
            yield Problem(sheet=table.sheet, cells=tuple(refs), message=message, advice=advice)


def find_gaps(table: Table) -> Iterator[Gap]:
    """Every sum in the table that does not come out."""
    for side, block in enumerate(table.form.blocks):
        yield from across(table, block)
        if not table.is_torn:
            if block.rows.levels:
                yield from down(table, block)
            if block.rows.kind is RowKind.ITEM:
                yield from items(table, block)
            else:
                yield from whole(table, block, side)


def across(table: Table, block: TableSide) -> Iterator[Gap]:
    """Columns against the columns that they are the sum of, row by row."""
    rows = [row for row in table.entries if row.figures]
    for row in (*rows, *table.totals.values()):
        for total, parts in block.sums:
            if total in table.columns and {total, *parts} & row.figures.keys():
                figures = [figure_of(table, row, part) for part in parts if part in table.columns]
                gap = compare([figure_of(table, row, total)], written(figures))
                if gap and not (block.is_open and gap.yuan > 0):
                    yield gap


def figure_of(table: Table, row: Entry, column: str) -> Figure:
    """A figure of one entry, blank where it has none."""
    return row.figures.get(column) or table.blank(row.key, column)


def written(figures: list[Figure]) -> list[Figure]:
    """The figures that are not blank, or the first blank one to stand for all."""
    return [figure for figure in figures if figure.ref] or figures[:1]


def found(gap: Gap | None) -> Iterator[Gap]:
    """The gap, if there is one."""
    if gap:
        yield gap


def down(table: Table, block: TableSide) -> Iterator[Gap]:
    """Codes against what stands below them, as far as there are rows for it."""
    below = group(table.entries)
    for row in table.entries:
        if row.figures and not row.project and row.key in below:
            yield from add_up(table, block, row, below[row.key])


def group(rows: list[Entry]) -> dict[str, list[Entry]]:
    """Entries with money by the nearest code above them that has a row; "" for the highest."""
    held = {row.key for row in rows if row.figures and not row.project}
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        if row.figures:
            above = [code for code in codes_above(row) if code in held]
            found[above[-1] if above else ""].append(row)
    return found


def codes_above(row: Entry) -> list[str]:
    """The codes that an entry is part of, highest first; a project is part of its own code."""
    codes = [row.key[:n] for n in (3, 5) if n < len(row.key)] if row.key.isdecimal() else []
    return [*codes, row.key] if row.project else codes


def add_up(table: Table, block: TableSide, row: Entry, parts: list[Entry]) -> Iterator[Gap]:
    """One entry's columns against the same columns of its parts."""
    for column in list_known(table, block):
        figures = written([figure_of(table, part, column) for part in parts])
        yield from found(compare([figure_of(table, row, column)], figures))


def list_known(table: Table, block: TableSide) -> list[str]:
    """The columns of a side that the file has."""
    return [column.key for column in list_amounts(block) if column.key in table.columns]


def whole(table: Table, block: TableSide, side: int) -> Iterator[Gap]:
    """The total against the highest entries."""
    total = table.totals.get(side)
    columns = {column.key for column in list_amounts(block)}
    tops = [row for row in group(table.entries)[""] if columns & row.figures.keys()]
    if total:
        yield from add_up(table, block, total, tops or [Entry("")])


def items(table: Table, block: TableSide) -> Iterator[Gap]:
    """Fixed rows against their parts; most may stand without them."""
    tops = {TOTAL, *(item.key for item in block.rows.items if item.needs_parts)}
    for key, parts in list_item_sums(block.rows).items():
        for column in list_known(table, block):
            figures = [table.figure(part, column) for part in parts]
            if any(figure.ref for figure in figures) or key in tops:
                yield from found(compare([table.figure(key, column)], written(figures)))
