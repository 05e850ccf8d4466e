"""A small filled workbook, and what is said about it after some cells were changed."""

import io
from decimal import Decimal
from functools import cache

from openpyxl import load_workbook

from budgets import spreadsheets
from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import (
    Filing,
    Indicator,
    OverallTarget,
    Prior,
    ProjectPlan,
    Words,
    WordsKind,
)
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import validate_sheets
from disclosures.demo.factories import make_expense, make_income
from tests.factories.random_filings import CHART, DEPARTMENT


def spend(nature, amount, *codes, **more):
    """An expenditure fact of the department itself, in yuan."""
    return make_expense(Decimal(amount), *codes, unit=DEPARTMENT.code, nature=nature, **more)


def receive(fund, amount):
    """An income fact of the department itself, in yuan."""
    return make_income(fund, Decimal(amount), DEPARTMENT.code)


INDICATOR = Indicator(
    level1="产出指标", level2="数量指标", level3="培训次数", value=">=5次", weight=Decimal(10)
)
# Rows on 收入: 4, 5; on 支出明细: 4 function, 5 project, 6 economic, 7 full detail.
SMALL = Filing(
    department=DEPARTMENT,
    year=2025,
    facts=(
        receive(Fund.GENERAL_OWN, "30000.00"),
        receive(Fund.OTHER_INCOME, "5000.00"),
        spend(Nature.BASIC, "10000.00", function="2012901"),
        spend(Nature.PROJECT, "5000.00", "2012901", project="培训", fund=Fund.OTHER_INCOME),
        spend(Nature.PERSONNEL, "10000.00", economic="30101"),
        spend(Nature.OPERATING, "20000.00", "2012950", "30201"),
    ),
    overall=OverallTarget(contact="甲", phone="0996-0000000", indicators=(INDICATOR,)),
    projects=(ProjectPlan(unit=DEPARTMENT.code, name="培训", indicators=(INDICATOR,)),),
    priors=(
        Prior(at="T2.total.general_own", amount=Decimal("29000.00")),
        Prior(at="T5.2012901.total", amount=Decimal("0.00")),
    ),
    words=(
        Words(at="T2.total.general_own", kind=WordsKind.REASON, text="人员调资"),
        Words(at="T4.201.general", kind=WordsKind.USE, text="人员经费"),
    ),
)


@cache
def fill(filing=SMALL, money_unit=spreadsheets.YUAN):
    """A workbook filled with a filing."""
    return spreadsheets.fill_template(filing, CHART, money_unit)


def change(content, edits):
    """The workbook after edits: {"收入!C4": value}; a function changes the worksheet itself."""
    book = load_workbook(io.BytesIO(content))
    for place, value in edits.items():
        title, _, cell = place.partition("!")
        if callable(value):
            value(book[title])
        else:
            book[title][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def judge(content, known=None, chart=CHART):
    """The verdict on a workbook of the department."""
    return validate_sheets(spreadsheets.read(content), chart, known or Known(department=DEPARTMENT))


def told(edits, known=None):
    """What is said about the small workbook after these edits, a line for each problem."""
    return [str(problem) for problem in judge(change(fill(), edits), known).problems]
