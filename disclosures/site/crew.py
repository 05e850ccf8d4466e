"""Who copies: this process, or several side by side."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread

from django.db import connections

from disclosures.site.copying import Copy, Copyist

# How many addresses a process takes at a time; those of one document stand together.
SHARE = 32
# The copyist of a process that was made to help.
own: list[Copyist] = []

CopyAll = Callable[[Iterable[str]], Iterable[Copy]]


@contextmanager
def hire(copyist: Copyist, processes: int) -> Iterator[CopyAll]:
    """A way to copy many addresses, told in their order."""
    if processes == 1:
        yield lambda addresses: map(copyist.copy, addresses)
        return
    # A connection is not shared with a process that begins as a copy of this one.
    connections.close_all()
    pool = ProcessPoolExecutor(
        processes, get_context("fork"), initializer=enlist, initargs=(copyist,)
    )
    with pool:
        yield lambda addresses: pool.map(copy_one, addresses, chunksize=SHARE)


def enlist(copyist: Copyist) -> None:
    """Be ready to copy, as long as the process that asks for it lives."""
    own.append(copyist)
    Thread(target=leave_with_parent, daemon=True).start()


def leave_with_parent() -> None:
    """End as soon as the process that began this one was killed: nobody else would end it."""
    parent_process().join()
    os._exit(1)


def copy_one(address: str) -> Copy:
    """An address copied by the process's own copyist."""
    return own[0].copy(address)
