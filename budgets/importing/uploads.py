"""A file on its way in: kept, examined, and then taken or given up by a person, or by a command."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import msgspec
from django.conf import settings
from django.db import transaction

from budgets import audit, ledger, spreadsheets
from budgets.audit import Action, note_edit
from budgets.domain.facts import Side
from budgets.domain.filing import Filing, Organisation
from budgets.domain.problems import Problem
from budgets.importing.changes import ChangeKind, compare_filings
from budgets.importing.examination import (
    Examination,
    ExaminationTask,
    pack_examination,
    refuse,
    unpack_examination,
)
from budgets.importing.examiner import ExaminerError, ProcessLimits, examine_apart
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import FilingVerdict
from budgets.models import Budget, Department, FunctionCode, Upload, read_chart, report_codes
from budgets.spreadsheets import MEGABYTE, YUAN

LONGEST_NAME = 255
# So many files of a budget may wait to be examined.
MOST_UNEXAMINED = 3
# Beyond so many lines on both sides only the sums are logged: the file itself is kept.
MOST_LINES = 5_000


class DecidedError(Exception):
    """Somebody has already taken the upload, or given it up."""


class StaleError(Exception):
    """What the upload was judged by has changed since: it has to be examined again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedWorkbook:
    """What became of a workbook; `budget` is None where it was refused."""

    problems: list[Problem] = field(default_factory=list)
    budget: Budget | None = None

    @property
    def is_accepted(self) -> bool:
        return self.budget is not None


def check_upload(budget: Budget, size: int) -> list[Problem]:
    """What keeps a file from being taken in, before anything is read of it."""
    largest = settings.UPLOAD_LARGEST_MB
    if size > largest * MEGABYTE:
        message = f"文件有 {size / MEGABYTE:.1f} MB，超过了 {largest} MB 的上限。"
        return [Problem(message=message, advice="请删去图片和无关的工作表后再上传。")]
    if budget.uploads.unexamined().count() >= MOST_UNEXAMINED:
        message = f"前面上传的 {MOST_UNEXAMINED} 个文件还没有检查完。"
        return [Problem(message=message, advice="请等检查完再上传。")]
    return []


def receive_upload(
    budget: Budget, content: bytes, filename: str, who, action: Action = Action.UPLOAD
) -> Upload:
    """Keep a file that came in for a budget; nothing is read of it yet."""
    with transaction.atomic():
        upload = record_upload(content, filename, who, Upload.Result.QUEUED, budget=budget)
        log_file(action, upload, who)
    return upload


def repeat_upload(upload: Upload, who) -> Upload:
    """Put a former file forward again: it goes through the same preview as a new one.

    Raises DecidedError where the file was removed since.
    """
    if upload.removed_at:
        raise DecidedError
    content, budget = bytes(upload.content), budget_of(upload)
    return receive_upload(budget, content, upload.filename, who, Action.RESTORE)


def read_limits() -> ProcessLimits:
    return ProcessLimits(settings.EXAMINATION_SECONDS, settings.EXAMINATION_MEMORY_MB)


def prepare_examination(budget: Budget, content: bytes) -> ExaminationTask:
    """A file with all that the portal knows of the budget it is for."""
    return ExaminationTask(
        content=content,
        charts={budget.year: read_chart(budget.year)},
        otherwise=know_owner(budget),
        present=ledger.read_filing(budget),
    )


def know_owner(budget: Budget) -> Known:
    """A budget's department and its units; a file for another one, or another year, is refused."""
    return Known(
        department=budget.department.organisation,
        units=list_organisations(Department.objects.units_of(budget.department)),
        expected_code=budget.department.code,
        expected_year=budget.year,
    )


def list_organisations(units) -> tuple[Organisation, ...]:
    return tuple(unit.organisation for unit in units)


def fingerprint_basis(budget: Budget) -> str:
    """The digest of all, beside the file, that a verdict depends on; `budget` freshly read."""
    basis = (read_chart(budget.year), know_owner(budget), budget.revision)
    return hashlib.sha256(msgspec.msgpack.encode(basis, order="deterministic")).hexdigest()


def read_examination(upload: Upload) -> Examination | None:
    """What was found; None where nothing was, or by a program that kept it in another way."""
    return unpack_examination(bytes(upload.examination)) if upload.examination else None


def read_problems(upload: Upload) -> list[Problem]:
    return msgspec.convert(upload.problems, list[Problem])


@transaction.atomic
def accept_upload(upload: Upload, who, seen: str) -> None:
    """Let the upload replace the budget's filing, as it was examined.

    `seen` is the basis of the examination that the person saw. Raises DecidedError where it was
    decided before, StaleError where the basis is another meanwhile, and FilingRefusedError of the
    ledger; then nothing has changed.
    """
    ledger.hold_budget(budget_of(upload))
    upload = lock_upload(upload)
    budget = budget_of(upload)
    examination = read_examination(upload)
    if examination is None or not (seen == upload.basis == fingerprint_basis(budget)):
        raise StaleError
    before, filing = write_filing(budget, examination.verdict)
    Upload.objects.filter(pk=upload.pk).update(result=Upload.Result.ACCEPTED)
    note_edit(budget, who, f"导入“{upload.filename}”")
    log_import(upload, before, filing, who)


def write_filing(budget: Budget, verdict: FilingVerdict) -> tuple[Filing, Filing]:
    """Let the verdict's filing stand in the ledger; the filing of before, and this one."""
    if verdict.filing is None:
        raise ValueError("a verdict without a filing")
    before = ledger.read_filing(budget)
    report_codes(budget.year, verdict.functions, verdict.economics)
    ledger.replace_filing(budget, verdict.filing)
    return before, verdict.filing


@transaction.atomic
def discard_upload(upload: Upload, who) -> None:
    """Leave the upload aside; the file stays for a while. Raises DecidedError where it was decided
    before."""
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
    """The upload, held against other deciders. Raises DecidedError unless it waits for a word."""
    held = Upload.objects.defer("content", "marked").select_related("budget__department")
    upload = held.select_for_update(of=("self",)).get(pk=upload.pk)
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
            budget = accept_workbook(content, filename, who, verdict)
            return ImportedWorkbook(problems=problems, budget=budget)
        except ledger.FilingRefusedError as refusal:
            advice = "请联系财政部门。"
            problems = [Problem(message=str(refusal), advice=advice), *problems]
    with transaction.atomic():
        refused = Upload.Result.REFUSED
        kept = record_upload(content, filename, who, refused, problems=problems)
        log_file(Action.REFUSE, kept, who)
    return ImportedWorkbook(problems=problems)


def examine_workbook(content: bytes, *, register: bool = False) -> FilingVerdict:
    """Everything that is wrong with a filing workbook for the department and the year on its cover;
    nothing is written."""
    departments = Department.objects.prefetch_related("units")
    known = {
        each.code: Known(
            department=each.organisation,
            units=list_organisations(unit for unit in each.units.all() if unit.active),
            may_register=register,
        )
        for each in departments
    }
    task = ExaminationTask(
        content=content,
        charts={year: read_chart(year) for year in FunctionCode.objects.years()},
        known=known,
        otherwise=Known(may_register=register),
    )
    try:
        packed = examine_apart(task, read_limits())
    except ExaminerError as failure:
        return refuse(failure.problem)
    examination = unpack_examination(packed)
    if examination is None:
        raise ValueError("an examination that cannot be read")
    return examination.verdict


@transaction.atomic
def accept_workbook(content: bytes, filename: str, who, verdict: FilingVerdict) -> Budget:
    """Write the filing, the codes and organisations it brings along, and the record of the file."""
    filing = verdict.filing
    if filing is None:
        raise ValueError("a verdict without a filing")
    department = register_department(who, filing.department.code, name=filing.department.name)
    for unit in filing.units:
        register_department(who, unit.code, name=unit.name, parent=department)
    budget, _ = Budget.objects.get_or_create(department=department, year=filing.year)
    before, after = write_filing(budget, verdict)
    kept = record_upload(
        content,
        filename,
        who,
        Upload.Result.ACCEPTED,
        budget=budget,
        problems=verdict.problems,
        examination=pack_examination(Examination(verdict=verdict)),
    )
    log_import(kept, before, after, who)
    return budget


def register_department(who, code: str, **fields) -> Department:
    """The department or unit of that code; a new one is told in the log."""
    department, is_new = Department.objects.get_or_create(code=code, defaults=fields)
    if is_new:
        after = audit.snapshot(department)
        audit.write_entry(Action.ADD, who=who, subject=department, after=after)
    return department


def record_upload(
    content: bytes, filename: str, who, result: str, *, budget=None, problems=(), examination=None
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
        examination=examination,
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
    told: dict[str, object] = {
        "文件": upload.filename,
        "文件摘要": upload.sha256,
        "大小（字节）": upload.size,
    }
    return told if upload.is_unexamined else told | {"问题": len(upload.problems)}


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
