"""Last year's figures: as last year's disclosure printed them, else as the department states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal

from budgets.domain.document import Direction
from budgets.domain.filing import Prior, PriorBasis
from budgets.domain.money import CENT, to_wan

HUNDRED = Decimal(100)
# A rate that does not end is told to 28 digits, whatever the caller's own precision.
EXACT = Context(prec=28)


@dataclass(frozen=True, slots=True)
class History:
    """What is known of last year, by cell address.

    `published` holds the amounts (yuan) of last year's disclosure; a cell that it does not have
    was not budgeted, which is zero. Without it only the stated figures are known. What was really
    spent stands in no budget, so such a figure is always the stated one.
    """

    stated: Mapping[str, Prior] = field(default_factory=dict)
    published: Mapping[str, Decimal] | None = None

    @classmethod
    def of(
        cls, priors: Iterable[Prior], published: Mapping[str, Decimal] | None = None
    ) -> "History":
        """From a filing's statements and, where there is one, last year's disclosure."""
        return cls({prior.at: prior for prior in priors}, published)

    def last(self, at: str) -> Prior | None:
        """Last year's figure of a cell; None where nobody has said."""
        stated = self.stated.get(at)
        if self.published is None or (stated and stated.basis is PriorBasis.EXECUTION):
            return stated
        return Prior(at=at, amount=self.published.get(at, Decimal("0.00")))

    def addresses(self) -> list[str]:
        """Every cell that had money last year, in order."""
        known = {*self.stated, *(self.published or ())}
        return sorted(at for at in known if (last := self.last(at)) and last.amount)


@dataclass(frozen=True, slots=True)
class Movement:
    """This year against last, computed from the printed 万元 so that readers get the same."""

    this: Decimal
    last: Decimal
    basis: PriorBasis

    @classmethod
    def between(cls, yuan: Decimal, prior: Prior) -> "Movement":
        """From an exact amount and last year's figure, both in yuan."""
        return cls(to_wan(yuan), to_wan(prior.amount), prior.basis)

    @property
    def difference(self) -> Decimal:
        return self.this - self.last

    @property
    def is_fall(self) -> bool:
        return self.difference < 0

    @property
    def rate(self) -> Decimal:
        """Per cent, two places. From nothing to something counts as 100.00 by convention."""
        if not self.last:
            return HUNDRED.quantize(CENT) if self.this else Decimal("0.00")
        return percent(abs(self.difference), self.last)

    @property
    def direction(self) -> Direction:
        if not self.difference:
            return Direction.UNCHANGED
        if not self.last:
            return Direction.NEW
        if not self.this:
            return Direction.GONE
        return Direction.DECREASE if self.is_fall else Direction.INCREASE


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """part / whole in per cent, half up to two places; 0.00 of nothing."""
    if not whole:
        return Decimal("0.00")
    return (part * HUNDRED / whole).quantize(CENT, rounding=ROUND_HALF_UP)


def exact_percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """part / whole in per cent, not rounded; None of nothing."""
    return EXACT.divide(part * HUNDRED, whole) if whole else None
