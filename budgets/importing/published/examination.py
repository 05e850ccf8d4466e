"""A workbook of published tables → the facts that they determine, and the problems."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from budgets.domain.chart import Chart
from budgets.domain.facts import Fund, Side
from budgets.domain.filing import Filing, ProjectPlan
from budgets.domain.problems import Problem, Severity, has_errors, merge_problems
from budgets.domain.tables.form import Role
from budgets.domain.text import remove_blanks, squeeze
from budgets.importing.published.derivation import Supplement, derive_facts
from budgets.importing.published.economics import derive_three_public
from budgets.importing.published.projects import read_purses
from budgets.importing.published.reading import Reading, read_tables
from budgets.importing.published.tables import Claim, Derived, ReadTables
from budgets.importing.published.verification import reconcile, verify_figures
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import FilingVerdict, validate_typed
from budgets.spreadsheets import SHEETS, YUAN, RawSheet, SheetCell, SheetRow, Sheets
from budgets.spreadsheets.filing_rows import list_filing_rows

NAMING_TABLES = (
    Role.INCOME,
    Role.SPENDING,
    Role.GENERAL,
    Role.PROJECTS,
    Role.GOVERNMENT_FUND,
    Role.STATE_CAPITAL,
)
ECONOMIC_TABLES = (Role.BASIC,)
FUNDS = list(Fund)
VALUES = ("fund", "nature", "function", "economic", "project", "amount")


def compose_sheets(
    filing: Filing,
    claims: Sequence[Claim],
    three_public: Sequence[Claim],
    names: Mapping[str, str],
    chart: Chart,
) -> Sheets:
    """The filing's rows, its money replaced; only cells of the tables have addresses.

    `names` are what the tables call their codes.
    """
    called = adopt_projects(filing, claims)
    sheets = keep_words(replace(add_projects(filing, called), facts=(), three_public=()), chart)
    spent = [made for made in called if made.fact.side is Side.EXPENDITURE]
    incomes = [made for made in called if made.fact.side is Side.INCOME]
    known = {**chart.functions, **chart.economics}
    sheets.rows["income"] = [lay_row(made, {}) for made in sorted(incomes, key=order)]
    sheets.rows["expenditure"] = list(lay_spent(sorted(spent, key=order), names, known))
    sheets.rows["three_public"] = [lay_row(made, {}) for made in three_public]
    return sheets


def keep_words(filing: Filing, chart: Chart) -> Sheets:
    """What is on file, as rows that stand in no cell."""
    laid, sheets = list_filing_rows(filing, chart, YUAN), Sheets()
    for sheet in SHEETS:
        sheets.rows[sheet.key] = [
            SheetRow.of(
                sheet.title,
                {column.key: SheetCell(row.get(column.key)) for column in sheet.columns},
            )
            for row in laid[sheet.key]
        ]
    return sheets


def adopt_projects(filing: Filing, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with each project called as the filing calls it; blanks make no difference."""
    names = {remove_blanks(plan.name): plan.name for plan in filing.projects}
    for made in claims:
        names.setdefault(remove_blanks(made.fact.project), made.fact.project)
    return [
        replace(
            made,
            fact=replace(made.fact, project=names[remove_blanks(made.fact.project)]),
        )
        for made in claims
    ]


def add_projects(filing: Filing, claims: Iterable[Claim]) -> Filing:
    """The filing with a plan for every project that has money."""
    known = {plan.name for plan in filing.projects} | {""}
    named = dict.fromkeys(made.fact.project for made in claims)
    code = filing.department.code
    new = (ProjectPlan(unit=code, name=name) for name in named if name not in known)
    return replace(filing, projects=(*filing.projects, *new))


def order(made: Claim) -> tuple:
    """Function facts first, by code; then economic facts; income by fund."""
    fact = made.fact
    codes = (not fact.function, fact.function, fact.economic)
    return *codes, FUNDS.index(fact.fund), fact.nature or "", fact.project


def lay_spent(
    claims: Iterable[Claim], names: Mapping[str, str], known: Mapping[str, str]
) -> Iterable[SheetRow]:
    """Rows of expenditure; a code that the chart knows is named once, for its name to be judged."""
    seen: set[str] = set()
    for made in claims:
        told = {}
        for key in ("function", "economic"):
            code = getattr(made.fact, key)
            if code in names and not (code in known and code in seen):
                told[f"{key}_name"] = names[code]
            seen.add(code)
        yield lay_row(made, told)


def lay_row(made: Claim, told: Mapping[str, str]) -> SheetRow:
    """A claim as a row of its sheet."""
    values = {key: getattr(made.fact, key) for key in VALUES} | {**told, **made.names}
    cells = {key: SheetCell(value, made.refs.get(key, "")) for key, value in values.items()}
    return SheetRow.of(made.sheet, cells)


def list_names(tables: ReadTables) -> tuple[dict[str, str], dict[str, str]]:
    """What the tables call function codes and economic codes."""
    return name_codes(tables, NAMING_TABLES), name_codes(tables, ECONOMIC_TABLES)


def name_codes(tables: ReadTables, keys: Sequence[str]) -> dict[str, str]:
    """The first name of each code."""
    found: dict[str, str] = {}
    for row in (row for key in keys for row in tables[key].entries):
        if row.name and not row.project:
            found.setdefault(row.key, row.name)
    return found


def examine_tables(sheets: Sequence[RawSheet], filing: Filing, chart: Chart) -> FilingVerdict:
    """What the tables make of a filing: its money replaced, its words kept, and all problems.

    `filing` is what is on file for the department and year; it tells the names of projects. The
    verdict's filing is None where anything is wrong.
    """
    reading = read_tables(sheets, chart)
    problems = [*reading.problems, *check_imprints(reading, filing), *check_units(filing)]
    factor = max((table.factor for table in reading.tables.of.values()), default=1)
    supplement = Supplement(sheets, factor)
    problems += [*supplement.problems, *reconcile(reading)]
    derived = derive_facts(reading.tables, supplement, filing, read_purses(sheets))
    problems += derived.problems
    if not has_errors(problems):
        facts = tuple(made.fact for made in derived.claims)
        problems += verify_figures(reading.tables, replace(filing, units=(), facts=facts), chart)
    titles = [sheet.name for sheet in sheets]
    verdict = conclude_tables(reading.tables, derived, filing, chart, problems)
    found = merge_problems([*problems, *verdict.problems], titles)
    return replace(verdict, problems=found, filing=None if has_errors(found) else verdict.filing)


def conclude_tables(
    tables: ReadTables, derived: Derived, filing: Filing, chart: Chart, problems: list[Problem]
) -> FilingVerdict:
    """The checks of the filing workbook over the derived rows; the file's own names of codes."""
    functions, economics = list_names(tables)
    sections = {
        code: name
        for code, name in functions.items()
        if len(code) == 5 and code not in chart.functions and code[:3] in chart.functions
    }
    whole = replace(chart, functions={**chart.functions, **sections})
    three_public = derive_three_public(tables, derived.claims)
    rows = compose_sheets(filing, derived.claims, three_public, {**functions, **economics}, whole)
    rows.problems = problems
    known = Known(department=filing.department, units=filing.units)
    verdict = validate_typed(rows, whole, known)
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
