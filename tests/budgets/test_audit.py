"""The log holds what happened, and finds out who altered it; the trace knows who filled what."""

import io
import json
import threading
import tracemalloc
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from importlib import import_module

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets import audit
from budgets.audit import (
    CHAINED,
    LONGEST,
    ORIGIN,
    Action,
    Head,
    Inspection,
    digest_of,
    has_filled,
    list_edits,
    note_edit,
)
from budgets.models import Budget, Department, Entry
from tests.factories.people import gather

pytestmark = pytest.mark.django_db
THREADS, EACH = 10, 5


def tell(entry):
    """Every field of an entry but its digest."""
    return {field: getattr(entry, field) for field in CHAINED}


def test_entry_holds_all_that_it_was_told_and_hangs_on_the_one_before():
    person = User.objects.create_user("wang", last_name="王", first_name="芳")
    budget = Budget.objects.create(
        department=Department.objects.create(code="107001", name="尉犁县总工会"), year=2026
    )
    first = audit.write_entry(Action.LOGIN, who=person, address="10.0.0.7")
    second = audit.write_entry(
        Action.SAVE, who=person, subject=budget, before={"收入": Decimal("1.50")}, after={}
    )
    stored = list(Entry.objects.order_by("number"))
    assert stored == [first, second]
    assert tell(stored[0]) == {
        "number": 1,
        "at": first.at,
        "person": person.pk,
        "name": "wang（王芳）",
        "address": "10.0.0.7",
        "action": "login",
        "subject": "",
        "department": "",
        "year": None,
        "before": "",
        "after": "",
        "words": "",
        "previous": ORIGIN,
    }
    assert tell(stored[1]) == tell(stored[0]) | {
        "number": 2,
        "at": second.at,
        "address": "",
        "action": "save",
        "subject": str(budget),
        "department": "107001",
        "year": 2026,
        "before": '{"收入":"1.50"}',
        "after": "{}",
        "previous": first.digest,
    }
    assert [digest_of(tell(each)) for each in stored] == [each.digest for each in stored]


def test_digest_is_of_one_form_of_json_that_others_can_compute():
    told = dict.fromkeys(CHAINED, "") | {"number": 1, "person": None, "year": 2026, "name": "王"}
    told["at"] = datetime(2026, 11, 23, 8, tzinfo=UTC)
    text = (
        '{"action":"","address":"","after":"","at":"2026-11-23T08:00:00.000000+00:00",'
        '"before":"","department":"","name":"王","number":1,"person":null,"previous":"",'
        '"subject":"","words":"","year":2026}'
    )
    assert digest_of(told) == sha256(text.encode()).hexdigest()


def test_entry_holds_what_no_column_could_hold():
    entry = audit.write_entry(Action.LOGIN_FAILED, who="a\0b\ud800" + "长" * 200, subject="x" * 300)
    stored = Entry.objects.get()
    assert (stored.name, len(stored.subject)) == ("ab?" + "长" * 147, 255)
    assert digest_of(tell(stored)) == stored.digest == entry.digest


def test_command_has_its_own_name_and_no_address():
    entry = audit.write_entry(Action.LOAD, subject="2026年功能分类科目")
    assert (entry.person, entry.name, entry.address) == (None, "命令行", "")


def test_entry_goes_with_the_change_that_is_taken_back():
    def fail():
        with transaction.atomic():
            audit.write_entry(Action.ADD, subject="留下")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert audit.write_entry(Action.ADD).number == Entry.objects.get().number == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE budgets_entry SET words = 'x'",
        "UPDATE budgets_entry SET number = 9 WHERE number = 1",
        "DELETE FROM budgets_entry WHERE number = 1",
        "TRUNCATE budgets_entry",
    ],
)
def test_database_refuses_to_rewrite_and_to_take_away(statement):
    if statement.startswith("TRUNCATE") and connection.vendor == "sqlite":
        pytest.skip("SQLite has no such statement")
    entry = audit.write_entry(Action.ADD, words="原样")
    refused = pytest.raises(IntegrityError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert tell(Entry.objects.get()) == tell(entry)


def test_model_can_neither_save_again_nor_delete():
    entry = audit.write_entry(Action.ADD)
    for act in (entry.save, entry.delete, Entry.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


@pytest.mark.django_db(transaction=True)
def test_ten_people_at_once_give_one_whole_chain():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    start = threading.Barrier(THREADS)

    def work(name):
        start.wait()
        for turn in range(EACH):
            audit.write_entry(Action.SAVE, who=name, after={"次": turn})
        connection.close()

    people = [threading.Thread(target=work, args=(f"第{n}人",)) for n in range(THREADS)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    entries = list(Entry.objects.order_by("number"))
    assert [each.number for each in entries] == list(range(1, THREADS * EACH + 1))
    assert [each.previous for each in entries] == [ORIGIN, *(e.digest for e in entries[:-1])]
    assert {(each.name, json.loads(each.after)["次"]) for each in entries} == {
        (f"第{n}人", turn) for n in range(THREADS) for turn in range(EACH)
    }


@pytest.mark.parametrize(
    ("trusted", "meta", "expected"),
    [
        (False, {"REMOTE_ADDR": "10.0.0.7"}, "10.0.0.7"),
        (False, {"REMOTE_ADDR": "10.0.0.7", "HTTP_X_FORWARDED_FOR": "8.8.8.8"}, "10.0.0.7"),
        (True, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "8.8.8.8"}, "8.8.8.8"),
        (True, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "made up, ::1"}, "::1"),
        (True, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "<script>"}, ""),
        (True, {"REMOTE_ADDR": "10.0.0.1"}, "10.0.0.1"),
        (False, {"REMOTE_ADDR": ""}, ""),
    ],
)
def test_address_is_believed_only_from_who_may_tell_it(rf, settings, trusted, meta, expected):
    settings.TRUST_FORWARDED_FOR = trusted
    request = rf.get("/", **meta)
    seen = audit.remember_address(lambda _: audit.current_address())(request)
    assert (seen, audit.current_address()) == (expected, "")


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
    told = {field: getattr(entry, field) for field in CHAINED} | fields
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
    field = data.draw(st.sampled_from([*CHAINED, "digest"]))
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


@pytest.fixture
def cast():
    return gather()


@pytest.fixture
def budgets(cast):
    """The budgets of A and of its unit."""
    return [Budget.objects.create(department=each, year=2026) for each in (cast.a, cast.unit)]


def test_changes_are_listed_newest_first(cast, budgets):
    note_edit(budgets[0], cast["clerk_a"], "保存“收入”")
    note_edit(budgets[0], cast["head_a"], "保存“支出明细”")
    note_edit(budgets[1], cast["clerk_a"], "保存“收入”")
    told = [(edit.who.username, edit.what) for edit in list_edits(budgets[0])]
    assert told == [("head_a", "保存“支出明细”"), ("clerk_a", "保存“收入”")]


def test_long_file_name_is_cut_and_not_refused(cast, budgets):
    assert len(note_edit(budgets[0], cast["clerk_a"], "上传" + "长" * 300).what) == LONGEST


def test_filling_counts_for_the_budgets_that_share_the_money(cast, budgets):
    department, unit = budgets
    note_edit(unit, cast["unit_clerk"], "保存“收入”")
    assert has_filled(cast["unit_clerk"], unit)
    assert has_filled(cast["unit_clerk"], department)
    note_edit(department, cast["clerk_a"], "上传工作簿")
    assert has_filled(cast["clerk_a"], unit)


def test_filling_does_not_count_for_other_years_and_departments(cast, budgets):
    last = Budget.objects.create(department=cast.a, year=2025)
    other = Budget.objects.create(department=cast.b, year=2026)
    note_edit(last, cast["head_a"], "保存“收入”")
    note_edit(other, cast["head_a"], "保存“收入”")
    assert not has_filled(cast["head_a"], budgets[0])
    assert not has_filled(cast["clerk_a"], budgets[0])
