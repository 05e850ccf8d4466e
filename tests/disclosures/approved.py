"""Approved budgets for the tests of releases: small, complete, of as many departments as asked."""

from dataclasses import replace

from budgets.domain.facts import Nature
from budgets.domain.filing import Organisation
from budgets.models import Budget, State
from disclosures.models import Transition
from disclosures.publishing.publication import draft_budget
from tests.disclosures.filings import both_sides, move, priors, reasons, spend, uses
from tests.disclosures.resting import rest
from tests.disclosures.union import OTHER_CHANGES, REASONS, USES, union_filing

# What the notes of any department tell of.
ALWAYS = ("T5.2012901.total", *(at for at in OTHER_CHANGES if not at.startswith("T2.total.unit")))


def small_filing():
    """The least that can be published: one amount, told by function and by economic kind."""
    return replace(
        union_filing(),
        facts=both_sides(
            spend("1.00", "2012901"), spend("1.00", economic="30101", nature=Nature.PERSONNEL)
        ),
        projects=(),
        priors=priors(dict.fromkeys(ALWAYS, "0.00")),
        words=reasons({at: REASONS[at] for at in ALWAYS if at in REASONS})
        + uses({"T4.201.general": USES["T4.201.general"]}),
    )


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
        budget = rest(move(replace(small_filing(), year=year), own))
        approve(budget, who)
        made.append(budget)
    return made
