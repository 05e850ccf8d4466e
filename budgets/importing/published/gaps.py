"""Compares figures that should be equal, and says in words by how much and where they are not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.money import WAN
from budgets.domain.problems import Problem
from budgets.importing.published.table import Figure, add, grain_of, tell, tolerance

REF = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class Gap:
    """Two sides that are not equal, of at least one figure each; blank ones are labelled too."""

    left: Sequence[Figure]
    right: Sequence[Figure]

    @property
    def yuan(self) -> Decimal:
        """Left less right."""
        return add(self.left) - add(self.right)

    @property
    def is_scale(self) -> bool:
        """True where one table's money is ten thousand times another's: its unit is wrong."""
        left, right = add(self.left), add(self.right)
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


def compare(left: Sequence[Figure], right: Sequence[Figure]) -> Gap | None:
    """The gap between two sides; None where there is none, or a figure is unknown."""
    if any(figure.unknown for figure in (*left, *right)):
        return None
    gap = Gap(left, right)
    return gap if gap.yuan else None


def report(gap: Gap) -> Problem:
    """A gap too wide for rounding, naming the cells of both sides."""
    left, right = add(gap.left), add(gap.right)
    sheet, cells = anchor(gap)
    message = (
        f"{name(gap.left, sheet)}是 {tell(left)}，{name(gap.right, sheet)}是 {tell(right)}，"
        f"相差 {tell(abs(gap.yuan))}。"
    )
    return Problem(sheet=sheet, cells=cells, message=message, advice="请核对。")


def anchor(gap: Gap) -> tuple[str, tuple[str, ...]]:
    """The sheet of the left side, or of the right where the left has no cell, and the cells."""
    own = written(gap.left) or written(gap.right)
    sheet = own[0].sheet if own else gap.left[0].sheet
    return sheet, tuple(figure.ref for figure in own if figure.sheet == sheet)


def written(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that are not blank."""
    return [figure for figure in figures if figure.ref]


def name(figures: Sequence[Figure], sheet: str) -> str:
    """A side in words, with its cells as seen from a sheet."""
    own = written(figures)
    if not own:
        return figures[0].label
    cells = "、".join(list_cells(own, sheet))
    return f"{own[0].label}（{cells}）" if len(own) == 1 else f"{cells} 之和"


def list_cells(figures: Sequence[Figure], sheet: str) -> list[str]:
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
