"""Raw rows and the chart in; a filing, its problems, and the codes that it brings along out."""

from dataclasses import dataclass, replace

from budgets.chart import Chart
from budgets.facts import Filing
from budgets.problems import Problem, has_errors, merge
from budgets.validation import amounts, cells, codes, history, organisations, projects
from budgets.validation.assembly import assemble
from budgets.validation.case import Case, Known
from budgets.validation.unfilled import leave_out
from budgets.workbook import Sheets

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
class Verdict:
    """What became of the rows: problems in the file's order, and the filing if none is an error.

    `functions` and `economics` are the codes that the chart lacks, with their names in the file.
    """

    problems: list[Problem]
    filing: Filing | None
    functions: dict[str, str]
    economics: dict[str, str]


def validate(sheets: Sheets, chart: Chart, known: Known) -> Verdict:
    """Run every check, whatever the others found; all problems come back at once.

    Lines without an amount are left out first: a template offers last year's codes as such lines.
    """
    case = Case(leave_out(sheets), chart, known)
    found = [problem for check in CHECKS for problem in check(case)]
    return conclude(case, [*case.sheets.problems, *found])


def judge(sheets: Sheets, chart: Chart, known: Known) -> Verdict:
    """Judge what was typed on a screen by itself, beside rows that are stored already.

    Only cells that were typed have a ref, so only problems that name one are theirs.
    """
    case = Case(sheets, chart, known)
    checks = (check for check in CHECKS if check not in ACROSS)
    found = [*sheets.problems, *(problem for check in checks for problem in check(case))]
    typed = (replace(problem, cells=tuple(filter(None, problem.cells))) for problem in found)
    return conclude(case, [problem for problem in typed if problem.cells])


def conclude(case: Case, found: list[Problem]) -> Verdict:
    """The verdict on a case in which these problems were found."""
    problems = merge(found, case.sheets.titles)
    return Verdict(
        problems=problems,
        filing=None if has_errors(problems) else assemble(case),
        functions=codes.reported(case, codes.FUNCTION),
        economics=codes.reported(case, codes.ECONOMIC),
    )


__all__ = ["ACROSS", "CHECKS", "Known", "Verdict", "judge", "validate"]
