"""Proof of what was published: everything recomputed from storage, and a file told from a fake."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from budgets.domain.document import digest
from budgets.models import State
from disclosures.models import Disclosure, DisclosureFile, FileKind, Transition


@dataclass(frozen=True, slots=True)
class Fault:
    """Something published that is not as it was: what it belongs to, and what is wrong."""

    subject: str
    message: str

    def __str__(self) -> str:
        return f"{self.subject}：{self.message}"


@dataclass(frozen=True, slots=True)
class Match:
    """What a digest stands for: a whole version, or one of its files."""

    disclosure: Disclosure
    what: str
    is_current: bool


def find_faults() -> Iterator[Fault]:
    """Whatever was altered or is missing among all versions and files; nothing where all is well.

    One version is in memory at a time.
    """
    versions = Disclosure.objects.select_related("department").order_by("pk")
    for disclosure in versions.iterator(chunk_size=1):
        if digest(disclosure.content) != disclosure.digest:
            yield Fault(str(disclosure), "内容被改动过，和公开时的摘要不符。")
        yield from _check_files(disclosure)
    yield from _find_gaps()
    yield from _find_lost()


def _check_files(disclosure: Disclosure) -> Iterator[Fault]:
    kept = set()
    for file in disclosure.files.iterator(chunk_size=1):
        kept.add(file.kind)
        data = bytes(file.data)
        if sha256(data).hexdigest() != file.sha256 or len(data) != file.size:
            yield Fault(str(disclosure), f"{file.get_kind_display()}被改动过，和公开时的摘要不符。")
        elif file.kind == FileKind.JSON and json.loads(data)["digest"] != disclosure.digest:
            yield Fault(str(disclosure), "数据文件里的摘要和这一版的摘要不符。")
    for kind in FileKind:
        if kind not in kept:
            yield Fault(str(disclosure), f"缺少{kind.label}。")


def _find_gaps() -> Iterator[Fault]:
    ordered = Disclosure.objects.without_content().order_by("department", "year", "version")
    expected, shelf = 0, None
    for each in ordered.select_related("department"):
        if (each.department_id, each.year) != shelf:
            expected, shelf = 1, (each.department_id, each.year)
        for missing in range(expected, each.version):
            yield Fault(each.title, f"缺少第{missing}版。")
        expected = each.version + 1


def _find_lost() -> Iterator[Fault]:
    # The last version of all leaves no gap where it is missing, but the record of its release.
    released = Transition.objects.filter(after=State.PUBLISHED).select_related("budget__department")
    for step in released:
        own = Disclosure.objects.filter(
            department=step.budget.department_id, year=step.budget.year, digest=step.digest
        )
        if not own.exists():
            yield Fault(str(step.budget), f"{step.at:%Y-%m-%d}公开的一版不见了。")


def match_digest(code: str) -> list[Match]:
    """The versions and files that a SHA-256 (hexadecimal, any case) stands for, oldest first."""
    code = code.strip().lower()
    current = set(Disclosure.objects.current().values_list("pk", flat=True))
    versions = Disclosure.objects.without_content().select_related("department")
    found = [Match(each, "内容", each.pk in current) for each in versions.filter(digest=code)]
    files = DisclosureFile.objects.filter(sha256=code).defer("data").order_by("disclosure")
    for file in files.select_related("disclosure__department"):
        version = file.disclosure
        found.append(Match(version, file.get_kind_display(), version.pk in current))
    return found
