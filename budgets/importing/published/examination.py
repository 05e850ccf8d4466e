"""A workbook of published tables → the filing that they determine, and the problems."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from budgets.domain.chart import Chart
from budgets.domain.facts import FISCAL_FAMILIES, Fund, Side
from budgets.domain.filing import Filing, ProjectPlan
from budgets.domain.problems import Problem, Severity, has_errors, merge_problems
from budgets.domain.sets import TableSet, load_table_set
from budgets.domain.tables.form import Role, list_amounts
from budgets.domain.text import remove_blanks, squeeze
from budgets.importing.published.carryover import SIDES, SPLIT_COLUMNS
from budgets.importing.published.derivation import Supplement, derive_facts
from budgets.importing.published.economics import derive_three_public
from budgets.importing.published.functions import BUDGETS, WHOLE_COLUMNS
from budgets.importing.published.projects import read_purses
from budgets.importing.published.reading import Reading, read_tables
from budgets.importing.published.sources import SHARED, SINGLE
from budgets.importing.published.tables import Claim, Derived, ReadTables
from budgets.importing.published.verification import reconcile, verify_figures
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import FilingVerdict, list_stored_rows, validate_typed
from budgets.spreadsheets import RawSheet, SheetCell, SheetRow, Sheets

# What the reading asks of a set: what each table is called here, and its columns of amounts.
NEEDED: dict[Role, tuple[str, Iterable[str]]] = {
    Role.WHOLE: ("收支总表", ["income"]),
    Role.INCOME: ("收入总表", ["total", *SINGLE, *SHARED]),
    Role.SPENDING: ("支出总表", WHOLE_COLUMNS.values()),
    Role.BASIC: ("一般公共预算基本支出表", ["total", "personnel", "operating"]),
    Role.PROJECTS: ("项目支出表", ["total"]),
    Role.THREE_PUBLIC: ("“三公”经费表", [family.value for family in FISCAL_FAMILIES]),
    Role.CARRYOVER: (
        "上年结转结余表",
        [f"{side}_{column}" for side in SIDES for column in SPLIT_COLUMNS.values()],
    ),
    **{
        role: (f"{funds[0].family.label}支出表", columns.values())
        for role, funds, columns in BUDGETS
    },
}
FUNCTION_TABLES = (Role.INCOME, Role.SPENDING, Role.PROJECTS, *(role for role, _, _ in BUDGETS))
FUND_ORDER = list(Fund)
ROW_VALUES = ("fund", "nature", "function", "economic", "project", "amount")


def examine_tables(sheets: Sequence[RawSheet], filing: Filing, chart: Chart) -> FilingVerdict:
    """What the tables make of a filing: its money replaced, its words kept, and all problems.

    `filing` is what is on file for the department and year; it tells the names of projects. The
    verdict's filing is None where anything is wrong.
    """
    if lacking := list_lacking(load_table_set(chart.table_set)):
        message = (
            f"{filing.year}年公开表的规定格式里没有{'、'.join(lacking)}，或者没有分列来源和性质。"
        )
        advice = "从公开表里分不出每笔收支，请改用填报模板。"
        problems = [Problem(message=message, advice=advice)]
        return FilingVerdict(problems=problems, filing=None, functions={}, economics={})
    reading = read_tables(sheets, chart)
    tables = reading.tables
    problems = [*reading.problems, *check_imprints(reading, filing), *check_no_units(filing)]
    factor = max((table.factor for table in tables.of.values()), default=1)
    supplement = Supplement(sheets, factor)
    problems += [*supplement.problems, *reconcile(reading)]
    derived = derive_facts(tables, supplement, filing, read_purses(sheets))
    problems += derived.problems
    if not has_errors(problems):
        facts = tuple(made.fact for made in derived.claims)
        problems += verify_figures(tables, replace(filing, units=(), facts=facts), chart)
    verdict = validate_derived(tables, derived, filing, chart, problems)
    found = merge_problems([*problems, *verdict.problems], [sheet.name for sheet in sheets])
    return replace(verdict, problems=found, filing=None if has_errors(found) else verdict.filing)


def list_lacking(table_set: TableSet) -> list[str]:
    """The tables that a set lacks, or does not divide as the reading needs it."""
    lacking = []
    for role, (name, needed) in NEEDED.items():
        blocks = table_set[role].blocks if role in table_set else ()
        columns = {column.key for block in blocks for column in list_amounts(block)}
        items = {item.key for block in blocks for item in block.rows.items}
        if not columns.issuperset(needed) or (role is Role.WHOLE and not items.issuperset(Fund)):
            lacking.append(name)
    return lacking


def check_imprints(reading: Reading, filing: Filing) -> Iterator[Problem]:
    """Every table is the department's own, of its year.

    A longer or shorter form of the department's name is only a warning.
    """
    advice = "请核对是否选错了文件。"
    name = filing.department.name
    for role, imprint in reading.imprints.items():
        sheet, owner = reading.tables[role].sheet, imprint.owner
        if owner and squeeze(owner.text) != squeeze(name):
            stated, known = squeeze(owner.text), squeeze(name)
            is_near = stated in known or known in stated
            yield Problem(
                sheet=sheet,
                cells=(owner.ref,),
                message=f"编制部门是“{owner.text}”，应为“{name}”。",
                advice=advice,
                severity=Severity.WARNING if is_near else Severity.ERROR,
            )
        for year in imprint.years:
            if year.text != str(filing.year):
                cells = (year.ref,) if year.ref else ()
                message = f"表上写的是 {year.text} 年，应为 {filing.year} 年。"
                yield Problem(sheet=sheet, cells=cells, message=message, advice=advice)


def check_no_units(filing: Filing) -> Iterator[Problem]:
    """Tables of a department with units do not say which unit's money it is."""
    if filing.units:
        yield Problem(
            message=f"本部门有 {len(filing.units)} 个所属单位，公开表是汇总数，分不到单位。",
            advice="请每个单位分别导入自己的表，或用填报模板按单位填列。",
        )


def validate_derived(
    tables: ReadTables, derived: Derived, filing: Filing, chart: Chart, problems: list[Problem]
) -> FilingVerdict:
    """The checks of the filing workbook over the derived rows; the file's own names of codes."""
    functions = name_codes(tables, FUNCTION_TABLES)
    sections = {
        code: name
        for code, name in functions.items()
        if len(code) == 5 and code not in chart.functions and code[:3] in chart.functions
    }
    whole = replace(chart, functions={**chart.functions, **sections})
    names = {**functions, **name_codes(tables, [Role.BASIC])}
    rows = compose_sheets(filing, derived.claims, names, whole)
    rows.rows["three_public"] = [
        compose_row(made, {}) for made in derive_three_public(tables, derived.claims)
    ]
    rows.problems = problems
    known = Known(department=filing.department, units=filing.units)
    verdict = validate_typed(rows, whole, known)
    return replace(verdict, functions={**verdict.functions, **sections})


def name_codes(tables: ReadTables, roles: Iterable[Role]) -> dict[str, str]:
    """What the tables call their codes: the first name of each."""
    found: dict[str, str] = {}
    for row in (row for role in roles for row in tables[role].entries):
        if row.name and not row.project:
            found.setdefault(row.key, row.name)
    return found


def compose_sheets(
    filing: Filing, claims: Sequence[Claim], names: Mapping[str, str], chart: Chart
) -> Sheets:
    """The filing's rows, its money replaced; only cells of the tables have addresses.

    `names` are what the tables call their codes; a code that the chart knows is named once, for
    its name to be judged. Projects are called as the filing calls them, and there is a plan for
    every project that has money.
    """
    called = adopt_projects(filing, claims)
    known = {plan.name for plan in filing.projects} | {""}
    projects = dict.fromkeys(made.fact.project for made in called)
    unit = filing.department.code
    plans = [ProjectPlan(unit=unit, name=name) for name in projects if name not in known]
    sheets = list_stored_rows(
        replace(filing, projects=(*filing.projects, *plans), facts=(), three_public=()), chart
    )
    in_chart, seen = {**chart.functions, **chart.economics}, set[str]()
    sheets.rows["income"], sheets.rows["expenditure"] = [], []
    for made in sorted(called, key=row_order):
        if made.fact.side is Side.INCOME:
            sheets.rows["income"].append(compose_row(made, {}))
            continue
        told = {}
        for key in ("function", "economic"):
            code = getattr(made.fact, key)
            if code in names and not (code in in_chart and code in seen):
                told[f"{key}_name"] = names[code]
            seen.add(code)
        sheets.rows["expenditure"].append(compose_row(made, told))
    return sheets


def adopt_projects(filing: Filing, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with each project called as the filing calls it; blanks make no difference."""
    names = {remove_blanks(plan.name): plan.name for plan in filing.projects}
    for made in claims:
        names.setdefault(remove_blanks(made.fact.project), made.fact.project)
    return [
        replace(made, fact=replace(made.fact, project=names[remove_blanks(made.fact.project)]))
        for made in claims
    ]


def row_order(made: Claim) -> tuple[object, ...]:
    """Function facts first, by code; then economic facts; income by fund."""
    fact = made.fact
    codes = (not fact.function, fact.function, fact.economic)
    return *codes, FUND_ORDER.index(fact.fund), fact.nature or "", fact.project


def compose_row(made: Claim, told: Mapping[str, str]) -> SheetRow:
    """A claim as a row of its sheet."""
    values = {key: getattr(made.fact, key) for key in ROW_VALUES} | {**told, **made.names}
    cells = {key: SheetCell(value, made.refs.get(key, "")) for key, value in values.items()}
    return SheetRow.of(made.sheet, cells)
