"""Copies every public page into a file, from the site map along every link."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Any

from django.db import connections
from django.template.loader import render_to_string
from django.urls import reverse

from disclosures.models import Disclosure
from disclosures.public.county_files import make_county_files
from disclosures.public.static_export.portal import PAGES, Portal, PortalAnswer
from disclosures.public.static_export.search_index import list_index_files
from disclosures.public.static_export.writer import (
    ExportedFile,
    SiteWriter,
    choose_pattern,
    list_links,
    locate_file,
    open_site_writer,
    relate,
    replace_links,
)

MAP = "/sitemap.xml"
SEEDS = ("/", MAP, "/robots.txt", *PAGES)
IS_MAP = re.compile(r"/sitemap(-[a-z]+-\d+)?\.xml")
PLACE = re.compile(r"<loc>([^<]+)</loc>")
# What needs a server to answer: an exported page leads to the portal itself there.
SERVED = ("/admin/", "/api/")
# A figure's or a sentence's own page, and the mark on the document that says where it stands.
REFERENCE = re.compile(r"\A(?P<page>.*/)(?:cells|sentences)/(?P<mark>[^/]+)/")


class BrokenLinkError(Exception):
    """A page leads to an address that does not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What became of an address: the portal's status, the file, and where the file leads."""

    address: str
    status: int = 200
    file: ExportedFile | None = None
    links: tuple[str, ...] = ()


def export_site(
    folder: Path,
    root: str,
    *,
    brief: bool = False,
    anew: bool = False,
    processes: int = 1,
    report: Callable[[int], None] = lambda _: None,
) -> dict[str, int]:
    """The site known by `root` into files; how many were written, unchanged and removed.

    Where it is `brief`, a figure's own page is its place on the document.
    """
    make_county_files(at_once=True)
    # An answer that names the site elsewhere is no longer what there is.
    site = f"{root} brief" if brief else root
    with open_site_writer(folder, site, anew=anew) as writer:
        crawler = Crawler(root, writer, brief=brief)
        with open_pool(crawler.copy, processes) as copy_all:
            crawler.follow_links(copy_all, report)
        for address, data in list_index_files():
            writer.note(writer.put(address, data))
        # It stands anywhere: its links begin at the root.
        lost = render_to_string("404.html", {"exception": "Resolver404"})
        writer.note(writer.put("/404.html", lost.encode()))
        return writer.publish()


class Crawler:
    """Asks the portal known by `root` for addresses and gives the answers to the writer."""

    def __init__(self, root: str, writer: SiteWriter, *, brief: bool = False) -> None:
        self.root, self.writer, self.brief = root, writer, brief
        self.portal = Portal(root, brief=brief)
        found = Disclosure.objects.current().values_list("year", "department__code", "version")
        # By the address of a document, the version in force.
        self.versions = {
            reverse("disclosures:page", args=[year, code]): version for year, code, version in found
        }

    def follow_links(
        self, copy_all: Callable[[Iterable[str]], Iterable[Copy]], report: Callable[[int], None]
    ) -> None:
        """Copy everything that can be reached; BrokenLinkError where something cannot."""
        sources = dict.fromkeys(SEEDS, "网站地图")
        waiting = list(SEEDS)
        while waiting:
            found = []
            for copy in copy_all(waiting):
                if copy.file is None:
                    source = sources[copy.address]
                    raise BrokenLinkError(f"{source} 指向 {copy.address}，回答是 {copy.status}")
                self.writer.note(copy.file)
                report(len(self.writer.files))
                for link in copy.links:
                    if link not in sources:
                        sources[link] = copy.address
                        found.append(link)
            waiting = found

    def copy(self, address: str) -> Copy:
        """One address into its file, unless the portal says that the file of before still holds."""
        file, data = self.writer.recall(address) or (None, b"")
        links = self.reread_links(file, data) if file else None
        answer = self.ask(address, file.tag if file and links is not None else "")
        if answer.status == 304 and links is not None:
            return Copy(address=address, file=file, links=links)
        if answer.status != 200:
            return Copy(address=address, status=answer.status)
        body, links = self.adapt(address, answer)
        file = self.writer.put(address, body, answer.tag, answer.content_type)
        return Copy(address=address, file=file, links=links)

    def ask(self, address: str, known: str) -> PortalAnswer:
        """The portal's answer, or that of a page that stands in for one that needs a server."""
        if address in PAGES:
            kind, make = PAGES[address]
            return PortalAnswer(200, kind, body=make())
        return self.portal.ask(address, known)

    def adapt(self, address: str, answer: PortalAnswer) -> tuple[bytes, tuple[str, ...]]:
        """The body with links that hold between files, and the addresses that these files are."""
        if IS_MAP.fullmatch(address):
            return answer.body, tuple(self.read_map(answer.body))
        pattern = choose_pattern(answer.content_type)
        if pattern is None:
            return answer.body, ()
        source = locate_file(address)
        links: dict[str, None] = {}

        def point(to: str, fragment: str) -> str:
            mark = f"#{fragment}" if fragment else ""
            if to.startswith(SERVED):
                return f"{self.root}{to}{mark}"
            if reference := REFERENCE.fullmatch(to):
                page = reference["page"]
                if self.brief:
                    to, mark = page, f"#{reference['mark']}"
                elif version := self.versions.get(page):
                    # One page, not two: that of the version in force.
                    to = to.replace(page, f"{page}v{version}/", 1)
            links[to] = None
            return relate(source, locate_file(to)) + mark

        text = replace_links(answer.body.decode(), pattern, address, point)
        return text.encode(), tuple(links)

    def reread_links(self, file: ExportedFile, data: bytes) -> tuple[str, ...] | None:
        """The same addresses of a file as it was written; None where one is not known any more."""
        if IS_MAP.fullmatch(file.address):
            return tuple(self.read_map(data))
        pattern = choose_pattern(file.kind)
        if pattern is None:
            return ()
        found: dict[str, None] = {}
        for link in list_links(data.decode(), pattern, f"/{file.path}"):
            known = self.writer.known.get(locate_file(link))
            if known is None:
                return None
            found[known.address] = None
        return tuple(found)

    def read_map(self, data: bytes) -> Iterator[str]:
        return (place.removeprefix(self.root) for place in PLACE.findall(data.decode()))


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
    if parent := parent_process():
        Thread(target=leave_with, args=(parent,), daemon=True).start()


def leave_with(parent: BaseProcess) -> None:
    """End as soon as the process that began this one was killed: nobody else would end it."""
    parent.join()
    os._exit(1)


def do_work(address: str) -> Any:
    return work[0](address)
