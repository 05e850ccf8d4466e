"""What the log was told: entries as plain rows, oldest first."""

import json

from budgets.models import Entry


def list_told(*fields):
    """These fields of every entry; `before` and `after` as what they hold, None for nothing."""
    return [tuple(read(entry, field) for field in fields) for entry in Entry.objects.reverse()]


def read(entry, field):
    """One field of an entry."""
    value = getattr(entry, field)
    if field in ("before", "after"):
        return json.loads(value) if value else None
    return value
