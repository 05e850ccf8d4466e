"""The inspector: named questions to a document, asked all at once."""

from disclosures.checks.balances import BALANCE_CHECKS
from disclosures.checks.case import Case
from disclosures.checks.finding import Check, Finding, Outcome, Result, Severity
from disclosures.checks.identities import IDENTITY_CHECKS
from disclosures.checks.particulars import PARTICULARS_CHECKS
from disclosures.checks.parts import PARTS_CHECKS
from disclosures.checks.performance import PERFORMANCE_CHECKS
from disclosures.checks.privacy import PUBLIC_TEXT_CHECKS
from disclosures.checks.sums import SUM_CHECKS
from disclosures.checks.three_public import THREE_PUBLIC_CHECKS
from disclosures.checks.words import WORDS_CHECKS

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
    return [Finding(check, outcome) for check in CHECKS for outcome in check.run(case)]


__all__ = ["CHECKS", "Case", "Check", "Finding", "Outcome", "Result", "Severity", "run_checks"]
