"""The journey through the whole public site: from the site map along every link, into files."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.template.loader import render_to_string
from django.urls import reverse

from disclosures.models import Disclosure
from disclosures.site.copying import MAP, Copy, Copyist
from disclosures.site.crew import hire
from disclosures.site.manifest import Manifest
from disclosures.site.pages import PAGES
from disclosures.site.search import list_index
from disclosures.site.visiting import Visitor

SEEDS = ("/", MAP, "/robots.txt", *PAGES)


class BrokenLinkError(Exception):
    """A page leads to an address that does not answer."""


class Journey:
    """One export: what is asked, where it is written, and what remains to be asked."""

    def __init__(self, folder: Path, root: str, *, brief: bool = False, anew: bool = False) -> None:
        # An answer that names the site elsewhere is no longer what there is.
        name = f"{root} brief" if brief else root
        self.manifest = Manifest.open(folder, name, anew=anew)
        self.copyist = Copyist(
            root=root,
            manifest=self.manifest,
            visitor=Visitor(root, brief=brief),
            versions=list_versions(),
            brief=brief,
        )
        # By address: the page that leads there.
        self.sources = dict.fromkeys(SEEDS, "网站地图")

    def run(
        self, report: Callable[[int], None] = lambda _: None, processes: int = 1
    ) -> dict[str, int]:
        """Everything into files; how many were written, unchanged and removed."""
        with self.begin(), hire(self.copyist, processes) as copy_all:
            found: Iterable[str] = SEEDS
            while found:
                found = list(self.follow(copy_all(found), report))
            self.write_index()
            return self.manifest.publish()

    @contextmanager
    def begin(self) -> Iterator[None]:
        """The manifest with its journal open."""
        self.manifest.begin()
        try:
            yield
        finally:
            self.manifest.close()

    def follow(self, copies: Iterable[Copy], report: Callable[[int], None]) -> Iterator[str]:
        """Note the copies; the addresses they lead to that have not been asked for."""
        for copy in copies:
            if copy.record is None:
                source = self.sources[copy.address]
                raise BrokenLinkError(f"{source} 指向 {copy.address}，回答是 {copy.status}")
            self.manifest.note(copy.record, copy.is_placed)
            report(len(self.manifest.files))
            for link in copy.links:
                if link not in self.sources:
                    self.sources[link] = copy.address
                    yield link

    def write_index(self) -> None:
        """What is searched, and 404.html, whose links begin at the root: it stands anywhere."""
        for path, data in list_index():
            self.manifest.write(path, data)
        lost = render_to_string("404.html", {"exception": "Resolver404"})
        self.manifest.write("404.html", lost.encode())


def list_versions() -> Mapping[str, int]:
    """The version in force by the address of the document."""
    found = Disclosure.objects.current().values_list("year", "department__code", "version")
    return {
        reverse("disclosures:page", args=[year, code]): version for year, code, version in found
    }
