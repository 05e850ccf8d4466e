"""Raw rows and the chart in; a filing, its problems, and the codes that it brings along out."""

import re
from dataclasses import dataclass, fields, replace

from budgets.domain.chart import Chart
from budgets.domain.filing import (
    Filing,
    GlossaryEntry,
    Indicator,
    OverallTarget,
    Particulars,
    Prior,
    PriorBasis,
    Profile,
    ProjectPlan,
    Words,
    WordsKind,
)
from budgets.domain.places import PLACES
from budgets.domain.problems import Problem, has_errors, merge_problems
from budgets.domain.text import remove_blanks
from budgets.importing.validation import amounts, cells, history, organisations, projects
from budgets.importing.validation import cells as codes
from budgets.importing.validation.case import FilingCase, Known
from budgets.importing.validation.history import address, statements
from budgets.importing.validation.unfilled import leave_out
from budgets.spreadsheets import WHOLE, SheetRow, Sheets


def assemble(case: FilingCase) -> Filing:
    """The filing that the rows state; amounts in yuan."""
    history = sorted(statements(case), key=place_order)
    return Filing(
        department=case.department,
        year=case.year,
        units=case.units,
        facts=case.facts,
        three_public=case.three_public,
        three_public_why=case.sheets.form("particulars")["three_public_why"] or "",
        profile=read_profile(case),
        particulars=fill_record(Particulars, case.sheets.form("particulars")),
        overall=fill_record(
            OverallTarget, case.sheets.form("overall"), indicators=read_indicators(case, WHOLE)
        ),
        projects=tuple(read_project(case, row) for row in case.sheets.of("projects")),
        priors=tuple(read_prior(row) for row in history if row["prior"] is not None),
        words=tuple(words for row in history for words in read_words(row)),
        glossary=tuple(fill_record(GlossaryEntry, row) for row in case.sheets.of("glossary")),
        signed_on=case.cover["signed_on"],
    )


def fill_record(cls, row: SheetRow, **given):
    """A value of `cls` from the row's cells of the same names; blank cells keep its defaults."""
    names = [field.name for field in fields(cls) if field.name not in given]
    stated = {name: row[name] for name in names if row[name] is not None}
    return cls(**stated, **given)


def place_order(row: SheetRow) -> tuple[int, str, str]:
    """The order of the places, then of codes and projects."""
    project = remove_blanks(row["project"] or "")
    return PLACES.index(row["place"]), row["code"] or "", project


def read_profile(case: FilingCase) -> Profile:
    """The profile, the offices' names taken apart."""
    row = case.sheets.form("profile")
    names = re.split(r"[、\n]+", row["offices"] or "")
    return fill_record(Profile, row, offices=tuple(name.strip() for name in names if name.strip()))


def read_project(case: FilingCase, row: SheetRow) -> ProjectPlan:
    """A project with its indicators."""
    unit = case.unit_of(row)
    indicators = read_indicators(case, row["name"] or "", unit)
    return fill_record(ProjectPlan, row, unit=unit, name=row["name"] or "", indicators=indicators)


def read_indicators(case: FilingCase, target: str, unit: str = "") -> tuple[Indicator, ...]:
    """The indicators of one target, in their order; `unit` where a project's rows name it."""
    return tuple(
        take_indicator(row)
        for row in case.aims.get(target, ())
        if not row["unit"] or not unit or row["unit"] == unit
    )


def take_indicator(row: SheetRow) -> Indicator:
    """An indicator; a weight as it is printed (14, not 14.00)."""
    weight = row["weight"]
    if weight is not None:
        weight = weight.quantize(1) if weight == weight.to_integral_value() else weight.normalize()
    needed = {key: row[key] or "" for key in ("level1", "level2", "level3", "value")}
    return fill_record(Indicator, row, weight=weight, **needed)


def read_prior(row: SheetRow) -> Prior:
    """Last year's figure at a place."""
    basis = row["basis"] or PriorBasis.BUDGET
    return Prior(at=address(row), amount=row["prior"], basis=basis)


def read_words(row: SheetRow) -> list[Words]:
    """The reason and the use at a place, as far as given."""
    return [
        Words(at=address(row), kind=kind, text=row[kind.value]) for kind in WordsKind if row[kind]
    ]


CHECKS = (
    cells.check_required,
    cells.check_lengths,
    cells.check_cover,
    cells.check_version,
    cells.check_chart,
    organisations.check_department,
    organisations.check_units,
    organisations.check_owners,
    amounts.check_coded,
    codes.check_codes,
    codes.check_parents,
    codes.check_names,
    projects.check_project_names,
    projects.check_described,
    projects.check_projects,
    amounts.check_amounts,
    amounts.check_residues,
    amounts.check_natures,
    amounts.check_duplicates,
    amounts.check_three_public,
    history.check_places,
    history.check_once,
    projects.check_indicators,
    cells.check_particulars,
    history.check_glossary,
)
# What one sheet needs of another that may be filled later: left out where a sheet is judged alone.
ACROSS = (projects.check_described,)


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
    case = FilingCase(leave_out(sheets), chart, known)
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


def conclude_case(case: FilingCase, found: list[Problem]) -> FilingVerdict:
    """The verdict on a case in which these problems were found."""
    problems = merge_problems(found, case.sheets.titles)
    return FilingVerdict(
        problems=problems,
        filing=None if has_errors(problems) else assemble(case),
        functions=codes.reported(case, codes.FUNCTION),
        economics=codes.reported(case, codes.ECONOMIC),
    )
