"""Holds the tables of a file against themselves, each other, and the facts derived from them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.chart import Chart
from budgets.domain.document import Table
from budgets.domain.filing import Filing
from budgets.domain.money import WAN, ZERO
from budgets.domain.problems import Problem, Severity, group_runs
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
from budgets.importing.published.tables import (
    NOTHING,
    ReadFigure,
    ReadRow,
    ReadTable,
    ReadTables,
    add_figures,
    grain_of,
    spell_yuan,
    tolerance,
)

# A fact may itself be what is left of Table 3's figure after those of the three budgets.
FIGURES = 4

# A figure, what it is the sum of, and whether it may be more than that.
StatedSum = tuple[ReadFigure, list[ReadFigure], bool]


@dataclass(frozen=True, slots=True)
class FigureGap:
    """Two sides that are not equal, of at least one figure each; blank ones are labelled too."""

    left: Sequence[ReadFigure]
    right: Sequence[ReadFigure]

    @property
    def yuan(self) -> Decimal:
        """Left less right."""
        return add_figures(self.left) - add_figures(self.right)

    @property
    def is_scale(self) -> bool:
        """True where one table's money is ten thousand times another's: its unit is wrong."""
        left, right = add_figures(self.left), add_figures(self.right)
        return len(self.tables) > 1 and WAN in (left / (right or 1), right / (left or 1))

    @property
    def tables(self) -> set[str]:
        return {figure.label.partition(" ")[0] for figure in (*self.left, *self.right)}

    @property
    def is_rounding(self) -> bool:
        """True where rounding alone can explain it (docs/domain.md §5): n parts and their total."""
        figures = list_written([*self.left, *self.right])
        return abs(self.yuan) <= tolerance(len(figures) - 1, grain_of(figures))


def compare_figures(left: Sequence[ReadFigure], right: Sequence[ReadFigure]) -> FigureGap | None:
    """The gap between two sides; None where there is none, or a figure is unknown."""
    if any(figure.unknown for figure in (*left, *right)):
        return None
    gap = FigureGap(left, right)
    return gap if gap.yuan else None


def list_written(figures: Sequence[ReadFigure]) -> list[ReadFigure]:
    return [figure for figure in figures if figure.ref]


def reconcile(tables: ReadTables) -> Iterator[Problem]:
    """Rows that stand twice, sums and identities that do not hold, units that cannot be."""
    for table in tables.of.values():
        yield from find_repeated_rows(table)
    gaps = [gap for table in tables.of.values() for gap in find_sum_gaps(table)]
    wide = [gap for gap in (*gaps, *find_identity_gaps(tables)) if not gap.is_rounding]
    yield from report_scales(tables, [gap for gap in wide if gap.is_scale])
    yield from (report_gap(gap) for gap in wide if not gap.is_scale)


def find_repeated_rows(table: ReadTable) -> Iterator[Problem]:
    if any(block.rows.kind is RowKind.CARRIED for block in table.form.blocks):
        return
    own: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in table.entries:
        own[row.key, row.project].append(row.ref)
    for (key, project), refs in own.items():
        if len(refs) > 1:
            message = f"{table.form.label}的“{table.name_row(key, project)}”出现了 {len(refs)} 次。"
            yield table.complain(refs, message, "请合并为一行。")


def find_sum_gaps(table: ReadTable) -> Iterator[FigureGap]:
    for side, block in enumerate(table.form.blocks):
        sums = list(list_sums_across(table, block))
        if not table.is_torn:
            is_fixed = block.rows.kind is RowKind.ITEM
            sums += (
                list_item_parts(table, block) if is_fixed else list_sums_down(table, block, side)
            )
        for whole, parts, is_open in sums:
            gap = compare_figures([whole], list_written(parts) or parts[:1])
            if gap and not (is_open and gap.yuan > 0):
                yield gap


def list_sums_across(table: ReadTable, block: TableSide) -> Iterator[StatedSum]:
    """Columns and those that they are the sum of; for a subtotal that is lacking, its parts."""
    sums = dict(block.sums)
    for total, parts in block.sums:
        known: list[str] = []
        for part in parts:
            known += [part] if part in table.columns else sums.get(part, ())
        known = [part for part in known if part in table.columns]
        if total not in table.columns or not known:
            continue
        for row in (*table.entries, *table.totals.values()):
            if {total, *known} & row.figures.keys():
                figures = [table.figure_in(row, part) for part in known]
                yield table.figure_in(row, total), figures, block.is_open


def list_sums_down(table: ReadTable, block: TableSide, side: int) -> Iterator[StatedSum]:
    """Codes and what stands below them, as far as there are rows for it; the total of the tops."""
    below, columns = group_below(table.entries), list_known(table, block)
    if block.rows.levels:
        for row in table.entries:
            if row.figures and not row.project and row.key in below:
                for column in columns:
                    parts = [table.figure_in(part, column) for part in below[row.key]]
                    yield table.figure_in(row, column), parts, False
    if side in table.totals:
        amounts = {column.key for column in list_amounts(block)}
        tops = [row for row in below[""] if amounts & row.figures.keys()] or [NOTHING]
        for column in columns:
            parts = [table.figure_in(part, column) for part in tops]
            yield table.figure_in(table.totals[side], column), parts, False


def list_item_parts(table: ReadTable, block: TableSide) -> Iterator[StatedSum]:
    """Fixed rows and their parts; most may stand without them."""
    tops = {TOTAL, *(item.key for item in block.rows.items if item.needs_parts)}
    for key, parts in list_item_sums(block.rows).items():
        for column in list_known(table, block):
            figures = [table.figure(part, column) for part in parts]
            if list_written(figures) or key in tops:
                yield table.figure(key, column), figures, False


def group_below(rows: Sequence[ReadRow]) -> dict[str, list[ReadRow]]:
    """Entries with money by the nearest code above them that has a row; "" for the highest.

    A project is part of its own code.
    """
    held = {row.key for row in rows if row.figures and not row.project}
    found: dict[str, list[ReadRow]] = defaultdict(list)
    for row in rows:
        if row.figures:
            codes = [row.key[:n] for n in (3, 5) if n < len(row.key) and row.key.isdecimal()]
            codes += [row.key] if row.project else []
            above = [code for code in codes if code in held]
            found[above[-1] if above else ""].append(row)
    return found


def list_known(table: ReadTable, block: TableSide) -> list[str]:
    return [column.key for column in list_amounts(block) if column.key in table.columns]


def find_identity_gaps(tables: ReadTables) -> Iterator[FigureGap]:
    """Every identity of the set that does not hold, and every limit that is passed."""
    for identity in tables.table_set.identities:
        for code in list_identity_codes(tables, identity) if identity.in_files else ():
            left = list_identity_figures(tables, identity.left, code)
            right = list_identity_figures(tables, identity.right, code)
            gap = compare_figures(pick_shown(left), pick_shown(right))
            is_passed = identity.if_stated and not list_written(left)
            if gap and not is_passed and not (identity.limit and gap.yuan > 0):
                yield gap


def list_identity_codes(tables: ReadTables, identity: Identity) -> list[str]:
    """The codes that an identity holds for, by the rows of its tables; a limit's by its left's."""
    if identity.each is None:
        return [""]
    cells = identity.left if identity.limit else (*identity.left, *identity.right)
    roles = {Role(split_term(cell)[0]) for cell in cells}
    keys = {row.key for role in roles for row in tables[role].entries if row.key.isdecimal()}
    if identity.each is Each.CLASS:
        return sorted({key[:3] for key in keys})
    return sorted(key for key in keys if identity.each is Each.CODE or len(key) == 7)


def list_identity_figures(tables: ReadTables, cells: Sequence[str], code: str) -> list[ReadFigure]:
    """The figures of one side; for a code without a row, those of the rows below it."""
    found: list[ReadFigure] = []
    for cell in cells:
        role, row, column = split_term(cell)
        table, key = tables[Role(role)], code if row == "*" else row
        below = []
        if key.isdecimal() and not table.entry(key).key:
            own = group_below([entry for entry in table.entries if entry.key.startswith(key)])
            below = [entry.figures[column] for entry in own[""] if column in entry.figures]
        found += below or [table.figure(key, column)]
    return found


def pick_shown(figures: list[ReadFigure]) -> list[ReadFigure]:
    """The figures that are unknown or not blank, or one to stand for all."""
    unknown = [figure for figure in figures if figure.unknown]
    return unknown or list_written(figures) or figures[:1]


def report_gap(gap: FigureGap) -> Problem:
    """A gap too wide for rounding, at the left side's cells, naming those of both sides."""
    own = list_written(gap.left) or list_written(gap.right)
    sheet = (own or gap.left)[0].sheet
    left, right = (spell_yuan(add_figures(side)) for side in (gap.left, gap.right))
    message = (
        f"{name_figures(gap.left, sheet)}是 {left}，{name_figures(gap.right, sheet)}是 {right}，"
        f"相差 {spell_yuan(abs(gap.yuan))}。"
    )
    cells = tuple(figure.ref for figure in own if figure.sheet == sheet)
    return Problem(sheet=sheet, cells=cells, message=message, advice="请核对。")


def name_figures(figures: Sequence[ReadFigure], sheet: str) -> str:
    """A side in words, with its cells as seen from a sheet: 表6!D10:D19."""
    own = list_written(figures)
    if not own:
        return figures[0].label
    cells: list[str] = []
    for place in dict.fromkeys(figure.sheet for figure in own):
        runs = group_runs(figure.ref for figure in own if figure.sheet == place)
        prefix = "" if place == sheet else f"{place}!"
        cells += [prefix + (f"{run[0]}:{run[-1]}" if run[1:] else run[0]) for run in runs]
    joined = "、".join(cells)
    return f"{own[0].label}（{joined}）" if len(own) == 1 else f"{joined} 之和"


def report_scales(tables: ReadTables, found: Sequence[FigureGap]) -> Iterator[Problem]:
    """A wrong unit is one mistake, however many figures it spoils: told once, at the unit."""
    while found:
        counts = Counter(label for gap in found for label in sorted(gap.tables))
        label = counts.most_common(1)[0][0]
        table = next(each for each in tables.of.values() if each.form.label == label)
        refs = [table.imprint.unit.ref] if table.imprint and table.imprint.unit else []
        message = f"{label}的金额与其他表相差一万倍。"
        yield table.complain(refs, message, "请核对这张表的金额单位是元还是万元。")
        found = [gap for gap in found if label not in gap.tables]


def verify_figures(tables: ReadTables, filing: Filing, chart: Chart) -> list[Problem]:
    """Every figure that the filing's tables do not show: rounding is a hint, more is an error.

    Where items are wrong, the sums above them are not told too.
    """
    hints: list[Problem] = []
    items: list[Problem] = []
    wholes: list[Problem] = []
    for table in tables.of.values():
        # What the three public expenses are is stated apart, where the codes do not say it.
        if table.form.role is Role.THREE_PUBLIC or not table.sheet:
            continue
        grid = build_table(table.form, filing, chart)
        for row in (*table.entries, *table.totals.values()):
            levels = table.form.blocks[row.side].rows.levels
            is_item = row.key.isdecimal() and len(row.key) == max(levels, default=0)
            for problem in compare_row(table, row, grid):
                is_hint = problem.severity is Severity.HINT
                (hints if is_hint else items if is_item else wholes).append(problem)
    return [*(items or wholes), *hints]


def compare_row(table: ReadTable, row: ReadRow, grid: Table) -> Iterator[Problem]:
    """Every figure of one row against the cell that the derived facts make."""
    block = table.form.blocks[row.side]
    # Rows of names were matched to items by what they add up to.
    if block.rows.kind is RowKind.CARRIED and row.key != TOTAL:
        return
    key = project_key(row.key, row.project) if row.project else row.key
    for column in list_known(table, block):
        cell = grid.cell(key, column)
        yuan, parts = (cell.yuan or ZERO, cell.parts) if cell else (ZERO, 0)
        if problem := compare_cell(table, row, column, yuan, parts):
            yield problem


def compare_cell(
    table: ReadTable, row: ReadRow, column: str, yuan: Decimal, parts: int
) -> Problem | None:
    """One figure against what was derived for it, from so many facts."""
    figure = table.figure_in(row, column)
    gap = abs(figure.yuan - yuan)
    if not gap or figure.unknown:
        return None
    if gap <= tolerance(FIGURES * parts, figure.grain):
        message = "与明细之和相差不超过四舍五入的范围。"
        advice = "不需要处理；公开时按明细之和显示。"
        return figure.complain(message, advice, Severity.HINT, row.ref)
    stated, derived = spell_yuan(figure.yuan), spell_yuan(yuan)
    message = f"{figure.label}是 {stated}，由各表得出的却是 {derived}。"
    return figure.complain(message, "请核对这一格，以及“支出明细”里填的行。", ref=row.ref)
