"""Failures at the door on their way into the log: each of the first in an hour, then their number.

The log is kept for ever and anybody may fail, so a stranger must not be able to fill it.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from budgets import audit
from budgets.audit import Action
from budgets.models import FailedLogins

HOUR = timedelta(hours=1)
# So many of an address in an hour are told one by one: a county sits behind one address.
EACH = 60
COUNTED = "一小时内失败次数"
SUM = f"一小时内失败超过 {EACH} 次，以后的没有逐次记录。"


@transaction.atomic
def tell(action: Action, who) -> None:
    """Count a failure of the request that is being answered, and tell the log if it is its turn."""
    row = count(audit.current_address())
    if row.count <= EACH:
        audit.write(action, who=who)
    elif is_turn(row.count):
        audit.write(action, who=who, after={COUNTED: row.count}, words=SUM)


def is_turn(number: int) -> bool:
    """True each time that the number beyond EACH has doubled: 120, 240, 480 and so on."""
    times, rest = divmod(number, EACH)
    return not rest and times & (times - 1) == 0


def count(address: str) -> FailedLogins:
    """One more failure of an address; others at it wait for the end of the transaction."""
    row, _ = FailedLogins.objects.select_for_update().get_or_create(address=address)
    row.count += 1
    FailedLogins.objects.filter(pk=row.pk).update(count=row.count)
    return row


@transaction.atomic
def close_hours() -> None:
    """Tell the log how many failures there were in the hours that are over, and forget them."""
    over = FailedLogins.objects.filter(since__lt=timezone.now() - HOUR)
    for row in over.select_for_update(skip_locked=True):
        if row.count > EACH:
            told = {"after": {COUNTED: row.count}, "words": SUM, "address": row.address}
            audit.write(Action.LOGIN_FAILED, who="", **told)
        row.delete()
