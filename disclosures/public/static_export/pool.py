"""Several processes that copy side by side, or this one alone."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any

from django.db import connections

# How many addresses a process takes at a time; those of one document stand together.
SHARE = 32
# What a process of the pool does with an address: too large to be sent with each of them.
work: list[Callable[[str], Any]] = []


@contextmanager
def open_pool(
    copy: Callable[[str], Any], processes: int
) -> Iterator[Callable[[Iterable[str]], Iterable[Any]]]:
    """A way to copy many addresses, answered in their order."""
    if processes == 1:
        yield partial(map, copy)
        return
    # A connection is not shared with a process that begins as a copy of this one.
    connections.close_all()
    context = get_context("fork")
    with ProcessPoolExecutor(processes, context, initializer=begin, initargs=(copy,)) as pool:
        yield partial(pool.map, do_work, chunksize=SHARE)


def begin(copy: Callable[[str], Any]) -> None:
    """Be ready to copy, as long as the process that asks for it lives."""
    work.append(copy)
    Thread(target=leave_with_parent, daemon=True).start()


def leave_with_parent() -> None:
    """End as soon as the process that began this one was killed: nobody else would end it."""
    parent_process().join()
    os._exit(1)


def do_work(address: str) -> Any:
    """An address copied by the process's own means."""
    return work[0](address)
