"""A row of the database as the log tells it: every field by its label, secrets never."""

from django.db.models import BinaryField, Field, Model

from budgets.journal.subject import label

# A password is a secret even as a digest, and so is what a second factor is computed from.
SECRET = frozenset({"password", "key", "token", "secret"})
# The database's own, or of no interest.
SILENT = frozenset({"id", "last_login"})

__all__ = ["differ", "label", "snapshot"]


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
