"""The filing workbook: all its sheets in their order, one definition for template and reader."""

from budgets.spreadsheets.money_sheets import EXPENDITURE, HISTORY, INCOME, THREE_PUBLIC
from budgets.spreadsheets.word_sheets import (
    COVER,
    GLOSSARY,
    INDICATORS,
    OVERALL,
    PARTICULARS,
    PROFILE,
    PROJECTS,
    UNITS_SHEET,
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
