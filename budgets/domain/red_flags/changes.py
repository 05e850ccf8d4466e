"""What moved: large changes, what is new, what is gone, and three public expenses that rise."""

import re
from collections.abc import Iterator

from budgets.domain.document import AGENCY_OPERATING
from budgets.domain.notes.history import Movement
from budgets.domain.red_flags.mark import Mark
from budgets.domain.red_flags.subject import Subject

# The cells whose change tells something: each table's finest rows, and what the totals consist of.
# Coarser ones would say the same money again; of the three public expenses another one speaks.
WATCHED = re.compile(
    r"T2\.total\.(?!total$|fiscal$)\w+|T3\.total\.\w+|T[589]\.\d{7}\.total|T6\.\d{5}\.total"
    rf"|T7\.\d{{7}}:.+\.total|{re.escape(AGENCY_OPERATING)}"
)
# New and gone are told of items and projects, not of what they are paid from.
ITEMS = re.compile(r"T[589]\.\d{7}\.total|T6\.\d{5}\.total|T7\.\d{7}:.+\.total")
THREE_PUBLIC = re.compile(r"T10\.(?!total\.)\w+\.total")


def find_large(subject: Subject) -> Iterator[Mark]:
    """Changes over both limits, of what there was and still is; the largest first."""
    limits = subject.limits
    found = [
        (at, change)
        for at in subject.amounts
        if WATCHED.fullmatch(at) and (change := subject.change(at)) and change.this and change.last
        if change.rate >= limits.rate and abs(change.difference) >= limits.wan
    ]
    for at, change in sorted(found, key=lambda each: -abs(each[1].difference)):
        yield Mark(at=at, label=subject.name(at), text=tell(change))


def tell(change: Movement) -> str:
    """上年 10.00，本年 15.00，增加 5.00 万元（50.00%）."""
    moved = "减少" if change.is_fall else "增加"
    return (
        f"上年 {change.last:,.2f}，本年 {change.this:,.2f}，"
        f"{moved} {abs(change.difference):,.2f} 万元（{change.rate:,.2f}%）"
    )


def find_new(subject: Subject) -> Iterator[Mark]:
    """Items and projects that had nothing last year."""
    for at in filter(ITEMS.fullmatch, subject.amounts):
        change = subject.change(at)
        if change and change.this and not change.last:
            text = f"上年没有，本年 {change.this:,.2f} 万元"
            yield Mark(at=at, label=subject.name(at), text=text)


def find_gone(subject: Subject) -> Iterator[Mark]:
    """Items and projects that have nothing any more; where the row is gone, its table is shown."""
    for at in filter(ITEMS.fullmatch, subject.before):
        change = subject.change(at)
        if change and change.last and not change.this:
            place = at if at in subject.amounts else at.partition(".")[0]
            text = f"上年 {change.last:,.2f} 万元，本年没有"
            yield Mark(at=place, label=subject.name(at), text=text)


def find_rising_three_public(subject: Subject) -> Iterator[Mark]:
    """Each of the three public expenses that is above last year's."""
    for at in filter(THREE_PUBLIC.fullmatch, subject.amounts):
        change = subject.change(at)
        if change and change.difference > 0:
            yield Mark(at=at, label=subject.name(at), text=tell(change))
