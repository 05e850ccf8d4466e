"""The log of operations: appended to with every change, chained by digests, read by the auditor."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, transaction
from django.db.models import BinaryField, Field, Model, Q
from django.utils import timezone

from budgets.models import Action, Budget, Department, Edit, Entry

_current: ContextVar[str] = ContextVar("network address", default="")


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
    told = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_FORWARDED_FOR:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2] or told
    try:
        return str(ip_address(told.strip()))[:45]
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySubject:
    """What something was done to."""

    subject: str
    department: str = ""
    year: int | None = None


def describe_subject(thing: EntrySubject | Model | str) -> EntrySubject:
    """The subject that a budget, a department, any other row, or a word makes."""
    if isinstance(thing, EntrySubject):
        return thing
    if isinstance(thing, str):
        return EntrySubject(subject=thing)
    if isinstance(thing, Budget):
        return EntrySubject(subject=str(thing), department=thing.department.code, year=thing.year)
    if isinstance(thing, Department):
        return EntrySubject(subject=label(thing), department=thing.code)
    return EntrySubject(subject=label(thing), year=getattr(thing, "year", None))


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
    told = {str(each.verbose_name): show_field(row, each) for each in fields}
    lists = row._meta.many_to_many if row.pk else ()
    return told | {
        str(each.verbose_name): sorted(map(str, getattr(row, each.name).all())) for each in lists
    }


def is_told(field: Field) -> bool:
    """True for what may be read in the log."""
    return not (field.name in SECRET | SILENT or isinstance(field, BinaryField))


def show_field(row: Model, field: Field) -> object:
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


# Who acts where nobody is logged in: the machine's own operator.
COMMAND_LINE = "命令行"
# Any number that no other lock of this database has.
LOCK = 0x6A6F75726E616C


def write_entry(
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
        **asdict(describe_subject(subject)),
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


# An entry may hold some hundred changes, so few at a time.
CHUNK = 200
HEAD = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")
GUARDS = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT count(*) * 2 FROM pg_trigger"
    " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND tgrelid = CAST(%s AS regclass)",
}
UNREADABLE = (AttributeError, DatabaseError, OverflowError, TypeError, ValueError)


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
        if not is_guarded():
            yield "数据库里阻止改动日志的触发器不见了，请重新运行迁移并查明原因。"
        wanted = {each.number: each for each in self.expected}
        try:
            for entry in Entry.objects.order_by("number").iterator(chunk_size=CHUNK):
                yield from self.examine(entry, wanted.pop(entry.number, None))
        except UNREADABLE as error:
            yield f"第{self.last.number}条之后有一条读不出来（{type(error).__name__}），被改坏了。"
        yield from tell_missing(wanted.values(), self.last)

    def examine(self, entry: Entry, expected: Head | None) -> Iterator[str]:
        """One entry: its place, its link to the one before, its own digest."""
        before, self.last = self.last, Head(entry.number, entry.digest)
        self.count += 1
        if entry.number != before.number + 1:
            yield tell_gap(before.number, entry.number)
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
    """True where the digest is that of the fields."""
    try:
        return entry.digest == digest_of({field: getattr(entry, field) for field in TOLD})
    except UNREADABLE:
        return False


def tell_gap(before: int, after: int) -> str:
    """What is to be said of numbers that do not follow each other."""
    if after <= before:
        return f"第{after}条的编号小于 1，是插入的。"
    missing = f"第{before + 1}条" if after == before + 2 else f"第{before + 1}条到第{after - 1}条"
    return f"{missing}不见了。"


def tell_missing(expected: Iterable[Head], last: Head) -> Iterator[str]:
    """The entries written down elsewhere that the log does not have any more."""
    for each in sorted(expected, key=lambda head: head.number):
        where = "日志的末尾被截断" if each.number > last.number else "被删除"
        yield f"您保存的第{each.number}条不在日志里（现在最后一条是第{last.number}条），{where}。"


def is_guarded() -> bool:
    """True where the database refuses changes: two triggers, or one for all under PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(GUARDS[connection.vendor], [Entry._meta.db_table])
        return cursor.fetchone()[0] >= 2


LONGEST = Edit._meta.get_field("what").max_length


def note_edit(budget: Budget, who, what: str) -> Edit:
    """Remember that a person changed a budget; `what` says it in words (保存“收入”)."""
    return Edit.objects.create(budget=budget, who=who, what=what[:LONGEST])


def list_edits(budget: Budget):
    """The changes of a budget, newest first, with the people."""
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
