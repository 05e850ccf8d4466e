"""Goes through the whole log and says where it is not as it was written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import DatabaseError, connection

from budgets.audit.chain import ORIGIN, TOLD, digest_of
from budgets.models import Entry

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
