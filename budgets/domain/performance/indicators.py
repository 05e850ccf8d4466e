"""The rows of indicators, with the same 一级, and for projects the same 二级, merged."""

from collections.abc import Sequence
from itertools import groupby

from budgets.domain.document import Row
from budgets.domain.indicators import Indicator
from budgets.domain.performance.cells import Columns, head, row, text

# A merged cell must not cross a page: taller runs are parted, and the merged text is repeated.
TALLEST_GROUP = 36
Numbered = tuple[int, Indicator]


def indicator_groups(
    indicators: Sequence[Indicator], columns: Columns, *, merged: int
) -> list[tuple[Row, ...]]:
    """The indicators' own header row, then groups of rows with the same 一级 merged.

    `merged` is how many of the leading columns merge: 1 for 一级 alone, 2 for 二级 too.
    """
    names = row("indicators", *(head(label, 1) for _, label, _ in columns))
    numbered = list(enumerate(indicators, start=1))
    groups = [
        _merged(part, columns, merged)
        for _, run in groupby(numbered, key=lambda pair: pair[1].level1)
        for part in _parted(list(run), columns)
    ]
    if not groups:
        return [(names,)]
    return [(names, *groups[0]), *groups[1:]]


def _parted(run: list[Numbered], columns: Columns) -> list[list[Numbered]]:
    """Runs of at most `TALLEST_GROUP` printed lines, so that a group fits a page."""
    parts: list[list[Numbered]] = [[]]
    height = 0
    for pair in run:
        lines = _printed_lines(pair[1], columns)
        if parts[-1] and height + lines > TALLEST_GROUP:
            parts.append([])
            height = 0
        parts[-1].append(pair)
        height += lines
    return parts


def _printed_lines(indicator: Indicator, columns: Columns) -> int:
    """How many lines the row takes when a column of width w holds about w / 2 characters."""
    return max(-(-2 * len(_shown(indicator, key)) // width) for key, _, width in columns[2:]) or 1


def _shown(indicator: Indicator, key: str) -> str:
    if key == "value":
        return str(indicator.goal)
    if key == "weight":
        return "" if indicator.weight is None else f"{indicator.weight.normalize():f}"
    return getattr(indicator, key)


def _merged(run: list[Numbered], columns: Columns, merged: int) -> tuple[Row, ...]:
    rows = []
    for part in _same_level2(run, merged):
        for place, (number, indicator) in enumerate(part):
            leads = [head(indicator.level1, 1, rowspan=len(run))] if not rows else []
            leads += [head(indicator.level2, 1, rowspan=len(part))] if place == 0 else []
            cells = [text(_shown(indicator, key), 1) for key, _, _ in columns[2:]]
            rows.append(row(f"i{number}", *leads, *cells))
    return tuple(rows)


def _same_level2(run: list[Numbered], merged: int) -> list[list[Numbered]]:
    """The rows that share one cell of 二级."""
    if merged == 1:
        return [[pair] for pair in run]
    return [list(part) for _, part in groupby(run, key=lambda pair: pair[1].level2)]
