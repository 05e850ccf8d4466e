"""What a chart is: bars of one scope, each an amount of a published table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from budgets.domain.document import Cell
from budgets.domain.money import ZERO, to_wan

HUNDRED, CENT = Decimal(100), Decimal("0.01")
# As many columns as any phone shows.
NARROW = 3


class MixedScopesError(ValueError):
    """Figures of two scopes were put into one chart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of a chart, in the printed 万元. `beside` are its further texts in the table.

    `scope` comes from the cell itself, never from who draws; `href` leads to the cell.
    """

    label: str
    value: Decimal
    text: str
    scope: str
    href: str = ""
    beside: tuple[str, ...] = ()

    @classmethod
    def of_yuan(cls, yuan: Decimal, **more: Any) -> "Bar":
        """The bar of an exact amount, as it is printed."""
        value = to_wan(yuan)
        return cls(value=value, text=f"{value:,.2f}", **more)

    @classmethod
    def of_cell(cls, cell: Cell, label: str, **more: Any) -> "Bar":
        return cls.of_yuan(cell.yuan or ZERO, label=label, scope=cell.scope, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Bars under one title, from one table. `heads` names the columns of the table beside it.

    Raises MixedScopesError unless all bars are of one scope: 全口径 and 财政拨款, or two budgets,
    can never stand in one figure.
    """

    key: str
    title: str
    source: str
    heads: tuple[str, ...]
    bars: Sequence[Bar]
    table: str = ""
    unit: str = "万元"

    def __post_init__(self) -> None:
        scopes = {bar.scope for bar in self.bars}
        if len(scopes) != 1:
            raise MixedScopesError(f"{self.title}: {sorted(scopes)}")

    @property
    def scope(self) -> str:
        return self.bars[0].scope

    @property
    def is_wide(self) -> bool:
        """True where the table beside it is wider than a phone."""
        return len(self.heads) > NARROW

    @property
    def description(self) -> str:
        """The whole chart in words, for whoever does not see it."""
        frame = f"单位：{self.unit}　口径：{self.scope}　来源：{self.source}"
        return f"{frame}。{'；'.join(map(self.describe_bar, self.bars))}。"

    def describe_bar(self, bar: Bar) -> str:
        texts = zip(self.heads[1:], (bar.text, *bar.beside), strict=True)
        return bar.label + "，".join(f"{head}{text}" for head, text in texts if text)


def share(part: Decimal, whole: Decimal) -> str:
    """Per cent of the whole from printed figures, as the sentences compute it."""
    if not whole:
        return ""
    return f"{(part * HUNDRED / whole).quantize(CENT, ROUND_HALF_UP):.2f}%"


def show_difference(difference: Decimal) -> str:
    """A change in 万元 with its sign, which for less is a minus and no hyphen."""
    return f"{difference:+,.2f}".replace("-", "−") if difference else "0.00"
