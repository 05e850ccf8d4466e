"""What a cell is the sum of, down its column and across its row, and what it is a part of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.provenance.places import Place, find_wholes
from budgets.domain.sets.xinjiang.table_set import XINJIANG

Places = Mapping[str, Place]
ZERO = Decimal("0.00")
DOWN_COLUMN, ACROSS_ROW = "下级各行", "同行各列"
ACROSS = {
    form.key: tuple(each for block in form.blocks for each in block.sums) for form in XINJIANG.forms
}
# A project's funds, as its target table gives them.
FUNDS = (("total", ("fiscal", "other")),)
# Cells that say the same of the same code: (table, column) and its equals.
EQUALS = {
    ("T1", "expenditure"): (("T3", "total"),),
    ("T2", "total"): (("T3", "total"),),
    ("T3", "total"): (("T1", "expenditure"), ("T2", "total")),
}


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell as the sum of others, in one direction."""

    direction: str
    whole: Place
    parts: Sequence[Place]

    @property
    def residue(self) -> str:
        """What stands on the cell itself and on none of its parts, in yuan; empty for nothing."""
        return show(self.whole.yuan - sum((part.yuan for part in self.parts), ZERO))

    @property
    def printed(self) -> str:
        """What the printed parts add up to, in 万元."""
        return f"{sum((part.wan for part in self.parts), ZERO):,.2f}"

    @property
    def gap(self) -> str:
        """How far that is from the printed cell, in 万元; empty where it is equal."""
        return show(abs(self.whole.wan - sum((part.wan for part in self.parts), ZERO)))


def show(amount: Decimal) -> str:
    """An amount as text; nothing at all is empty."""
    return f"{amount:,.2f}" if amount else ""


def list_sums(place: Place, places: Places) -> list[Sum]:
    """The cell as the sum of the rows below it, and of the columns beside it."""
    rows = [row for row, whole in find_wholes(place.grid).items() if whole == place.row]
    columns = next((parts for whole, parts in list_columns(place) if whole == place.column), ())
    found = (
        (DOWN_COLUMN, [find(place, row, place.column, places) for row in rows]),
        (ACROSS_ROW, [find(place, place.row, column, places) for column in columns]),
    )
    return [
        Sum(direction, place, budgeted)
        for direction, parts in found
        if (budgeted := [part for part in parts if part and part.cell.text])
    ]


def list_wholes(place: Place, places: Places) -> list[Place]:
    """The cells that include this one."""
    above = find_wholes(place.grid).get(place.row, "")
    beside = [whole for whole, parts in list_columns(place) if place.column in parts]
    found = [
        find(place, above, place.column, places),
        *(find(place, place.row, whole, places) for whole in beside),
    ]
    return [each for each in found if each]


def list_equals(place: Place, places: Places) -> list[Place]:
    """The cells of other tables that give the same money."""
    pairs = EQUALS.get((place.grid.key, place.column), ())
    found = (places.get(f"{table}.{place.row}.{column}") for table, column in pairs)
    return [each for each in found if each]


def list_columns(place: Place) -> Sequence[tuple[str, Sequence[str]]]:
    """Which columns of the cell's table make up which."""
    key = place.grid.key
    return FUNDS if key.startswith("P") else ACROSS[key]


def find(place: Place, row: str, column: str, places: Places) -> Place | None:
    """The cell of the same table at another row or column."""
    return places.get(f"{place.grid.key}.{row}.{column}")
