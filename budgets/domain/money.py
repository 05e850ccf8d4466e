"""The one place where yuan become 万元: inside all is exact yuan, everything printed is 万元."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

WAN = Decimal(10_000)
CENT = Decimal("0.01")
ZERO = Decimal("0.00")
HALF_LAST_DIGIT = Decimal("0.005")
# Amounts of whole hundreds of yuan are printed in 万元 without rounding.
LAST_PRINTED_DIGIT = Decimal(100)


def to_wan(yuan: Decimal) -> Decimal:
    """Yuan as 万元, rounded half up to two places; never a negative zero."""
    return (yuan / WAN).quantize(CENT, rounding=ROUND_HALF_UP) + ZERO


def from_wan(wan: Decimal) -> Decimal:
    """万元 as yuan with two places, for figures that are only known as printed."""
    return (wan * WAN).quantize(CENT, rounding=ROUND_HALF_UP)


def show_wan(yuan: Decimal) -> str:
    """Yuan as the text printed in tables and sentences: `3,355.65` 万元, a minus as `-`."""
    return f"{to_wan(yuan):,.2f}"


def envelope(parts: int) -> Decimal:
    """The widest gap, in yuan, that rounding `parts` figures and their total to 0.01 万元 can open.

    Each rounded figure is off by at most half its last digit, and so is the total:
    (n + 1) × 0.005 万元.
    """
    return (parts + 1) * HALF_LAST_DIGIT * WAN


def is_rounded(amounts: Iterable[Decimal]) -> bool:
    """True where every figure, in yuan, may be a rounded one: none has more digits than printed."""
    return all(not amount % LAST_PRINTED_DIGIT for amount in amounts)
