"""What an entry is about: in words, and by department and year where it has them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BinaryField, Field, Model

from budgets.models import Budget, Department


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What something was done to."""

    subject: str
    department: str = ""
    year: int | None = None


def describe(thing: Subject | Model | str) -> Subject:
    """The subject that a budget, a department, any other row, or a word makes."""
    if isinstance(thing, Subject):
        return thing
    if isinstance(thing, str):
        return Subject(subject=thing)
    if isinstance(thing, Budget):
        return Subject(subject=str(thing), department=thing.department.code, year=thing.year)
    if isinstance(thing, Department):
        return Subject(subject=label(thing), department=thing.code)
    return Subject(subject=label(thing), year=getattr(thing, "year", None))


def label(row: Model) -> str:
    """A row as the log names it, such as 部门 107001 尉犁县总工会."""
    return f"{row._meta.verbose_name} {row}"


# A password is a secret even as a digest, and so is what a second factor is computed from.
SECRET = frozenset({"password", "key", "token", "secret"})
# The database's own, or of no interest.
SILENT = frozenset({"id", "last_login"})


def snapshot(row: Model) -> dict[str, object]:
    """The fields of a row, by their labels, with what stands in them as people read it."""
    fields = [each for each in row._meta.concrete_fields if is_told(each)]
    told = {str(each.verbose_name): show(row, each) for each in fields}
    lists = row._meta.many_to_many if row.pk else ()
    return told | {
        str(each.verbose_name): sorted(map(str, getattr(row, each.name).all())) for each in lists
    }


def is_told(field: Field) -> bool:
    """True for what may be read in the log."""
    return not (field.name in SECRET | SILENT or isinstance(field, BinaryField))


def show(row: Model, field: Field) -> object:
    """What stands in a field: a choice by its label, another row by its name."""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if field.is_relation:
        related = getattr(row, field.name)
        return "" if related is None else str(related)
    return field.value_from_object(row)


def differ(before: dict[str, object], after: dict[str, object]) -> dict[str, dict[str, object]]:
    """`before` and `after` of an entry: of two snapshots only what differs."""
    changed = [name for name, value in after.items() if before.get(name) != value]
    return {
        "before": {name: before.get(name) for name in changed},
        "after": {name: after[name] for name in changed},
    }


# More is nobody's reading; the file, or the version, is known by its digest all the same.
MOST = 200
REST = "其余"


def pair(changes: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    """`before` and `after` of an entry, from (place, text before, text after).

    Places that are called alike are numbered. What is beyond the first 200 is counted.
    """
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    count = 0
    for count, (place, old, new) in enumerate(changes, start=1):
        if count <= MOST:
            name = number(place, before)
            before[name], after[name] = old, new
    if count > MOST:
        before[REST] = after[REST] = f"另有{count - MOST}处不同"
    return {"before": before, "after": after}


def number(place: str, taken: dict[str, str]) -> str:
    """The place by a name that is not taken yet."""
    name, turn = place, 1
    while name in taken:
        turn += 1
        name = f"{place}（{turn}）"
    return name
