"""Holds what was derived against every figure of every table: nothing is taken in unseen."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain import document
from budgets.domain.chart import Chart
from budgets.domain.filing import Filing
from budgets.domain.money import WAN
from budgets.domain.problems import Problem, Severity
from budgets.domain.sets import Each, Identity, split_term
from budgets.domain.tables.build import build_table
from budgets.domain.tables.form import (
    TOTAL,
    Role,
    RowKind,
    TableSide,
    list_amounts,
    list_item_sums,
    project_key,
)
from budgets.importing.published.reading import Reading
from budgets.importing.published.tables import (
    ZERO,
    ReadFigure,
    ReadRow,
    ReadTable,
    ReadTables,
    grain_of,
    spell_yuan,
    sum_figures,
    tolerance,
)

REF = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class FigureGap:
    """Two sides that are not equal, of at least one figure each; blank ones are labelled too."""

    left: Sequence[ReadFigure]
    right: Sequence[ReadFigure]

    @property
    def yuan(self) -> Decimal:
        """Left less right."""
        return sum_figures(self.left) - sum_figures(self.right)

    @property
    def is_scale(self) -> bool:
        """True where one table's money is ten thousand times another's: its unit is wrong."""
        left, right = sum_figures(self.left), sum_figures(self.right)
        return len(self.tables) > 1 and WAN in (left / (right or 1), right / (left or 1))

    @property
    def tables(self) -> set[str]:
        """The labels of the tables that it is between."""
        return {figure.label.partition(" ")[0] for figure in (*self.left, *self.right)}

    @property
    def is_rounding(self) -> bool:
        """True where rounding alone can explain it (docs/domain.md §5): n parts and their total."""
        figures = written([*self.left, *self.right])
        return abs(self.yuan) <= tolerance(len(figures) - 1, grain_of(figures))


def compare_figures(left: Sequence[ReadFigure], right: Sequence[ReadFigure]) -> FigureGap | None:
    """The gap between two sides; None where there is none, or a figure is unknown."""
    if any(figure.unknown for figure in (*left, *right)):
        return None
    gap = FigureGap(left, right)
    return gap if gap.yuan else None


def report_gap(gap: FigureGap) -> Problem:
    """A gap too wide for rounding, naming the cells of both sides."""
    left, right = sum_figures(gap.left), sum_figures(gap.right)
    sheet, cells = anchor(gap)
    message = (
        f"{name_figures(gap.left, sheet)}是 {spell_yuan(left)}，"
        f"{name_figures(gap.right, sheet)}是 {spell_yuan(right)}，"
        f"相差 {spell_yuan(abs(gap.yuan))}。"
    )
    return Problem(sheet=sheet, cells=cells, message=message, advice="请核对。")


def anchor(gap: FigureGap) -> tuple[str, tuple[str, ...]]:
    """The sheet of the left side, or of the right where the left has no cell, and the cells."""
    own = written(gap.left) or written(gap.right)
    sheet = own[0].sheet if own else gap.left[0].sheet
    return sheet, tuple(figure.ref for figure in own if figure.sheet == sheet)


def written(figures: Sequence[ReadFigure]) -> list[ReadFigure]:
    """The figures that are not blank."""
    return [figure for figure in figures if figure.ref]


def name_figures(figures: Sequence[ReadFigure], sheet: str) -> str:
    """A side in words, with its cells as seen from a sheet."""
    own = written(figures)
    if not own:
        return figures[0].label
    cells = "、".join(list_cells(own, sheet))
    return f"{own[0].label}（{cells}）" if len(own) == 1 else f"{cells} 之和"


def list_cells(figures: Sequence[ReadFigure], sheet: str) -> list[str]:
    """Cells sheet by sheet, neighbours down a column as a range: 表6!D10:D19."""
    found = []
    for place in dict.fromkeys(figure.sheet for figure in figures):
        refs = [figure.ref for figure in figures if figure.sheet == place]
        prefix = "" if place == sheet else f"{place}!"
        found += [prefix + cells for cells in join_runs(refs)]
    return found


def join_runs(refs: Sequence[str]) -> list[str]:
    """`D10`, `D11`, `D12`, `F3` as `D10:D12`, `F3`."""
    runs: list[list[str]] = []
    for ref in refs:
        if runs and follows(runs[-1][-1], ref):
            runs[-1].append(ref)
        else:
            runs.append([ref])
    return [run[0] if len(run) == 1 else f"{run[0]}:{run[-1]}" for run in runs]


def follows(first: str, second: str) -> bool:
    """True where the second cell stands right below the first."""
    (column, row), (beside, below) = (REF.findall(ref)[0] for ref in (first, second))
    return column == beside and int(below) == int(row) + 1


def find_repeated(table: ReadTable) -> Iterator[Problem]:
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


def find_sum_gaps(table: ReadTable) -> Iterator[FigureGap]:
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


def across(table: ReadTable, block: TableSide) -> Iterator[FigureGap]:
    """Columns against the columns that they are the sum of, row by row."""
    rows = [row for row in table.entries if row.figures]
    for row in (*rows, *table.totals.values()):
        for total, parts in block.sums:
            if total in table.columns and {total, *parts} & row.figures.keys():
                figures = [figure_of(table, row, part) for part in parts if part in table.columns]
                gap = compare_figures([figure_of(table, row, total)], written_or_blank(figures))
                if gap and not (block.is_open and gap.yuan > 0):
                    yield gap


def figure_of(table: ReadTable, row: ReadRow, column: str) -> ReadFigure:
    """A figure of one entry, blank where it has none."""
    return row.figures.get(column) or table.blank(row.key, column)


def written_or_blank(figures: list[ReadFigure]) -> list[ReadFigure]:
    """The figures that are not blank, or the first blank one to stand for all."""
    return [figure for figure in figures if figure.ref] or figures[:1]


def found(gap: FigureGap | None) -> Iterator[FigureGap]:
    """The gap, if there is one."""
    if gap:
        yield gap


def down(table: ReadTable, block: TableSide) -> Iterator[FigureGap]:
    """Codes against what stands below them, as far as there are rows for it."""
    below = group(table.entries)
    for row in table.entries:
        if row.figures and not row.project and row.key in below:
            yield from compare_columns(table, block, row, below[row.key])


def group(rows: list[ReadRow]) -> dict[str, list[ReadRow]]:
    """Entries with money by the nearest code above them that has a row; "" for the highest."""
    held = {row.key for row in rows if row.figures and not row.project}
    found: dict[str, list[ReadRow]] = defaultdict(list)
    for row in rows:
        if row.figures:
            above = [code for code in codes_above(row) if code in held]
            found[above[-1] if above else ""].append(row)
    return found


def codes_above(row: ReadRow) -> list[str]:
    """The codes that an entry is part of, highest first; a project is part of its own code."""
    codes = [row.key[:n] for n in (3, 5) if n < len(row.key)] if row.key.isdecimal() else []
    return [*codes, row.key] if row.project else codes


def compare_columns(
    table: ReadTable, block: TableSide, row: ReadRow, parts: list[ReadRow]
) -> Iterator[FigureGap]:
    """One entry's columns against the same columns of its parts."""
    for column in list_known(table, block):
        figures = written_or_blank([figure_of(table, part, column) for part in parts])
        yield from found(compare_figures([figure_of(table, row, column)], figures))


def list_known(table: ReadTable, block: TableSide) -> list[str]:
    """The columns of a side that the file has."""
    return [column.key for column in list_amounts(block) if column.key in table.columns]


def whole(table: ReadTable, block: TableSide, side: int) -> Iterator[FigureGap]:
    """The total against the highest entries."""
    total = table.totals.get(side)
    columns = {column.key for column in list_amounts(block)}
    tops = [row for row in group(table.entries)[""] if columns & row.figures.keys()]
    if total:
        yield from compare_columns(table, block, total, tops or [ReadRow("")])


def items(table: ReadTable, block: TableSide) -> Iterator[FigureGap]:
    """Fixed rows against their parts; most may stand without them."""
    tops = {TOTAL, *(item.key for item in block.rows.items if item.needs_parts)}
    for key, parts in list_item_sums(block.rows).items():
        for column in list_known(table, block):
            figures = [table.figure(part, column) for part in parts]
            if any(figure.ref for figure in figures) or key in tops:
                yield from found(
                    compare_figures([table.figure(key, column)], written_or_blank(figures))
                )


def find_identity_gaps(tables: ReadTables) -> Iterator[FigureGap]:
    """Every identity that does not hold, and every limit that is passed."""
    for identity in tables.table_set.identities:
        for code in list_rows(tables, identity) if identity.in_files else ():
            left = list_figures(tables, identity.left, code)
            right = list_figures(tables, identity.right, code)
            gap = compare_figures(shown(left), shown(right))
            is_passed = identity.if_stated and not any(figure.ref for figure in left)
            if gap and not is_passed and not (identity.limit and gap.yuan > 0):
                yield gap


def list_rows(tables: ReadTables, identity: Identity) -> list[str]:
    """The codes that an identity holds for, by the rows of its tables; a limit's by its left's."""
    if identity.each is None:
        return [""]
    cells = identity.left if identity.limit else (*identity.left, *identity.right)
    roles = {Role(split_term(cell)[0]) for cell in cells}
    keys = {row.key for role in roles for row in tables[role].entries if row.key.isdecimal()}
    if identity.each is Each.CLASS:
        return sorted({key[:3] for key in keys})
    return sorted(key for key in keys if identity.each is Each.CODE or len(key) == 7)


def list_figures(tables: ReadTables, cells: tuple[str, ...], code: str) -> list[ReadFigure]:
    """The figures of one side for a code."""
    found = []
    for cell in cells:
        key, row, column = split_term(cell)
        found += pick(tables[Role(key)], code if row == "*" else row, column)
    return found


def pick(table: ReadTable, row: str, column: str) -> list[ReadFigure]:
    """The figure of a row; of a code without one, the figures of the rows below it."""
    if row.isdecimal() and not table.entry(row).key:
        below = group([entry for entry in table.entries if entry.key.startswith(row)])[""]
        if found := [entry.figures[column] for entry in below if column in entry.figures]:
            return found
    return [table.figure(row, column)]


def shown(figures: list[ReadFigure]) -> list[ReadFigure]:
    """The figures that are not blank, or one to stand for all."""
    unknown = [figure for figure in figures if figure.unknown]
    return unknown or [figure for figure in figures if figure.ref] or figures[:1]


def reconcile(reading: Reading) -> Iterator[Problem]:
    """Rows that stand twice, sums and identities that do not hold, units that cannot be."""
    tables = reading.tables
    for table in tables.of.values():
        yield from find_repeated(table)
    found = [gap for table in tables.of.values() for gap in find_sum_gaps(table)]
    found = [gap for gap in (*found, *find_identity_gaps(tables)) if not gap.is_rounding]
    yield from report_scales(reading, [gap for gap in found if gap.is_scale])
    yield from (report_gap(gap) for gap in found if not gap.is_scale)


def report_scales(reading: Reading, found: Sequence[FigureGap]) -> Iterator[Problem]:
    """A wrong unit is one mistake, however many figures it spoils: told once, at the unit."""
    while found:
        counts = Counter(label for gap in found for label in sorted(gap.tables))
        label = counts.most_common(1)[0][0]
        table = next(each for each in reading.tables.of.values() if each.form.label == label)
        imprint = reading.imprints.get(table.form.role)
        unit = imprint.unit if imprint else None
        yield Problem(
            sheet=table.sheet,
            cells=(unit.ref,) if unit else (),
            message=f"{label}的金额与其他表相差一万倍。",
            advice="请核对这张表的金额单位是元还是万元。",
        )
        found = [gap for gap in found if label not in gap.tables]


# A fact may itself be what is left of Table 3's figure after those of the three budgets.
FIGURES = 4


def verify_figures(tables: ReadTables, filing: Filing, chart: Chart) -> list[Problem]:
    """Every figure that the filing's tables do not show: rounding is a hint, more is an error.

    Where items are wrong, the sums above them are not told too.
    """
    hints: list[Problem] = []
    items: list[Problem] = []
    wholes: list[Problem] = []
    for table in tables.of.values():
        # What the three public expenses are is stated apart, where the codes do not say it.
        if table.form.role is not Role.THREE_PUBLIC and table.sheet:
            grid = build_table(table.form, filing, chart)
            for row in (*table.entries, *table.totals.values()):
                errors = items if is_item(table, row) else wholes
                for problem in compare_row(table, row, grid):
                    (hints if problem.severity is Severity.HINT else errors).append(problem)
    return [*(items or wholes), *hints]


def is_item(table: ReadTable, row: ReadRow) -> bool:
    """True for rows of the lowest level."""
    levels = table.form.blocks[row.side].rows.levels
    return row.key.isdecimal() and len(row.key) == max(levels, default=0)


def compare_row(table: ReadTable, row: ReadRow, grid: document.Table) -> Iterator[Problem]:
    """Every figure of one row against the cell that the derived facts make."""
    block = table.form.blocks[row.side]
    # Rows of names were matched to items by what they add up to.
    if block.rows.kind is not RowKind.CARRIED or row.key == TOTAL:
        key = project_key(row.key, row.project) if row.project else row.key
        for column in list_known(table, block):
            cell = grid.cell(key, column)
            yuan, parts = (cell.yuan or ZERO, cell.parts) if cell else (ZERO, 0)
            yield from compare_cell(table, row, column, yuan, parts)


def compare_cell(
    table: ReadTable, row: ReadRow, column: str, yuan: Decimal, parts: int
) -> list[Problem]:
    """One figure against what was derived for it."""
    figure = row.figures.get(column) or table.blank(row.key, column)
    gap = abs(figure.yuan - yuan)
    if not gap or figure.unknown:
        return []
    cells = (figure.ref or row.ref,)
    if gap <= tolerance(FIGURES * parts, figure.grain):
        return [remark_rounding(figure, cells)]
    message = f"{figure.label}是 {spell_yuan(figure.yuan)}，由各表得出的却是 {spell_yuan(yuan)}。"
    advice = "请核对这一格，以及“支出明细”里填的行。"
    return [Problem(sheet=figure.sheet, cells=cells, message=message, advice=advice)]


def remark_rounding(figure: ReadFigure, cells: tuple[str, ...]) -> Problem:
    """A figure that differs from what the ledger will show by rounding."""
    return Problem(
        sheet=figure.sheet,
        cells=cells,
        message="与明细之和相差不超过四舍五入的范围。",
        advice="不需要处理；公开时按明细之和显示。",
        severity=Severity.HINT,
    )
