"""Writes an export into a folder: only what an export wrote is ever rewritten or removed.

New files wait in a folder of their own until the whole site has been asked for, and are moved to
their places at once. So the site that is hosted is always whole, also where an export is killed;
the next one takes up what was ready.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import TextIO

from disclosures.public.static_export.paths import locate_file

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
        """Where it lies in the folder."""
        return locate_file(self.address)

    @property
    def line(self) -> str:
        """Its line in the manifest."""
        return json.dumps(asdict(self)) + "\n"


@contextmanager
def open_writer(folder: Path, site: str, *, anew: bool = False) -> Iterator["Writer"]:
    """The only writer into a folder; `site` names which exports are alike."""
    (folder / OWN).mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise TakenFolderError from taken
        with (folder / MANIFEST).open("a+", buffering=1, errors="replace") as manifest:
            yield Writer(folder, site, manifest, anew=anew)


class Writer:
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
