"""Processes killed with everything written but the last entry, and a database that goes away."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from budgets import ledger
from budgets.audit import Inspection
from budgets.importing.new_year import open_year
from budgets.models import Action, Budget, Department, Edit, Entry, Post, State, Upload
from disclosures.models import (
    Disclosure,
    DisclosureFile,
    IndexEntry,
    Record,
    ReleaseItem,
    ReleaseStage,
    Transition,
)
from disclosures.publishing.integrity import find_faults
from disclosures.publishing.outage import AWAY
from disclosures.publishing.requests import ask_release
from disclosures.workflow.access import Role
from tests.disclosures.interruptions import database_gone, posting, serving, stopping_at_the_log
from tests.disclosures.workers import BEGUN, finish, shared_database, start_worker, wait_for
from tests.factories import people
from tests.factories.approved import file_approved, load_supplied_chart
from tests.factories.books import SMALL, fill
from tests.factories.uploads import upload_examined

pytestmark = pytest.mark.django_db(transaction=True)
ONCE = (1, 3, 1, 1, 1, 1)


def enter(person):
    client = Client()
    client.force_login(person)
    return client


def count_published():
    """Versions, files, records, places in the index, transitions, entries of the log."""
    return (
        Disclosure.objects.count(),
        DisclosureFile.objects.count(),
        Record.objects.count(),
        IndexEntry.objects.count(),
        Transition.objects.filter(after=State.PUBLISHED).count(),
        Entry.objects.filter(action=Action.PUBLISH).count(),
    )


def is_whole():
    return [*Inspection().find_faults(), *find_faults()] == []


@pytest.fixture
def approved():
    """An approved budget, the bureau's administrator, and his browser."""
    bureau = people.appoint("bureau", Role.BUREAU_ADMIN)
    load_supplied_chart(2025)
    return file_approved(1, bureau)[0], bureau, enter(bureau)


def test_web_killed_in_the_middle_of_an_import_has_imported_nothing(tmp_path):
    people.load_chart(SMALL.year)
    own = SMALL.department
    department = Department.objects.create(code=own.code, name=own.name)
    clerk = people.hire("clerk", department, Post.CLERK)
    budget, client = open_year(department, SMALL.year), enter(clerk)
    upload = upload_examined(budget, fill(), clerk)
    path = reverse("filing:upload_decide", args=(budget.year, own.code, upload.pk))
    form = {"action": "accept", "seen": upload.basis}
    told = Entry.objects.count()
    with (
        shared_database(tmp_path) as address,
        serving(address, tmp_path) as web,
        stopping_at_the_log(address) as wait,
        posting(web, path, client, form),
    ):
        wait()
        web.kill()
    upload.refresh_from_db()
    assert (upload.result, ledger.read_filing(budget).facts) == (Upload.Result.WAITING, ())
    assert (Edit.objects.count(), Entry.objects.count(), is_whole()) == (0, told, True)
    # The same form once more, and once more.
    assert [client.post(path, form).status_code for _ in range(2)] == [302, 302]
    assert ledger.read_filing(budget).facts == SMALL.facts
    assert (Edit.objects.count(), Entry.objects.count(), is_whole()) == (1, told + 1, True)


def test_web_killed_in_the_middle_of_publishing_has_published_nothing(tmp_path, approved):
    budget, _, client = approved
    path = reverse("workplace:confirm", args=(budget.year, budget.department.code))
    form = {"move": "PUBLISH"}
    with (
        shared_database(tmp_path) as address,
        serving(address, tmp_path) as web,
        stopping_at_the_log(address) as wait,
        posting(web, path, client, form),
    ):
        wait()
        web.kill()
    assert (count_published(), is_whole()) == ((0,) * 6, True)
    assert Budget.objects.get().state == State.APPROVED
    assert [client.post(path, form).status_code for _ in range(2)] == [302, 302]
    assert (count_published(), is_whole()) == (ONCE, True)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's file does not go away")
def test_database_that_goes_away_and_comes_back_finds_all_at_work_again(tmp_path, approved):
    budget, bureau, client = approved
    codes = [budget.department.code]
    ask_release(who=bureau, year=2025, codes=codes, due_at=None, key=uuid.uuid4())
    with shared_database(tmp_path) as address, serving(address, tmp_path) as web:
        with stopping_at_the_log(address) as wait:
            worker = start_worker(address)
            wait()
            with database_gone():
                wait_for(worker, AWAY)
                assert web.ask("/healthz") == 503
            assert count_published() == (0,) * 6
        assert web.ask(reverse("workplace:release"), client) == 200
        (told,) = finish(worker)
    assert told.count(BEGUN) == 1
    item = ReleaseItem.objects.get()
    assert (item.stage, item.attempts) == (ReleaseStage.DONE, 2)
    assert (count_published(), is_whole()) == (ONCE, True)
