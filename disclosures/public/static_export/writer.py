"""Writes an export into a folder: which file an address is, and how links lead between files.

Only what an export wrote is ever rewritten or removed. New files wait in a folder of their own
until the whole site has been asked for, and are moved to their places at once. So the site that is
hosted is always whole, also where an export is killed; the next one takes up what was ready.
"""

import fcntl
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from html import escape, unescape
from pathlib import Path, PurePosixPath
from shutil import rmtree
from typing import TextIO
from urllib.parse import quote, unquote, urljoin, urlsplit

# The export's own, beside the files: what it wrote, what waits, and who is writing.
OWN = ".export"
MANIFEST, STAGE, LOCK = f"{OWN}/manifest.jsonl", f"{OWN}/files", f"{OWN}/lock"


class ForeignFileError(Exception):
    """A file that no export wrote stands where this one has to write."""


class TakenFolderError(Exception):
    """Another export is writing into the folder."""


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file as it was written: its digest, and its ETag and content type at the portal."""

    address: str
    sha256: str
    tag: str = ""
    kind: str = ""

    @property
    def path(self) -> str:
        return locate_file(self.address)

    @property
    def line(self) -> str:
        return json.dumps(asdict(self)) + "\n"


@contextmanager
def open_site_writer(folder: Path, site: str, *, anew: bool = False) -> Iterator["SiteWriter"]:
    """The only writer into a folder; `site` names which exports are alike."""
    (folder / OWN).mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise TakenFolderError from taken
        with (folder / MANIFEST).open("a+", buffering=1, errors="replace") as manifest:
            yield SiteWriter(folder, site, manifest, anew=anew)


class SiteWriter:
    """The files of a folder by path: `known` from alike exports before, `files` from this one."""

    def __init__(self, folder: Path, site: str, manifest: TextIO, *, anew: bool = False) -> None:
        self.folder, self.stage, self.manifest = folder, folder / STAGE, manifest
        self.ours: set[str] = set()
        self.known: dict[str, ExportedFile] = {}
        self.files: dict[str, ExportedFile] = {}
        self.head = json.dumps({"site": site}) + "\n"
        former = self.read_manifest()
        if anew or former != site:
            self.known = {}
        # What a killed export had not finished writing ends here.
        self.manifest.write(f"\n{self.head}")

    def read_manifest(self) -> str:
        """Learn what was written; the site of which the last lines tell."""
        site = ""
        self.manifest.seek(0)
        for line in self.manifest:
            try:
                told = json.loads(line)
            except json.JSONDecodeError:
                continue
            if "site" in told:
                self.known = self.known if told["site"] == site else {}
                site = told["site"]
            else:
                file = ExportedFile(**told)
                self.known[file.path] = file
                self.ours.add(file.path)
        return site

    def recall(self, address: str) -> tuple[ExportedFile, bytes] | None:
        """A file with a tag that is still as it was written, in its place or waiting to be moved.

        Whatever waits afterwards is what has to be moved.
        """
        file = self.known.get(locate_file(address))
        if file is None or not file.tag:
            return None
        waiting, placed = self.stage / file.path, self.folder / file.path
        for place in (waiting, placed):
            if place.is_file():
                data = place.read_bytes()
                if sha256(data).hexdigest() == file.sha256:
                    return file, data
            waiting.unlink(missing_ok=True)
        return None

    def put(self, address: str, data: bytes, tag: str = "", kind: str = "") -> ExportedFile:
        """Let a file wait, unless the same is in its place."""
        file = ExportedFile(address, sha256(data).hexdigest(), tag, kind)
        target, waiting = self.folder / file.path, self.stage / file.path
        is_there = target.is_file()
        if is_there and file.path not in self.ours:
            raise ForeignFileError(file.path)
        if is_there and sha256(target.read_bytes()).hexdigest() == file.sha256:
            waiting.unlink(missing_ok=True)
        else:
            waiting.parent.mkdir(parents=True, exist_ok=True)
            waiting.write_bytes(data)
        return file

    def note(self, file: ExportedFile) -> None:
        """Remember a file that belongs to this export; a killed one is taken up from here."""
        self.files[file.path] = file
        self.manifest.write(file.line)

    def publish(self) -> dict[str, int]:
        """Everything to its place; how many files were written, unchanged and removed.

        New files come first and what is gone goes last: no page ever leads to a file that is not.
        """
        # A file that was moved before it is on the disk is empty when the power goes.
        os.sync()
        changed = [path for path in self.files if (self.stage / path).is_file()]
        for path in sorted(changed, key=lambda path: (self.folder / path).exists()):
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.stage / path).replace(self.folder / path)
        removed = self.remove_former()
        self.stage.mkdir(exist_ok=True)
        waiting = self.stage / "manifest.jsonl"
        lines = (self.files[path].line for path in sorted(self.files))
        waiting.write_text(self.head + "".join(lines))
        waiting.replace(self.folder / MANIFEST)
        rmtree(self.stage)
        written = len(changed)
        return {"written": written, "unchanged": len(self.files) - written, "removed": removed}

    def remove_former(self) -> int:
        """Remove what exports before wrote and this one, being whole, did not; how many."""
        removed = 0
        for path in sorted(self.ours - set(self.files)):
            target = self.folder / path
            if target.is_file():
                target.unlink()
                removed += 1
            for parent in target.relative_to(self.folder).parents[:-1]:
                folder = self.folder / parent
                if folder.is_dir() and not any(folder.iterdir()):
                    folder.rmdir()
        return removed


# Links are found and replaced where they stand in the text: every template quotes its attributes,
# and a parser that writes a page anew changes it (lxml's makes `viewbox` of an inline `viewBox`).
# What has a protocol is another website's, or meant to be whole.
LINK = re.compile(r'(\s(?:href|src|action)=")([^"]*)(")')
STYLE_LINK = re.compile(r"""(url\(["']?)([^"'()]+)(["']?\))""")
JOINTS = str.maketrans("=&", "--")
WHOLE = re.compile(r"\A(?:[a-z][a-z0-9+.-]*+:|//|#|$)", re.IGNORECASE)
# Questions that have a file each: another look of a document.
ASKED = re.compile(r"(?:unit=yuan)?&?(?:last=1)?")
# Names that some file system refuses, or that are too long for one.
FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$')
LONGEST, KEPT = 120, 60


def choose_pattern(content_type: str) -> re.Pattern[str] | None:
    """How links are written in content of a type; None where there are none to follow."""
    if content_type.startswith("text/css"):
        return STYLE_LINK
    return LINK if content_type.startswith(("text/html", "image/svg+xml")) else None


def locate_file(address: str) -> str:
    """The file of an address, relative to the export; a folder's page is its index.html."""
    split = urlsplit(address)
    parts = [make_safe(part) for part in unquote(split.path).split("/") if part]
    if split.path.endswith("/"):
        parts += [split.query.translate(JOINTS)] if split.query else []
        parts.append("index.html")
    return "/".join(parts)


def make_safe(part: str) -> str:
    """A part of an address as a file name on any system; what had to change gets a digest."""
    if not FORBIDDEN.search(part) and len(part.encode()) <= LONGEST:
        return part
    mark = sha256(part.encode()).hexdigest()[:12]
    return f"{FORBIDDEN.sub('_', part)[: KEPT // 2]}-{mark}"


def list_links(text: str, pattern: re.Pattern[str], address: str) -> Iterator[str]:
    """The addresses of the same site that a text at an address leads to, without fragments."""
    links = (unescape(match[2]) for match in pattern.finditer(text))
    return (resolve(link, address) for link in links if not WHOLE.match(link))


def replace_links(
    text: str, pattern: re.Pattern[str], address: str, point: Callable[[str, str], str]
) -> str:
    """The text with each link to the same site as `point` gives it for an address and fragment."""

    def replace(match: re.Match[str]) -> str:
        link = unescape(match[2])
        if WHOLE.match(link):
            return match[0]
        pointed = point(resolve(link, address), urlsplit(link).fragment)
        return f"{match[1]}{escape(pointed)}{match[3]}"

    return pattern.sub(replace, text)


def resolve(link: str, address: str) -> str:
    """A link at an address as the address it means; only a query that has a file is kept."""
    split = urlsplit(urljoin(address.partition("?")[0], link))
    is_asked = split.query and ASKED.fullmatch(split.query)
    return f"{split.path}?{split.query}" if is_asked else split.path


def relate(source: str, target: str) -> str:
    """A relative link from one file to another; to a folder's page it names the folder."""
    path = os.path.relpath(target, str(PurePosixPath(source).parent))
    if path == "index.html":
        return "./"
    return quote(path.removesuffix("index.html") if path.endswith("/index.html") else path)
