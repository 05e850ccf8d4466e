"""The head of the board: the county's money against last year's, and how many are where."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.filing import PriorBasis
from budgets.domain.history import Movement
from budgets.domain.money import show_wan, to_wan
from budgets.models import State
from disclosures.workplace.review.board.row import NONE, NOT_BEGUN, BoardRow

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountySums:
    """Sums over departments in yuan; a change only over those that published last year."""

    departments: int
    filed: int
    total: Decimal
    comparable: int
    this: Decimal
    last: Decimal

    @property
    def shown_total(self) -> str:
        """This year's total in 万元."""
        return show_wan(self.total)

    @property
    def shown_this(self) -> str:
        """This year's total of those that can be compared, in 万元."""
        return show_wan(self.this)

    @property
    def shown_last(self) -> str:
        """Last year's total of the same, in 万元."""
        return show_wan(self.last)

    @property
    def change(self) -> str:
        """增加 5.00 万元，增长 10.00%."""
        change = Movement(to_wan(self.this), to_wan(self.last), PriorBasis.BUDGET)
        moved, grew = ("减少", "下降") if change.is_fall else ("增加", "增长")
        return f"{moved} {abs(change.difference):,.2f} 万元，{grew} {change.rate:,.2f}%"


def sum_county(rows: Iterable[BoardRow]) -> CountySums:
    """The county's sums; a unit's money stands in its department's."""
    heads = [row for row in rows if not row.department.parent_id]
    known = [row.appraisal for row in heads if row.appraisal]
    both = [each for each in known if each.last_total is not None]
    return CountySums(
        departments=len(heads),
        filed=len(known),
        total=sum((each.total for each in known), ZERO),
        comparable=len(both),
        this=sum((each.total for each in both), ZERO),
        last=sum((each.last_total for each in both), ZERO),
    )


def count_states(rows: Iterable[BoardRow]) -> list[tuple[str, str, int]]:
    """(key, label, count) of every state in the order of the workflow, departments only."""
    counts = Counter(row.state for row in rows if not row.department.parent_id)
    labels = [(NONE, NOT_BEGUN), *State.choices]
    return [(key, label, counts[key]) for key, label in labels]
