"""Releasing from the command line, and the worker that does what was ordered."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from disclosures.models import Disclosure, Release, ReleaseStage
from disclosures.workflow.access import Role
from tests.factories.approved import file_approved, load_supplied_chart
from tests.factories.people import appoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    load_supplied_chart(2025)
    found = appoint("bureau", Role.BUREAU_ADMIN)
    file_approved(2, found)
    return found


def run(*arguments, **options):
    output = StringIO()
    call_command("release_budgets", *arguments, year=2025, stdout=output, **options)
    return output.getvalue()


# The queue's worker leaves no connection open behind it.
@pytest.mark.django_db(transaction=True)
def test_all_that_is_approved_is_ordered_and_published_by_a_worker(bureau):
    told = run("--all", by="bureau")
    release = Release.objects.get()
    assert told == f"{release}：2个部门，现在公开。\n"
    call_command("run_worker", "--once")
    assert {item.stage for item in release.items.all()} == {ReleaseStage.DONE}
    assert Disclosure.objects.count() == 2
    assert not DBTaskResult.objects.ready().exists()


def test_departments_that_cannot_be_published_are_named(bureau):
    at = timezone.localtime() + timedelta(hours=1)
    told = run("201", "999", "--at", f"{at:%Y-%m-%dT%H:%M}", by="bureau")
    release = Release.objects.get()
    assert told == (f"{release}：1个部门，{at:%Y-%m-%d %H:%M}公开。\n不能公开、没有列入的：999。\n")
    call_command("run_worker", "--once")
    assert release.items.get().stage == ReleaseStage.WAITING


@pytest.mark.parametrize(
    ("arguments", "options", "told"),
    [
        ((), {"by": "bureau"}, "请给出部门编码，或者用 --all 公开全部已批复的，两者选一。"),
        (("--all",), {"by": "nobody"}, "没有用户名为“nobody”的账号。"),
        (("--all",), {"by": "reviewer"}, "公开由财政管理员办理。"),
        (("999",), {"by": "bureau"}, "选中的部门都不能公开"),
        (("--all", "--at", "明天"), {"by": "bureau"}, "时间“明天”不对"),
        (("--all", "--at", "2020-01-01T09:00"), {"by": "bureau"}, "已经过去"),
    ],
)
def test_order_that_cannot_be_made_is_refused_in_a_sentence(bureau, arguments, options, told):
    appoint("reviewer", Role.REVIEWER)
    with pytest.raises(CommandError, match=told):
        run(*arguments, **options)
    assert not Release.objects.exists()
