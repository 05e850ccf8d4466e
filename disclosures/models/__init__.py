"""What becomes public, and the way to it: frozen documents, transitions, explanations, comments."""

from disclosures.models.comment import Appraisal, Comment, Explanation, Reply
from disclosures.models.county_file import CountyFile, CountyFilePart, CountyYear
from disclosures.models.disclosure import Disclosure, DisclosureFile, FileKind, Record
from disclosures.models.index import (
    IndexEntry,
    IndexFigure,
    IndexIndicator,
    IndexReason,
    IndexText,
    TextKind,
)
from disclosures.models.login import AddressFailures, NameFailures
from disclosures.models.release import Release, ReleaseItem, ReleaseStage
from disclosures.models.transition import Notice, NoticeKind, Submission, Transition
from disclosures.models.worker import WorkerTurn

__all__ = [
    "AddressFailures",
    "Appraisal",
    "Comment",
    "CountyFile",
    "CountyFilePart",
    "CountyYear",
    "Disclosure",
    "DisclosureFile",
    "Explanation",
    "FileKind",
    "IndexEntry",
    "IndexFigure",
    "IndexIndicator",
    "IndexReason",
    "IndexText",
    "NameFailures",
    "Notice",
    "NoticeKind",
    "Record",
    "Release",
    "ReleaseItem",
    "ReleaseStage",
    "Reply",
    "Submission",
    "TextKind",
    "Transition",
    "WorkerTurn",
]
