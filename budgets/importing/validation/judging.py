"""Rows and the chart in; a filing, its problems, and the codes that it brings along out."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby
from typing import Any, TypeVar

from budgets.domain.chart import Chart
from budgets.domain.filing import (
    Filing,
    GlossaryEntry,
    Indicator,
    Organisation,
    OverallTarget,
    Particulars,
    Prior,
    PriorBasis,
    Profile,
    ProjectPlan,
    Words,
    WordsKind,
    trim_weight,
)
from budgets.domain.problems import Problem, Severity, has_errors, merge_problems
from budgets.importing.validation.case import FilingCase, Known
from budgets.importing.validation.cells import CELL_CHECKS
from budgets.importing.validation.money import ECONOMIC, FUNCTION, MONEY_CHECKS, list_reported
from budgets.importing.validation.words import (
    WORD_CHECKS,
    address,
    check_described,
    list_statements,
)
from budgets.spreadsheets import SHEETS, WHOLE, YUAN, SheetCell, SheetRow, Sheets
from budgets.spreadsheets.filing_rows import list_filing_rows, order_place

CHECKS = (*CELL_CHECKS, *MONEY_CHECKS, *WORD_CHECKS)
# What one sheet needs of another that may be filled later: left out where a sheet is judged alone.
ACROSS = (check_described,)
# The sheets whose lines a template offers, and what it says of a project that it offers with them.
OFFERED_LINES = ("income", "expenditure", "three_public")
OFFERED_PROJECT = {"unit", "name"}

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingVerdict:
    """What became of the rows: problems in the file's order, and the filing if none is an error.

    `functions` and `economics` are the codes that the chart lacks, with their names in the file.
    """

    problems: list[Problem]
    filing: Filing | None
    functions: dict[str, str]
    economics: dict[str, str]


def validate_sheets(sheets: Sheets, chart: Chart, known: Known) -> FilingVerdict:
    """Run every check, whatever the others found; all problems come back at once.

    Lines without an amount are left out first: a template offers last year's codes as such lines.
    """
    case = FilingCase(leave_out_unfilled(sheets), chart, known)
    found = [problem for check in CHECKS for problem in check(case)]
    return conclude_case(case, [*case.sheets.problems, *found])


def validate_typed(sheets: Sheets, chart: Chart, known: Known) -> FilingVerdict:
    """Judge what was typed on a screen by itself, beside rows that are stored already.

    Only cells that were typed have a ref, so only problems that name one are theirs.
    """
    case = FilingCase(sheets, chart, known)
    checks = (check for check in CHECKS if check not in ACROSS)
    found = [*sheets.problems, *(problem for check in checks for problem in check(case))]
    typed = (replace(problem, cells=tuple(filter(None, problem.cells))) for problem in found)
    return conclude_case(case, [problem for problem in typed if problem.cells])


def revalidate_filing(filing: Filing, chart: Chart, units: Sequence[Organisation]) -> list[Problem]:
    """The problems of a filing at rest, errors first; `units` are the registered ones in use.

    Screens are judged one by one, and codes may have been taken out of the chart since: what no
    longer holds, or does not hold together, is told here. Problems name their sheet and no cell.
    """
    sheets = list_stored_rows(filing, chart)
    sheets.rows["units"] = [
        SheetRow.of("所属单位", {"code": SheetCell(unit.code), "name": SheetCell(unit.name)})
        for unit in units
    ]
    known = Known(department=filing.department, units=tuple(units))
    return validate_sheets(sheets, chart, known).problems


def list_stored_rows(filing: Filing, chart: Chart) -> Sheets:
    rows, sheets = list_filing_rows(filing, chart, YUAN), Sheets()
    for sheet in SHEETS:
        keys = [column.key for column in sheet.columns]
        sheets.rows[sheet.key] = [
            SheetRow.of(sheet.title, {key: SheetCell(row.get(key)) for key in keys})
            for row in rows[sheet.key]
        ]
    return sheets


def conclude_case(case: FilingCase, found: list[Problem]) -> FilingVerdict:
    problems = merge_problems(found, case.sheets.titles)
    return FilingVerdict(
        problems=problems,
        filing=None if has_errors(problems) else assemble_filing(case),
        functions=list_reported(case, FUNCTION),
        economics=list_reported(case, ECONOMIC),
    )


def assemble_filing(case: FilingCase) -> Filing:
    """The filing that the rows state; amounts in yuan."""
    priors, words = read_statements(sorted(list_statements(case), key=order_place))
    profile, particulars = case.sheets.form("profile"), case.sheets.form("particulars")
    offices = (name.strip() for name in (profile["offices"] or "").replace("、", "\n").split("\n"))
    overall = case.sheets.form("overall")
    return Filing(
        department=case.department,
        year=case.year,
        units=case.units,
        facts=case.facts,
        three_public=case.three_public,
        three_public_why=particulars["three_public_why"] or "",
        profile=fill_record(Profile, profile, offices=tuple(filter(None, offices))),
        particulars=fill_record(Particulars, particulars),
        overall=fill_record(OverallTarget, overall, indicators=read_target_indicators(case, WHOLE)),
        projects=tuple(read_project(case, row) for row in case.sheets.of("projects")),
        priors=priors,
        words=words,
        glossary=tuple(fill_record(GlossaryEntry, row) for row in case.sheets.of("glossary")),
        signed_on=case.cover["signed_on"],
    )


def fill_record(cls: type[Record], row: SheetRow, **given: Any) -> Record:
    """A value of `cls` from the row's cells of the same names; blank cells keep its defaults."""
    names = [field.name for field in fields(cls) if field.name not in given]  # type: ignore[arg-type]
    stated = {name: row[name] for name in names if row[name] is not None}
    return cls(**stated, **given)


def read_statements(
    rows: Sequence[SheetRow],
) -> tuple[tuple[Prior, ...], tuple[Words, ...]]:
    """Last year's figures (yuan) and the words of rows that name their places."""
    priors = tuple(
        Prior(at=address(row), amount=row["prior"], basis=row["basis"] or PriorBasis.BUDGET)
        for row in rows
        if row["prior"] is not None
    )
    words = tuple(
        Words(at=address(row), kind=kind, text=row[kind.value])
        for row in rows
        for kind in WordsKind
        if row[kind.value]
    )
    return priors, words


def read_project(case: FilingCase, row: SheetRow) -> ProjectPlan:
    unit, name = case.unit_of(row), row["name"] or ""
    indicators = read_target_indicators(case, name, unit)
    return fill_record(ProjectPlan, row, unit=unit, name=name, indicators=indicators)


def read_target_indicators(case: FilingCase, target: str, unit: str = "") -> tuple[Indicator, ...]:
    """The indicators of one target, in their order; `unit` where a project's rows name it."""
    return tuple(
        read_indicator(row)
        for row in case.aims.get(target, ())
        if not (row["unit"] and unit and row["unit"] != unit)
    )


def read_indicator(row: SheetRow) -> Indicator:
    """An indicator as far as it is stated."""
    needed = {key: row[key] or "" for key in ("level1", "level2", "level3", "value")}
    return fill_record(Indicator, row, weight=trim_weight(row["weight"]), **needed)


def leave_out_unfilled(sheets: Sheets) -> Sheets:
    """The sheets without lines that have no amount; a hint for each sheet says which they were.

    A project goes with its lines if nothing but its name is stated, since the template offers it
    only so that the lines can name it. What was misread is no blank, and stays.
    """
    rows, problems = dict(sheets.rows), list(sheets.problems)
    lacking: dict[str, list[SheetRow]] = {}
    for key in OFFERED_LINES:
        own = sheets.of(key)
        lacking[key] = [row for row in own if row.is_blank("amount") and row.ref("amount")]
        left_out = {id(row) for row in lacking[key]}
        rows[key] = [row for row in own if id(row) not in left_out]
        if lacking[key]:
            numbers = name_row_numbers(lacking[key], "amount")
            message = f"没有填金额的 {len(lacking[key])} 行（第 {numbers} 行）未导入。"
            advice = "确有金额的请补上再上传；没有的不用处理。"
            problems.append(hint_at(lacking[key], message, advice))
    idle = find_idle_projects(sheets, lacking["expenditure"], rows["expenditure"])
    if idle:
        left_out = {id(row) for row in idle}
        rows["projects"] = [row for row in rows["projects"] if id(row) not in left_out]
        numbers = name_row_numbers(idle, "name")
        message = f"没有金额、只有名称的 {len(idle)} 个项目（第 {numbers} 行）未导入。"
        advice = "今年有这个项目的，请在支出明细填金额；没有的不用处理。"
        problems.append(hint_at(idle, message, advice))
    return replace(sheets, rows=rows, problems=problems)


def find_idle_projects(
    sheets: Sheets, lacking: Sequence[SheetRow], lines: Sequence[SheetRow]
) -> list[SheetRow]:
    """The projects of lines without an amount of which nothing else is said."""
    offered = {(row["unit"], row["project"]) for row in lacking if row["project"]}
    used = {(row["unit"], row["project"]) for row in lines}
    aimed = {row["target"] for row in sheets.of("indicators")}
    return [
        row
        for row in sheets.of("projects")
        if (row["unit"], row["name"]) in offered - used
        and row["name"] not in aimed
        and all(row.is_blank(key) for key in row.keys() - OFFERED_PROJECT)
    ]


def hint_at(rows: Sequence[SheetRow], message: str, advice: str) -> Problem:
    return Problem(sheet=rows[0].sheet, message=message, advice=advice, severity=Severity.HINT)


def name_row_numbers(rows: Sequence[SheetRow], key: str) -> str:
    """`4—9、12`: the numbers of the rows, as the spreadsheet shows them."""
    numbers = [int("".join(filter(str.isdigit, row.ref(key)))) for row in rows]
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    spans = [[number for _, number in run] for _, run in runs]
    return "、".join(f"{s[0]}—{s[-1]}" if len(s) > 1 else str(s[0]) for s in spans)
