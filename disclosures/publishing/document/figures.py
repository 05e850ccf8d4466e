"""Every amount of a frozen document as one flat list, for those who compute with them."""

from collections.abc import Iterator, Mapping
from typing import Any

from disclosures.publishing.document.placement import list_body, order_grids, place_cells
from disclosures.publishing.exports.csv import name_columns

Data = dict[str, Any]


def list_figures(content: Mapping[str, Any]) -> Iterator[Data]:
    """Every amount that is not blank, Table 1 first, in the order of print."""
    for grid in order_grids(content):
        yield from list_grid_figures(grid)


def list_grid_figures(grid: Mapping[str, Any]) -> Iterator[Data]:
    """The amounts of a grid that are not blank: `yuan` exact, `text` as printed in 万元.

    `name` is the words that stand before the amount in its row, `heading` those above it.
    """
    headings = name_columns(grid) if grid["head"] else [""] * len(grid["columns"])
    names: dict[int, str] = {}
    for row, column, cell in place_cells(list_body(grid)):
        if cell["kind"] in ("label", "head"):
            for covered in range(row, row + cell["rowspan"]):
                names[covered] = cell["text"]
        if cell.get("yuan") is not None:
            yield {
                "at": cell["at"],
                "table": grid["key"],
                "row": cell["row"],
                "name": names.get(row, ""),
                "column": cell["column"],
                "heading": headings[column],
                "scope": cell["scope"],
                "yuan": cell["yuan"],
                "text": cell["text"],
            }
