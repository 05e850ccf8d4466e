"""Releases: asked for once, worked on by whoever comes, each version made once."""

import socket
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from budgets.audit import Inspection
from budgets.models import Action, Budget, Entry, FunctionCode, State
from disclosures.models import Disclosure, Record, Release, ReleaseItem, ReleaseStage, Transition
from disclosures.publishing import requests as releases
from disclosures.publishing import worker as press
from disclosures.publishing.integrity import find_faults
from disclosures.publishing.outage import FULL
from disclosures.publishing.requests import ReleaseRefusedError, ask_release
from disclosures.workflow.access import Role
from tests.disclosures.interruptions import full_database
from tests.factories.approved import file_approved, load_supplied_chart
from tests.factories.people import appoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return appoint("bureau", Role.BUREAU_ADMIN)


@pytest.fixture
def budgets(bureau):
    load_supplied_chart(2025)
    return file_approved(2, bureau)


@pytest.fixture
def order(bureau, budgets):
    """Ask for budgets by their departments' codes; all, unless some are named."""

    def ask(*codes, due_at=None, key=None, who=bureau):
        named = codes or [each.department.code for each in budgets]
        return ask_release(who=who, year=2025, codes=named, due_at=due_at, key=key or uuid.uuid4())

    return ask


def count_wakes():
    return DBTaskResult.objects.ready().count()


def stages(release):
    items = release.items.order_by("budget__department__code")
    return [(each.budget.department.code, ReleaseStage(each.stage), each.reason) for each in items]


def work():
    """What a worker does until nothing is due; what became of each item."""
    return list(iter(press.publish_next.call, ""))


def age(**fields):
    """Let the items that are being worked on have been so for long."""
    ReleaseItem.objects.filter(stage=ReleaseStage.RUNNING).update(
        taken_at=timezone.now() - timedelta(minutes=2), **fields
    )


def test_release_publishes_every_budget_once_in_the_name_of_who_asked(order, bureau):
    release = order()
    assert (count_wakes(), stages(release)) == (
        2,
        [("201", ReleaseStage.WAITING, ""), ("202", ReleaseStage.WAITING, "")],
    )
    assert work() == [
        "某县第1办公室2025年部门预算公开（第1版）",
        "某县第2办公室2025年部门预算公开（第1版）",
    ]
    assert stages(release) == [("201", ReleaseStage.DONE, ""), ("202", ReleaseStage.DONE, "")]
    assert {each.state for each in Budget.objects.all()} == {State.PUBLISHED}
    steps = Transition.objects.filter(after=State.PUBLISHED)
    assert [each.who for each in steps] == [bureau, bureau]
    for record in Record.objects.all():
        approval = Transition.objects.get(digest=record.disclosure.digest, after=State.APPROVED)
        assert (record.approved_at, record.days, record.pressed_by) == (approval.at, 0, bureau)
    assert Record.objects.count() == Disclosure.objects.count() == 2


def test_form_that_is_sent_twice_makes_one_release(order):
    key = uuid.uuid4()
    assert order(key=key) == order(key=key)
    assert (Release.objects.count(), ReleaseItem.objects.count(), count_wakes()) == (1, 2, 2)


def test_budget_waits_in_one_release_only(order):
    order("201")
    second = order()
    assert stages(second) == [("202", ReleaseStage.WAITING, "")]
    with pytest.raises(ReleaseRefusedError, match="选中的部门都不能公开"):
        order()
    assert Release.objects.count() == 2


def test_failure_of_one_department_does_not_touch_the_other(order, budgets):
    release = order()
    FunctionCode.objects.filter(year=2025, code="2012901").update(name="行政的运行")
    changed = "批复以后内容有了变化，和批复的不是同一份，请撤销批复，重新审核。"
    assert work() == [changed, changed]
    FunctionCode.objects.filter(year=2025, code="2012901").update(name="行政运行")
    Budget.objects.filter(pk=budgets[0].pk).update(state=State.SUBMITTED)
    assert releases.retry_release(release, release.who) == 2
    assert work() == [
        "这份预算现在的状态是“已报送”，不能公开。",
        "某县第2办公室2025年部门预算公开（第1版）",
    ]
    assert stages(release)[1] == ("202", ReleaseStage.DONE, "")
    assert Disclosure.objects.count() == 1


def test_set_time_is_waited_for_by_the_clock_of_the_database(order):
    release = order(due_at=timezone.now() + timedelta(hours=1))
    press.tend_queue()
    assert (count_wakes(), work()) == (0, [])
    # Wakes of a machine whose clock is fast find nothing that is due.
    press.publish_next.enqueue()
    assert work() == []
    Release.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    DBTaskResult.objects.all().delete()
    press.tend_queue()
    assert (count_wakes(), len(work())) == (2, 2)
    assert [stage for _, stage, _ in stages(release)] == [ReleaseStage.DONE, ReleaseStage.DONE]


@pytest.mark.parametrize("days", [-2, 2])
def test_moved_clock_publishes_nothing_early_late_or_twice(order, monkeypatch, days):
    real = timezone.now
    early = order("201", due_at=real() + timedelta(hours=1))
    late = order("202", due_at=real() - timedelta(minutes=1))
    with monkeypatch.context() as moved:
        moved.setattr(timezone, "now", lambda: real() + timedelta(days=days))
        press.tend_queue()
        assert work() == ["某县第2办公室2025年部门预算公开（第1版）"]
    # The clock is right again: nobody has been left at work, or is thought to be.
    press.tend_queue()
    assert (work(), stages(early), stages(late)) == (
        [],
        [("201", ReleaseStage.WAITING, "")],
        [("202", ReleaseStage.DONE, "")],
    )
    assert [*Inspection().find_faults(), *find_faults()] == []


def test_what_a_lost_worker_had_taken_up_is_done_by_another(order):
    release = order("201")
    lost = press.claim_item()
    press.tend_queue()
    assert stages(release) == [("201", ReleaseStage.RUNNING, "")]
    age()
    press.tend_queue()
    assert stages(release) == [("201", ReleaseStage.WAITING, "")]
    taken = press.claim_item()
    # The first was only slow: it finds that the item is no longer its own.
    assert press.publish_item(lost) == ""
    assert press.fail_item(lost, "太晚") == "太晚"
    assert (stages(release), Disclosure.objects.count()) == ([("201", ReleaseStage.RUNNING, "")], 0)
    assert press.publish_item(taken) == "某县第1办公室2025年部门预算公开（第1版）"


def test_lost_work_is_taken_back_though_the_clock_was_put_back_since(order):
    release = order("201")
    press.claim_item()
    ReleaseItem.objects.update(taken_at=timezone.now() + timedelta(days=1))
    press.tend_queue()
    assert stages(release) == [("201", ReleaseStage.WAITING, "")]
    assert work() == ["某县第1办公室2025年部门预算公开（第1版）"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="row locks tell")
def test_worker_that_waits_for_the_database_keeps_what_it_took_up(order):
    release = order("201")
    press.claim_item()
    ten_seconds_ago = timezone.now() - timedelta(seconds=10)
    ReleaseItem.objects.update(taken_at=ten_seconds_ago)
    press.tend_queue()
    assert stages(release) == [("201", ReleaseStage.RUNNING, "")]
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    ReleaseItem.objects.update(worker=f"{socket.gethostname()}:{gone.pid}")
    press.tend_queue()
    assert stages(release) == [("201", ReleaseStage.WAITING, "")]


def test_item_that_outlives_three_workers_has_failed(order):
    release = order("201")
    for _ in range(press.MOST):
        press.claim_item()
        age()
        press.tend_queue()
    assert stages(release) == [("201", ReleaseStage.FAILED, press.INTERRUPTED)]
    assert releases.retry_release(release, release.who) == 1
    assert [stage for _, stage, _ in stages(release)] == [ReleaseStage.WAITING]


def test_unforeseen_error_fails_the_item_and_keeps_nothing(order, settings):
    release = order("201")
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    assert work() == [press.BROKEN]
    assert stages(release) == [("201", ReleaseStage.FAILED, press.BROKEN)]
    assert not Disclosure.objects.exists()
    assert Budget.objects.get(department__code="201").state == State.APPROVED


def test_full_disk_fails_the_item_until_there_is_room(order, client, bureau):
    release = order("201")
    client.force_login(bureau)
    client.raise_request_exception = False
    with full_database("disclosures_disclosurefile"):
        assert work() == [press.NO_ROOM]
        told = client.post(reverse("workplace:confirm", args=(2025, "202")), {"move": "PUBLISH"})
    assert (told.status_code, FULL in told.content.decode()) == (503, True)
    assert stages(release) == [("201", ReleaseStage.FAILED, press.NO_ROOM)]
    assert not Disclosure.objects.exists()
    assert {each.state for each in Budget.objects.all()} == {State.APPROVED}
    releases.retry_release(release, release.who)
    assert len(work()) == Disclosure.objects.count() == 1
    assert stages(release) == [("201", ReleaseStage.DONE, "")]
    assert [*Inspection().find_faults(), *find_faults()] == []


def test_what_waits_can_be_cancelled_and_asked_for_again(order):
    release = order(due_at=timezone.now() + timedelta(hours=1))
    first = release.items.get(budget__department__code="201")
    assert releases.cancel_release(release, release.who, first.pk) == 1
    assert stages(release) == [
        ("201", ReleaseStage.CANCELLED, ""),
        ("202", ReleaseStage.WAITING, ""),
    ]
    assert stages(order()) == [("201", ReleaseStage.WAITING, "")]
    assert releases.cancel_release(release, release.who) == 1
    assert releases.cancel_release(release, release.who) == 0


def test_only_the_bureaus_administrator_releases(order):
    reviewer = appoint("reviewer", Role.REVIEWER)
    release = order("201")
    acts = (
        lambda: order(who=reviewer),
        lambda: releases.cancel_release(release, reviewer),
        lambda: releases.retry_release(release, reviewer),
    )
    for act in acts:
        with pytest.raises(PermissionDenied, match="公开由财政管理员办理。"):
            act()


def test_who_is_no_longer_administrator_publishes_nothing(order, bureau):
    release = order("201")
    bureau.groups.clear()
    assert work() == ["您的岗位不能公开这份预算。"]
    assert stages(release) == [("201", ReleaseStage.FAILED, "您的岗位不能公开这份预算。")]


def test_log_tells_of_what_was_asked_for_and_taken_back(order):
    release = order()
    releases.cancel_release(release, release.who)
    told = Entry.objects.filter(action__startswith="release").order_by("number")
    assert [(each.action, each.name, each.subject, each.after) for each in told] == [
        (action, "bureau", f"公开批次 {release}", '{"定时":"现在","部门":["201","202"]}')
        for action in (Action.RELEASE, Action.RELEASE_CANCEL)
    ]


def elsewhere(act):
    """What comes of it in a thread whose own connection waits for no lock for long."""

    def run():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_worker_holds_its_own_item_alone(order):
    release = order()
    first, second = press.claim_item(), press.claim_item()
    age()
    with transaction.atomic():
        Release.objects.select_for_update().get(pk=release.pk)
        ReleaseItem.objects.select_for_update(of=("self",)).get(pk=second.pk)
        assert "第1版" in elsewhere(lambda: press.publish_item(first))
        elsewhere(press.tend_queue)
        assert stages(release) == [
            ("201", ReleaseStage.DONE, ""),
            ("202", ReleaseStage.RUNNING, ""),
        ]
    with transaction.atomic():
        Release.objects.select_for_update().get(pk=release.pk)
        elsewhere(press.tend_queue)
    assert stages(release) == [("201", ReleaseStage.DONE, ""), ("202", ReleaseStage.WAITING, "")]
