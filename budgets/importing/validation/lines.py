"""Rows of money as facts; a row that lacks what a fact needs is left to the checks."""

from collections.abc import Callable, Iterable
from typing import Any

from budgets.domain.facts import Fact, Side
from budgets.spreadsheets import SheetRow

Naming = Callable[[SheetRow], str]


def income_facts(rows: Iterable[SheetRow], unit_of: Naming) -> tuple[Fact, ...]:
    """One fact a row of the income sheet; `unit_of` names the unit that a row belongs to."""
    return tuple(
        Fact(side=Side.INCOME, **shared(row, unit_of))
        for row in rows
        if is_complete(row, "fund", "amount")
    )


def expenditure_facts(rows: Iterable[SheetRow], unit_of: Naming) -> tuple[Fact, ...]:
    """One fact a row of the expenditure sheet."""
    return tuple(
        Fact(
            side=Side.EXPENDITURE,
            nature=row["nature"],
            function=row["function"] or "",
            economic=row["economic"] or "",
            project=row["project"] or "",
            **shared(row, unit_of),
        )
        for row in rows
        if is_complete(row, "fund", "nature", "amount") and (row["function"] or row["economic"])
    )


def three_public_facts(rows: Iterable[SheetRow], unit_of: Naming) -> tuple[Fact, ...]:
    """One fact a row of 三公 as stated: an economic code without a nature."""
    return tuple(
        Fact(side=Side.EXPENDITURE, economic=row["economic"], **shared(row, unit_of))
        for row in rows
        if is_complete(row, "fund", "amount", "economic")
    )


def shared(row: SheetRow, unit_of: Naming) -> dict[str, Any]:
    """What every kind of fact takes from its row."""
    return {
        "unit": unit_of(row),
        "fund": row["fund"],
        "amount": row["amount"],
        "internal": bool(row["internal"]),
        "origin": row.origin("amount"),
    }


def is_complete(row: SheetRow, *keys: str) -> bool:
    """True where all of these cells hold a value."""
    return all(row[key] not in (None, "") for key in keys)
