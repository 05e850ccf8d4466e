"""Puts what was derived in place of a filing's money, as rows that the filing's checks judge."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from budgets.domain.chart import Chart
from budgets.domain.facts import Fund, Side
from budgets.domain.filing import Filing, ProjectPlan
from budgets.domain.tables.form import Role
from budgets.domain.text import remove_blanks
from budgets.importing.published.claims import Claim
from budgets.importing.published.table import Tables
from budgets.spreadsheets import SHEETS, YUAN, SheetCell, SheetRow, Sheets
from budgets.spreadsheets.filing_rows import list_filing_rows

FUNCTION_TABLES = (
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


def compose(
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


def list_names(tables: Tables) -> tuple[dict[str, str], dict[str, str]]:
    """What the tables call function codes and economic codes."""
    return name_codes(tables, FUNCTION_TABLES), name_codes(tables, ECONOMIC_TABLES)


def name_codes(tables: Tables, keys: Sequence[str]) -> dict[str, str]:
    """The first name of each code."""
    found: dict[str, str] = {}
    for row in (row for key in keys for row in tables[key].entries):
        if row.name and not row.project:
            found.setdefault(row.key, row.name)
    return found
