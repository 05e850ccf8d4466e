"""The inspector: named questions to a document, asked all at once."""

from budgets.domain.checks.balances import BALANCE_CHECKS
from budgets.domain.checks.case import Case
from budgets.domain.checks.finding import Check
from budgets.domain.checks.identities import IDENTITY_CHECKS
from budgets.domain.checks.particulars import PARTICULARS_CHECKS
from budgets.domain.checks.parts import PARTS_CHECKS
from budgets.domain.checks.performance import PERFORMANCE_CHECKS
from budgets.domain.checks.privacy import PUBLIC_TEXT_CHECKS
from budgets.domain.checks.sums import SUM_CHECKS
from budgets.domain.checks.three_public import THREE_PUBLIC_CHECKS
from budgets.domain.checks.words import WORDS_CHECKS
from budgets.domain.document import Finding

CHECKS: tuple[Check, ...] = (
    *IDENTITY_CHECKS,
    *SUM_CHECKS,
    *BALANCE_CHECKS,
    *THREE_PUBLIC_CHECKS,
    *PERFORMANCE_CHECKS,
    *PARTS_CHECKS,
    *WORDS_CHECKS,
    *PARTICULARS_CHECKS,
    *PUBLIC_TEXT_CHECKS,
)


def run_checks(case: Case) -> list[Finding]:
    """Every check's findings, in the order of the list; none is left out."""
    return [finding for check in CHECKS for finding in check.find(case)]
