"""Workers killed in the middle of publishing: nothing half published, everything published once."""

import time
import uuid

import pytest

from budgets.access import Role
from budgets.models import Budget, Entry, State
from disclosures.models import Disclosure, DisclosureFile, Record, ReleaseItem, Stage, Transition
from disclosures.proof import find_faults
from disclosures.releases.orders import Order, ask_release
from tests.cast import appoint
from tests.disclosures.approved import file_approved
from tests.disclosures.resting import load_chart
from tests.disclosures.workers import (
    BEGUN,
    finish,
    kill,
    shared_database,
    start_worker,
    wait_for,
)

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 2


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


def test_killed_worker_leaves_nothing_half_published_and_others_finish(tmp_path):
    bureau = appoint("bureau", Role.BUREAU_ADMIN)
    load_chart(2025)
    codes = [each.department.code for each in file_approved(COUNT, bureau)]
    ask_release(Order(who=bureau, year=2025, codes=codes, due_at=None, key=uuid.uuid4()))
    with shared_database(tmp_path) as address:
        lost = start_worker(address)
        wait_for(lost, BEGUN)
        time.sleep(0.3)
        kill(lost)
    # Killed while it made the first one's files, long before they were kept.
    assert count_all() == (0, 0, 0, 0, 0, 0)
    stages = ReleaseItem.objects.order_by("pk").values_list("stage", flat=True)
    assert list(stages) == [Stage.RUNNING, Stage.WAITING]
    with shared_database(tmp_path) as address:
        told = finish(start_worker(address), start_worker(address))
    assert "".join(told).count(BEGUN) == COUNT
    assert set(ReleaseItem.objects.values_list("stage", flat=True)) == {Stage.DONE}
    assert list(ReleaseItem.objects.order_by("pk").values_list("attempts", flat=True)) == [2, 1]
    assert {each.state for each in Budget.objects.all()} == {State.PUBLISHED}
    assert count_all() == (COUNT, 3 * COUNT, COUNT, COUNT, COUNT, COUNT)
    assert list(find_faults()) == []
