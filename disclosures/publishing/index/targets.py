"""The indicators of a frozen document, with the merged levels filled in."""

from collections.abc import Iterator, Mapping
from typing import Any

from budgets.domain.document import Document, Table
from budgets.domain.filing import COST_LEVEL
from budgets.domain.passages import INDICATOR, name_project
from budgets.domain.red_flags import is_below


def list_indicators(document: Document) -> Iterator[dict[str, Any]]:
    """The fields of an IndexIndicator for each indicator, in the order of the document."""
    for grid in document.tables:
        if grid.key.startswith("P"):
            project = name_project(grid)
            for place, told in _read_grid(grid):
                told["is_lowered"] = is_lowered(told)
                yield {"target": grid.key, "place": place, "project": project, **told}


def is_lowered(told: Mapping[str, str]) -> bool:
    """True where the target asks for less than was reached; money to spend is no result."""
    return told["level2"] != COST_LEVEL and is_below(told["value"], told["last_value"])


def _read_grid(grid: Table) -> Iterator[tuple[int, dict[str, Any]]]:
    keys = [column.key for column in grid.columns]
    level1 = level2 = ""
    for row in grid.rows():
        if not INDICATOR.fullmatch(row.key):
            continue
        heads = [cell.text for cell in row.cells if cell.kind == "head"]
        texts = [cell.text for cell in row.cells if cell.kind != "head"]
        # A row that begins a 一级 has both heads; one that only begins a 二级 has one.
        level1 = heads[0] if len(heads) > 1 else level1
        level2 = heads[-1] if heads else level2
        named = dict(zip(keys[-len(texts) :], texts, strict=True))
        yield (
            int(row.key[1:]),
            {
                "level1": level1,
                "level2": level2,
                **{
                    name: named.get(name, "")
                    for name in ("level3", "value", "last_value", "weight")
                },
            },
        )
