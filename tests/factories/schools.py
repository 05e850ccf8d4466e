"""A department with money of every kind, in the spreadsheet that its disclosure exports."""

from functools import cache

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing
from disclosures.demo.factories import balance_facts
from tests.factories.filings import SCHOOLS, plan_projects, spend
from tests.factories.published_ledgers import export

UNIT = {"unit": SCHOOLS.code}
TRAINING, DORMITORY, MEALS, FIELD = "教师培训", "宿舍维修", "营养改善计划", "上年操场工程"
FACTS = (
    spend("300.00", "2050203", **UNIT),
    spend("40.00", "2050803", **UNIT),
    spend("12.50", "2050803", "302", nature=Nature.PROJECT, project=TRAINING, **UNIT),
    spend("2.50", "2050803", "310", nature=Nature.PROJECT, project=TRAINING, **UNIT),
    spend(
        "80.00",
        "2050204",
        "310",
        fund=Fund.GENERAL_TRANSFER,
        nature=Nature.PROJECT,
        project=DORMITORY,
        **UNIT,
    ),
    spend("60.00", "2120803", fund=Fund.GOVERNMENT_FUND_OWN, nature=Nature.OPERATING, **UNIT),
    spend("20.00", "2050203", fund=Fund.SPECIAL_ACCOUNT, **UNIT),
    spend(
        "33.33",
        "2050203",
        fund=Fund.BUSINESS_INCOME,
        nature=Nature.BASIC,
        **UNIT,
    ),
    spend(
        "15.00",
        "2050204",
        fund=Fund.BUSINESS_INCOME,
        nature=Nature.PROJECT,
        project=MEALS,
        **UNIT,
    ),
    spend("7.00", "2050203", fund=Fund.CARRYOVER_GENERAL, nature=Nature.PERSONNEL, **UNIT),
    spend(
        "9.00",
        "2050204",
        fund=Fund.CARRYOVER_GENERAL,
        nature=Nature.PROJECT,
        project=FIELD,
        **UNIT,
    ),
    spend("250.00", economic="30101", nature=Nature.PERSONNEL, **UNIT),
    spend("88.00", economic="30201", nature=Nature.OPERATING, **UNIT),
    spend("2.00", economic="30217", nature=Nature.OPERATING, **UNIT),
)
THREE_PUBLIC = (
    spend("3.00", economic="30217", nature=None, **UNIT),
    spend("1.00", economic="30231", nature=None, **UNIT),
)


def filing():
    """What the tables state."""
    return Filing(
        department=SCHOOLS,
        year=2025,
        facts=balance_facts(*FACTS),
        three_public=THREE_PUBLIC,
        projects=plan_projects(*FACTS),
    )


@cache
def tables():
    """The workbook: sheets such as 表3 部门支出总体情况表, and the projects' performance tables."""
    return export(filing())
