"""Problems: what is wrong with a filing, where, and what to do; values, collected all at once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from budgets.domain.text import LabelledEnum

CELL = re.compile(r"([A-Z]{1,3})([0-9]+)")
# How many neighbours below each other are shown as a range, and how many places at most.
SHORTEST_RUN, MOST_PLACES = 3, 12


class Severity(LabelledEnum):
    """An error stops the import, a warning asks for a look, a hint only tells."""

    ERROR = "error", "错误"
    WARNING = "warning", "警告"
    HINT = "hint", "提示"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem; `sheet` and `cells` are empty where it concerns the whole file or sheet."""

    message: str
    advice: str
    sheet: str = ""
    cells: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR

    @property
    def place(self) -> str:
        """`收入!C5、C9:C14`, the sheet's name, or 整个文件; of very many cells the first."""
        shown: list[str] = []
        for run in group_runs(self.cells):
            shown += [f"{run[0]}:{run[-1]}"] if len(run) >= SHORTEST_RUN else run
        rest = f" 等 {len(self.cells)} 格" if len(shown) > MOST_PLACES else ""
        cells = "、".join(shown[:MOST_PLACES]) + rest
        return f"{self.sheet}!{cells}" if cells else self.sheet or "整个文件"

    def __str__(self) -> str:
        return f"{self.severity.label}　{self.place}：{self.message}{self.advice}"

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"cells": list(self.cells), "severity": self.severity.value}


def group_runs(cells: Iterable[str]) -> list[list[str]]:
    """The cells in their order, those directly below each other together."""
    runs: list[list[str]] = []
    for cell in cells:
        if runs and is_below(cell, runs[-1][-1]):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs


def is_below(cell: str, other: str) -> bool:
    (row, *column), (row_above, *column_above) = locate(cell), locate(other)
    return column == column_above and row == row_above + 1


def locate(cell: str) -> tuple[int, int, str]:
    """What cells are sorted by: row, then column; all fields of a screen are alike."""
    found = CELL.fullmatch(cell)
    return (int(found[2]), len(found[1]), found[1]) if found else (0, 0, "")


def merge_problems(problems: Iterable[Problem], sheets: Sequence[str] = ()) -> list[Problem]:
    """Problems that differ by their cells only become one, in the order in which a file is read.

    Those of the whole file come first, then sheet by sheet in the order of `sheets`, each by row
    and column; in the same place errors come first.
    """
    found: dict[Problem, dict[str, None]] = {}
    for problem in problems:
        cells = found.setdefault(replace(problem, cells=()), {})
        cells.update(dict.fromkeys(problem.cells))
    merged = [
        replace(problem, cells=tuple(sorted(cells, key=locate))) for problem, cells in found.items()
    ]
    ranks = {"": -1} | {title: rank for rank, title in enumerate(sheets)}
    grades = list(Severity)

    def order(problem: Problem) -> tuple[int, tuple[int, int, str], int]:
        place = locate(problem.cells[0]) if problem.cells else (0, 0, "")
        return ranks.get(problem.sheet, len(ranks)), place, grades.index(problem.severity)

    return sorted(merged, key=order)


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
