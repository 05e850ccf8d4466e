"""Staff, assets and procurement of a department default to the sums of its units; pure."""

from collections.abc import Sequence
from dataclasses import fields, replace

from budgets.facts import Particulars, Profile

# What each group of figures starts with; a group is stated, or summed, as a whole.
PROFILE_GROUPS = (("authorized", "serving", "retired", "honorary"),)
PARTICULARS_GROUPS = (
    ("procurement_",),
    ("house_", "vehicle_", "furniture_", "other_assets_", "equipment_", "planned_"),
)


def fill_profile(own: Profile, units: Sequence[Profile]) -> Profile:
    """The department's profile; heads nowhere stated are the sum of its units' heads."""
    return fill(own, units, PROFILE_GROUPS)


def fill_particulars(own: Particulars, units: Sequence[Particulars]) -> Particulars:
    """The department's particulars; procurement and assets not stated are its units' sums."""
    return fill(own, units, PARTICULARS_GROUPS)


def fill(own, units, groups):
    """Replace each group of figures that is zero throughout by the sums over `units`."""
    for prefixes in groups:
        names = [field.name for field in fields(own) if field.name.startswith(prefixes)]
        if units and not any(getattr(own, name) for name in names):
            own = replace(own, **{name: add(units, name) for name in names})
    return own


def leave_profile(own: Profile, units: Sequence[Profile]) -> Profile:
    """What the department itself states of a profile that was shown with its units' sums in it."""
    return leave(own, units, PROFILE_GROUPS)


def leave_particulars(own: Particulars, units: Sequence[Particulars]) -> Particulars:
    """What the department itself states of particulars shown with its units' sums in them."""
    return leave(own, units, PARTICULARS_GROUPS)


def leave(own, units, groups):
    """Undo `fill`: a group of figures that only repeats the sums over `units` is not stated."""
    for prefixes in groups:
        names = [field.name for field in fields(own) if field.name.startswith(prefixes)]
        if units and all(getattr(own, name) == add(units, name) for name in names):
            unstated = type(own)()
            own = replace(own, **{name: getattr(unstated, name) for name in names})
    return own


def add(units, name):
    """The sum of one figure over the units."""
    first, *rest = (getattr(unit, name) for unit in units)
    return sum(rest, first)
