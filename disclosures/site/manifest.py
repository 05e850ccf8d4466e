"""What an export has written into a folder: only that is ever rewritten or removed."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

NAME = ".export.json"


class ForeignFileError(Exception):
    """A file that the export did not write stands where it has to write."""


@dataclass
class Manifest:
    """The files in the folder by path: each with its digest, and its tag and type at the portal."""

    folder: Path
    root: str = ""
    former: dict[str, dict] = field(default_factory=dict)
    files: dict[str, dict] = field(default_factory=dict)
    counts: dict[str, int] = field(
        default_factory=lambda: {"written": 0, "unchanged": 0, "removed": 0}
    )

    @classmethod
    def open(cls, folder: Path) -> "Manifest":
        """That of the last export into the folder; an empty one where there was none."""
        path = folder / NAME
        if not path.exists():
            return cls(folder)
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(folder, kept["root"], kept["files"])

    def write(self, path: str, data: bytes, tag: str = "", kind: str = "") -> None:
        """Put a file where it is not there as it should be."""
        target, digest = self.folder / path, sha256(data).hexdigest()
        is_there = target.is_file()
        if is_there and path not in self.former and path not in self.files:
            raise ForeignFileError(path)
        is_same = is_there and sha256(target.read_bytes()).hexdigest() == digest
        if not is_same:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        self.note(path, digest, tag, kind, is_same=is_same)

    def note(self, path: str, digest: str, tag: str, kind: str, *, is_same: bool) -> None:
        """Remember a file that is there as it should be."""
        self.counts["unchanged" if is_same else "written"] += 1
        self.files[path] = {"sha256": digest, "tag": tag, "kind": kind}

    def recall(self, path: str) -> tuple[str, str, bytes] | None:
        """Tag, type and bytes of a file that is still as the last export left it."""
        known, target = self.former.get(path), self.folder / path
        if known is None or not known["tag"] or not target.is_file():
            return None
        data = target.read_bytes()
        is_ours = sha256(data).hexdigest() == known["sha256"]
        return (known["tag"], known["kind"], data) if is_ours else None

    def clear(self) -> None:
        """Remove what the last export wrote and this one, being whole, did not."""
        for path in sorted(set(self.former) - set(self.files)):
            target = self.folder / path
            if target.is_file():
                target.unlink()
                self.counts["removed"] += 1
            remove_empty(target.parent, self.folder)
        self.former = {}

    def record(self, root: str) -> None:
        """Remember what is in the folder, also where an export was broken off."""
        files = self.former | self.files
        if files:
            text = json.dumps({"root": root, "files": dict(sorted(files.items()))}, indent=0)
            (self.folder / NAME).write_text(text + "\n", encoding="utf-8")


def remove_empty(folder: Path, top: Path) -> None:
    """Folders that hold nothing any more, up to the export's own."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
