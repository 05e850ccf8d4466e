"""The story of a workbook coming in: open it, check it, replace the filing or return problems."""

import hashlib
from dataclasses import dataclass, field

from django.db import transaction

from budgets import arrival, journal, ledger, workbook
from budgets.facts import Filing
from budgets.journal import Action
from budgets.models import Budget, Department, Upload, read_chart, report_codes
from budgets.problems import Problem
from budgets.validation import Known, Verdict, validate

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


def examine(book: workbook.Book | bytes, expected: Expected, register: bool = False) -> Verdict:
    """Everything that is wrong with a workbook, opened or not; nothing is written."""
    sheets = workbook.read(book)
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
    arrival.tell_import(kept, before, filing, who)
    return budget


@transaction.atomic
def refuse(content, filename, who, problems) -> None:
    """Keep the file with its problems; nothing else is written."""
    kept = record(content, filename, who, problems, Upload.Result.REFUSED)
    arrival.tell_file(Action.REFUSE, kept, who)


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
        after = journal.snapshot(department)
        journal.write(Action.ADD, who=who, subject=department, after=after)
    return department


def record(content, filename, who, problems, result, budget=None) -> Upload:
    """Keep the file as it came, unless it is too large to be one."""
    kept = content if len(content) <= workbook.LARGEST_FILE else b""
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
