"""Files that wait: each examined once, taken back from who is gone, and given up in the end."""

import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from budgets import ledger
from budgets.importing import examination_queue, examiner
from budgets.importing.examination_queue import (
    BROKEN,
    INTERRUPTED,
    MOST,
    claim_upload,
    conclude,
    count_ahead,
    examine_next,
    take_back_uploads,
)
from budgets.importing.uploads import (
    StaleError,
    accept_upload,
    fingerprint_basis,
    read_problems,
    receive_upload,
)
from budgets.models import Budget, Department, FunctionCode, Post, Upload
from tests.factories.books import SMALL, change, fill
from tests.factories.people import hire, load_chart
from tests.factories.random_filings import DEPARTMENT
from tests.factories.uploads import examine_here, upload_examined
from tests.told import list_told

pytestmark = pytest.mark.django_db
Result = Upload.Result


@pytest.fixture
def budget():
    load_chart(SMALL.year)
    department = Department.objects.create(code=DEPARTMENT.code, name=DEPARTMENT.name)
    return Budget.objects.create(department=department, year=SMALL.year)


@pytest.fixture
def clerk(budget):
    return hire("clerk", budget.department, Post.CLERK)


@pytest.fixture
def stuck(monkeypatch, settings):
    """A process that never comes to an end, and a second to wait for it."""
    settings.EXAMINATION_SECONDS = 1
    monkeypatch.setattr(examiner, "GRACE", 0)
    monkeypatch.setattr(examiner, "COMMAND", (sys.executable, "-c", "import time; time.sleep(99)"))


def read(upload):
    return Upload.objects.get(pk=upload.pk)


def test_files_are_examined_one_by_one_in_their_order(budget, clerk):
    bad = change(fill(), {"收入!C4": "三万"})
    first, second = (receive_upload(budget, each, "表.xlsx", clerk) for each in (fill(), bad))
    assert (count_ahead(first), count_ahead(second)) == (0, 1)
    assert [examine_next().pk, examine_next().pk, examine_next()] == [first.pk, second.pk, None]
    first, second = read(first), read(second)
    assert (first.result, first.problems, first.marked) == (Result.WAITING, [], None)
    assert (second.result, second.attempts) == (Result.REFUSED, 1)
    assert [problem.place for problem in read_problems(second)] == ["收入!C4"]
    assert bytes(second.marked).startswith(b"PK")
    assert ledger.read_filing(budget).facts == ()


def test_file_that_holds_a_process_is_refused_and_the_next_is_examined(budget, clerk, stuck):
    bad = receive_upload(budget, fill(), "坏.xlsx", clerk)
    good = receive_upload(budget, fill(), "好.xlsx", clerk)
    examine_next()
    assert (read(bad).result, read(bad).examination) == (Result.REFUSED, None)
    assert [str(each) for each in read_problems(read(bad))] == [
        f"错误　整个文件：检查这个文件用了超过 1 秒，已停止。{examiner.LESS}"
    ]
    assert list_told("action", "name") == [("upload", "clerk")] * 2 + [("refuse", "clerk")]
    assert read(good).result == Result.QUEUED
    examine_here(budget)
    assert read(good).result == Result.WAITING


def test_copy_that_cannot_be_marked_is_left_out(budget, clerk, monkeypatch):
    def fail(*_):
        raise examiner.ExaminerError("太久。", "")

    monkeypatch.setattr(examination_queue, "mark_apart", fail)
    upload = receive_upload(budget, change(fill(), {"收入!C4": "三万"}), "表.xlsx", clerk)
    examine_next()
    assert (read(upload).result, read(upload).marked) == (Result.REFUSED, None)


@pytest.mark.parametrize("days", [-1, 1])
def test_file_of_a_process_that_is_gone_waits_again_a_few_times(budget, clerk, days):
    """Also where the database's clock was put back since."""
    upload = receive_upload(budget, fill(), "表.xlsx", clerk)
    for attempt in range(1, MOST + 1):
        assert claim_upload().attempts == attempt
        take_back_uploads()
        assert read(upload).result == Result.EXAMINING
        Upload.objects.update(taken_at=timezone.now() + timedelta(days=days))
        take_back_uploads()
    assert (read(upload).result, claim_upload()) == (Result.REFUSED, None)
    assert read_problems(read(upload)) == [INTERRUPTED]


def test_process_that_was_thought_gone_concludes_nothing(budget, clerk):
    upload = receive_upload(budget, fill(), "表.xlsx", clerk)
    late = claim_upload()
    Upload.objects.update(taken_at=timezone.now() - timedelta(days=1))
    take_back_uploads()
    conclude(late, [BROKEN])
    assert (read(upload).result, read(upload).problems) == (Result.QUEUED, [])
    claim_upload()
    conclude(late, [BROKEN])
    assert read(upload).result == Result.EXAMINING


def test_fault_of_the_program_is_a_sentence_and_not_the_end(budget, clerk, monkeypatch):
    monkeypatch.setattr(examination_queue, "prepare_examination", lambda *_: 1 / 0)
    upload = receive_upload(budget, fill(), "表.xlsx", clerk)
    examine_next()
    assert read_problems(read(upload)) == [BROKEN]


def test_worker_that_is_told_to_end_gives_the_file_back(budget, clerk, monkeypatch):
    def end(*_):
        raise SystemExit

    upload = receive_upload(budget, fill(), "表.xlsx", clerk)
    monkeypatch.setattr(examination_queue, "examine_apart", end)
    with pytest.raises(SystemExit):
        examine_next()
    assert (read(upload).result, read(upload).attempts) == (Result.QUEUED, 0)


CHANGES = {
    "code": lambda budget: FunctionCode.objects.create(year=budget.year, code="299", name="其他"),
    "name": lambda budget: Department.objects.update(name="改了名的部门"),
    "unit": lambda budget: Department.objects.create(
        code="107009", name="新单位", parent=budget.department
    ),
    "ledger": lambda budget: ledger.replace_filing(budget, SMALL),
}


@pytest.mark.parametrize("changed", CHANGES)
def test_file_is_not_taken_once_what_it_was_judged_by_has_changed(budget, clerk, changed):
    upload = upload_examined(budget, fill(), clerk)
    assert upload.basis == fingerprint_basis(read(upload).budget)
    CHANGES[changed](budget)
    before = ledger.read_filing(budget)
    with pytest.raises(StaleError):
        accept_upload(upload, clerk, upload.basis)
    assert (ledger.read_filing(budget), read(upload).result) == (before, Result.WAITING)


def test_file_that_was_not_seen_as_it_is_is_not_taken(budget, clerk):
    upload = upload_examined(budget, fill(), clerk)
    with pytest.raises(StaleError):
        accept_upload(upload, clerk, "")
    accept_upload(upload, clerk, upload.basis)
    assert ledger.read_filing(budget) == SMALL
