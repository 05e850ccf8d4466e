"""The cells that performance tables are put together from."""

from collections.abc import Sequence
from decimal import Decimal

from budgets.domain.document import Cell, LeafColumn, Row
from budgets.domain.money import show_wan

Columns = Sequence[tuple[str, str, int]]


def leaf_columns(columns: Columns) -> tuple[LeafColumn, ...]:
    """The columns of a performance table, all of them text."""
    return tuple(
        LeafColumn(key=key, label=label, kind="text", width=width) for key, label, width in columns
    )


def row(key: str, *cells: Cell) -> Row:
    """A row without a level."""
    return Row(key=key, cells=cells)


def head(text: str, colspan: int, rowspan: int = 1) -> Cell:
    """A cell that names what stands beside or below it."""
    return Cell(kind="head", text=text, colspan=colspan, rowspan=rowspan)


def text(text: str, colspan: int, rowspan: int = 1) -> Cell:
    """A cell of the department's words; line breaks are kept."""
    return Cell(kind="text", text=text, colspan=colspan, rowspan=rowspan)


def money(key: str, row: str, column: str, yuan: Decimal, colspan: int, scope: str) -> Cell:
    """An amount in yuan with its address; nothing reads 0.00 here, as published tables do."""
    return Cell(
        kind="amount",
        text=show_wan(yuan),
        colspan=colspan,
        at=f"{key}.{row}.{column}",
        row=row,
        column=column,
        scope=scope,
        yuan=yuan,
    )
