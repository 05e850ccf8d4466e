"""Charts of a whole year: the published departments by size, and their money by code."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.money import to_wan
from disclosures.public.charts.figure import Bar, Chart, share
from disclosures.public.charts.selection import SHARES

# More bars than these nobody compares; what is left over becomes one bar.
MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a whole: its name, its yuan, and the page that shows where it comes from."""

    label: str
    yuan: Decimal
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What is parted: parts of one scope, the table they stand in, what those left over are called.

    `rest` is the name of the bar of what is left over, with `{count}`; `href` leads to all.
    """

    key: str
    title: str
    source: str
    scope: str
    parts: Sequence[Part]
    rest: str
    href: str


def draw_whole(whole: Whole) -> Chart | None:
    """The parts from the largest down, the smallest together; None where nothing is budgeted."""
    parts = sorted((part for part in whole.parts if part.yuan), key=lambda part: -part.yuan)
    total = to_wan(sum((part.yuan for part in parts), Decimal(0)))
    bars = [draw_part(part, whole.scope, total) for part in gather(parts, whole)]
    if not bars:
        return None
    return Chart(key=whole.key, title=whole.title, source=whole.source, heads=SHARES, bars=bars)


def gather(parts: Sequence[Part], whole: Whole) -> list[Part]:
    """The largest parts, and the others as one; a single one stands for itself."""
    if len(parts) <= MOST + 1:
        return list(parts)
    others = parts[MOST:]
    yuan = sum((part.yuan for part in others), Decimal(0))
    rest = Part(label=whole.rest.format(count=len(others)), yuan=yuan, href=whole.href)
    return [*parts[:MOST], rest]


def draw_part(part: Part, scope: str, total: Decimal) -> Bar:
    """A part with its share of the whole."""
    value = to_wan(part.yuan)
    return Bar(
        label=part.label,
        value=value,
        text=f"{value:,.2f}",
        scope=scope,
        href=part.href,
        beside=(share(value, total),),
    )
