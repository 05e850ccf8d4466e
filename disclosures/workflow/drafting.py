"""The document that a budget would be published as now, and what it was when it was submitted."""

from collections.abc import Mapping
from decimal import Decimal

from django.conf import settings
from django.utils.module_loading import import_string

from budgets import ledger
from budgets.domain.content import draft
from budgets.domain.document import Document
from budgets.domain.filing import Filing
from budgets.models import Budget, Department, State, read_chart, read_glossary
from disclosures.models import Disclosure, Submission


def draft_budget(budget: Budget) -> Document:
    """The document of a budget as the ledger stands now, with its findings; nothing is stored."""
    return draft_filing(budget, ledger.read_filing(budget))


def draft_filing(budget: Budget, filing: Filing) -> Document:
    """The document that a filing of the budget makes, with its findings; nothing is stored."""
    family = (budget.department_id, budget.department.parent_id)
    others = Department.objects.exclude(pk__in=[pk for pk in family if pk]).exclude(
        parent=budget.department
    )
    return draft(
        filing,
        read_chart(budget.year),
        read_glossary(budget.year),
        last_year_amounts(budget),
        list(others.values_list("name", flat=True)),
        import_string(settings.MISSING_GLYPHS),
    )


def last_year_amounts(budget: Budget) -> Mapping[str, Decimal] | None:
    """Last year's published amounts by address, in yuan; None where nothing was published."""
    last = Disclosure.objects.for_address(budget.year - 1, budget.department.code).first()
    return last.document.amounts if last else None


def next_version(budget: Budget) -> int:
    last = Disclosure.objects.for_address(budget.year, budget.department.code).first()
    return last.version + 1 if last else 1


# In these states the bureau has the last submission; else the last is what it had before.
SUBMITTED = frozenset({State.SUBMITTED, State.APPROVED, State.PUBLISHED})


def find_earlier(budget: Budget) -> Submission | None:
    """The submission to compare the budget with as it stands; None where there was none before."""
    mine = Submission.objects.filter(transition__budget=budget).select_related("transition__who")
    place = 1 if budget.state in SUBMITTED else 0
    return next(iter(mine[place : place + 1]), None)
