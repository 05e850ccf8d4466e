"""A workbook on its way in: kept, examined, shown, and then taken or given up by a person."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from budgets import ledger, spreadsheets
from budgets.audit import Action, note_edit
from budgets.domain.filing import Filing
from budgets.domain.problems import Problem, Severity
from budgets.importing import published, workbooks
from budgets.importing.published.titles import TITLE_WORD, recognise
from budgets.importing.validation.judging import Verdict
from budgets.models import Budget, Upload, read_chart, report_codes

LONGEST_NAME = 255
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Proposal:
    """An upload, what it would make of the budget, and what the budget holds now."""

    upload: Upload
    verdict: Verdict
    present: Filing

    @property
    def is_acceptable(self) -> bool:
        """True where a person may take it: it has no error and nobody has decided yet."""
        return self.verdict.filing is not None and self.upload.result == Upload.Result.WAITING


class DecidedError(Exception):
    """Somebody has already taken the upload, or given it up."""


class StaleError(Exception):
    """The budget has changed since the person looked at the proposal."""


def check_size(size: int) -> list[Problem]:
    """A problem where a file is larger than the bureau allows; told before anything is read."""
    largest = settings.UPLOAD_LARGEST_MB
    if size <= largest * MEGABYTE:
        return []
    message = f"文件有 {size / MEGABYTE:.1f} MB，超过了 {largest} MB 的上限。"
    return [Problem(message=message, advice="请删去图片和无关的工作表后再上传。")]


def receive(
    budget: Budget, content: bytes, filename: str, who, action: Action = Action.UPLOAD
) -> Upload:
    """Keep a file that came in for a budget, with what is wrong with it; change nothing else."""
    verdict = examine(budget, content)
    with transaction.atomic():
        upload = keep(budget, content, filename, who, verdict)
        workbooks.tell_file(action, upload, who)
    return upload


def keep(budget: Budget, content: bytes, filename: str, who, verdict: Verdict) -> Upload:
    """The file as it came, waiting for a person's word unless it has errors."""
    waiting = verdict.filing is not None
    return Upload.objects.create(
        budget=budget,
        filename=filename[-LONGEST_NAME:],
        content=content,
        sha256=sha256(content).hexdigest(),
        size=len(content),
        who=who,
        result=Upload.Result.WAITING if waiting else Upload.Result.REFUSED,
        problems=[problem.as_json() for problem in verdict.problems],
    )


def examine(budget: Budget, content: bytes) -> Verdict:
    """What a file makes of the budget: a filing workbook, or one of published tables."""
    book, chart = spreadsheets.open_book(content), read_chart(budget.year)
    if recognise(spreadsheets.read_raw(book, TITLE_WORD), chart):
        return published.examine(spreadsheets.read_raw(book), ledger.read_filing(budget), chart)
    expected = workbooks.Expected(code=budget.department.code, year=budget.year)
    return workbooks.examine(book, expected)


def propose(upload: Upload) -> Proposal:
    """The upload examined again against what the budget holds now."""
    verdict = examine(upload.budget, bytes(upload.content))
    return Proposal(upload, verdict, ledger.read_filing(upload.budget))


@transaction.atomic
def take(upload: Upload, who, is_seen: Callable[[Filing], bool]) -> list[Problem]:
    """Let the upload replace the budget's filing; the errors where it no longer can.

    `is_seen` tells whether a filing is the one that the person compared the upload with. Raises
    DecidedError where it was decided before, StaleError where the budget has changed meanwhile,
    and FilingRefusedError of the ledger; then nothing has changed.
    """
    ledger.hold_budget(upload.budget)
    upload = lock(upload)
    proposal = propose(upload)
    if not is_seen(proposal.present):
        raise StaleError
    if proposal.verdict.filing is None:
        return [each for each in proposal.verdict.problems if each.severity is Severity.ERROR]
    write(upload, proposal, who)
    return []


def write(upload: Upload, proposal: Proposal, who) -> None:
    """Write the filing, the codes it brings along, and who took it."""
    budget, verdict = upload.budget, proposal.verdict
    report_codes(budget.year, verdict.functions, verdict.economics)
    ledger.replace_filing(budget, verdict.filing)
    settle(upload, Upload.Result.ACCEPTED)
    note_edit(budget, who, f"导入“{upload.filename}”")
    workbooks.tell_import(upload, proposal.present, verdict.filing, who)


@transaction.atomic
def give_up(upload: Upload, who) -> None:
    """Leave the upload aside; the file stays. Raises DecidedError where it was decided before."""
    upload = lock(upload)
    settle(upload, Upload.Result.DISCARDED)
    upload.result = Upload.Result.DISCARDED
    workbooks.tell_file(Action.DISCARD, upload, who)


def lock(upload: Upload) -> Upload:
    """The upload, held against other deciders, if it still waits."""
    held = Upload.objects.select_for_update(of=("self",)).select_related("budget__department")
    upload = held.get(pk=upload.pk)
    if upload.result != Upload.Result.WAITING:
        raise DecidedError
    return upload


def settle(upload: Upload, result: Upload.Result) -> None:
    """Set down what became of it."""
    Upload.objects.filter(pk=upload.pk).update(result=result)


def repeat(upload: Upload, who) -> Upload:
    """Put a former file forward again: it goes through the same preview as a new one."""
    content = bytes(upload.content)
    return receive(upload.budget, content, upload.filename, who, Action.RESTORE)
