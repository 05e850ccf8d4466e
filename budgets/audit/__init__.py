"""The log of operations: appended to with every change, chained by digests, read by the auditor."""

from budgets.audit.addresses import current_address, read_address, remember_address
from budgets.audit.description import Subject, differ, label, pair, snapshot
from budgets.audit.entries import COMMAND_LINE, write
from budgets.audit.verification import is_as_written
from budgets.models import Action

__all__ = [
    "COMMAND_LINE",
    "Action",
    "Subject",
    "current_address",
    "differ",
    "is_as_written",
    "label",
    "pair",
    "read_address",
    "remember_address",
    "snapshot",
    "write",
]
