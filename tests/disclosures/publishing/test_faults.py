"""Workers killed in the middle of publishing: nothing half published, everything published once."""

import time
import uuid

import pytest
from django.db import connection

from budgets.audit import Inspection
from budgets.models import Budget, Entry, State
from disclosures.models import (
    Disclosure,
    DisclosureFile,
    Record,
    ReleaseItem,
    ReleaseStage,
    Transition,
)
from disclosures.publishing.integrity import find_faults
from disclosures.publishing.requests import ask_release
from disclosures.workflow.access import Role
from tests.disclosures.interruptions import stopping_at_the_log
from tests.disclosures.workers import BEGUN, finish, kill, shared_database, start_worker, wait_for
from tests.factories.approved import file_approved, load_supplied_chart
from tests.factories.people import appoint

pytestmark = pytest.mark.django_db(transaction=True)
# Departments, workers, and how many departments each of them takes up before it is killed on its
# way. SQLite lets one worker publish at a time, so a few show as much as many.
COUNT, WORKERS, EACH = (50, 2, 6) if connection.vendor == "postgresql" else (3, 1, 2)


def count_all():
    """Versions, files, records, transitions to public, entries of the log about either."""
    return (
        Disclosure.objects.count(),
        DisclosureFile.objects.count(),
        Record.objects.count(),
        Transition.objects.filter(after=State.PUBLISHED).count(),
        Entry.objects.filter(action="version").count(),
        Entry.objects.filter(action="publish").count(),
    )


def count_whole():
    """How many are published, each wholly: with all that belongs to it, and proof of it."""
    done = ReleaseItem.objects.filter(stage=ReleaseStage.DONE).count()
    assert count_all() == (done, 3 * done, done, done, done, done)
    assert Budget.objects.filter(state=State.PUBLISHED).count() == done
    assert Budget.objects.filter(state=State.APPROVED).count() == COUNT - done
    assert [*Inspection().find_faults(), *find_faults()] == []
    return done


def kill_early(address):
    """Before the first is taken up."""
    kill(start_worker(address))


def kill_at_work(address):
    """While the first one's files are made, long before they are kept."""
    lost = start_worker(address)
    wait_for(lost, BEGUN)
    time.sleep(0.3)
    kill(lost)


def kill_at_the_end(address):
    """All at once, when one has written everything but the last entry of the log."""
    with stopping_at_the_log(address) as wait:
        lost = [start_worker(address) for _ in range(WORKERS)]
        wait()
        for each in lost:
            kill(each)


def kill_some_way_on(address):
    """All at once, in the middle of the whole."""
    lost = [start_worker(address) for _ in range(WORKERS)]
    for each in lost * EACH:
        wait_for(each, BEGUN)
    for each in lost:
        kill(each)


def test_killed_workers_leave_nothing_half_published_and_others_finish(tmp_path):
    bureau = appoint("bureau", Role.BUREAU_ADMIN)
    load_supplied_chart(2025)
    codes = [each.department.code for each in file_approved(COUNT, bureau)]
    ask_release(who=bureau, year=2025, codes=codes, due_at=None, key=uuid.uuid4())
    done = []
    for interrupt in (kill_early, kill_at_work, kill_at_the_end, kill_some_way_on):
        with shared_database(tmp_path) as address:
            interrupt(address)
        done.append(count_whole())
    assert done[:3] == [0, 0, 0]
    assert 0 < done[3] < COUNT
    with shared_database(tmp_path) as address:
        told = finish(start_worker(address), start_worker(address))
    assert "".join(told).count(BEGUN) == COUNT - done[3]
    assert count_whole() == COUNT
    made = Disclosure.objects.order_by("department__code")
    versions = made.values_list("department__code", "version")
    assert list(versions) == [(code, 1) for code in codes]
