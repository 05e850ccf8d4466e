"""Adds entries to the log, one after the other, in the transaction of what they tell of."""

import json
from dataclasses import asdict

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from budgets.audit.addresses import current_address
from budgets.audit.chain import ORIGIN, digest_of, write_plain
from budgets.audit.description import describe
from budgets.models import Action, Entry

# Who acts where nobody is logged in: the machine's own operator.
COMMAND_LINE = "命令行"
# Any number that no other lock of this database has.
LOCK = 0x6A6F75726E616C


def write(
    action: Action, *, who=None, subject="", before=None, after=None, words="", address=None
) -> Entry:
    """Add one entry; called inside the transaction that makes the change, near its end.

    `who` is a user, the name that somebody gave for himself, or None for a command. `subject` is a
    Subject, a row of any model, or words. `before` and `after` are what changed, as anything that
    JSON can hold; None where there is nothing to tell. `address` is that of the request that is
    being answered, unless another is given. Others who write wait for the end of this transaction,
    so rows that they may hold are locked before.
    """
    told = {
        **identify(who),
        **asdict(describe(subject)),
        "address": current_address() if address is None else address,
        "action": Action(action).value,
        "before": lay_down(before),
        "after": lay_down(after),
        "words": words,
    }
    return append({field: fit(field, value) for field, value in told.items()})


@transaction.atomic
def append(told: dict[str, object]) -> Entry:
    """Give what is told its number and its moment, and hang it on the last entry."""
    wait_for_others()
    last = Entry.objects.head()
    linked = told | {
        "number": last.number + 1 if last else 1,
        "at": timezone.now(),
        "previous": last.digest if last else ORIGIN,
    }
    return Entry.objects.create(**linked, digest=digest_of(linked))


def wait_for_others() -> None:
    """Hold the log until the end of the transaction.

    SQLite's transactions hold the whole database from their beginning.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def identify(who) -> dict[str, object]:
    """The account's number, and the name that stays whatever becomes of the account."""
    if who is None or isinstance(who, str):
        return {"person": None, "name": COMMAND_LINE if who is None else who}
    full = f"{who.last_name}{who.first_name}"
    login = who.get_username()
    return {"person": who.pk, "name": f"{login}（{full}）" if full else login}


def lay_down(value) -> str:
    """A value as canonical JSON; numbers of money become text, None nothing at all."""
    if value is None:
        return ""
    return write_plain(json.loads(DjangoJSONEncoder(ensure_ascii=False).encode(value)))


def fit(field: str, value):
    """What the column can hold: no null character, no half of a pair, not longer than it."""
    if not isinstance(value, str):
        return value
    clean = value.replace("\0", "").encode("utf-8", "replace").decode()
    return clean[: Entry._meta.get_field(field).max_length]
