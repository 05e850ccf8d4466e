"""What becomes public, and the way to it: frozen documents, transitions, explanations, comments."""

from disclosures.models.appraisal import Appraisal
from disclosures.models.comment import Comment, Reply
from disclosures.models.disclosure import Disclosure, DisclosureFile, FileKind
from disclosures.models.explanation import Explanation
from disclosures.models.index import (
    IndexEntry,
    IndexFigure,
    IndexIndicator,
    IndexReason,
    IndexText,
    TextKind,
)
from disclosures.models.notice import Notice, NoticeKind
from disclosures.models.record import Record
from disclosures.models.release import Release, ReleaseItem, ReleaseStage
from disclosures.models.submission import Submission
from disclosures.models.transition import Transition

__all__ = [
    "Appraisal",
    "Comment",
    "Disclosure",
    "DisclosureFile",
    "Explanation",
    "FileKind",
    "IndexEntry",
    "IndexFigure",
    "IndexIndicator",
    "IndexReason",
    "IndexText",
    "Notice",
    "NoticeKind",
    "Record",
    "Release",
    "ReleaseItem",
    "Reply",
    "ReleaseStage",
    "Submission",
    "TextKind",
    "Transition",
]
