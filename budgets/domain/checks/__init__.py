"""Named questions to a document, asked all at once."""

from dataclasses import replace
from functools import cache

from budgets.domain.checks.case import Case
from budgets.domain.checks.finding import Check
from budgets.domain.checks.particulars import PARTICULARS_CHECKS, THREE_PUBLIC_CHECKS
from budgets.domain.checks.parts import PARTS_CHECKS, PERFORMANCE_CHECKS
from budgets.domain.checks.sums import BALANCE_CHECKS, SUM_CHECKS, list_identity_checks
from budgets.domain.checks.words import PUBLIC_TEXT_CHECKS, WORDS_CHECKS
from budgets.domain.document import Finding
from budgets.domain.sets import TableSet

# Asked of every set's documents, as far as it has the tables.
SHARED_CHECKS = (
    *BALANCE_CHECKS,
    *THREE_PUBLIC_CHECKS,
    *PERFORMANCE_CHECKS,
    *PARTS_CHECKS,
    *WORDS_CHECKS,
    *PARTICULARS_CHECKS,
    *PUBLIC_TEXT_CHECKS,
)


@cache
def list_checks(table_set: TableSet) -> tuple[Check, ...]:
    """Every check that is asked of a set's documents, in order."""
    checks = (
        *list_identity_checks(table_set, by_row=False),
        *SUM_CHECKS,
        *list_identity_checks(table_set, by_row=True),
        *SHARED_CHECKS,
    )
    labels = {form.role.name.lower(): form.label for form in table_set.forms}
    return tuple(
        replace(check, formula=check.formula.format(**labels)) if check.needs else check
        for check in checks
        if all(role in table_set for role in check.needs)
    )


def run_checks(case: Case) -> list[Finding]:
    """Every check's findings, in the order of the list; none is left out."""
    return [finding for check in list_checks(case.table_set) for finding in check.find(case)]
