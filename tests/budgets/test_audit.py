import json
import threading
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection, transaction

from budgets import audit
from budgets.audit import ORIGIN, TOLD, Action, digest_of
from budgets.models import Budget, Department, Entry

THREADS, EACH = 10, 5


def tell(entry):
    """Every field of an entry but its digest."""
    return {field: getattr(entry, field) for field in TOLD}


@pytest.mark.django_db
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
    told = dict.fromkeys(TOLD, "") | {"number": 1, "person": None, "year": 2026, "name": "王"}
    told["at"] = datetime(2026, 11, 23, 8, tzinfo=UTC)
    text = (
        '{"action":"","address":"","after":"","at":"2026-11-23T08:00:00.000000+00:00",'
        '"before":"","department":"","name":"王","number":1,"person":null,"previous":"",'
        '"subject":"","words":"","year":2026}'
    )
    assert digest_of(told) == sha256(text.encode()).hexdigest()


@pytest.mark.django_db
def test_entry_holds_what_no_column_could_hold():
    entry = audit.write_entry(Action.LOGIN_FAILED, who="a\0b\ud800" + "长" * 200, subject="x" * 300)
    stored = Entry.objects.get()
    assert (stored.name, len(stored.subject)) == ("ab?" + "长" * 147, 255)
    assert digest_of(tell(stored)) == stored.digest == entry.digest


@pytest.mark.django_db
def test_command_has_its_own_name_and_no_address():
    entry = audit.write_entry(Action.LOAD, subject="2026年功能分类科目")
    assert (entry.person, entry.name, entry.address) == (None, "命令行", "")


@pytest.mark.django_db
def test_entry_goes_with_the_change_that_is_taken_back():
    def fail():
        with transaction.atomic():
            audit.write_entry(Action.ADD, subject="留下")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert audit.write_entry(Action.ADD).number == Entry.objects.get().number == 1


@pytest.mark.django_db
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


@pytest.mark.django_db
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
