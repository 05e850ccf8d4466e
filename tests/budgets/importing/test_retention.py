"""Files that nobody took are kept for a while and within bounds; what was accepted stays."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from budgets.importing.retention import clear_uploads
from budgets.models import Budget, Department, Upload
from tests.told import list_told

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024
Result = Upload.Result


@pytest.fixture
def budgets():
    departments = [Department.objects.create(code=code, name="某局") for code in ("1", "2")]
    return [Budget.objects.create(department=each, year=2026) for each in departments]


def keep(budget, result, *, days=0, megabytes=1):
    upload = Upload.objects.create(
        budget=budget,
        filename=f"{result}.xlsx",
        content=b"PK",
        marked=b"PK",
        examination=b"x",
        size=megabytes * MEGABYTE,
        result=result,
        problems=[{"message": "坏。"}],
    )
    Upload.objects.filter(pk=upload.pk).update(at=timezone.now() - timedelta(days=days))
    return upload.pk


def list_removed():
    return {*Upload.objects.exclude(removed_at=None).values_list("pk", flat=True)}


def test_what_nobody_took_is_removed_after_the_days_of_the_setting(budgets, settings):
    settings.UPLOADS_KEPT_DAYS = 30
    young = [keep(budgets[0], result, days=29) for result in Result]
    old = {result: keep(budgets[0], result, days=31) for result in Result}
    unowned = keep(None, Result.REFUSED, days=31)
    assert (clear_uploads(), clear_uploads()) == (4, 0)
    gone = {old[each] for each in (Result.REFUSED, Result.DISCARDED, Result.WAITING)} | {unowned}
    assert list_removed() == gone
    removed = Upload.objects.get(pk=old[Result.REFUSED])
    assert [bytes(removed.content), removed.marked, removed.examination] == [b"", None, None]
    assert (removed.problems, removed.size) == ([{"message": "坏。"}], MEGABYTE)
    # Nobody can take what is not there.
    assert Upload.objects.get(pk=old[Result.WAITING]).result == Result.DISCARDED
    assert Upload.objects.filter(pk__in=young, content=b"PK").count() == len(young)
    told = list_told("action", "name", "subject", "after")
    assert [each[:3] for each in told if each[2] != "refused.xlsx"] == [
        ("clear", "命令行", str(budgets[0]))
    ] * 3
    assert told[0][3]["文件"]


def test_oldest_go_first_where_a_budget_has_too_much(budgets, settings):
    settings.UPLOADS_KEPT_MB = 100
    first, *others = [keep(budgets[0], Result.REFUSED, megabytes=40) for _ in range(3)]
    accepted = keep(budgets[0], Result.ACCEPTED, megabytes=90)
    other = keep(budgets[1], Result.REFUSED, megabytes=40)
    assert clear_uploads() == 1
    assert list_removed() == {first}
    assert {*others, accepted, other}.isdisjoint(list_removed())


def test_oldest_go_first_where_all_together_have_too_much(budgets, settings):
    settings.UPLOADS_KEPT_TOTAL_MB = 100
    oldest = keep(budgets[1], Result.DISCARDED, megabytes=40)
    for _ in range(2):
        keep(budgets[0], Result.WAITING, megabytes=40)
    call_command("clear_uploads", stdout=(out := StringIO()))
    assert out.getvalue() == "清除了 1 个没有导入的工作簿。\n"
    assert list_removed() == {oldest}


def test_database_keeps_what_was_accepted(budgets):
    pk = keep(budgets[0], Result.ACCEPTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=pk).update(removed_at=timezone.now())
