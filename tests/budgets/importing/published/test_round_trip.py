"""What the disclosure's spreadsheet prints comes back as the facts that it was printed from."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from budgets import spreadsheets
from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing
from budgets.domain.money import envelope
from budgets.domain.problems import Severity
from budgets.importing.published.examination import examine_tables
from tests.factories.filings import CHART, UNION
from tests.factories.published_ledgers import EXACT, ITEMS, export, filings, make_filing, spend

# A fact may be what is left of one printed figure after six others.
CRUMB = envelope(6)
NOTHING_ON_FILE = Filing(department=UNION, year=2025)


def read_back(filing, on_file=NOTHING_ON_FILE):
    return examine_tables(
        spreadsheets.read_raw(spreadsheets.open_book(export(filing))), on_file, CHART
    )


def count(facts):
    return Counter(replace(fact, origin="") for fact in facts)


def amounts(facts):
    """Amounts by everything else that a fact says."""
    return {replace(fact, amount=0, origin=""): fact.amount for fact in facts}


def complaints(verdict):
    return [str(problem) for problem in verdict.problems if problem.severity is Severity.ERROR]


@given(filings())
def test_exported_tables_give_back_the_ledger(filing):
    verdict = read_back(filing)
    assert complaints(verdict) == []
    assert count(verdict.filing.facts) == count(filing.facts)
    assert {plan.name for plan in verdict.filing.projects} == {
        plan.name for plan in filing.projects
    }


@given(filings(EXACT))
def test_tables_rounded_to_wan_come_back_within_their_rounding(filing):
    verdict = read_back(filing)
    assert complaints(verdict) == []
    before, after = amounts(filing.facts), amounts(verdict.filing.facts)
    gaps = {key: abs(before.get(key, 0) - after.get(key, 0)) for key in before | after}
    assert {key: gap for key, gap in gaps.items() if gap > CRUMB} == {}


def test_rounding_of_many_parts_leaves_no_project_over():
    several = [
        spend(Decimal("10049"), Fund.GENERAL_OWN, Nature.PROJECT, code, project="甲项目")
        for code in ITEMS[:7]
    ]
    fund = spend(
        Decimal(20000), Fund.GOVERNMENT_FUND_OWN, Nature.PROJECT, ITEMS[0], project="基金项目"
    )
    verdict = read_back(make_filing([*several, fund]))
    assert complaints(verdict) == []
    named = {fact.project: fact.amount for fact in verdict.filing.facts if fact.project}
    assert named["基金项目"] == 20000
