"""Draw up a budget's document, check it, and freeze it with its files, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from budgets import audit
from budgets.domain.document import Document, Finding
from budgets.models import Budget
from disclosures.models import Disclosure, DisclosureFile, FileKind
from disclosures.publishing.drawing import draw_paper
from disclosures.publishing.exports import TYPES
from disclosures.publishing.exports.data import build_document_json
from disclosures.publishing.exports.workbook import build_workbook
from disclosures.publishing.index.writing import index_disclosure
from disclosures.publishing.pdf.rendering import Attachment, render_pdf
from disclosures.workflow.drafting import draft_budget


class PublicationRefusedError(Exception):
    """Nothing was published; `findings` say what must be mended first."""

    def __init__(self, message: str, findings: list[Finding] | None = None) -> None:
        super().__init__(message)
        self.findings = findings or []


@dataclass(frozen=True, slots=True)
class Edition:
    """What is printed on every file of one publication; only a correction has a reason."""

    document: Document
    version: int
    published_at: datetime
    reason: str

    @property
    def name(self) -> str:
        """The files' common name, without a suffix."""
        return f"{self.document.title}-第{self.version}版"


BuildFiles = Callable[[Edition], dict[FileKind, bytes]]


@transaction.atomic
def publish(
    budget: Budget,
    *,
    who=None,
    reason: str = "",
    now: datetime | None = None,
    bind: BuildFiles | None = None,
) -> Disclosure:
    """Freeze a budget's document as its next version, with the files that `bind` makes (all).

    Publishing again what is already public returns the version that holds it. Nothing has changed
    after PublicationRefusedError: where a check fails, or a correction has no reason.
    """
    # One publication of a budget at a time: the second waits here and finds the first one's work.
    budget = Budget.objects.select_for_update().get(pk=budget.pk)
    made = draft_budget(budget)
    current = Disclosure.objects.for_address(budget.year, budget.department.code).first()
    if current and current.digest == made.digest:
        return current
    if made.blocking:
        message = f"有{len(made.blocking)}处问题，不能公开。"
        raise PublicationRefusedError(message, made.blocking)
    if current and not reason.strip():
        raise PublicationRefusedError("已经公开过，再次公开是更正，请写明更正原因。")
    version, reason = (current.version + 1, reason.strip()) if current else (1, "")
    edition = Edition(made, version, now or timezone.now(), reason)
    frozen = freeze_edition(budget, edition, (bind or build_files)(edition))
    audit.write_entry(
        audit.Action.VERSION,
        who=who,
        subject=budget,
        before={"版本": current.version, "内容摘要": current.digest} if current else None,
        after={
            "版本": frozen.version,
            "内容摘要": frozen.digest,
            "文件": dict(frozen.files.values_list("name", "sha256")),
        },
        words=frozen.reason,
    )
    return frozen


def freeze_edition(budget: Budget, edition: Edition, files: dict[FileKind, bytes]) -> Disclosure:
    """Write the version, its files and its index."""
    disclosure = Disclosure.objects.create(
        department=budget.department,
        year=budget.year,
        version=edition.version,
        title=edition.document.title,
        content=edition.document.canonical,
        digest=edition.document.digest,
        reason=edition.reason,
        published_at=edition.published_at,
    )
    DisclosureFile.objects.bulk_create(
        DisclosureFile(
            disclosure=disclosure,
            kind=kind,
            name=f"{edition.name}.{kind.value}",
            data=data,
            sha256=sha256(data).hexdigest(),
            size=len(data),
        )
        for kind, data in files.items()
    )
    index_disclosure(disclosure)
    return disclosure


def build_files(edition: Edition) -> dict[FileKind, bytes]:
    """The files of an edition; the PDF carries the other two inside."""
    document = edition.document
    known = {"version": edition.version, "digest": edition.document.digest}
    at = edition.published_at
    sheet = build_workbook(document, created=at, **known)
    data = build_document_json(document, published_at=at, reason=edition.reason, **known)
    paper = render_pdf(
        draw_paper(document, **known),
        title=document.title,
        author=document.department.name,
        created=at,
        attachments=[
            Attachment(f"{edition.name}.xlsx", TYPES["xlsx"], "全部表格", sheet),
            Attachment(f"{edition.name}.json", TYPES["json"], "全部数据", data),
        ],
    )
    return {FileKind.PDF: paper, FileKind.XLSX: sheet, FileKind.JSON: data}
