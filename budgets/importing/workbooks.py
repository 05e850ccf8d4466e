"""The story of a workbook coming in: open it, check it, replace the filing or return problems."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from budgets import audit, ledger, spreadsheets
from budgets.audit import Action
from budgets.domain.facts import Side
from budgets.domain.filing import Filing
from budgets.domain.problems import Problem
from budgets.importing.changes import Change, compare_filings
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import Verdict, validate
from budgets.models import Budget, Department, Upload, read_chart, report_codes
from budgets.spreadsheets import YUAN

ZERO = Decimal("0.00")
# Beyond so many lines on both sides only the sums are told: the file itself is kept.
MOST_LINES = 5_000


def tell_file(action: Action, upload: Upload, who, words: str = "") -> None:
    """A file, and what was made of it; nothing of the budget has changed."""
    told = describe_file(upload) | {"结果": upload.get_result_display()}
    audit.write_entry(action, who=who, subject=name_budget(upload), after=told, words=words)


def tell_import(upload: Upload, before: Filing, after: Filing, who) -> None:
    """A file has become the budget's filing: the sums of both, and row by row what differs."""
    sides = audit.pair(list_changes(before, after))
    audit.write_entry(
        Action.IMPORT,
        who=who,
        subject=upload.budget,
        before=sum_up(before) | sides["before"],
        after=describe_file(upload) | sum_up(after) | sides["after"],
    )


def name_budget(upload: Upload) -> Budget | str:
    """The budget that a file is for; a file that named none is about itself."""
    return upload.budget or upload.filename


def describe_file(upload: Upload) -> dict[str, object]:
    """How a file is known."""
    return {
        "文件": upload.filename,
        "文件摘要": upload.sha256,
        "大小（字节）": upload.size,
        "问题": len(upload.problems),
    }


def sum_up(filing: Filing) -> dict[str, object]:
    """A filing in a few figures, in 元; what only moves between its units is left out.

    Spending is counted by function: what is stated by economic code alone is the same money again.
    """
    sums = dict.fromkeys(Side, ZERO)
    for fact in filing.facts:
        if not fact.internal and (fact.side is Side.INCOME or fact.function):
            sums[fact.side] += fact.amount
    told = {f"{side.label}合计（元）": amount for side, amount in sums.items()}
    return told | {"明细行数": len(filing.facts), "项目数": len(filing.projects)}


def list_changes(before: Filing, after: Filing) -> Iterator[tuple[str, str, str]]:
    """Every column of every row that differs, as (place, before, after); in 元."""
    if len(before.facts) + len(after.facts) > MOST_LINES:
        return
    for change in compare_filings(before, after, read_chart(after.year), YUAN):
        yield from spell_out(change)


def spell_out(change: Change) -> Iterator[tuple[str, str, str]]:
    """The columns of one row; a row that is nothing but its name is told by that."""
    place = f"{change.sheet}：{change.row}"
    for detail in change.details:
        yield f"{place}“{detail.header}”", detail.before, detail.after
    if not change.details:
        is_new = change.kind == "新增"
        yield place, "" if is_new else "有", "有" if is_new else ""


LONGEST_NAME = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Whose filing of which year a workbook must be, where that is settled beforehand."""

    code: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What became of a workbook; `budget` is None where it was refused."""

    problems: list[Problem] = field(default_factory=list)
    budget: Budget | None = None

    @property
    def is_accepted(self) -> bool:
        """True where the workbook has become the budget's filing."""
        return self.budget is not None


def take(
    content: bytes, *, filename: str, who=None, expected: Expected | None = None, register=False
) -> Intake:
    """Let a workbook replace the filing it is for, or give its problems back.

    Everything is accepted and written together, or nothing is written except the record that the
    file was refused, with its problems. `register` adds a department and units that are not yet
    known; otherwise they must be.
    """
    verdict = examine(content, expected or Expected(), register)
    problems = verdict.problems
    if verdict.filing:
        try:
            budget = accept(content, filename, who, verdict)
            return Intake(problems=problems, budget=budget)
        except ledger.FilingRefusedError as refusal:
            advice = "请联系财政部门。"
            problems = [Problem(message=str(refusal), advice=advice), *problems]
    refuse(content, filename, who, problems)
    return Intake(problems=problems)


def examine(
    book: spreadsheets.RawBook | bytes, expected: Expected, register: bool = False
) -> Verdict:
    """Everything that is wrong with a workbook, opened or not; nothing is written."""
    sheets = spreadsheets.read(book)
    if not sheets.rows:
        return Verdict(problems=sheets.problems, filing=None, functions={}, economics={})
    cover = sheets.form("cover")
    department = Department.objects.filter(code=cover["code"] or "").first()
    units = Department.objects.units_of(department) if department else ()
    known = Known(
        department=department.organisation if department else None,
        units=tuple(unit.organisation for unit in units),
        may_register=register,
        expected_code=expected.code,
        expected_year=expected.year,
    )
    return validate(sheets, read_chart(cover["year"] or 0), known)


@transaction.atomic
def accept(content, filename, who, verdict: Verdict) -> Budget:
    """Write the filing, the codes it brings along, and the record of the file."""
    filing = verdict.filing
    department = register_organisations(filing, who)
    report_codes(filing.year, verdict.functions, verdict.economics)
    budget, _ = Budget.objects.get_or_create(department=department, year=filing.year)
    before = ledger.read_filing(budget)
    ledger.replace_filing(budget, filing)
    kept = record(content, filename, who, verdict.problems, Upload.Result.ACCEPTED, budget)
    tell_import(kept, before, filing, who)
    return budget


@transaction.atomic
def refuse(content, filename, who, problems) -> None:
    """Keep the file with its problems; nothing else is written."""
    kept = record(content, filename, who, problems, Upload.Result.REFUSED)
    tell_file(Action.REFUSE, kept, who)


def register_organisations(filing: Filing, who=None) -> Department:
    """The department, with its units; those that are not registered yet are added."""
    stated = filing.department
    department = register(who, stated.code, name=stated.name)
    for unit in filing.units:
        register(who, unit.code, name=unit.name, parent=department)
    return department


def register(who, code: str, **fields) -> Department:
    """The department or unit of that code; a new one is told in the log."""
    department, is_new = Department.objects.get_or_create(code=code, defaults=fields)
    if is_new:
        after = audit.snapshot(department)
        audit.write_entry(Action.ADD, who=who, subject=department, after=after)
    return department


def record(content, filename, who, problems, result, budget=None) -> Upload:
    """Keep the file as it came, unless it is too large to be one."""
    kept = content if len(content) <= spreadsheets.LARGEST_FILE else b""
    return Upload.objects.create(
        budget=budget,
        filename=filename[-LONGEST_NAME:],
        content=kept,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        who=who,
        result=result,
        problems=[problem.as_json() for problem in problems],
    )
