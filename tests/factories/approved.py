"""Approved budgets, small and complete, of as many departments as asked; the chart they need."""

from dataclasses import replace
from io import StringIO

from django.core.management import call_command

from budgets.domain.facts import Nature
from budgets.domain.filing import Organisation
from budgets.models import State
from disclosures.demo.factories import balance_facts, record_move, store_filing
from disclosures.workflow.drafting import draft_budget
from tests.factories.filings import move, priors, reasons, spend, uses
from tests.factories.union import OTHER_CHANGES, REASONS, USES, union_filing

# What the notes of any department tell of.
ALWAYS = ("T5.2012901.total", *(at for at in OTHER_CHANGES if not at.startswith("T2.total.unit")))


def small_filing():
    """The least that can be published: one amount, told by function and by economic kind."""
    return replace(
        union_filing(),
        facts=balance_facts(
            spend("1.00", "2012901"), spend("1.00", economic="30101", nature=Nature.PERSONNEL)
        ),
        projects=(),
        priors=priors(dict.fromkeys(ALWAYS, "0.00")),
        words=reasons({at: REASONS[at] for at in ALWAYS if at in REASONS})
        + uses({"T4.201.general": USES["T4.201.general"]}),
    )


def approve(budget, who):
    """Stand approved, with the record that pins what was approved."""
    digest = draft_budget(budget).digest
    return record_move(budget, State.SUBMITTED, State.APPROVED, who, digest=digest)


def file_approved(count, who, year=2025, start=1):
    """That many approved budgets of departments 201, 202, … (`start` 1), by one filing each."""
    made = []
    for number in range(start, start + count):
        own = Organisation(code=f"{200 + number}", name=f"某县第{number}办公室")
        budget = store_filing(move(replace(small_filing(), year=year), own))
        approve(budget, who)
        made.append(budget)
    return made


def load_supplied_chart(year=2025):
    """The codes and the glossary that are supplied, for a year."""
    call_command("load_chart", year=year, stdout=StringIO())
