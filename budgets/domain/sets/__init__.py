"""What a province prescribes: which tables there are, what must hold between them, and the text.

All of it is data; another province's set is one more folder.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from budgets.domain.chart import Chart
from budgets.domain.document import Block, Section, Table
from budgets.domain.filing import Filing, GlossaryEntry
from budgets.domain.tables.build import build_table
from budgets.domain.tables.form import Form, Slice

if TYPE_CHECKING:
    from budgets.domain.notes import Writer


class Each(StrEnum):
    """Which rows the `*` of an identity's cells stands for, one after the other."""

    CODE = "code"
    CLASS = "class"
    ITEM = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Two sums of cells (`T5.total.basic`, `-T8.*.total`) that must be equal (勾稽关系).

    Those with an `id` are named on the 核对单 (`left_label` = `right_label`); a file can break all
    that are `in_files`. Where the two classifications of the facts in `apart` are given apart, the
    sides may differ by rounding. A `limit` only asks that the left is not less than the right. One
    that holds `if_stated` is passed over where a file leaves the left blank.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    each: Each | None = None
    id: str = ""
    title: str = ""
    left_label: str = ""
    right_label: str = ""
    apart: Slice | None = None
    in_files: bool = True
    limit: bool = False
    if_stated: bool = False

    @property
    def terms(self) -> list[tuple[str, str, str]]:
        return [split_term(term) for term in (*self.left, *self.right)]


def split_term(term: str) -> tuple[str, str, str]:
    table, row, column = term.removeprefix("-").split(".")
    return table, row, column


@dataclass(frozen=True, slots=True)
class Note:
    """A section of the notes; its key says what it tells, the same in each set."""

    key: str
    number: str
    title: str
    write: Callable[["Writer"], Iterable[Block]]


class ChangeWording(Protocol):
    """How a change is told: the forms that the writer fills for every note."""

    ROSE: str
    FELL: str
    GREW: str
    SHRANK: str
    CHANGE: str
    CHANGE_ALONE: str
    REASON: str


@dataclass(frozen=True, kw_only=True, eq=False)
class TableSet:
    """`forms` in the order of their numbers; `specific_first` as titles in files are recognized.

    `counted` is how many they are, as a sentence says it.
    """

    counted: str
    forms: tuple[Form, ...]
    specific_first: tuple[Form, ...]
    identities: tuple[Identity, ...]
    notes: tuple[Note, ...]
    wording: ChangeWording
    write_profile: Callable[[Filing], Iterable[Section]]
    write_glossary: Callable[[Sequence[GlossaryEntry]], Section]

    @cached_property
    def _forms_by_key(self) -> dict[str, Form]:
        return {form.key: form for form in self.forms}

    def __getitem__(self, key: str) -> Form:
        return self._forms_by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._forms_by_key


# A set by its name. Those of other packages go by their dotted paths.
OURS = {"xinjiang": "budgets.domain.sets.xinjiang.XINJIANG"}


@cache
def load_table_set(name: str) -> TableSet:
    """The set of a name.

    Raises ImportError, AttributeError, TypeError or ValueError where there is none.
    """
    module, _, attribute = OURS.get(name, name).rpartition(".")
    found = getattr(import_module(module), attribute)
    if not isinstance(found, TableSet):
        raise TypeError(f"{name} is no table set.")
    return found


def build_tables(filing: Filing, chart: Chart) -> dict[str, Table]:
    """All tables that the year prescribes, by key, in their order."""
    return {
        form.key: build_table(form, filing, chart) for form in load_table_set(chart.table_set).forms
    }
