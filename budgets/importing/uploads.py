"""A file on its way in: examined, kept, and then taken or given up by a person, or by a command."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from budgets import audit, ledger, spreadsheets
from budgets.audit import Action, note_edit
from budgets.domain.facts import Side
from budgets.domain.filing import Filing
from budgets.domain.problems import Problem, Severity
from budgets.importing.changes import ChangeKind, compare_filings
from budgets.importing.published.examination import examine_tables
from budgets.importing.published.headings import TITLE_WORD, is_published_workbook
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import FilingVerdict, validate_sheets
from budgets.models import Budget, Department, Upload, read_chart, report_codes
from budgets.spreadsheets import YUAN

LONGEST_NAME = 255
MEGABYTE = 1024 * 1024
# Beyond so many lines on both sides only the sums are logged: the file itself is kept.
MOST_LINES = 5_000


class DecidedError(Exception):
    """Somebody has already taken the upload, or given it up."""


class StaleError(Exception):
    """The budget has changed since the person looked at the proposal."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An upload, what it would make of the budget, and what the budget holds now."""

    upload: Upload
    verdict: FilingVerdict
    present: Filing

    @property
    def is_acceptable(self) -> bool:
        """True where a person may take it: it has no error and nobody has decided yet."""
        return self.verdict.filing is not None and self.upload.result == Upload.Result.WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedWorkbook:
    """What became of a workbook; `budget` is None where it was refused."""

    problems: list[Problem] = field(default_factory=list)
    budget: Budget | None = None

    @property
    def is_accepted(self) -> bool:
        return self.budget is not None


def check_upload_size(size: int) -> list[Problem]:
    largest = settings.UPLOAD_LARGEST_MB
    if size <= largest * MEGABYTE:
        return []
    message = f"文件有 {size / MEGABYTE:.1f} MB，超过了 {largest} MB 的上限。"
    return [Problem(message=message, advice="请删去图片和无关的工作表后再上传。")]


def receive_upload(
    budget: Budget, content: bytes, filename: str, who, action: Action = Action.UPLOAD
) -> Upload:
    """Keep a file that came in for a budget, with what is wrong with it; change nothing else.

    It waits for a person's word unless it has errors.
    """
    verdict = examine_upload(budget, content)
    result = Upload.Result.WAITING if verdict.filing else Upload.Result.REFUSED
    with transaction.atomic():
        upload = record_upload(content, filename, who, verdict.problems, result, budget)
        log_file(action, upload, who)
    return upload


def repeat_upload(upload: Upload, who) -> Upload:
    """Put a former file forward again: it goes through the same preview as a new one."""
    content, budget = bytes(upload.content), budget_of(upload)
    return receive_upload(budget, content, upload.filename, who, Action.RESTORE)


def examine_upload(budget: Budget, content: bytes) -> FilingVerdict:
    """What a file makes of the budget: a filing workbook, or one of published tables."""
    book, chart = spreadsheets.open_book(content), read_chart(budget.year)
    if is_published_workbook(spreadsheets.read_raw(book, TITLE_WORD), chart):
        return examine_tables(spreadsheets.read_raw(book), ledger.read_filing(budget), chart)
    return examine_workbook(book, code=budget.department.code, year=budget.year)


def propose_filing(upload: Upload) -> Proposal:
    budget = budget_of(upload)
    verdict = examine_upload(budget, bytes(upload.content))
    return Proposal(upload, verdict, ledger.read_filing(budget))


@transaction.atomic
def accept_proposal(upload: Upload, who, is_seen: Callable[[Filing], bool]) -> list[Problem]:
    """Let the upload replace the budget's filing; the errors where it no longer can.

    `is_seen` tells whether a filing is the one that the person compared the upload with. Raises
    DecidedError where it was decided before, StaleError where the budget has changed meanwhile,
    and FilingRefusedError of the ledger; then nothing has changed.
    """
    ledger.hold_budget(budget_of(upload))
    upload = lock_upload(upload)
    budget = budget_of(upload)
    proposal = propose_filing(upload)
    verdict = proposal.verdict
    if not is_seen(proposal.present):
        raise StaleError
    if verdict.filing is None:
        return [each for each in verdict.problems if each.severity is Severity.ERROR]
    report_codes(budget.year, verdict.functions, verdict.economics)
    ledger.replace_filing(budget, verdict.filing)
    Upload.objects.filter(pk=upload.pk).update(result=Upload.Result.ACCEPTED)
    note_edit(budget, who, f"导入“{upload.filename}”")
    log_import(upload, proposal.present, verdict.filing, who)
    return []


@transaction.atomic
def discard_upload(upload: Upload, who) -> None:
    """Leave the upload aside; the file stays. Raises DecidedError where it was decided before."""
    upload = lock_upload(upload)
    upload.result = Upload.Result.DISCARDED
    upload.save(update_fields=["result"])
    log_file(Action.DISCARD, upload, who)


def budget_of(upload: Upload) -> Budget:
    """The budget that a file waits for; one that a command refused has none, and waits no more."""
    if upload.budget is None:
        raise DecidedError
    return upload.budget


def lock_upload(upload: Upload) -> Upload:
    """The upload, held against other deciders. Raises DecidedError unless it still waits."""
    held = Upload.objects.select_for_update(of=("self",)).select_related("budget__department")
    upload = held.get(pk=upload.pk)
    if upload.result != Upload.Result.WAITING:
        raise DecidedError
    return upload


def import_workbook(
    content: bytes, *, filename: str, who=None, register: bool = False
) -> ImportedWorkbook:
    """Let a workbook replace the filing it is for, or give its problems back.

    Everything is accepted and written together, or nothing is written except the record that the
    file was refused, with its problems. `register` adds a department and units that are not yet
    known; otherwise they must be.
    """
    verdict = examine_workbook(content, register=register)
    problems = verdict.problems
    if verdict.filing:
        try:
            budget = accept_workbook(content, filename, who, verdict.filing, verdict)
            return ImportedWorkbook(problems=problems, budget=budget)
        except ledger.FilingRefusedError as refusal:
            advice = "请联系财政部门。"
            problems = [Problem(message=str(refusal), advice=advice), *problems]
    with transaction.atomic():
        kept = record_upload(content, filename, who, problems, Upload.Result.REFUSED)
        log_file(Action.REFUSE, kept, who)
    return ImportedWorkbook(problems=problems)


def examine_workbook(
    book: spreadsheets.RawBook | bytes,
    *,
    code: str = "",
    year: int | None = None,
    register: bool = False,
) -> FilingVerdict:
    """Everything that is wrong with a workbook, opened or not; nothing is written.

    `code` and `year` are those that its cover must name, where that is settled beforehand.
    """
    sheets = spreadsheets.read(book)
    if not sheets.rows:
        return FilingVerdict(problems=sheets.problems, filing=None, functions={}, economics={})
    cover = sheets.form("cover")
    department = Department.objects.filter(code=cover["code"] or "").first()
    units = Department.objects.units_of(department) if department else ()
    known = Known(
        department=department.organisation if department else None,
        units=tuple(unit.organisation for unit in units),
        may_register=register,
        expected_code=code,
        expected_year=year,
    )
    return validate_sheets(sheets, read_chart(cover["year"] or 0), known)


@transaction.atomic
def accept_workbook(
    content: bytes, filename: str, who, filing: Filing, verdict: FilingVerdict
) -> Budget:
    """Write the filing, the codes and organisations it brings along, and the record of the file."""
    department = register_department(who, filing.department.code, name=filing.department.name)
    for unit in filing.units:
        register_department(who, unit.code, name=unit.name, parent=department)
    report_codes(filing.year, verdict.functions, verdict.economics)
    budget, _ = Budget.objects.get_or_create(department=department, year=filing.year)
    before = ledger.read_filing(budget)
    ledger.replace_filing(budget, filing)
    result = Upload.Result.ACCEPTED
    kept = record_upload(content, filename, who, verdict.problems, result, budget)
    log_import(kept, before, filing, who)
    return budget


def register_department(who, code: str, **fields) -> Department:
    """The department or unit of that code; a new one is told in the log."""
    department, is_new = Department.objects.get_or_create(code=code, defaults=fields)
    if is_new:
        after = audit.snapshot(department)
        audit.write_entry(Action.ADD, who=who, subject=department, after=after)
    return department


def record_upload(
    content: bytes, filename: str, who, problems: list[Problem], result: str, budget=None
) -> Upload:
    """Keep the file as it came, unless it is for no budget and too large to be a workbook."""
    is_kept = budget or len(content) <= spreadsheets.LARGEST_FILE
    return Upload.objects.create(
        budget=budget,
        filename=filename[-LONGEST_NAME:],
        content=content if is_kept else b"",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        who=who,
        result=result,
        problems=[problem.as_json() for problem in problems],
    )


def log_file(action: Action, upload: Upload, who) -> None:
    """Log a file and what was made of it; one that named no budget is about itself."""
    after = describe_file(upload) | {"结果": upload.get_result_display()}
    audit.write_entry(action, who=who, subject=upload.budget or upload.filename, after=after)


def log_import(upload: Upload, before: Filing, after: Filing, who) -> None:
    """Log that a file has become the filing: the sums of both, and row by row what differs."""
    sides = audit.pair_changes(list_logged_changes(before, after))
    audit.write_entry(
        Action.IMPORT,
        who=who,
        subject=budget_of(upload),
        before=sum_filing(before) | sides["before"],
        after=describe_file(upload) | sum_filing(after) | sides["after"],
    )


def describe_file(upload: Upload) -> dict[str, object]:
    return {
        "文件": upload.filename,
        "文件摘要": upload.sha256,
        "大小（字节）": upload.size,
        "问题": len(upload.problems),
    }


def sum_filing(filing: Filing) -> dict[str, object]:
    """A filing in a few figures, in 元; what only moves between its units is left out.

    Spending is counted by function: what is stated by economic code alone is the same money again.
    """
    sums = dict.fromkeys(Side, Decimal("0.00"))
    for fact in filing.facts:
        if not fact.internal and (fact.side is Side.INCOME or fact.function):
            sums[fact.side] += fact.amount
    told: dict[str, object] = {f"{side.label}合计（元）": yuan for side, yuan in sums.items()}
    return told | {"明细行数": len(filing.facts), "项目数": len(filing.projects)}


def list_logged_changes(before: Filing, after: Filing) -> Iterator[tuple[str, str, str]]:
    """Every column of every row that differs, as (place, before, after); in 元.

    A row that is nothing but its name is told by that.
    """
    if len(before.facts) + len(after.facts) > MOST_LINES:
        return
    for change in compare_filings(before, after, read_chart(after.year), YUAN):
        place = f"{change.sheet}：{change.row}"
        for detail in change.details:
            yield f"{place}“{detail.header}”", detail.before, detail.after
        if not change.details:
            is_new = change.kind is ChangeKind.ADDED
            yield place, "" if is_new else "有", "有" if is_new else ""
