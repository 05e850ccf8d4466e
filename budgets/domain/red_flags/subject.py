"""What the attentions look at: a document, last year's figures and words, what others say."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from budgets.domain.differences import Amount, name_amounts
from budgets.domain.document import Document, OwnWords
from budgets.domain.filing import Prior, WordsKind
from budgets.domain.notes.history import Movement
from budgets.domain.text import shift_years, strip_years

ZERO = Decimal("0.00")
BLANKS = re.compile(r"[\s，,。．.；;：:、]+")
# Shorter words are the same in two departments by chance.
SHORTEST_PHRASE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From where on a change is large: the rate in per cent, and the difference in 万元."""

    rate: Decimal = Decimal(30)
    wan: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason that the document prints: the cell it explains, its paragraph, and its text."""

    cell: str
    paragraph: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A document to look at, as it would be frozen.

    `before` are last year's amounts in yuan by address; `last` is the disclosure they come from.
    Without `last` the department stated them, and what it did not state is unknown, not zero.
    `others` are the reasons of the year's other departments: the phrase, and who says it.
    """

    document: Document
    before: Mapping[str, Decimal] = field(default_factory=dict)
    last: Document | None = None
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def amounts(self) -> dict[str, Amount]:
        """Every amount of the document with its name, by address."""
        return name_amounts(self.document)

    @cached_property
    def amounts_before(self) -> dict[str, Amount]:
        """The same of last year's disclosure; empty where there is none."""
        return name_amounts(self.last) if self.last else {}

    @cached_property
    def reasons(self) -> list[Reason]:
        """The reasons of cells that have changed, in the order of the document."""
        found = {each.cell: each for each in list_reasons(self.document)}
        return [each for each in found.values() if self.difference(each.cell)]

    @cached_property
    def last_reasons(self) -> dict[str, str]:
        """Last year's reasons by cell, as they would read this year."""
        known = list_reasons(self.last) if self.last else ()
        return {each.cell: shift_years(each.text, 1) for each in known}

    def change(self, at: str) -> Movement | None:
        """This year against last, from the printed figures; None where last year is unknown."""
        known = self.before.get(at, ZERO if self.last else None)
        if known is None:
            return None
        return Movement.between(self.yuan(at), Prior(at=at, amount=known))

    def difference(self, at: str) -> Decimal:
        """This minus last in 万元; nothing where last year is unknown."""
        change = self.change(at)
        return change.difference if change else ZERO

    def yuan(self, at: str) -> Decimal:
        """This year's amount; zero where the cell is blank or there is none."""
        amount = self.amounts.get(at)
        return amount.value or ZERO if amount else ZERO

    def name(self, at: str) -> str:
        """The cell in words: its table, row and column."""
        amount = self.amounts.get(at) or self.amounts_before.get(at)
        if amount is None:
            return at
        number = amount.table.partition(" ")[0]
        column = "" if amount.column in ("合计", "预算数", amount.row) else amount.column
        return " ".join(filter(None, (number, amount.row, column)))


def list_reasons(document: Document) -> Iterator[Reason]:
    """Every reason that a document prints; the blank of one that is missing is left out."""
    for paragraph in document.paragraphs():
        for span in paragraph.spans:
            if isinstance(span, OwnWords) and span.kind is WordsKind.REASON:
                yield Reason(cell=span.at, paragraph=paragraph.key, text=span.text)


def level(text: str) -> str:
    """A text by which equal ones are known: without blanks, stops and years."""
    return BLANKS.sub("", strip_years(text))


def list_phrases(subject: Subject) -> list[str]:
    """The reasons of what has changed, in the form in which departments are compared."""
    phrases = {level(each.text) for each in subject.reasons}
    return sorted(phrase for phrase in phrases if len(phrase) >= SHORTEST_PHRASE)
