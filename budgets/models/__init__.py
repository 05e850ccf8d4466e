"""Where the plans of departments rest: organisations, codes, budgets and what stands in them."""

from budgets.models.budget import Budget, BudgetLine, State
from budgets.models.chart import (
    CodeStatus,
    EconomicCode,
    FunctionCode,
    read_chart,
    report_codes,
)
from budgets.models.department import Department, DepartmentKind, FormerName
from budgets.models.edit import Edit
from budgets.models.entry import Action, Entry
from budgets.models.failed_logins import FailedLogins
from budgets.models.first_password import FirstPassword
from budgets.models.glossary import GlossaryTerm, read_glossary
from budgets.models.membership import Membership, Post
from budgets.models.overview import Particulars, Profile
from budgets.models.performance import Indicator, OverallTarget, Project
from budgets.models.statement import Prior, ThreePublicStatement, Words
from budgets.models.upload import Upload

__all__ = [
    "Action",
    "Budget",
    "BudgetLine",
    "CodeStatus",
    "Department",
    "DepartmentKind",
    "EconomicCode",
    "Edit",
    "Entry",
    "FailedLogins",
    "FirstPassword",
    "FormerName",
    "FunctionCode",
    "GlossaryTerm",
    "Indicator",
    "Membership",
    "OverallTarget",
    "Particulars",
    "Post",
    "Prior",
    "Profile",
    "Project",
    "State",
    "ThreePublicStatement",
    "Upload",
    "Words",
    "read_chart",
    "read_glossary",
    "report_codes",
]
