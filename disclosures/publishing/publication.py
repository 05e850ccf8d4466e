"""Draw up a budget's document, check it, and freeze it with its files, or not at all."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from budgets import audit
from budgets.domain.document import Finding
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


# The files of a version that is about to be saved.
BuildFiles = Callable[[Disclosure], dict[FileKind, bytes]]


@transaction.atomic
def publish(
    budget: Budget,
    *,
    who: User | None = None,
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
    frozen = Disclosure(
        department=budget.department,
        year=budget.year,
        version=current.version + 1 if current else 1,
        title=made.title,
        content=made.canonical,
        digest=made.digest,
        reason=reason.strip() if current else "",
        published_at=now or timezone.now(),
    )
    files = (bind or build_files)(frozen)
    frozen.save()
    DisclosureFile.objects.bulk_create(
        DisclosureFile(
            disclosure=frozen,
            kind=kind,
            name=f"{name_file(frozen)}.{kind.value}",
            data=data,
            sha256=sha256(data).hexdigest(),
            size=len(data),
        )
        for kind, data in files.items()
    )
    index_disclosure(frozen)
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


def name_file(disclosure: Disclosure) -> str:
    """The files' common name, without a suffix."""
    return f"{disclosure.title}-第{disclosure.version}版"


def build_files(disclosure: Disclosure) -> dict[FileKind, bytes]:
    """All of them; the PDF carries the other two inside."""
    document, at, name = disclosure.document, disclosure.published_at, name_file(disclosure)
    known: dict[str, Any] = {"version": disclosure.version, "digest": disclosure.digest}
    sheet = build_workbook(document, created=at, **known)
    data = build_document_json(document, published_at=at, reason=disclosure.reason, **known)
    paper = render_pdf(
        draw_paper(document, **known),
        title=document.title,
        author=document.department.name,
        created=at,
        attachments=[
            Attachment(f"{name}.xlsx", TYPES["xlsx"], "全部表格", sheet),
            Attachment(f"{name}.json", TYPES["json"], "全部数据", data),
        ],
    )
    return {FileKind.PDF: paper, FileKind.XLSX: sheet, FileKind.JSON: data}
