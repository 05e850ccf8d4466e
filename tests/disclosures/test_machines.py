"""Two machines before one database and behind one nginx: one of each kind dies under load."""

import itertools
import os
import subprocess
import sys
import uuid
from collections import Counter
from contextlib import ExitStack
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from budgets.audit import Inspection
from disclosures.models import Disclosure, Notice, NoticeKind, ReleaseItem, ReleaseStage, WorkerTurn
from disclosures.publishing.integrity import find_faults
from disclosures.publishing.requests import ask_release
from disclosures.workflow.access import Role
from tests.disclosures.interruptions import TOKEN, serving, wait_until
from tests.disclosures.public.test_nginx import NGINX, Front
from tests.disclosures.workers import BEGUN, kill, shared_database, wait_for
from tests.factories.approved import file_approved, load_supplied_chart
from tests.factories.people import appoint

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="machines share a PostgreSQL"),
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed"),
]
COUNT = 4
HOME, INBOX = reverse("workplace:home"), reverse("workplace:inbox")


class SharedFront(Front):
    """nginx before several machines, as docs/operations.md has it."""

    def __init__(self, folder, machines):
        self.machines = machines
        super().__init__(folder, "http://machines")

    def configure(self, portal):
        super().configure(portal)
        servers = "".join(f"server 127.0.0.1:{each.port};" for each in self.machines)
        config = Path(self.path)
        upstream = f"http {{ upstream machines {{ {servers} }}"
        config.write_text(config.read_text().replace("http {", upstream, 1))


class Readers:
    """Some who read without a pause; how often they were answered what, and how often cut short."""

    def __init__(self, front, addresses):
        self.front, self.addresses, self.seen, self.ended = front, addresses, Counter(), Event()
        self.cut = 0
        self.threads = [Thread(target=self.read, args=(at,)) for at in range(2)]

    def read(self, at):
        # An address that nobody has asked for yet is not kept by nginx.
        for number in itertools.count():
            if self.ended.is_set():
                return
            address = self.addresses[(number + at) % len(self.addresses)]
            for asked in (f"{address}?n={number}-{at}", address):
                try:
                    self.seen[self.front.ask(asked).status] += 1
                except HTTPException:
                    self.cut += 1

    def __enter__(self):
        for each in self.threads:
            each.start()
        return self

    def __exit__(self, *_failure):
        self.ended.set()
        for each in self.threads:
            each.join()


def start_lasting_worker(address, media):
    """One that goes on until it is ended."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "run_worker", "--with-parent"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": address, "MEDIA_ROOT": str(media)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def count_done():
    return ReleaseItem.objects.filter(stage=ReleaseStage.DONE).count()


def test_one_machine_dies_and_nothing_is_lost(tmp_path, client):
    bureau = appoint("bureau", Role.BUREAU_ADMIN)
    client.force_login(bureau)
    cookies = f"csrftoken={TOKEN}; sessionid={client.cookies['sessionid'].value}"
    load_supplied_chart(2025)
    codes = [each.department.code for each in file_approved(COUNT, bureau)]
    pages = [f"/2025/{code}/" for code in codes]
    with ExitStack() as stack:
        address = stack.enter_context(shared_database(tmp_path))
        folders = [tmp_path / name for name in ("one", "two", "front")]
        for folder in folders:
            folder.mkdir()
        first, second = (
            stack.enter_context(serving(address, folder, MEDIA_ROOT=str(folder)))
            for folder in folders[:2]
        )
        front = SharedFront(folders[2], [first, second])
        stack.callback(front.process.terminate)
        assert front.ask("/").status == 200
        workers = [start_lasting_worker(address, folder) for folder in folders[:2]]
        try:
            wait_until(lambda: WorkerTurn.objects.count() == len(workers))
            with Readers(front, ["/", "/2025/", "/timeliness/", *pages]) as readers:
                ask_release(who=bureau, year=2025, codes=codes, due_at=None, key=uuid.uuid4())
                wait_for(workers[0], BEGUN)
                kill(workers[0])
                first.kill()
                # The login was made at no machine in particular.
                assert front.ask(HOME, Cookie=cookies).status == 200
                Notice.objects.create(person=bureau, kind=NoticeKind.ACCOUNT, key="1", text="…")
                form = f"csrfmiddlewaretoken={TOKEN}"
                kind = "application/x-www-form-urlencoded"
                answer = front.ask(INBOX, "POST", form, Cookie=cookies, Content_Type=kind)
                assert answer.status == 302
                assert not Notice.objects.unread().of(bureau).exists()
                wait_until(lambda: count_done() == COUNT)
            # What was on its way to a reader when the machine died is cut short, and nothing else:
            # what was not yet public was not found, and nobody heard of a failure.
            assert readers.cut <= len(readers.threads)
            assert set(readers.seen) <= {200, 302, 301, 404}, readers.seen
            assert readers.seen[200] > COUNT
            wait_until(lambda: all(front.ask(page).status == 200 for page in pages))
            wait_until(lambda: all(f'href="{page}"' in front.ask("/").text for page in pages))
        finally:
            for each in workers:
                if each.poll() is None:
                    kill(each)
    made = Disclosure.objects.order_by("department__code")
    assert list(made.values_list("department__code", "version")) == [(code, 1) for code in codes]
    assert [*Inspection().find_faults(), *find_faults()] == []
