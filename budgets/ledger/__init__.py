"""The only place where facts rest: reads a whole filing, replaces it, or changes parts of it."""

from budgets.ledger.amendment import PARTS, amend
from budgets.ledger.reading import read
from budgets.ledger.replacement import BudgetLockedError, FilingRefusedError, hold, replace

__all__ = [
    "PARTS",
    "BudgetLockedError",
    "FilingRefusedError",
    "amend",
    "hold",
    "read",
    "replace",
]
