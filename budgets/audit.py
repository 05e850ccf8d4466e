"""The log of operations: written with every change, chained by digests, verified from its start.

Beside it the trace of a budget: who filled what and when, since nobody who did may confirm it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import UTC
from hashlib import sha256
from ipaddress import ip_address
from typing import Any, TypedDict

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, transaction
from django.db.models import BinaryField, Model, Q
from django.utils import timezone

from budgets.models import Action, Budget, Department, Edit, Entry

# Who acts where nobody is logged in: the machine's own operator.
COMMAND_LINE = "命令行"
# Any number that no other lock of this database has.
LOCK = 0x6A6F75726E616C
# What the first entry hangs on.
ORIGIN = "0" * 64
# What an entry's digest is of: every field but itself.
CHAINED = (
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
# A password is a secret even as a digest, and so is what a second factor is computed from; the
# others are the database's own, or of no interest.
UNLOGGED = frozenset({"password", "key", "token", "secret", "id", "last_login"})
# More changes are nobody's reading; the file, or the version, is known by its digest all the same.
MOST = 200
REST = "其余"
LONGEST = Edit._meta.get_field("what").max_length
# An entry may hold some hundred changes, so few at a time.
CHUNK = 200
HEAD = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")
GUARDS = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT count(*) * 2 FROM pg_trigger"
    " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND tgrelid = CAST(%s AS regclass)",
}
UNREADABLE = (AttributeError, DatabaseError, OverflowError, TypeError, ValueError)
_current: ContextVar[str] = ContextVar("network address", default="")


# Writing.


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySubject:
    """What something was done to, and its department's code and year where it has them."""

    subject: str
    department: str = ""
    year: int | None = None


def write_entry(
    action: Action,
    *,
    who: Any = None,
    subject: Any = "",
    before: Any = None,
    after: Any = None,
    words: str = "",
    address: str | None = None,
) -> Entry:
    """Add one entry; called inside the transaction that makes the change, near its end.

    `who` is a user, the name that somebody gave for himself, or None for a command. `subject` is an
    EntrySubject, a row of any model, or words. `before` and `after` are what changed, as anything
    that JSON can hold; None where there is nothing to tell. `address` is that of the request that
    is being answered, unless another is given. Others who write wait for the end of this
    transaction, so rows that they may hold are locked before.
    """
    values = {
        **identify(who),
        **asdict(describe_subject(subject)),
        "address": current_address() if address is None else address,
        "action": Action(action).value,
        "before": write_canonical(before),
        "after": write_canonical(after),
        "words": words,
    }
    return append_entry({field: fit(field, value) for field, value in values.items()})


@transaction.atomic
def append_entry(values: dict[str, Any]) -> Entry:
    """Give what is told its number and its moment, and hang it on the last entry."""
    wait_for_others()
    last = Entry.objects.head()
    linked = values | {
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


def digest_of(values: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of an entry's fields, `CHAINED`.

    `at` is an aware moment; it counts to the microsecond, in UTC. `before` and `after` are text.
    """
    at = values["at"].astimezone(UTC).isoformat(timespec="microseconds")
    plain = {field: values[field] for field in CHAINED} | {"at": at}
    return sha256(write_plain(plain).encode()).hexdigest()


def write_plain(value: Any) -> str:
    """JSON in one form only: keys in order, no blanks, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def write_canonical(value: Any) -> str:
    """A value as canonical JSON; numbers of money become text, None nothing at all."""
    if value is None:
        return ""
    return write_plain(json.loads(DjangoJSONEncoder(ensure_ascii=False).encode(value)))


def fit(field: str, value: Any) -> Any:
    """What the column can hold: no null character, no half of a pair, not longer than it."""
    if not isinstance(value, str):
        return value
    clean = value.replace("\0", "").encode("utf-8", "replace").decode()
    return clean[: getattr(Entry._meta.get_field(field), "max_length", None)]


def identify(who: Any) -> dict[str, Any]:
    """The account's number, and the name that stays whatever becomes of the account."""
    if who is None or isinstance(who, str):
        return {"person": None, "name": COMMAND_LINE if who is None else who}
    full = f"{who.last_name}{who.first_name}"
    login = who.get_username()
    return {"person": who.pk, "name": f"{login}（{full}）" if full else login}


def describe_subject(thing: EntrySubject | Model | str) -> EntrySubject:
    """The subject that a budget, a department, any other row, or a word makes."""
    if isinstance(thing, EntrySubject):
        return thing
    if isinstance(thing, str):
        return EntrySubject(subject=thing)
    if isinstance(thing, Budget):
        return EntrySubject(subject=str(thing), department=thing.department.code, year=thing.year)
    if isinstance(thing, Department):
        return EntrySubject(subject=name_row(thing), department=thing.code)
    return EntrySubject(subject=name_row(thing), year=getattr(thing, "year", None))


def name_row(row: Model) -> str:
    """A row as the log names it, such as 部门 107001 尉犁县总工会."""
    return f"{row._meta.verbose_name} {row}"


# Where a request comes from: known for as long as it is answered, without being passed around.


def remember_address(get_response):
    """Middleware: whatever is written to the log while a request is answered bears its address."""

    def answer(request):
        token = _current.set(read_address(request))
        try:
            return get_response(request)
        finally:
            _current.reset(token)

    return answer


def current_address() -> str:
    """The address of the request that is being answered; empty for commands and workers."""
    return _current.get()


def read_address(request) -> str:
    """The client's network address; empty where there is none that can be believed.

    `X-Forwarded-For` is believed only with TRUST_FORWARDED_FOR, and only its last part: that is
    the one which our own proxy has written, what stands before it may be made up by the client.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_FORWARDED_FOR:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2] or address
    try:
        return str(ip_address(address.strip()))[:45]
    except ValueError:
        return ""


# What has changed.


def snapshot(row: Model) -> dict[str, object]:
    """The fields of a row, by their labels, with what stands in them as people read it."""
    values: dict[str, object] = {}
    for field in row._meta.concrete_fields:
        if field.name in UNLOGGED or isinstance(field, BinaryField):
            continue
        value = field.value_from_object(row)
        if field.choices:
            value = str(getattr(row, f"get_{field.name}_display")())
        elif field.is_relation:
            related = getattr(row, field.name)
            value = "" if related is None else str(related)
        values[str(field.verbose_name)] = value
    for many in row._meta.many_to_many if row.pk else ():
        values[str(many.verbose_name)] = sorted(map(str, getattr(row, many.name).all()))
    return values


class Sides(TypedDict):
    """What stood there before and what stands there now, by place, as an entry holds it."""

    before: dict[str, object]
    after: dict[str, object]


def compare_snapshots(before: Mapping[str, object], after: Mapping[str, object]) -> Sides:
    """`before` and `after` of an entry: of two snapshots only what differs."""
    changed = [name for name, value in after.items() if before.get(name) != value]
    return {
        "before": {name: before.get(name) for name in changed},
        "after": {name: after[name] for name in changed},
    }


def pair_changes(changes: Iterable[tuple[str, str, str]]) -> Sides:
    """`before` and `after` of an entry, from (place, text before, text after).

    Places that are called alike are numbered. What is beyond the first 200 is counted.
    """
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    count = 0
    for count, (place, old, new) in enumerate(changes, start=1):
        if count <= MOST:
            name, turn = place, 1
            while name in before:
                turn += 1
                name = f"{place}（{turn}）"
            before[name], after[name] = old, new
    if count > MOST:
        before[REST] = after[REST] = f"另有{count - MOST}处不同"
    return {"before": before, "after": after}


# The trace of a budget.


def note_edit(budget: Budget, who, what: str) -> Edit:
    """Remember that a person changed a budget; `what` says it in words (保存“收入”)."""
    return Edit.objects.create(budget=budget, who=who, what=what[:LONGEST])


def list_edits(budget: Budget):
    return Edit.objects.filter(budget=budget).select_related("who")


def has_filled(who, budget: Budget) -> bool:
    """True where the person changed the budget, or one that it shares its money with.

    A department's filing holds that of its units, and an upload of the department writes theirs.
    """
    owner = budget.department
    kin = Q(budget__department=owner) | Q(budget__department__parent=owner)
    if owner.parent_id:
        kin |= Q(budget__department=owner.parent_id)
    return Edit.objects.filter(kin, budget__year=budget.year, who=who).exists()


# Verifying.


@dataclass(frozen=True, slots=True)
class Head:
    """An entry by its number and digest: written down elsewhere, it holds the log up to there."""

    number: int = 0
    digest: str = ORIGIN

    @classmethod
    def parse(cls, text: str) -> "Head":
        """From `NUMBER:DIGEST`; ValueError for anything else."""
        found = HEAD.fullmatch(text.strip().lower())
        if not found:
            raise ValueError(text)
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


@dataclass(slots=True)
class Inspection:
    """One pass over the log, in constant memory; `last` and `count` grow while faults are read."""

    expected: tuple[Head, ...] = ()
    last: Head = Head()
    count: int = 0

    def find_faults(self) -> Iterator[str]:
        """A sentence for everything that is not as it was written, in the order of the log."""
        with connection.cursor() as cursor:
            cursor.execute(GUARDS[connection.vendor], [Entry._meta.db_table])
            (guards,) = cursor.fetchone()
        # Two triggers, or one for all under PostgreSQL.
        if guards < 2:
            yield "数据库里阻止改动日志的触发器不见了，请重新运行迁移并查明原因。"
        wanted = {each.number: each for each in self.expected}
        try:
            for entry in Entry.objects.order_by("number").iterator(chunk_size=CHUNK):
                yield from self.examine(entry, wanted.pop(entry.number, None))
        except UNREADABLE as error:
            yield f"第{self.last.number}条之后有一条读不出来（{type(error).__name__}），被改坏了。"
        for number in sorted(wanted):
            where = "日志的末尾被截断" if number > self.last.number else "被删除"
            yield (
                f"您保存的第{number}条不在日志里（现在最后一条是第{self.last.number}条），{where}。"
            )

    def examine(self, entry: Entry, expected: Head | None) -> Iterator[str]:
        """One entry: its place, its link to the one before, its own digest."""
        before, self.last = self.last, Head(entry.number, entry.digest)
        self.count += 1
        if entry.number != before.number + 1:
            yield describe_gap(before.number, entry.number)
        elif entry.previous != before.digest:
            yield (
                f"第{entry.number}条没有接在第{before.number}条后面：记下的上一条摘要和第"
                f"{before.number}条的不同，这两条之一被改动、替换或插入。"
            )
        if not is_as_written(entry):
            yield f"第{entry.number}条的内容和它的摘要不符，被改动过。"
        if expected and expected.digest != entry.digest:
            yield f"第{entry.number}条和您保存的摘要不同，日志被重写过。"


def is_as_written(entry: Entry) -> bool:
    try:
        return entry.digest == digest_of({field: getattr(entry, field) for field in CHAINED})
    except UNREADABLE:
        return False


def describe_gap(before: int, after: int) -> str:
    if after <= before:
        return f"第{after}条的编号小于 1，是插入的。"
    missing = f"第{before + 1}条" if after == before + 2 else f"第{before + 1}条到第{after - 1}条"
    return f"{missing}不见了。"
