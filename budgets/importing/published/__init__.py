"""A workbook of published tables → the facts that they determine, and the problems."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from budgets.domain.chart import Chart
from budgets.domain.filing import Filing
from budgets.domain.problems import Problem, Severity, has_errors, merge_problems
from budgets.domain.text import squeeze
from budgets.importing.published.claims import Derived
from budgets.importing.published.composition import compose, list_names
from budgets.importing.published.derivation import derive
from budgets.importing.published.performance import read_purses
from budgets.importing.published.reading import Reading, read_tables
from budgets.importing.published.reconciliation import reconcile
from budgets.importing.published.supplement import Supplement
from budgets.importing.published.table import Tables
from budgets.importing.published.three_public import derive_three_public
from budgets.importing.published.verification import verify
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import Verdict, judge
from budgets.spreadsheets import RawSheet


def examine(sheets: Sequence[RawSheet], filing: Filing, chart: Chart) -> Verdict:
    """What the tables make of a filing: its money replaced, its words kept, and all problems.

    `filing` is what is on file for the department and year; it tells the names of projects. The
    verdict's filing is None where anything is wrong.
    """
    reading = read_tables(sheets, chart)
    problems = [*reading.problems, *check_imprints(reading, filing), *check_units(filing)]
    factor = max((table.factor for table in reading.tables.of.values()), default=1)
    supplement = Supplement(sheets, factor)
    problems += [*supplement.problems, *reconcile(reading)]
    derived = derive(reading.tables, supplement, filing, read_purses(sheets))
    problems += derived.problems
    if not has_errors(problems):
        facts = tuple(made.fact for made in derived.claims)
        problems += verify(reading.tables, replace(filing, units=(), facts=facts), chart)
    titles = [sheet.name for sheet in sheets]
    verdict = conclude(reading.tables, derived, filing, chart, problems)
    found = merge_problems([*problems, *verdict.problems], titles)
    return replace(verdict, problems=found, filing=None if has_errors(found) else verdict.filing)


def conclude(
    tables: Tables, derived: Derived, filing: Filing, chart: Chart, problems: list[Problem]
) -> Verdict:
    """The checks of the filing workbook over the derived rows; the file's own names of codes."""
    functions, economics = list_names(tables)
    sections = {
        code: name
        for code, name in functions.items()
        if len(code) == 5 and code not in chart.functions and code[:3] in chart.functions
    }
    whole = replace(chart, functions={**chart.functions, **sections})
    three_public = derive_three_public(tables, derived.claims)
    rows = compose(filing, derived.claims, three_public, {**functions, **economics}, whole)
    rows.problems = problems
    known = Known(department=filing.department, units=filing.units)
    verdict = judge(rows, whole, known)
    return replace(verdict, functions={**verdict.functions, **sections})


def check_imprints(reading: Reading, filing: Filing) -> Iterator[Problem]:
    """Every table is the department's own, of its year."""
    for key, imprint in reading.imprints.items():
        table = reading.tables[key]
        if imprint.owner and squeeze(imprint.owner.text) != squeeze(filing.department.name):
            yield report_owner(table.sheet, imprint.owner, filing.department.name)
        for year in imprint.years:
            if year.text != str(filing.year):
                cells = (year.ref,) if year.ref else ()
                message = f"表上写的是 {year.text} 年，应为 {filing.year} 年。"
                advice = "请核对是否选错了文件。"
                yield Problem(sheet=table.sheet, cells=cells, message=message, advice=advice)


def report_owner(sheet: str, owner, name: str) -> Problem:
    """A table of somebody else; a longer or shorter form of the name is only a warning."""
    near = squeeze(owner.text) in squeeze(name) or squeeze(name) in squeeze(owner.text)
    return Problem(
        sheet=sheet,
        cells=(owner.ref,),
        message=f"编制部门是“{owner.text}”，应为“{name}”。",
        advice="请核对是否选错了文件。",
        severity=Severity.WARNING if near else Severity.ERROR,
    )


def check_units(filing: Filing) -> Iterator[Problem]:
    """Tables of a department with units do not say which unit's money it is."""
    if filing.units:
        yield Problem(
            message=f"本部门有 {len(filing.units)} 个所属单位，公开表是汇总数，分不到单位。",
            advice="请每个单位分别导入自己的表，或用填报模板按单位填列。",
        )
