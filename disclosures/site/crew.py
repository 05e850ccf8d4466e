"""Who copies: this process, or several side by side."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

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
        processes, get_context("fork"), initializer=own.append, initargs=(copyist,)
    )
    with pool:
        yield lambda addresses: pool.map(copy_one, addresses, chunksize=SHARE)


def copy_one(address: str) -> Copy:
    """An address copied by the process's own copyist."""
    return own[0].copy(address)
