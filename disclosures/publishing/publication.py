"""Publish a budget: its document checked and frozen with its files, or not at all; and how.

It is published by a move of the workflow, or past it from the command line.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from budgets import audit
from budgets.domain.document import Finding
from budgets.models import Budget, State
from disclosures.models import Disclosure, DisclosureFile, FileKind, Record, Transition
from disclosures.publishing.drawing import draw_paper
from disclosures.publishing.exports import TYPES
from disclosures.publishing.exports.data import build_document_json
from disclosures.publishing.exports.workbook import build_workbook
from disclosures.publishing.index.writing import index_disclosure
from disclosures.publishing.pdf.rendering import Attachment, render_pdf
from disclosures.workflow.deadline import count_days
from disclosures.workflow.drafting import draft_budget
from disclosures.workflow.moves import Attempt, MoveRefusedError, find_reason, make_move

ACCOUNT, NAME = "command-line", "命令行"
WORDS = "由命令行公开，没有经过工作台的批复。"
AGAIN = "由命令行更正。"


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


def carry_out(attempt: Attempt) -> Transition:
    """Make a move; 公开 publishes the budget and registers how, or nothing has changed.

    MoveRefusedError says what stands against it.
    """

    def publish_approved(attempt: Attempt) -> None:
        try:
            made = publish(attempt.budget, who=attempt.who, reason=find_reason(attempt))
        except PublicationRefusedError as refusal:
            raise MoveRefusedError([str(refusal)]) from refusal
        register(made, attempt.budget, attempt.who)

    return make_move(attempt, publish=publish_approved)


def register(disclosure: Disclosure, budget: Budget, who) -> Record:
    """Keep how a version came to be public, once: a version that is registered stays as it is.

    The approval is the one of exactly this content, as long as the budget stands approved.
    """
    approved_at = None
    if budget.state == State.APPROVED:
        steps = Transition.objects.filter(budget=budget, after=State.APPROVED)
        approved_at = steps.filter(digest=disclosure.digest).values_list("at", flat=True).first()
    days = count_days(approved_at, disclosure.published_at) if approved_at else None
    registered, _ = Record.objects.get_or_create(
        disclosure=disclosure,
        defaults={"approved_at": approved_at, "days": days, "pressed_by": who},
    )
    return registered


@transaction.atomic
def publish_directly(budget: Budget, *, reason: str = "") -> Disclosure:
    """Publish a budget from whatever state it is in, which ends as public; run again, no change.

    Raises PublicationRefusedError as `publish` does; then nothing has changed.
    """
    held = Budget.objects.select_related("department").select_for_update(of=("self",))
    budget = held.get(pk=budget.pk)
    disclosure = publish(budget, reason=reason)
    who = open_account()
    register(disclosure, budget, who)
    for before, after, words in list_steps(budget, disclosure, reason.strip()):
        digest = disclosure.digest if after == State.PUBLISHED else ""
        Transition.objects.create(
            budget=budget, before=before, after=after, who=who, words=words, digest=digest
        )
        audit.write_entry(
            audit.Action.PUBLISH if after == State.PUBLISHED else audit.Action.CORRECT,
            subject=budget,
            before={"状态": before.label},
            after={"状态": after.label},
            words=words,
        )
    Budget.objects.filter(pk=budget.pk).update(state=State.PUBLISHED)
    return disclosure


def list_steps(
    budget: Budget, disclosure: Disclosure, reason: str
) -> list[tuple[State, State, str]]:
    """(before, after, words) of what must be recorded; nothing where it has been already."""
    if budget.state != State.PUBLISHED:
        return [(State(budget.state), State.PUBLISHED, WORDS)]
    last = Transition.objects.filter(budget=budget, after=State.PUBLISHED).first()
    if last and last.digest == disclosure.digest:
        return []
    return [
        (State.PUBLISHED, State.CORRECTING, reason or AGAIN),
        (State.CORRECTING, State.PUBLISHED, WORDS),
    ]


def open_account():
    """The account in whose name commands act; nobody can log in with it."""
    users = get_user_model().objects
    if user := users.filter(username=ACCOUNT).first():
        return user
    return users.create_user(ACCOUNT, first_name=NAME, is_active=False)
