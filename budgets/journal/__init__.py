"""The log of operations: appended to with every change, chained by digests, read by the auditor."""

from budgets.journal.address import current_address, read_address, remember_address
from budgets.journal.difference import pair
from budgets.journal.snapshot import differ, label, snapshot
from budgets.journal.subject import Subject
from budgets.journal.verification import is_as_written
from budgets.journal.writing import COMMAND_LINE, write
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
