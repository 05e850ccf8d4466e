"""The journey through the whole public site: from the site map along every link, into files."""

import re
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

from disclosures.site import atlas
from disclosures.site.manifest import Manifest
from disclosures.site.pages import PAGES
from disclosures.site.visiting import Answer, Visitor

MAP = "/sitemap.xml"
SEEDS = ("/", MAP, "/robots.txt", *PAGES)
LOST = "/404/"
PLACE = re.compile(r"<loc>([^<]+)</loc>")


class BrokenLinkError(Exception):
    """A page leads to an address that does not answer."""


class Journey:
    """One export: what is asked, where it is written, and what remains to be asked."""

    def __init__(self, folder: Path, root: str, *, brief: bool = False, anew: bool = False) -> None:
        self.root, self.brief = root, brief
        self.visitor = Visitor(root)
        self.manifest = Manifest.open(folder)
        # An answer that names the site elsewhere is no longer what there is.
        self.trusts_tags = not anew and self.manifest.root == self.name_kind()
        self.queue: deque[tuple[str, str]] = deque()
        self.seen: set[str] = set()

    def name_kind(self) -> str:
        """What makes two exports comparable: the site's address, and how much is exported."""
        return f"{self.root} brief" if self.brief else self.root

    def run(self, report: Callable[[int], None] = lambda _: None) -> dict[str, int]:
        """Everything into files; how many were written, unchanged and removed."""
        try:
            self.follow(SEEDS, "")
            while self.queue:
                address, source = self.queue.popleft()
                self.take(address, source)
                report(len(self.manifest.files))
            self.take_lost()
            self.manifest.clear()
        finally:
            self.manifest.record(self.name_kind())
        return self.manifest.counts

    def follow(self, addresses: Iterable[str], source: str) -> None:
        """Queue what has not been seen; `source` is told where an address does not answer."""
        for address in map(self.mean, addresses):
            if address not in self.seen and not address.startswith(atlas.SERVED):
                self.seen.add(address)
                self.queue.append((address, source))

    def mean(self, address: str) -> str:
        """The address whose file a link to this one needs."""
        return atlas.shorten(address).partition("#")[0] if self.brief else address

    def take(self, address: str, source: str) -> None:
        """One address into its file, unless the portal says that the file still holds."""
        path = atlas.locate(address)
        kept = self.manifest.recall(path) if self.trusts_tags else None
        answer = self.ask(address, kept[0] if kept else "")
        if answer.status == 304 and kept:
            tag, kind, data = kept
            self.manifest.note(path, self.manifest.former[path]["sha256"], tag, kind, is_same=True)
            self.read_links(address, kind, data)
        elif answer.status == 200:
            self.read_links(address, answer.content_type, answer.body)
            data = self.adapt(address, answer)
            self.manifest.write(path, data, answer.tag, answer.content_type)
        else:
            raise BrokenLinkError(f"{source or '网站地图'} 指向 {address}，回答是 {answer.status}")

    def ask(self, address: str, known: str) -> Answer:
        """The portal's answer, or that of a page that stands in for one that needs a server."""
        if address in PAGES:
            kind, make = PAGES[address]
            return Answer(200, kind, "", make())
        return self.visitor.ask(address, known)

    def read_links(self, address: str, kind: str, data: bytes) -> None:
        """Queue what a page, a picture, a stylesheet or the site map leads to."""
        if address == MAP:
            places = PLACE.findall(data.decode())
            self.follow([place.removeprefix(self.root) for place in places], MAP)
        pattern = atlas.choose_pattern(kind)
        if pattern:
            self.follow(atlas.list_links(data.decode(), pattern, address), address)

    def adapt(self, address: str, answer: Answer) -> bytes:
        """The body with links that hold between files."""
        pattern = atlas.choose_pattern(answer.content_type)
        if pattern is None:
            return answer.body
        source = atlas.locate(address)
        text = answer.body.decode()
        return atlas.relink(text, pattern, address, lambda to: self.point(source, to)).encode()

    def point(self, source: str, address: str) -> str:
        """A link from a file to an address: its file, or the portal where that must answer."""
        if address.startswith(atlas.SERVED):
            return f"{self.root}{address}"
        meant, _, mark = (atlas.shorten(address) if self.brief else address).partition("#")
        link = atlas.lead(source, atlas.locate(meant))
        return f"{link}#{mark}" if mark else link

    def take_lost(self) -> None:
        """404.html, whose links begin at the root: a server shows it at any address."""
        answer = self.visitor.ask(LOST)
        self.manifest.write("404.html", answer.body, "", answer.content_type)
