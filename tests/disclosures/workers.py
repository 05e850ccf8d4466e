"""Real worker processes on the tests' own database, to be killed and to be watched."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

BEGUN = "：开始公开。"


@contextmanager
def shared_database(folder):
    """The address of the database for other processes; what they did is seen at the end.

    SQLite's tests have theirs in memory: it is copied into a file, and back.
    """
    if connection.vendor == "postgresql":
        own = connection.settings_dict
        access = f"{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}"
        yield f"postgres://{access}/{own['NAME']}"
        return
    path = folder / "shared.sqlite3"
    with sqlite3.connect(path) as file:
        connection.connection.backup(file)
    file.close()
    yield f"sqlite:///{path}"
    with sqlite3.connect(path) as file:
        file.backup(connection.connection)
    file.close()


def start_worker(address):
    """A worker that ends when nothing is left to do, in a group of its own."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "run_worker", "--once", "--with-parent"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": address, "LOG_LEVEL": "INFO"},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(worker, words):
    """Read what the worker tells, up to a line with these words."""
    for line in worker.stderr:
        if words in line:
            return
    raise AssertionError(f"worker ended without saying {words}")


def kill(worker):
    """End the worker at once, whatever it is doing."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.communicate()


def finish(*workers):
    """Wait for workers to end by themselves; what each has told."""
    told = [worker.communicate(timeout=120)[1] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * len(workers), told
    return told
