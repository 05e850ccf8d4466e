"""The county in a year as its first page tells it: what for, and more or less than last year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum
from django.urls import reverse

from budgets.domain.money import show_wan
from budgets.domain.tables.form import Role
from budgets.models import FunctionCode
from disclosures.models import IndexEntry, IndexFigure

LARGEST = 3
CLASS = r"^\d{3}$"
# A share is printed in hundredths of a percent, a bar drawn by tenths of one.
FULL, CENT, TENTH = Decimal(100), Decimal("0.01"), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Move:
    """The change over last year of the departments that were published in both years (yuan)."""

    departments: int
    is_whole: bool
    this: Decimal
    last: Decimal

    @property
    def word(self) -> str:
        """Which way it went."""
        return "增加" if self.this > self.last else "减少"

    @property
    def difference(self) -> str:
        """By how much, in 万元; empty where it did not move."""
        return show_wan(abs(self.this - self.last)) if self.this != self.last else ""

    @property
    def rate(self) -> str:
        """By how much of last year, in percent."""
        return f"{share(abs(self.this - self.last), self.last).quantize(CENT, ROUND_HALF_UP):,}"


def compare(entries: Sequence[IndexEntry], before: Mapping[int, Decimal]) -> Move | None:
    """This year against last, department by department; None where nothing can be compared."""
    both = [each for each in entries if each.department_id in before]
    this = sum((each.total for each in both), Decimal(0))
    last = sum((before[each.department_id] for each in both), Decimal(0))
    is_whole = len(both) == len(entries) == len(before)
    return Move(len(both), is_whole, this, last) if last else None


def list_purposes(year: int) -> list[dict]:
    """The largest function classes of all departments together, whole scope: two queries."""
    sums = dict(
        IndexFigure.objects.filter(
            table=Role.SPENDING, column="total", year=year, function__regex=CLASS
        )
        .values_list("function")
        .annotate(Sum("amount"))
    )
    whole = sum(sums.values(), Decimal(0))
    largest = sorted(sums, key=lambda code: (-sums[code], code))[:LARGEST]
    names = dict(
        FunctionCode.objects.filter(year=year, code__in=largest).values_list("code", "name")
    )
    return [
        {
            "label": names.get(code, code),
            "text": show_wan(sums[code]),
            "href": reverse("disclosures:code-scope", args=["function", code, "whole"]),
            "length": share(sums[code], whole).quantize(TENTH, ROUND_HALF_UP),
        }
        for code in largest
    ]


def share(part: Decimal, whole: Decimal) -> Decimal:
    """A part of a whole in hundredths."""
    return part / whole * FULL if whole else Decimal(0)
