"""Real processes around a file: the worker that is killed, the request that waits for nobody."""

import sys
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from budgets.importing import examiner
from budgets.importing.examination_queue import claim_upload
from budgets.importing.new_year import open_year
from budgets.importing.uploads import MOST_UNEXAMINED, receive_upload
from budgets.models import Department, Post, Upload
from disclosures.models import WorkerTurn
from tests.disclosures.workers import finish, kill, shared_database, start_worker, wait_for
from tests.factories.books import SMALL, fill
from tests.factories.people import hire, load_chart
from tests.factories.random_filings import DEPARTMENT

Result = Upload.Result


pytestmark = pytest.mark.django_db


@pytest.fixture
def budget():
    load_chart(SMALL.year)
    department = Department.objects.create(code=DEPARTMENT.code, name=DEPARTMENT.name)
    hire("clerk", department, Post.CLERK)
    return open_year(department, SMALL.year)


@pytest.fixture
def clerk(client, budget):
    client.force_login(budget.department.memberships.get().user)
    return client


@pytest.fixture
def living():
    """A worker that has just taken a turn."""
    return WorkerTurn.objects.create(name="某台机器:1", at=Now())


@pytest.fixture
def stuck(monkeypatch, settings):
    """A file that holds whoever examines it, for as long as it is let."""
    settings.EXAMINATION_SECONDS = 1
    monkeypatch.setattr(examiner, "GRACE", 0)
    monkeypatch.setattr(examiner, "COMMAND", (sys.executable, "-c", "import time; time.sleep(99)"))


def place(budget, name, *more):
    return reverse(f"filing:{name}", args=(budget.year, budget.department.code, *more))


def send(client, budget):
    file = SimpleUploadedFile("预算.xlsx", fill())
    return client.post(place(budget, "upload"), {"file": file}, follow=True)


def test_request_waits_for_no_examination_where_a_worker_lives(clerk, budget, living, stuck):
    page = send(clerk, budget).content.decode()
    assert "正在检查：预算.xlsx" in page
    assert (Upload.objects.get().result, Upload.objects.get().attempts) == (Result.QUEUED, 0)
    claim_upload()
    # Nobody is held: neither who looks at it, nor who works beside it, nor the public.
    preview = place(budget, "upload_preview", Upload.objects.get().pk)
    assert "正在检查这个文件" in clerk.get(preview).content.decode()
    assert [clerk.get(each).status_code for each in ("/", place(budget, "upload"))] == [200, 200]


def test_worker_is_held_no_longer_than_the_limit_by_the_worst_file(clerk, budget, living, stuck):
    send(clerk, budget)
    call_command("run_worker", once=True)
    page = clerk.get(place(budget, "upload_preview", Upload.objects.get().pk)).content.decode()
    assert "不能导入：有 1 处错误，预算没有改变" in page
    assert "检查这个文件用了超过 1 秒，已停止。" in page


def test_request_does_the_work_where_no_worker_lives(clerk, budget, living):
    WorkerTurn.objects.update(at=timezone.now() - timedelta(hours=1))
    assert "导入预览：预算.xlsx" in send(clerk, budget).content.decode()


def test_page_takes_up_what_a_worker_left(clerk, budget, living):
    send(clerk, budget)
    living.delete()
    upload = Upload.objects.get()
    assert "导入预览" in clerk.get(place(budget, "upload_preview", upload.pk)).content.decode()


def test_requests_examine_one_at_a_time(clerk, budget):
    receive_upload(budget, fill(), "别人的.xlsx", None)
    claim_upload()
    assert "等待检查，前面还有 1 个文件" in send(clerk, budget).content.decode()


def test_budget_has_few_files_that_wait(clerk, budget, living):
    for _ in range(MOST_UNEXAMINED):
        assert send(clerk, budget).status_code == 200
    response = send(clerk, budget)
    told = f"前面上传的 {MOST_UNEXAMINED} 个文件还没有检查完。请等检查完再上传。"
    assert (response.status_code, response.context["form"].errors["file"]) == (400, [told])
    assert Upload.objects.count() == MOST_UNEXAMINED


def test_removed_file_leaves_its_record_and_comes_back_no_more(clerk, budget):
    send(clerk, budget)
    upload = Upload.objects.get()
    clerk.post(place(budget, "upload_decide", upload.pk), {"action": "discard"})
    Upload.objects.update(content=b"", examination=None, removed_at=timezone.now())
    assert "清除" in clerk.get(place(budget, "upload")).content.decode()
    page = clerk.get(place(budget, "upload_preview", upload.pk)).content.decode()
    assert "保留期已过" in page
    assert clerk.get(place(budget, "upload_file", upload.pk)).status_code == 404
    clerk.post(place(budget, "upload_restore", upload.pk))
    assert Upload.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_worker_killed_while_it_examines_leaves_the_file_to_another(tmp_path, budget):
    upload = receive_upload(budget, fill(), "预算.xlsx", None)
    with shared_database(tmp_path) as address:
        worker = start_worker(address)
        wait_for(worker, "：开始检查。")
        kill(worker)
    upload.refresh_from_db()
    assert (upload.result, upload.attempts) == (Result.EXAMINING, 1)
    # Longer ago than any examination lasts.
    Upload.objects.update(taken_at=timezone.now() - timedelta(hours=1))
    with shared_database(tmp_path) as address:
        finish(start_worker(address))
    upload.refresh_from_db()
    assert (upload.result, upload.attempts) == (Result.WAITING, 2)
