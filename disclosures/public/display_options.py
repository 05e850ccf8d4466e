"""How a reader looks at a published document: in which unit, with last year beside it or not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from budgets.domain.changes import list_changes
from budgets.domain.document import Document
from budgets.domain.last_year import LastYear, add_last_year
from budgets.domain.provenance.places import list_places
from budgets.domain.terms import explain_terms
from disclosures.models import Disclosure
from disclosures.publishing.document.composition import compose
from disclosures.publishing.document.view import view_document

Data = dict[str, Any]
WAN = Decimal(10_000)


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
        return replace(self, in_yuan=not self.in_yuan).query

    @property
    def other_last(self) -> str:
        """The address of the same look with or without last year."""
        return replace(self, with_last=not self.with_last).query

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

    def compose(self, content: Mapping[str, Any]) -> Data:
        """The composed document as the lens shows it, its terms explained."""
        shown = show_in_yuan(content) if self.lens.in_yuan else content
        document = explain_terms(compose(shown, opens=True))
        if not self.lens.with_last:
            return document
        known = remember(self.last.document) if self.last else infer(content)
        if self.lens.in_yuan:
            grids = show_in_yuan({"grids": known.grids})["grids"]
            known = replace(known, grids=grids, show="{:,.2f}".format)
        return add_last_year(document, known)


def look_at(disclosure: Disclosure, asked: Mapping[str, str]) -> Look:
    """The look that an address asks for."""
    lens = Lens.of(asked)
    if not lens.with_last:
        return Look(lens, None)
    code = disclosure.department.code
    return Look(lens, Disclosure.objects.for_address(disclosure.year - 1, code).first())


def show_in_yuan(content: Mapping[str, Any]) -> Data:
    """The content with its eleven tables in yuan; sentences and targets keep their form."""
    grids = {
        key: grid_in_yuan(grid) if key.startswith("T") else grid
        for key, grid in content["grids"].items()
    }
    return {**content, "grids": grids}


def grid_in_yuan(grid: Data) -> Data:
    """A table whose amounts are written to the cent."""
    groups = [
        {"rows": [row | {"cells": [cell_in_yuan(cell) for cell in row["cells"]]} for row in rows]}
        for rows in (group["rows"] for group in grid["groups"])
    ]
    return grid | {"unit": "元", "groups": groups}


def cell_in_yuan(cell: Data) -> Data:
    """An amount as exact as it was filed; everything else as it is."""
    return cell | {"text": f"{Decimal(cell['yuan']):,.2f}"} if cell.get("yuan") else cell


def remember(document: Document) -> LastYear:
    """Last year's own tables, known in whole; its targets were of other projects."""
    amounts = {at: yuan for at, yuan in document.amounts.items() if at[0] == "T"}
    return LastYear(
        amounts,
        {key: grid for key, grid in view_document(document)["grids"].items() if key[0] == "T"},
    )


def infer(content: Mapping[str, Any]) -> LastYear:
    """What the sentences imply: the printed figure without its change, for the cells they name."""
    places = list_places(content)
    return LastYear(
        {
            change.at: (places[change.at].wan - change.difference) * WAN
            for change in list_changes(content)
            if change.at in places
        }
    )
