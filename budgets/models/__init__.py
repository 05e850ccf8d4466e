"""Where the plans of departments rest: organisations, codes, budgets and what stands in them."""

from budgets.models.accounts import FailedLogins, FirstPassword, Membership, Post
from budgets.models.audit import Action, Edit, Entry
from budgets.models.budget import Budget, BudgetLine, State
from budgets.models.chart import (
    CodeStatus,
    EconomicCode,
    FunctionCode,
    GlossaryTerm,
    read_chart,
    read_glossary,
    report_codes,
)
from budgets.models.department import Department, DepartmentKind, FormerName
from budgets.models.performance import Indicator, OverallTarget, Project
from budgets.models.statements import Particulars, Prior, Profile, ThreePublicStatement, Words
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
