"""Two people at one page: what a form was filled from, and what has changed since."""

from collections.abc import Mapping
from difflib import SequenceMatcher

from disclosures.workplace.clerk.entry_forms import FieldDifference
from disclosures.workplace.clerk.fieldsets import Fieldset, Texts


def find_differences(fieldset: Fieldset, stored: Texts, typed: Texts) -> list[FieldDifference]:
    """Where the ledger and the form differ, field by field.

    Rows are matched by what they are known by, else by likeness.
    """
    if fieldset.is_record:
        held = stored[0] if stored else fieldset.blank
        return compare_fields(fieldset, "", held, typed[0])
    if fieldset.identity:
        return compare_known(fieldset, stored, typed)
    ours, theirs = ([tuple(row.values()) for row in texts] for texts in (stored, typed))
    found = []
    for tag, a, b, c, d in SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            found += compare_runs(fieldset, stored[a:b], typed[c:d], first=c + 1)
    return found


def compare_known(fieldset: Fieldset, stored: Texts, typed: Texts) -> list[FieldDifference]:
    """Rows of the same thing; where one side has no such row, it says nothing of it."""
    ours, theirs = (
        {tuple(row[key] for key in fieldset.identity): row for row in texts}
        for texts in (stored, typed)
    )
    found = []
    for identity in dict.fromkeys([*ours, *theirs]):
        silent = fieldset.blank | dict(zip(fieldset.identity, identity, strict=True))
        place = "　".join(filter(None, identity))
        sides = ours.get(identity, silent), theirs.get(identity, silent)
        found += compare_fields(fieldset, place, *sides)
    return found


def compare_runs(
    fieldset: Fieldset, stored: Texts, typed: Texts, first: int
) -> list[FieldDifference]:
    """Runs of rows that stand in the same place; whole rows where one side has more."""
    found = []
    for offset, (old, new) in enumerate(zip(stored, typed, strict=False)):
        found += compare_fields(fieldset, f"第{first + offset}行", old, new)
    shared = min(len(stored), len(typed))
    for row in stored[shared:]:
        found.append(FieldDifference(place="一整行", stored=join_texts(row), typed=""))
    for offset, row in enumerate(typed[shared:], start=first + shared):
        found.append(FieldDifference(place=f"第{offset}行", stored="", typed=join_texts(row)))
    return found


def compare_fields(
    fieldset: Fieldset, place: str, stored: Mapping[str, str], typed: Mapping[str, str]
) -> list[FieldDifference]:
    """The fields of one row, or of the record, that differ."""
    return [
        FieldDifference(
            place=f"{place}“{column.header}”", stored=stored[column.key], typed=typed[column.key]
        )
        for column in fieldset.columns
        if stored[column.key].split() != typed[column.key].split()
    ]


def join_texts(row: Mapping[str, str]) -> str:
    """A row in one line of words."""
    return " · ".join(filter(None, row.values()))
