"""What checking a password costs: the hash, and how much of a process it may take."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic, thread_time

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id as OWASP's Password Storage Cheat Sheet asks for it: 19 MiB, two passes, one lane.

    A check takes an eighth of the time of Django's parameters, and as little memory as a guesser
    cannot well save.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


class TooBusyError(Exception):
    """Checking passwords has had its share of the process; a moment later it has some again."""


class TimeShare:
    """A share of a processor's time, for one kind of work, one piece of it at a time.

    What is not used is saved up, for so many seconds of work at most: the morning on which everyone
    logs in is no attack.
    """

    def __init__(self, share: float, saved: float) -> None:
        self.share, self.most = share, saved
        self.left, self.since = saved, monotonic()
        self.turn = Lock()

    @contextmanager
    def spend(self) -> Iterator[None]:
        """Work for as long as it takes; raises TooBusyError where nothing is left for it."""
        if not self.turn.acquire(timeout=1):
            raise TooBusyError
        try:
            now, begun = monotonic(), thread_time()
            self.left = min(self.most, self.left + (now - self.since) * self.share)
            self.since = now
            if self.left <= 0:
                raise TooBusyError
            try:
                yield
            finally:
                self.left -= thread_time() - begun
        finally:
            self.turn.release()


# Strangers, however many, cannot take from those who have been here before.
STRANGERS = TimeShare(share=0.05, saved=0.5)
KNOWN = TimeShare(share=0.25, saved=2)
