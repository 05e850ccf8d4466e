"""The bureau's desk: charts of accounts to keep, budgets and files to look at."""

from budgets.admin.budget import BudgetAdmin, EditAdmin, UploadAdmin
from budgets.admin.chart import EconomicCodeAdmin, FunctionCodeAdmin, GlossaryTermAdmin

__all__ = [
    "BudgetAdmin",
    "EconomicCodeAdmin",
    "EditAdmin",
    "FunctionCodeAdmin",
    "GlossaryTermAdmin",
    "UploadAdmin",
]
