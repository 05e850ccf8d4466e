"""How tests stop a process in the middle of writing, and take the database or all room away."""

import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, transaction

from budgets.audit import wait_for_others

TOKEN = "a" * 32
PATIENCE = 60
WAITERS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
# An entry of the log that is never done being written.
ENDLESS = """CREATE TRIGGER endless BEFORE INSERT ON budgets_entry BEGIN SELECT count(*) FROM (
WITH RECURSIVE each(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM each) SELECT n FROM each); END"""

# What PostgreSQL says when there is no room for a row.
NO_ROOM = """CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END$$"""


class Web:
    """The web server as it runs in production, on one process, before a database."""

    def __init__(self, address, folder, environment):
        self.port = find_free_port()
        self.told = (folder / "web.txt").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"],
            cwd=settings.BASE_DIR,
            env=os.environ
            | {
                "DATABASE_URL": address,
                "SECRET_KEY": settings.SECRET_KEY,
                "BIND": f"127.0.0.1:{self.port}",
                "WEB_WORKERS": "1",
            }
            | environment,
            stderr=self.told,
            stdout=self.told,
            start_new_session=True,
        )
        wait_until(lambda: self.ask("/healthz") == 200)

    def ask(self, path, client=None, form=None):
        """The status of an answer; 0 where none came. With a person's session, with a form."""
        session = client.cookies[settings.SESSION_COOKIE_NAME].value if client else ""
        headers = {"Cookie": f"csrftoken={TOKEN}; {settings.SESSION_COOKIE_NAME}={session}"}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form | {"csrfmiddlewaretoken": TOKEN})
        line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with suppress(OSError):
            line.request("GET" if form is None else "POST", path, body, headers)
            return line.getresponse().status
        return 0

    def kill(self):
        """End the server with all it has, at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.told.close()


@contextmanager
def serving(address, folder, **environment):
    """A web server, gone at the end whatever happens."""
    web = Web(address, folder, environment)
    try:
        yield web
    finally:
        if web.process.poll() is None:
            web.kill()


def find_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(is_so):
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@contextmanager
def stopping_at_the_log(address):
    """Let whoever writes come as far as the log, and no further: all else is written by then.

    What is given waits until somebody has come as far.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            wait_for_others()
            yield lambda: wait_until(lambda: cursor.execute(WAITERS).fetchone()[0])
        return
    with sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None) as file:
        file.execute("PRAGMA busy_timeout = 0")
        file.execute(ENDLESS)
        yield lambda: wait_until(lambda: is_held(file))
        file.execute("PRAGMA busy_timeout = 20000")
        file.execute("DROP TRIGGER endless")
    file.close()


def is_held(file):
    """True where somebody has been writing for a second without coming to an end."""
    for _ in range(20):
        with suppress(sqlite3.OperationalError):
            file.execute("BEGIN IMMEDIATE")
            file.execute("ROLLBACK")
            return False
        time.sleep(0.05)
    return True


@contextmanager
def posting(web, path, client, form):
    """A form on its way while something is done to the server."""
    sender = Thread(target=web.ask, args=(path, client, form))
    sender.start()
    yield
    sender.join(PATIENCE)


@contextmanager
def database_gone():
    """PostgreSQL lets nobody in but us, and has thrown out whoever was there."""
    own = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        mine = cursor.execute("SELECT pg_backend_pid()").fetchone()[0]
    with connection._nodb_cursor() as outside:
        name = connection.ops.quote_name(own)
        outside.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        throw_out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        outside.execute(f"{throw_out} WHERE datname = %s AND pid <> %s", [own, mine])
        try:
            yield
        finally:
            outside.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@contextmanager
def full_database(table):
    """Hardly a page left to write to.

    For PostgreSQL a whole cluster would have to be full: there one table takes no row.
    """
    with connection.cursor() as cursor:
        for each in fill_up(cursor, table):
            cursor.execute(each)
        try:
            yield
        finally:
            for each in make_room():
                cursor.execute(each)


def fill_up(cursor, table):
    if connection.vendor == "postgresql":
        trigger = f"CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION no_room()"
        return [NO_ROOM, trigger]
    pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    free = cursor.execute("PRAGMA freelist_count").fetchone()[0]
    return [f"PRAGMA max_page_count = {pages + max(0, 2 - free)}"]


def make_room():
    if connection.vendor == "postgresql":
        return ["DROP FUNCTION no_room CASCADE"]
    return ["PRAGMA max_page_count = 1073741823"]


@contextmanager
def small_files(most):
    """The system refuses any file of this process that grows beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
