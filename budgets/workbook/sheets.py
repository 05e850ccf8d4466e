"""The filing workbook: all its sheets in their order, one definition for template and reader."""

from budgets.workbook.cover import COVER, UNITS_SHEET
from budgets.workbook.history import HISTORY
from budgets.workbook.money import EXPENDITURE, INCOME, THREE_PUBLIC
from budgets.workbook.words import (
    GLOSSARY,
    INDICATORS,
    OVERALL,
    PARTICULARS,
    PROFILE,
    PROJECTS,
)

SHEETS = (
    COVER,
    UNITS_SHEET,
    PROFILE,
    INCOME,
    EXPENDITURE,
    HISTORY,
    PROJECTS,
    INDICATORS,
    OVERALL,
    PARTICULARS,
    THREE_PUBLIC,
    GLOSSARY,
)
GUIDE_TITLE, LISTS_TITLE = "填报说明", "代码表"
