"""What deserves attention, and where: a value, found by one named attention."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from budgets.domain.red_flags.subject import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One place: its address in the document, what it is called, and what is the matter."""

    at: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Attention:
    """A named look at a document; where `suspects`, what it finds puts the budget on the list."""

    id: str
    title: str
    suspects: bool
    find: Callable[[Subject], Iterable[Mark]]
