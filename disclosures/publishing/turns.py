"""Whether workers live: each notes its turns in the database, by the database's clock."""

import os
import socket
import time
from datetime import timedelta

from django.db.models.functions import Now

from disclosures.models import WorkerTurn

# Seconds; none is noted while a worker does one piece of work.
NOTED_EVERY = 5
ALIVE_WITHIN = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(days=1)


class Turns:
    """The turns of this process, noted at most every few seconds."""

    def __init__(self):
        self.name = f"{socket.gethostname()}:{os.getpid()}"[:100]
        self.due = 0.0

    def note(self) -> None:
        """Note that the worker is there; a new one forgets those that have been gone for long."""
        if time.monotonic() < self.due:
            return
        if not WorkerTurn.objects.filter(name=self.name).update(at=Now()):
            WorkerTurn.objects.filter(at__lt=Now() - FORGOTTEN_AFTER).delete()
            WorkerTurn.objects.create(name=self.name, at=Now())
        self.due = time.monotonic() + NOTED_EVERY


def list_living_workers():
    """The turns of the workers that live.

    One in the future is of a worker that died before the database's clock was put back: the living
    have noted another since.
    """
    return WorkerTurn.objects.filter(at__range=(Now() - ALIVE_WITHIN, Now() + ALIVE_WITHIN))


def is_worker_alive() -> bool:
    return list_living_workers().exists()
