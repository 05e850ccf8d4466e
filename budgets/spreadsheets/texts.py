"""Values as they are typed into a column; `values.parse` reads them back."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from budgets.spreadsheets.columns import Column, Kind
from budgets.spreadsheets.word_sheets import WAN, YUAN

# Yuan to one of each unit that money is typed in.
FACTORS = {YUAN: 1, WAN: 10_000}


def spell_row(
    columns: Iterable[Column], row: Mapping[str, object], money_unit: str
) -> dict[str, str]:
    """A row of values as texts by column; reading them gives the values back."""
    return {column.key: spell_value(column, row.get(column.key), money_unit) for column in columns}


def spell_value(column: Column, value: object, money_unit: str) -> str:
    """A value as it is typed; money in `money_unit`, exact to the cent."""
    if value is None or value == "":
        return ""
    if column.choices:
        return next(label for label, meaning in column.choices.items() if meaning == value)
    if column.kind is Kind.MONEY:
        return spell_money(value, money_unit)
    # 14 for 14.00, so that what was typed and what is stored read the same.
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def spell_money(yuan: Decimal, money_unit: str) -> str:
    """An amount of yuan with thousands separators and at least two decimals, nothing rounded."""
    amount = yuan / FACTORS[money_unit]
    places = max(2, -amount.normalize().as_tuple().exponent)
    return f"{amount:,.{places}f}"
