"""Whether a worker lives is read from the turns that it notes in the database."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.db.models.functions import Now

from disclosures.models import WorkerTurn
from disclosures.publishing.turns import ALIVE_WITHIN, Turns, is_worker_alive
from tests.disclosures.interruptions import wait_until
from tests.disclosures.workers import shared_database


@pytest.mark.django_db
def test_worker_lives_as_long_as_it_takes_turns():
    assert not is_worker_alive()
    Turns().note()
    assert is_worker_alive()
    WorkerTurn.objects.update(at=Now() - ALIVE_WITHIN - timedelta(seconds=1))
    assert not is_worker_alive()


@pytest.mark.django_db
def test_turns_are_noted_every_few_seconds_at_one_row(django_assert_num_queries):
    turns = Turns()
    turns.note()
    with django_assert_num_queries(0):
        turns.note()
    turns.due = 0.0
    with django_assert_num_queries(1):
        turns.note()
    assert WorkerTurn.objects.count() == 1


@pytest.mark.django_db
def test_worker_that_died_before_the_clock_was_put_back_does_not_live():
    WorkerTurn.objects.create(name="elsewhere:1", at=Now() + timedelta(days=1))
    assert not is_worker_alive()
    WorkerTurn.objects.create(name="elsewhere:2", at=Now() - timedelta(days=2))
    Turns().note()
    assert is_worker_alive()
    assert not WorkerTurn.objects.filter(name="elsewhere:2").exists()


@pytest.mark.django_db(transaction=True)
def test_running_worker_notes_its_turns_and_one_that_ends_at_once_none(tmp_path):
    command = [sys.executable, "manage.py", "run_worker", "--with-parent"]
    with shared_database(tmp_path) as address:
        at_home = {"cwd": settings.BASE_DIR, "env": os.environ | {"DATABASE_URL": address}}
        subprocess.run([*command, "--once"], check=True, **at_home)
        before = count_turns(address)
        worker = subprocess.Popen(command, **at_home)
        wait_until(lambda: count_turns(address))
        worker.send_signal(signal.SIGTERM)
        worker.wait(20)
    assert before == 0
    assert is_worker_alive()


def count_turns(address):
    if connection.vendor == "postgresql":
        return WorkerTurn.objects.count()
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as file:
        return file.execute("SELECT count(*) FROM disclosures_workerturn").fetchone()[0]
