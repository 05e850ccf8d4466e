"""Approved budgets for the tests of releases: small, complete, of as many departments as asked."""

from dataclasses import replace

from budgets.facts import Organisation
from budgets.models import Budget, State
from disclosures.models import Transition
from disclosures.publication import draft_budget
from tests.disclosures.filings import move
from tests.disclosures.resting import rest
from tests.disclosures.union import union_filing


def approve(budget, who):
    """Stand approved, with the record that pins what was approved."""
    Budget.objects.filter(pk=budget.pk).update(state=State.APPROVED)
    budget.refresh_from_db()
    return Transition.objects.create(
        budget=budget,
        before=State.SUBMITTED,
        after=State.APPROVED,
        who=who,
        digest=draft_budget(budget).digest,
    )


def file_approved(count, who, year=2025, start=1):
    """That many approved budgets of departments 201, 202, … (`start` 1), by one filing each."""
    made = []
    for number in range(start, start + count):
        own = Organisation(code=f"{200 + number}", name=f"某县第{number}办公室")
        budget = rest(move(replace(union_filing(), year=year), own))
        approve(budget, who)
        made.append(budget)
    return made
