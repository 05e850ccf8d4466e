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
from budgets.importing.published.functions import (
    BUDGETS,
    ITEM_TABLES,
    WHOLE_COLUMNS,
    derive_economics,
    derive_functions,
    derive_residues,
    derive_three_public,
)
from budgets.importing.published.headings import FACTORS, RawLine, find_unit, text_of
from budgets.importing.published.projects import ProjectNamer, Purse, name_general, read_purses
from budgets.importing.published.reading import read_tables
from budgets.importing.published.sources import (
    GROUP_ROWS,
    SHARED,
    SIDES,
    SINGLE,
    SPLIT_COLUMNS,
    derive_carryover,
    derive_income,
    find_carried,
    find_sources,
)
from budgets.importing.published.tables import FACT_VALUES, Claim, Derived, ReadTable, ReadTables
from budgets.importing.published.verification import group_below, reconcile, verify_figures
from budgets.importing.validation.case import Known, read_line_facts
from budgets.importing.validation.judging import FilingVerdict, list_stored_rows, validate_typed
from budgets.spreadsheets import SHEETS, RawSheet, SheetCell, SheetRow, Sheets
from budgets.spreadsheets.sheets import ColumnKind, SheetColumn
from budgets.spreadsheets.values import MisreadError, parse_value

EXPENDITURE = next(sheet for sheet in SHEETS if sheet.key == "expenditure")
COLUMNS = {
    squeeze(each.header): each
    for each in EXPENDITURE.columns
    if each.kind is not ColumnKind.COMPUTED
}
# A header that has fewer of these is another table's.
FEWEST_COLUMNS = 4
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
FUND_ORDER = list(Fund)


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
    tables, problems = read_tables(sheets, chart)
    problems += check_imprints(tables, filing)
    if filing.units:
        # The tables do not say which unit's money it is.
        message = f"本部门有 {len(filing.units)} 个所属单位，公开表是汇总数，分不到单位。"
        advice = "请每个单位分别导入自己的表，或用填报模板按单位填列。"
        problems.append(Problem(message=message, advice=advice))
    factor = max((table.factor for table in tables.of.values()), default=1)
    supplement = Supplement(sheets, factor)
    problems += [*supplement.problems, *reconcile(tables)]
    derived = derive_facts(tables, supplement, filing, read_purses(sheets))
    problems += derived.problems
    if not has_errors(problems):
        facts = tuple(claim.fact for claim in derived.claims)
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
        rows = {*Fund, *GROUP_ROWS} if role is Role.WHOLE else set[str]()
        if not columns.issuperset(needed) or not items.issuperset(rows):
            lacking.append(name)
    return lacking


def check_imprints(tables: ReadTables, filing: Filing) -> Iterator[Problem]:
    """Every table is the department's own, of its year.

    A longer or shorter form of the department's name is only a warning.
    """
    advice, name = "请核对是否选错了文件。", filing.department.name
    for table in tables.of.values():
        if table.imprint is None:
            continue
        owner = table.imprint.owner
        if owner and squeeze(owner.text) != squeeze(name):
            stated, known = squeeze(owner.text), squeeze(name)
            message = f"编制部门是“{owner.text}”，应为“{name}”。"
            problem = table.complain([owner.ref], message, advice)
            is_near = stated in known or known in stated
            yield replace(problem, severity=Severity.WARNING) if is_near else problem
        for year in table.imprint.years:
            if year.text != str(filing.year):
                refs = [year.ref] if year.ref else []
                message = f"表上写的是 {year.text} 年，应为 {filing.year} 年。"
                yield table.complain(refs, message, advice)


class Supplement:
    """What the tables cannot tell: rows in the form of the workbook's 支出明细 beside them.

    `claims` are the facts that such sheets state line by line, `problems` those of their cells;
    `factor` is yuan to one of the unit of a sheet that names none.
    """

    def __init__(self, sheets: Sequence[RawSheet], factor: int):
        self.problems: list[Problem] = []
        self.claims: list[Claim] = []
        for sheet in sheets:
            for header, line in enumerate(sheet.rows):
                known = [COLUMNS.get(text_of(cell).rstrip("*:")) for cell in line]
                places = {index: column for index, column in enumerate(known) if column}
                if len(places) >= FEWEST_COLUMNS:
                    unit = find_unit(sheet.rows[:header])
                    own = FACTORS.get(unit.text, factor) if unit else factor
                    self.read(sheet, sheet.rows[header + 1 :], places, own)
                    break

    @property
    def codes(self) -> set[str]:
        return {claim.fact.function for claim in self.claims if claim.fact.function}

    def read(
        self,
        sheet: RawSheet,
        lines: Sequence[RawLine],
        places: dict[int, SheetColumn],
        factor: int,
    ) -> None:
        """Every row below the header that is complete."""
        for line in lines:
            cells = {}
            for index, column in places.items():
                if index >= len(line) or not text_of(line[index]):
                    continue
                ref = line[index].ref
                try:
                    value = parse_value(column, line[index].value, factor=factor)
                    cells[column.key] = SheetCell(value, ref)
                except MisreadError as error:
                    cells[column.key] = SheetCell(None, ref, misread=True)
                    self.problems.append(
                        Problem(
                            sheet=sheet.name,
                            cells=(ref,),
                            message=error.message,
                            advice=error.advice,
                        )
                    )
            row = SheetRow.of(sheet.name, cells)
            names = {key: row[key] for key in ("function_name", "economic_name") if row[key]}
            for fact in read_line_facts("expenditure", [row], lambda _: ""):
                self.claims.append(Claim(fact, row.sheet, {"amount": "", **row.refs}, names))


def derive_facts(
    tables: ReadTables, supplement: Supplement, filing: Filing, purses: Sequence[Purse]
) -> Derived:
    """Every fact that the tables and the rows beside them state; `filing` knows project names."""
    derived = derive_income(tables)
    derived.claims += supplement.claims
    for role in ITEM_TABLES:
        derived.problems += find_whole_codes(tables[role])
    # The items that are not stated line by line.
    sources = find_sources(tables, supplement.codes)
    carried = find_carried(tables, supplement.codes)
    derived.problems += [*sources.problems, *carried.problems]
    derived.extend(derive_functions(tables, sources, carried))
    derived.extend(derive_carryover(tables, sources, carried))
    # Table 7 names its projects before the others' names are guessed.
    nameless, derived.nameless = derived.nameless, []
    derived.extend(name_general(tables, nameless))
    named = [claim for claim in derived.claims if claim.fact.project]
    nameless, derived.nameless = derived.nameless, []
    derived.extend(ProjectNamer(filing, purses, named).name(nameless))
    # Where one economic fact is stated beside the tables, all of them are.
    if not any(claim.fact.economic and not claim.fact.function for claim in supplement.claims):
        derived.extend(derive_economics(tables, derived.claims))
    derived.extend(derive_residues(tables))
    return derived


def find_whole_codes(table: ReadTable) -> Iterator[Problem]:
    below = group_below(table.entries)
    for row in table.entries if not table.is_torn else ():
        if row.figures and len(row.key) < 7 and row.key not in below:
            message = f"{table.form.label}的 {row.key} 没有列到“项”。"
            yield table.complain(row.first_refs, message, "请补上它下面各“项”的金额。")


def validate_derived(
    tables: ReadTables, derived: Derived, filing: Filing, chart: Chart, problems: list[Problem]
) -> FilingVerdict:
    """The checks of the filing workbook over the derived rows; the file's own names of codes."""
    functions = name_codes(tables, (*ITEM_TABLES, Role.PROJECTS))
    sections = {
        code: name
        for code, name in functions.items()
        if len(code) == 5 and code not in chart.functions and code[:3] in chart.functions
    }
    whole = replace(chart, functions={**chart.functions, **sections})
    names = {**functions, **name_codes(tables, [Role.BASIC])}
    rows = compose_sheets(filing, derived.claims, names, whole)
    rows.rows["three_public"] = [
        compose_row(claim, {}) for claim in derive_three_public(tables, derived.claims)
    ]
    rows.problems = problems
    known = Known(department=filing.department, units=filing.units)
    verdict = validate_typed(rows, whole, known)
    return replace(verdict, functions={**verdict.functions, **sections})


def name_codes(tables: ReadTables, roles: Iterable[Role]) -> dict[str, str]:
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
    projects = dict.fromkeys(claim.fact.project for claim in called)
    unit = filing.department.code
    plans = [ProjectPlan(unit=unit, name=name) for name in projects if name not in known]
    sheets = list_stored_rows(
        replace(filing, projects=(*filing.projects, *plans), facts=(), three_public=()), chart
    )
    in_chart, seen = {**chart.functions, **chart.economics}, set[str]()
    sheets.rows["income"], sheets.rows["expenditure"] = [], []
    for claim in sorted(called, key=row_order):
        if claim.fact.side is Side.INCOME:
            sheets.rows["income"].append(compose_row(claim, {}))
            continue
        named = {}
        for key in ("function", "economic"):
            code = getattr(claim.fact, key)
            if code in names and not (code in in_chart and code in seen):
                named[f"{key}_name"] = names[code]
            seen.add(code)
        sheets.rows["expenditure"].append(compose_row(claim, named))
    return sheets


def adopt_projects(filing: Filing, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with each project called as the filing calls it; blanks make no difference."""
    names = {remove_blanks(plan.name): plan.name for plan in filing.projects}
    for claim in claims:
        names.setdefault(remove_blanks(claim.fact.project), claim.fact.project)
    return [
        replace(claim, fact=replace(claim.fact, project=names[remove_blanks(claim.fact.project)]))
        for claim in claims
    ]


def row_order(claim: Claim) -> tuple[object, ...]:
    """Function facts first, by code; then economic facts; income by fund."""
    fact = claim.fact
    codes = (not fact.function, fact.function, fact.economic)
    return *codes, FUND_ORDER.index(fact.fund), fact.nature or "", fact.project


def compose_row(claim: Claim, named: Mapping[str, str]) -> SheetRow:
    values = {key: getattr(claim.fact, key) for key in FACT_VALUES} | {**named, **claim.names}
    cells = {key: SheetCell(value, claim.refs.get(key, "")) for key, value in values.items()}
    return SheetRow.of(claim.sheet, cells)
