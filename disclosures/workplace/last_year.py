"""Last year's amounts of a document's cells: as its disclosure printed them, else as stated."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from budgets.facts import Filing, show_wan
from budgets.models import Budget
from disclosures.publication import last_year_amounts

Data = dict[str, Any]


def find_amounts(budget: Budget, filing: Filing) -> dict[str, Decimal]:
    """Last year's amounts by address, in yuan; what nobody has said is left out."""
    published = last_year_amounts(budget)
    if published is not None:
        return published
    return {prior.at: prior.amount for prior in filing.priors}


def add_last_year(document: Data, amounts: Mapping[str, Decimal]) -> Data:
    """A composed document whose amounts carry last year's beside them."""
    return document | {"parts": [add_to_part(part, amounts) for part in document["parts"]]}


def add_to_part(part: Data, amounts: Mapping[str, Decimal]) -> Data:
    """A part, its tables and the tables in its sections."""
    sections = [
        section | {"blocks": [add_to_block(block, amounts) for block in section["blocks"]]}
        for section in part["sections"]
    ]
    return part | {
        "grids": [add_to_grid(grid, amounts) for grid in part["grids"]],
        "sections": sections,
    }


def add_to_block(block: Data, amounts: Mapping[str, Decimal]) -> Data:
    """A table among the sentences; sentences stay as they are."""
    return block | {"grid": add_to_grid(block["grid"], amounts)} if "grid" in block else block


def add_to_grid(grid: Data, amounts: Mapping[str, Decimal]) -> Data:
    """A table whose amounts carry last year's, as printed; nothing where there was none."""
    groups = [
        [
            row | {"cells": [add_to_cell(cell, amounts.get(cell["at"])) for cell in row["cells"]]}
            for row in group
        ]
        for group in grid["groups"]
    ]
    return grid | {"groups": groups}


def add_to_cell(cell: Data, amount: Decimal | None) -> Data:
    """A cell with last year's amount in 万元."""
    return cell if amount is None else cell | {"last": show_wan(amount)}
