"""Whose the project money is that the tables give without a name."""

from decimal import Decimal

import pytest

from budgets.domain.facts import Fund, Nature
from budgets.importing.published.projects import ProjectNamer, Purse
from budgets.importing.published.tables import Claim
from tests.factories.filings import filing, plan_projects, spend

CODE = "2012901"


def project(amount, name="", **more):
    return spend(amount, CODE, nature=Nature.PROJECT, project=name, **more)


def name_money(*facts, purses=(), stored=()):
    """(project, 万元) of every claim once it has a name, and what is told."""
    kept = filing(*stored, projects=plan_projects(*stored))
    derived = ProjectNamer(kept, purses, ()).name(
        [Claim(fact, refs={"amount": "E6"}) for fact in facts]
    )
    named = [(claim.fact.project, claim.fact.amount / 10_000) for claim in derived.claims]
    return named, [problem.severity.value for problem in derived.problems]


@pytest.mark.parametrize(
    ("amounts", "purses", "named"),
    [
        # One sum that is all projects' together, and each project's share.
        (["5"], {"甲": 3, "乙": 2}, [("甲", 3), ("乙", 2)]),
        # Several sums that are one project's.
        (["2", "3"], {"甲": 5}, [("甲", 2), ("甲", 3)]),
        # Which of two sums is whose nobody can tell, nor whose the rest of one is.
        (["2", "3"], {"甲": 3, "乙": 2}, []),
        (["5"], {"甲": 3, "乙": 1}, []),
    ],
)
def test_performance_tables_name_the_money_where_only_one_way_is_left(amounts, purses, named):
    money = [Purse(name, fiscal=Decimal(yuan) * 10_000) for name, yuan in purses.items()]
    found, told = name_money(*map(project, amounts), purses=money)
    assert (found, told) == (named, [] if named else ["error"] * len(amounts))


@pytest.mark.parametrize(
    ("stored", "named"),
    [
        # A single project may have been rounded since, several must add up to the cent.
        ([("甲", "5.000049")], [("甲", 5)]),
        ([("甲", "3"), ("乙", "2")], [("甲", 3), ("乙", 2)]),
        ([("甲", "3.000049"), ("乙", "2")], []),
    ],
)
def test_names_on_file_stay_where_their_amounts_did(stored, named):
    facts = [project(amount, name) for name, amount in stored]
    assert name_money(project("5"), stored=facts) == (named, [] if named else ["error"])


def test_other_funds_money_on_file_names_nothing():
    stored = [project("5", "甲", fund=Fund.BUSINESS_INCOME), project("1", "乙")]
    assert name_money(project("5"), stored=stored) == ([], ["error"])
