"""The chain: what of an entry is digested, in which form, and how it hangs on the one before."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

# What the first entry hangs on.
ORIGIN = "0" * 64
# Every field of an entry but its own digest.
TOLD = (
    "number",
    "at",
    "person",
    "name",
    "address",
    "action",
    "subject",
    "department",
    "year",
    "before",
    "after",
    "words",
    "previous",
)


def write_plain(value) -> str:
    """JSON in one form only: keys in order, no blanks, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(told: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of an entry's fields, `TOLD`.

    `at` is an aware moment; it counts to the microsecond, in UTC. `before` and `after` are text.
    """
    plain = {field: told[field] for field in TOLD} | {"at": stamp(told["at"])}
    return sha256(write_plain(plain).encode()).hexdigest()


def stamp(moment: datetime) -> str:
    """A moment in the one form in which it is digested."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
