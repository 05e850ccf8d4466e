"""What an export has written into a folder: only that is ever rewritten or removed.

New files wait in a folder of their own until the whole site has been asked for, and are moved to
their places at once. So the site that is hosted is always whole, also where an export is killed;
the next one takes up what was ready.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import TextIO

NAME, STAGE, JOURNAL = ".export.jsonl", ".export", "journal.jsonl"


class ForeignFileError(Exception):
    """A file that the export did not write stands where it has to write."""


class TakenFolderError(Exception):
    """Another export is writing into the folder."""


@dataclass(frozen=True, slots=True)
class Record:
    """A file as it was written: its digest, and its tag and type at the portal.

    `odd` tells the address of each file it leads to whose name does not tell it.
    """

    path: str
    sha256: str
    tag: str = ""
    kind: str = ""
    odd: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is still as it was written; in its place, or waiting to be moved there."""

    record: Record
    data: bytes
    is_placed: bool


@dataclass
class Manifest:
    """The files in the folder by path; `trusted` are those of before whose tags still tell."""

    folder: Path
    name: str
    ours: set[str] = field(default_factory=set)
    trusted: list[dict[str, Record]] = field(default_factory=list)
    files: dict[str, Record] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    journal: TextIO | None = None

    @classmethod
    def open(cls, folder: Path, name: str, *, anew: bool = False) -> "Manifest":
        """That of the exports into the folder before; `name` tells which of them are alike."""
        made = cls(folder, name)
        for path in (made.stage / JOURNAL, folder / NAME):
            former, records, ours = read_records(path)
            made.ours |= ours
            if former == name and not anew:
                made.trusted.append(records)
        return made

    @property
    def stage(self) -> Path:
        """Where new files wait."""
        return self.folder / STAGE

    def begin(self) -> None:
        """Keep a journal from now on; one that tells of another site begins anew."""
        self.stage.mkdir(parents=True, exist_ok=True)
        path = self.stage / JOURNAL
        is_known = bool(self.trusted) and read_records(path)[0] == self.name
        self.journal = path.open("a", encoding="utf-8", buffering=1)
        try:
            fcntl.lockf(self.journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise TakenFolderError from taken
        # What a killed export had not finished writing ends here.
        self.journal.write("\n" if is_known else f"\n{head(self.name)}")

    def recall(self, path: str) -> Kept | None:
        """A file that is still as it was written and has a tag."""
        for records in self.trusted:
            record = records.get(path)
            for folder in (self.stage, self.folder):
                target = folder / path
                if record and record.tag and target.is_file():
                    data = target.read_bytes()
                    if sha256(data).hexdigest() == record.sha256:
                        return Kept(record, data, folder == self.folder)
        return None

    def put(self, path: str, data: bytes) -> tuple[str, bool]:
        """Let a file wait where it is not in its place; its digest, and whether it is there."""
        target, digest = self.folder / path, sha256(data).hexdigest()
        is_there = target.is_file()
        if is_there and path not in self.ours:
            raise ForeignFileError(path)
        is_same = is_there and sha256(target.read_bytes()).hexdigest() == digest
        if not is_same:
            waiting = self.stage / path
            waiting.parent.mkdir(parents=True, exist_ok=True)
            waiting.write_bytes(data)
        return digest, is_same

    def note(self, record: Record, is_placed: bool) -> None:
        """Remember a file that is in its place, or waits."""
        self.files[record.path] = record
        if not is_placed:
            self.changed.add(record.path)
            self.journal.write(line(record))

    def write(self, path: str, data: bytes) -> None:
        """Put a file and remember it."""
        digest, is_placed = self.put(path, data)
        self.note(Record(path, digest), is_placed)

    def publish(self) -> dict[str, int]:
        """Everything to its place; how many files were written, unchanged and removed.

        New files come first and what is gone goes last: no page ever leads to a file that is not.
        """
        # A file that was moved before it is on the disk is empty when the power goes.
        os.sync()
        for path in sorted(self.changed, key=lambda path: (self.folder / path).exists()):
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.stage / path).replace(self.folder / path)
        removed = self.clear()
        waiting = self.stage / NAME
        lines = (line(self.files[path]) for path in sorted(self.files))
        waiting.write_text(head(self.name) + "".join(lines), encoding="utf-8")
        waiting.replace(self.folder / NAME)
        self.close()
        rmtree(self.stage)
        written = len(self.changed)
        return {
            "written": written,
            "unchanged": len(self.files) - written,
            "removed": removed,
        }

    def clear(self) -> int:
        """Remove what earlier exports wrote and this one, being whole, did not; how many."""
        removed = 0
        for path in sorted(self.ours - set(self.files)):
            target = self.folder / path
            if target.is_file():
                target.unlink()
                removed += 1
            remove_empty(target.parent, self.folder)
        return removed

    def close(self) -> None:
        """No more is written into the journal."""
        if self.journal:
            self.journal.close()


def head(name: str) -> str:
    """The line that says of which site the lines after it tell."""
    return json.dumps({"site": name}) + "\n"


def line(record: Record) -> str:
    """A record as a line."""
    return json.dumps(asdict(record), ensure_ascii=False) + "\n"


def read_records(path: Path) -> tuple[str, dict[str, Record], set[str]]:
    """The site that is told of last, its files, and the paths of all that were written."""
    name, records, ours = "", {}, set()
    for told in read_lines(path):
        if "site" in told:
            name, records = told["site"], {}
        else:
            records[told["path"]] = Record(**told)
            ours.add(told["path"])
    return name, records, ours


def read_lines(path: Path) -> Iterator[dict]:
    """What each line tells; one whose writing was broken off tells nothing."""
    if not path.is_file():
        return
    # A sign that was broken off spoils its own line only.
    with path.open(encoding="utf-8", errors="replace") as lines:
        for text in lines:
            try:
                yield json.loads(text)
            except json.JSONDecodeError:
                continue


def remove_empty(folder: Path, top: Path) -> None:
    """Folders that hold nothing any more, up to the export's own."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
