"""Where the plans of departments rest: organisations, codes, budgets and what stands in them."""

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
from budgets.models.department import (
    Department,
    DepartmentKind,
    FirstPassword,
    FormerName,
    Membership,
    Post,
)
from budgets.models.statements import (
    Indicator,
    OverallTarget,
    Particulars,
    Prior,
    Profile,
    Project,
    ThreePublicStatement,
    Words,
)
from budgets.models.upload import Upload
