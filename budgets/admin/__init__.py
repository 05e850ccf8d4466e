"""The bureau's desk: organisations and charts of accounts to keep, budgets and files to look at."""

from budgets.admin.budget import BudgetAdmin, UploadAdmin
from budgets.admin.chart import EconomicCodeAdmin, FunctionCodeAdmin, GlossaryTermAdmin
from budgets.admin.department import DepartmentAdmin, FormerNameAdmin
from budgets.admin.membership import EditAdmin, MembershipAdmin
from budgets.admin.person import PersonAdmin

__all__ = [
    "BudgetAdmin",
    "DepartmentAdmin",
    "EconomicCodeAdmin",
    "EditAdmin",
    "FormerNameAdmin",
    "FunctionCodeAdmin",
    "GlossaryTermAdmin",
    "MembershipAdmin",
    "PersonAdmin",
    "UploadAdmin",
]
