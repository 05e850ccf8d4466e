"""Staff, assets and procurement of a department default to the sums of its units' figures."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from budgets.domain.filing import Particulars, Profile

Record = TypeVar("Record", Profile, Particulars)

# What the figures of a group start with; a group is stated, or summed, as a whole.
GROUPS: dict[type, tuple[tuple[str, ...], ...]] = {
    Profile: (("authorized", "serving", "retired", "honorary"),),
    Particulars: (
        ("procurement_",),
        ("house_", "vehicle_", "furniture_", "other_assets_", "equipment_", "planned_"),
    ),
}


def fill_from_units(own: Record, units: Sequence[Record]) -> Record:
    """The department's record; a group that is zero throughout becomes the sums over its units."""
    for names in name_groups(own) if units else ():
        if not any(getattr(own, name) for name in names):
            own = replace(own, **sum_figures(names, units))
    return own


def leave_to_units(own: Record, units: Sequence[Record]) -> Record:
    """Undo `fill_from_units`: a group that only repeats the sums over the units is not stated."""
    for names in name_groups(own) if units else ():
        sums = sum_figures(names, units)
        if all(getattr(own, name) == sums[name] for name in names):
            unstated = type(own)()
            own = replace(own, **{name: getattr(unstated, name) for name in names})
    return own


def name_groups(record: Profile | Particulars) -> list[list[str]]:
    """The names of the record's figures, group by group."""
    names = [field.name for field in fields(record)]
    return [
        [name for name in names if name.startswith(prefixes)] for prefixes in GROUPS[type(record)]
    ]


def sum_figures(names: Sequence[str], units: Sequence[Profile | Particulars]) -> dict[str, Any]:
    """The sums of these figures over the units, which are at least one."""
    first, *rest = units
    return {
        name: sum((getattr(unit, name) for unit in rest), getattr(first, name)) for name in names
    }
