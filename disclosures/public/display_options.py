"""How a reader looks at a published document: in which unit, with last year beside it or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as copy
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from msgspec.structs import replace

from budgets.domain.document import Cell, Document, Table
from budgets.domain.passages import list_changes
from budgets.domain.terms import explain_terms
from disclosures.models import Disclosure
from disclosures.publishing.document.composition import compose
from disclosures.publishing.document.last_year import LastYear, add_last_year

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lens:
    """The two questions an address may ask; whatever else it says changes nothing."""

    in_yuan: bool = False
    with_last: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Lens":
        """From an address: `unit=yuan`, `last=1`."""
        return cls(asked.get("unit") == "yuan", asked.get("last") == "1")

    @property
    def tag(self) -> str:
        """What tells the four looks of a page apart."""
        return f"{self.in_yuan:d}{self.with_last:d}"

    @property
    def other_unit(self) -> str:
        """The address of the same look in the other unit."""
        return copy(self, in_yuan=not self.in_yuan).query

    @property
    def other_last(self) -> str:
        """The address of the same look with or without last year."""
        return copy(self, with_last=not self.with_last).query

    @property
    def query(self) -> str:
        """What stands in the address; `?` alone is the plain page."""
        asked = {"unit": "yuan"} if self.in_yuan else {}
        return "?" + urlencode(asked | ({"last": "1"} if self.with_last else {}))


@dataclass(frozen=True, slots=True)
class Look:
    """A lens, and last year's disclosure where it is asked for and there is one."""

    lens: Lens
    last: Disclosure | None

    @property
    def tag(self) -> str:
        """What the look depends on beside the version itself."""
        return f"{self.lens.tag}{self.last.digest if self.last else ''}"

    @property
    def moment(self) -> datetime | None:
        """When last year's disclosure was published."""
        return self.last.published_at if self.last else None

    def compose(self, document: Document) -> Data:
        """The composed document as the lens shows it, its terms explained."""
        shown = show_in_yuan(document) if self.lens.in_yuan else document
        composed = explain_terms(compose(shown, opens=True))
        if not self.lens.with_last:
            return composed
        known = remember(self.last.document) if self.last else infer(document)
        if self.lens.in_yuan:
            tables = {key: table_in_yuan(table) for key, table in known.tables.items()}
            known = copy(known, tables=tables, show="{:,.2f}".format)
        return add_last_year(composed, known)


def look_at(disclosure: Disclosure, asked: Mapping[str, str]) -> Look:
    """The look that an address asks for."""
    lens = Lens.of(asked)
    if not lens.with_last:
        return Look(lens, None)
    code = disclosure.department.code
    return Look(lens, Disclosure.objects.for_address(disclosure.year - 1, code).first())


def show_in_yuan(document: Document) -> Document:
    """The document with its numbered tables in yuan; sentences and targets keep their form."""
    tables = tuple(
        table if table.number is None else table_in_yuan(table) for table in document.tables
    )
    return replace(document, tables=tables)


def table_in_yuan(table: Table) -> Table:
    """A table whose amounts are written to the cent."""
    groups = tuple(
        tuple(replace(row, cells=tuple(map(cell_in_yuan, row.cells))) for row in group)
        for group in table.groups
    )
    return replace(table, unit="元", groups=groups)


def cell_in_yuan(cell: Cell) -> Cell:
    """An amount as exact as it was filed; everything else as it is."""
    return cell if cell.yuan is None else replace(cell, text=f"{cell.yuan:,.2f}")


def remember(document: Document) -> LastYear:
    """Last year's own tables, known in whole; its targets were of other projects."""
    tables = {table.key: table for table in document.tables if table.number is not None}
    cells = (cell for table in tables.values() for cell in table.amounts())
    return LastYear({cell.at: cell.yuan for cell in cells if cell.yuan is not None}, tables)


def infer(document: Document) -> LastYear:
    """What the sentences say of last year, for the cells they name."""
    return LastYear({told.at: told.change.last for told in list_changes(document)})
