"""The bindery: build a budget's document, check it, and freeze it with its files, or not at all."""

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
from disclosures.publishing.exports.data import build_document_json
from disclosures.publishing.exports.workbook import build_workbook
from disclosures.publishing.index.writing import index_disclosure
from disclosures.publishing.pdf.rendering import Attachment, render_pdf
from disclosures.workflow.drafting import draft_budget

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


Bind = Callable[[Edition], dict[FileKind, bytes]]


@transaction.atomic
def publish(
    budget: Budget,
    *,
    who=None,
    reason: str = "",
    now: datetime | None = None,
    bind: Bind | None = None,
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
    _refuse(made, is_correction=current is not None, reason=reason)
    edition = _edit(made, current, reason.strip(), now or timezone.now())
    frozen = _freeze(budget, edition, bind)
    _tell(budget, frozen, current, who)
    return frozen


def _edit(made: Document, current: Disclosure | None, reason: str, at: datetime) -> Edition:
    if current is None:
        return Edition(made, 1, at, reason="")
    return Edition(made, current.version + 1, at, reason)


def _tell(budget: Budget, frozen: Disclosure, former: Disclosure | None, who) -> None:
    files = DisclosureFile.objects.filter(disclosure=frozen).values_list("name", "sha256")
    audit.write_entry(
        audit.Action.VERSION,
        who=who,
        subject=budget,
        before={"版本": former.version, "内容摘要": former.digest} if former else None,
        after={"版本": frozen.version, "内容摘要": frozen.digest, "文件": dict(files)},
        words=frozen.reason,
    )


def _refuse(made: Document, *, is_correction: bool, reason: str) -> None:
    if made.blocking:
        message = f"有{len(made.blocking)}处问题，不能公开。"
        raise PublicationRefusedError(message, made.blocking)
    if is_correction and not reason.strip():
        raise PublicationRefusedError("已经公开过，再次公开是更正，请写明更正原因。")


def _freeze(budget: Budget, edition: Edition, bind: Bind | None) -> Disclosure:
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
        for kind, data in (bind or bind_all)(edition).items()
    )
    index_disclosure(disclosure)
    return disclosure


def bind_all(edition: Edition) -> dict[FileKind, bytes]:
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
            Attachment(f"{edition.name}.xlsx", XLSX_TYPE, "全部表格", sheet),
            Attachment(f"{edition.name}.json", "application/json", "全部数据", data),
        ],
    )
    return {FileKind.PDF: paper, FileKind.XLSX: sheet, FileKind.JSON: data}
