"""Failed logins: who must wait, what the log says of them, who is told, and how all are freed.

Nobody is locked out. After some failures with a name the next try must wait, and longer each time:
by name and network address, or by name and device where the name has been logged in on it before.
An address that tries many names must wait between any two of them.
"""

from datetime import timedelta
from ipaddress import ip_network
from math import ceil

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from budgets import audit
from budgets.audit import Action
from disclosures.models import AddressFailures, NameFailures
from disclosures.workflow.notifications import notify_guessing
from disclosures.workplace.accounts.devices import digest_name

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# Failures with a name that cost no time; the wait after them, doubled by each more; the longest.
FREE = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), 15 * MINUTE
# Names that may fail at an address within an hour, and the pause between any two tries there after
# each so many. A county sits behind one address, and on filing day many mistype.
CROWD = 30
CROWD_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), MINUTE
# The log is kept for ever and anybody may fail, so a stranger must not be able to fill it: so many
# failures of an address in an hour are told one by one, then their number.
EACH = 60
COUNTED, WAITS, NAMES = "一小时内失败次数", "等待", "一小时内试过的用户名"
SUM = f"一小时内失败超过 {EACH} 次，以后的没有逐次记录。"
IPV6 = ":"


def current_source() -> str:
    """The network address of the request that is being answered.

    Of IPv6 the network: whoever has one of its addresses has all of them.
    """
    address = audit.current_address()
    return str(ip_network(f"{address}/64", strict=False)) if IPV6 in address else address


@transaction.atomic
def claim_try(name: str, source: str) -> int:
    """The seconds until a name may be tried from there; 0 where it is tried now.

    The try counts as failed before it is looked at, so that of many at once not all pass.
    `forget_failures` takes that back.
    """
    now, own = timezone.now(), digest_name(name)
    if pause := find_pause(source, now):
        return pause
    row, _ = NameFailures.objects.select_for_update().get_or_create(
        source=source, name=own, defaults={"last_at": now}
    )
    if wait := count_seconds(row.last_at, find_wait(row.count), now):
        return wait
    NameFailures.objects.filter(pk=row.pk).update(count=row.count + 1, last_at=now)
    return 0


def find_wait(count: int) -> timedelta:
    """How long a name that has failed so often must wait after its last failure."""
    over = min(count - FREE, 10)
    return min(FIRST_WAIT * 2**over, LONGEST_WAIT) if over >= 0 else timedelta()


def find_own_wait(name: str, source: str) -> int:
    """The seconds that a name must wait there for its own failures."""
    row = NameFailures.objects.filter(source=source, name=digest_name(name)).first()
    return count_seconds(row.last_at, find_wait(row.count), timezone.now()) if row else 0


def find_pause(source: str, now) -> int:
    """The seconds that a source which has tried many names must wait before it tries any."""
    tried = NameFailures.objects.filter(source=source, last_at__gt=now - HOUR)
    found = tried.aggregate(names=Count("pk"), last=Max("last_at"))
    crowds = found["names"] // CROWD
    return count_seconds(found["last"], min(CROWD_PAUSE * crowds, LONGEST_PAUSE), now)


def count_seconds(since, wait: timedelta, now) -> int:
    """The seconds that are left of a wait; none where the clock was set back to before it."""
    if not wait or not since <= now < since + wait:
        return 0
    return ceil((since + wait - now).total_seconds())


def forget_failures(name: str, source: str) -> None:
    """After a good login."""
    NameFailures.objects.filter(source=source, name=digest_name(name)).delete()


def is_waiting(user) -> bool:
    """True where the person must wait somewhere."""
    now = timezone.now()
    rows = NameFailures.objects.filter(name=digest_name(user.get_username()))
    return any(count_seconds(row.last_at, find_wait(row.count), now) for row in rows)


@transaction.atomic
def free_person(user, by) -> None:
    """Forget the failures with a person's name, wherever they were."""
    NameFailures.objects.filter(name=digest_name(user.get_username())).delete()
    audit.write_entry(Action.FREE, who=by, subject=user)


@transaction.atomic
def free_everybody(by) -> None:
    """Forget the failures with all names."""
    NameFailures.objects.all().delete()
    audit.write_entry(Action.FREE, who=by, subject="全部账号")


@transaction.atomic
def record_failure(action: Action, who, wait: int = 0) -> None:
    """Count a failure of the request that is being answered, and tell the log if it is its turn."""
    address = audit.current_address()
    row, _ = AddressFailures.objects.select_for_update().get_or_create(address=address)
    row.count += 1
    names = count_names(current_source())
    is_news = names >= max(CROWD, 2 * row.names_told)
    if is_news:
        row.names_told = names
    row.save(update_fields=["count", "names_told"])
    times, rest = divmod(row.count, EACH)
    if row.count <= EACH:
        after = {WAITS: f"{wait} 秒"} if wait else None
        audit.write_entry(action, who=who, after=after)
    elif not rest and times & (times - 1) == 0:
        # Each time that the number has doubled: 120, 240, 480 and so on.
        audit.write_entry(action, who=who, after={COUNTED: row.count}, words=SUM)
    if is_news:
        entry = audit.write_entry(Action.GUESSING, who="", after={NAMES: names})
        notify_guessing(address, names, entry.number)


def count_names(source: str) -> int:
    since = timezone.now() - HOUR
    return NameFailures.objects.filter(source=source, last_at__gt=since).count()


@transaction.atomic
def close_failed_hours() -> None:
    """Forget what is over; the log is told how many failures there were in an address's hour."""
    past = timezone.now() - HOUR
    NameFailures.objects.filter(last_at__lt=past).delete()
    over = AddressFailures.objects.filter(since__lt=past)
    for row in over.select_for_update(skip_locked=True):
        if row.count > EACH:
            after = {COUNTED: row.count}
            audit.write_entry(
                Action.LOGIN_FAILED, who="", after=after, words=SUM, address=row.address
            )
        row.delete()
