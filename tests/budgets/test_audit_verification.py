import io
import tracemalloc
from contextlib import contextmanager
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets import audit
from budgets.audit import TOLD, Action, Head, Inspection, digest_of
from budgets.models import Entry

pytestmark = pytest.mark.django_db
SIZE = 6
LOG = import_module("budgets.migrations.0002_audit_triggers").LOG


@pytest.fixture
def chain():
    """A log of six entries."""
    return [
        audit.write_entry(Action.SAVE, who=f"人{n}", words=f"第{n}") for n in range(1, SIZE + 1)
    ]


@contextmanager
def intruder():
    """Somebody with the keys of the database: takes the triggers off and puts them back."""
    with connection.cursor() as cursor:
        LOG.drop(cursor.execute, connection.vendor)
        yield cursor
        LOG.create(cursor.execute, connection.vendor)


def inspect(*expected):
    return list(Inspection(expected=expected).find_faults())


def head_of(entry):
    return Head(entry.number, entry.digest)


def forge(number, **fields):
    """Rewrite an entry so that its own digest fits again."""
    entry = Entry.objects.get(number=number)
    told = {field: getattr(entry, field) for field in TOLD} | fields
    Entry.objects.filter(number=number).update(**fields, digest=digest_of(told))


def test_whole_log_has_no_fault(chain):
    assert inspect() == inspect(head_of(chain[2]), head_of(chain[-1])) == []


def test_empty_log_has_no_fault():
    assert inspect() == []


OTHER = {
    "number": st.integers(SIZE + 1, 2**62),
    "at": st.datetimes(timezones=st.just(timezone.get_current_timezone())),
    "person": st.integers(1, 2**62),
    "year": st.integers(0, 2**31 - 1),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_altered_field_of_any_entry_is_found(chain, data):
    number = data.draw(st.integers(1, SIZE))
    field = data.draw(st.sampled_from([*TOLD, "digest"]))
    text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
    value = data.draw(OTHER.get(field, text))
    stored = getattr(chain[number - 1], field)
    with intruder():
        Entry.objects.filter(number=number).update(**{field: value})
        faults = inspect(head_of(chain[-1]))
        again = value if field == "number" else number
        Entry.objects.filter(number=again).update(**{field: stored})
    assert bool(faults[1:]) is (value != stored)
    assert inspect() == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gone=st.sets(st.integers(1, SIZE), min_size=1))
def test_any_removed_entries_are_found(chain, gone):
    rows = [chain[number - 1] for number in sorted(gone)]
    with intruder():
        Entry.objects.filter(number__in=gone).delete()
        faults = inspect(head_of(chain[-1]))
        Entry.objects.bulk_create(rows)
    assert faults[1:]
    assert inspect() == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pair=st.permutations(range(1, SIZE + 1)).map(lambda order: order[:2]))
def test_any_two_swapped_entries_are_found(chain, pair):
    one, other = pair
    with intruder():
        for old, new in ((one, 99), (other, one), (99, other)):
            Entry.objects.filter(number=old).update(number=new)
        faults = inspect()
        for old, new in ((one, 99), (other, one), (99, other)):
            Entry.objects.filter(number=old).update(number=new)
    assert faults[1:]
    assert inspect() == []


def test_faults_are_told_by_the_numbers_of_entries(chain):
    with intruder():
        Entry.objects.filter(number=2).update(words="改")
        Entry.objects.filter(number=4).delete()
        forge(5, name="别人")
        Entry.objects.filter(number=0).delete()
        Entry.objects.create(
            number=0, at=timezone.now(), name="x", action="add", previous="y", digest="z"
        )
    assert inspect() == [
        "第0条的编号小于 1，是插入的。",
        "第0条的内容和它的摘要不符，被改动过。",
        "第1条没有接在第0条后面：记下的上一条摘要和第0条的不同，这两条之一被改动、替换或插入。",
        "第2条的内容和它的摘要不符，被改动过。",
        "第4条不见了。",
        "第6条没有接在第5条后面：记下的上一条摘要和第5条的不同，这两条之一被改动、替换或插入。",
    ]


def test_cut_tail_and_rewritten_end_are_found_by_what_was_kept_elsewhere(chain):
    kept = head_of(chain[-1])
    with intruder():
        forge(SIZE, words="重写")
    assert inspect() == []
    assert inspect(kept) == ["第6条和您保存的摘要不同，日志被重写过。"]
    with intruder():
        Entry.objects.filter(number__gt=4).delete()
    assert inspect() == []
    assert inspect(kept) == ["您保存的第6条不在日志里（现在最后一条是第4条），日志的末尾被截断。"]


def test_missing_triggers_are_a_fault(chain):
    with intruder():
        assert inspect() == ["数据库里阻止改动日志的触发器不见了，请重新运行迁移并查明原因。"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps such values")
@pytest.mark.parametrize(
    ("column", "value"), [("at", "不是时间"), ("words", b"\xff"), ("person", "x"), ("name", 7)]
)
def test_values_that_cannot_be_read_are_a_fault(chain, column, value):
    with intruder() as cursor:
        cursor.execute(f"UPDATE budgets_entry SET {column} = %s WHERE number = 3", [value])
    assert inspect() != []


def test_command_prints_the_head_and_takes_it_again(chain):
    told = io.StringIO()
    call_command("verify_log", stdout=told)
    whole, head = told.getvalue().splitlines()
    assert (whole, head) == ("操作日志共 6 条，完整。", f"6:{chain[-1].digest}")
    call_command("verify_log", expect=[head], stdout=told)
    with intruder():
        Entry.objects.filter(number=6).delete()
    faults = io.StringIO()
    with pytest.raises(CommandError, match="操作日志有 1 处不对"):
        call_command("verify_log", expect=[head], stderr=faults)
    assert "第6条" in faults.getvalue()


@pytest.mark.parametrize("text", ["", "6", "6:abc", f"0:{'a' * 64}", f"-1:{'a' * 64}"])
def test_command_says_what_a_head_looks_like(text):
    with pytest.raises(CommandError, match="应为编号:摘要"):
        call_command("verify_log", expect=[text])


def test_large_log_is_read_in_constant_memory():
    def measure(count):
        while Entry.objects.count() < count:
            audit.write_entry(Action.SAVE, words="字" * 2_000)
        tracemalloc.start()
        assert inspect() == []
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    few, many = measure(300), measure(900)
    assert many < few * 1.5
