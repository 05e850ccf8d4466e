"""Copies one address into its file, with links that hold between files."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from disclosures.site import atlas
from disclosures.site.manifest import Kept, Manifest, Record
from disclosures.site.pages import PAGES
from disclosures.site.visiting import Answer, Visitor

MAP = "/sitemap.xml"
PLACE = re.compile(r"<loc>([^<]+)</loc>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What became of an address: the portal's status, the file, and where the file leads."""

    address: str
    status: int
    record: Record | None = None
    is_placed: bool = False
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copyist:
    """Asks the portal known by `root` and lets the files wait in the manifest's folder.

    Where it is `brief`, a figure's own page is its place on the document; else a figure of the
    document in force is that of the version in force, which `versions` tells by the document.
    """

    root: str
    manifest: Manifest
    visitor: Visitor
    versions: Mapping[str, int]
    brief: bool = False

    def copy(self, address: str) -> Copy:
        """One address into its file, unless the portal says that the file still holds."""
        kept = self.manifest.recall(atlas.locate(address))
        answer = self.ask(address, kept.record.tag if kept else "")
        if answer.status == 304 and kept:
            links = tuple(dict.fromkeys(self.reread_links(address, kept)))
            record, is_placed = kept.record, kept.is_placed
        elif answer.status == 200:
            links = tuple(dict.fromkeys(self.read_links(address, answer)))
            record, is_placed = self.put(address, answer, links)
        else:
            return Copy(address=address, status=answer.status)
        return Copy(
            address=address,
            status=200,
            record=record,
            is_placed=is_placed,
            links=links,
        )

    def ask(self, address: str, known: str) -> Answer:
        """The portal's answer, or that of a page that stands in for one that needs a server."""
        if address in PAGES:
            kind, make = PAGES[address]
            return Answer(200, kind, "", make())
        return self.visitor.ask(address, known)

    def put(self, address: str, answer: Answer, links: tuple[str, ...]) -> tuple[Record, bool]:
        """The answer as a file; whether it is in its place already."""
        path = atlas.locate(address)
        digest, is_placed = self.manifest.put(path, self.adapt(address, answer))
        files = ((atlas.locate(link), link) for link in links)
        odd = {file: link for file, link in files if atlas.guess(file) != link}
        return Record(path, digest, answer.tag, answer.content_type, odd), is_placed

    def read_links(self, address: str, answer: Answer) -> Iterator[str]:
        """The addresses whose files a page, a picture, a stylesheet or the site map leads to."""
        if address == MAP:
            yield from self.read_map(answer.body)
        pattern = atlas.choose_pattern(answer.content_type)
        if pattern:
            for link in atlas.list_links(answer.body.decode(), pattern, address):
                if not link.startswith(atlas.SERVED):
                    yield self.mean(link).partition("#")[0]

    def reread_links(self, address: str, kept: Kept) -> Iterator[str]:
        """The same of a file that still holds, whose links lead to files."""
        if address == MAP:
            yield from self.read_map(kept.data)
        pattern = atlas.choose_pattern(kept.record.kind)
        if pattern:
            for link in atlas.list_links(kept.data.decode(), pattern, f"/{kept.record.path}"):
                path = atlas.locate(link)
                yield kept.record.odd.get(path) or atlas.guess(path)

    def read_map(self, data: bytes) -> Iterator[str]:
        """The addresses that the site map lists."""
        return (place.removeprefix(self.root) for place in PLACE.findall(data.decode()))

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
        meant, _, mark = self.mean(address).partition("#")
        link = atlas.lead(source, atlas.locate(meant))
        return f"{link}#{mark}" if mark else link

    def mean(self, address: str) -> str:
        """The address, with the place in it, that a link to this one leads to in the export."""
        reference = atlas.REFERENCE.fullmatch(address)
        if reference is None:
            return address
        page, version = reference["page"], self.versions.get(reference["page"])
        if self.brief:
            return f"{page}#{reference['mark']}"
        return address.replace(page, f"{page}v{version}/", 1) if version else address
