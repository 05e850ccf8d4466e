"""From the tables to facts: what they determine, and a problem for each code where they do not."""

from collections.abc import Iterator, Sequence

from budgets.domain.facts import Side
from budgets.domain.filing import Filing
from budgets.domain.problems import Problem
from budgets.domain.tables.form import Role
from budgets.importing.published.carryover import derive_carryover, find_carried
from budgets.importing.published.claims import Claim, Derived
from budgets.importing.published.economics import derive_economics
from budgets.importing.published.functions import derive_functions
from budgets.importing.published.income import derive_income, fund_figures
from budgets.importing.published.naming import Namer
from budgets.importing.published.performance import Purse
from budgets.importing.published.projects import name_general
from budgets.importing.published.residues import derive_residues
from budgets.importing.published.sources import find_sources
from budgets.importing.published.sums import group
from budgets.importing.published.supplement import Supplement
from budgets.importing.published.table import Table, Tables

FUNCTION_TABLES = (
    Role.INCOME,
    Role.SPENDING,
    Role.GENERAL,
    Role.GOVERNMENT_FUND,
    Role.STATE_CAPITAL,
)


def derive(
    tables: Tables, supplement: Supplement, filing: Filing, purses: Sequence[Purse]
) -> Derived:
    """Every fact that the tables and the rows beside them state; `filing` knows project names."""
    derived = derive_income(tables)
    derived.claims += supplement.claims
    derived.problems += [
        problem for key in FUNCTION_TABLES for problem in find_unparted(tables[key])
    ]
    derived.take(derive_items(tables, supplement.codes))
    general = name_general(tables, derived.nameless)
    derived.nameless = []
    derived.take(general)
    named = [made for made in derived.claims if made.fact.project]
    nameless, derived.nameless = derived.nameless, []
    derived.take(Namer(filing, purses, named).name(nameless))
    if not supplement.has_economics:
        derived.take(derive_economics(tables, derived.claims))
    derived.take(derive_residues(tables))
    return derived


def derive_items(tables: Tables, stated: set[str]) -> Derived:
    """The facts of the function items that are not stated line by line."""
    sources = find_sources(tables, fund_figures(tables), stated)
    carried = find_carried(tables, stated)
    derived = Derived(problems=[*sources.problems, *carried.problems])
    derived.take(derive_functions(tables, sources, carried))
    derived.take(derive_carryover(tables, sources, carried))
    return derived


def find_unparted(table: Table) -> Iterator[Problem]:
    """Classes and sections with money and nothing below them."""
    below = group(table.entries)
    for row in table.entries if not table.is_torn else ():
        if row.figures and len(row.key) < 7 and row.key not in below:
            ref = next(iter(row.figures.values())).ref
            message = f"{table.form.label}的 {row.key} 没有列到“项”。"
            advice = "请补上它下面各“项”的金额。"
            yield Problem(sheet=table.sheet, cells=(ref,), message=message, advice=advice)


def list_expenditure(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of money that goes out."""
    return [made for made in claims if made.fact.side is Side.EXPENDITURE]
