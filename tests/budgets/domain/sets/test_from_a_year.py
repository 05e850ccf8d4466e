"""A form that changes from a year on: a second value beside the set, and nothing else."""

from dataclasses import replace
from decimal import Decimal

from budgets.domain.facts import Nature
from budgets.domain.sets import build_tables
from budgets.domain.sets.xinjiang import XINJIANG
from budgets.domain.tables.form import Column, Role, of_economic
from tests.factories.filings import CHART, filing, spend

(PROJECTS,) = (form for form in XINJIANG.forms if form.role is Role.PROJECTS)
(SIDE,) = PROJECTS.blocks
COLUMN = Column("308", "资本性支出（新列）", mark="12", sums=of_economic("308"), needed=False)
SUMS = (("total", (*SIDE.sums[0][1], "308")),)
CHANGED = replace(PROJECTS, blocks=(replace(SIDE, heads=(*SIDE.heads, COLUMN), sums=SUMS),))
XINJIANG_2027 = replace(
    XINJIANG, forms=tuple(CHANGED if form is PROJECTS else form for form in XINJIANG.forms)
)
FILING = filing(
    spend("3.00", "2012901", "30201", nature=Nature.PROJECT, project="维修"),
    spend("2.00", "2012901", "30801", nature=Nature.PROJECT, project="维修"),
)


def list_totals(table_set: str) -> dict[str, Decimal]:
    table = build_tables(FILING, replace(CHART, table_set=table_set))[PROJECTS.key]
    return {cell.column: cell.yuan for cell in table.rows()[0].cells if cell.yuan}


def test_new_column_stands_in_the_years_of_its_set_alone():
    before, after = list_totals("xinjiang"), list_totals(f"{__name__}.XINJIANG_2027")
    assert "308" not in before
    assert after == before | {"308": Decimal(20_000)}
