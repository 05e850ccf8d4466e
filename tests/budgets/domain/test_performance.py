"""The performance tables: money by origin, merged cells, and runs that fit a page."""

from dataclasses import replace
from decimal import Decimal

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Indicator, OverallTarget, ProjectPlan
from budgets.domain.performance import TALLEST_GROUP, list_projects, sum_projects
from tests.budgets.domain.sets.test_units import DEPARTMENT
from tests.budgets.domain.sets.xinjiang.test_tables import SEVENTEEN
from tests.factories.filings import BUREAU, FIRST, UNION, filing, spend, wan
from tests.factories.printed import table, writer_of

A, B, C = "一级甲", "一级乙", "一级丙"


def indicator(level1, level2, name, **more):
    return Indicator(level1=level1, level2=level2, level3=name, value="≥ 25 次", **more)


INDICATORS = (
    indicator(A, "数量", "一", weight=Decimal("12.50"), last_value="20次"),
    indicator(A, "数量", "二", weight=Decimal(30)),
    indicator(A, "质量", "三"),
    indicator(B, "质量", "四", scoring="按比例", evidence="台账", basis="计划"),
    indicator(A, "数量", "五"),
)


def spans(grid):
    """(text, rowspan) of the head cells of every indicator row."""
    return [
        [(cell.text, cell.rowspan) for cell in row.cells if cell.kind == "head"]
        for row in grid.rows()
        if row.key.startswith("i") and row.key != "indicators"
    ]


def project(*indicators):
    plan = ProjectPlan(unit=UNION.code, name="甲", indicators=indicators)
    return writer_of(filing(projects=(plan,))).tables["P1"]


def test_project_merges_the_same_first_and_second_levels():
    assert spans(project(*INDICATORS)) == [
        [(A, 3), ("数量", 2)],
        [],
        [("质量", 1)],
        [(B, 1), ("质量", 1)],
        [(A, 1), ("数量", 1)],
    ]


def test_overall_target_merges_the_first_level_only():
    made = filing(overall=OverallTarget(indicators=INDICATORS))
    assert spans(writer_of(made).tables["P0"]) == [
        [(A, 3), ("数量", 1)],
        [("数量", 1)],
        [("质量", 1)],
        [(B, 1), ("质量", 1)],
        [(A, 1), ("数量", 1)],
    ]


def test_merged_cells_never_cross_a_group():
    long = "很" * 200
    grid = project(*(indicator(A, "数量", f"{long}{n}") for n in range(8)))
    for group in grid.groups:
        rows = [row for row in group if row.key.startswith("i") and row.key != "indicators"]
        tops = [cell for row in rows for cell in row.cells if cell.text == A]
        assert [cell.rowspan for cell in tops] == ([len(rows)] if rows else [])
    runs = [len(group) for group in grid.groups[1:]]
    assert sum(runs) == 8 + 1
    assert len(runs) > 1
    assert max(runs) * 22 <= TALLEST_GROUP + 22


def test_indicator_prints_its_goal_weight_and_what_projects_add():
    printed = [
        row for row in table(filing(projects=(plan_of(*INDICATORS),)), "P1") if "25次" in row
    ]
    assert printed == [
        "一级甲|数量|一|>=25次||20次|12.5",
        "二|>=25次|||30",
        "质量|三|>=25次",
        "一级乙|质量|四|>=25次|计划|||按比例|台账",
        "一级甲|数量|五|>=25次",
    ]


def plan_of(*indicators):
    return ProjectPlan(
        unit=UNION.code, name="甲", leader="某人", goal="目标", indicators=indicators
    )


def test_overall_funds_are_parted_into_superior_own_and_other():
    # Transfers 2+4+6; own 1+3+5 and fiscal carryover 42; the rest 7+50 and carryover 33.
    assert table(SEVENTEEN, "P0")[3:7] == [
        "年度预算（万元）|资金来源|资金总额（万元）",
        "财政资金（万元）|上级安排|12.00",
        "本级安排|51.00",
        "其他资金（万元）|其他|90.00",
    ]


def test_project_funds_are_those_of_its_own_unit_and_name():
    made = filing(
        spend("1.00", "2012901", "302", nature=Nature.PROJECT, project="甲", unit=BUREAU.code),
        spend(
            "2.00",
            "2012901",
            "302",
            nature=Nature.PROJECT,
            project="甲",
            unit=BUREAU.code,
            fund=Fund.CARRYOVER_GENERAL,
        ),
        spend(
            "4.00",
            "2012950",
            "302",
            nature=Nature.PROJECT,
            project="甲",
            unit=BUREAU.code,
            fund=Fund.SPECIAL_ACCOUNT,
        ),
        spend("8.00", "2012901", "302", nature=Nature.PROJECT, project="甲", unit=FIRST.code),
        units=(BUREAU, FIRST),
        projects=(
            ProjectPlan(unit=BUREAU.code, name="甲"),
            ProjectPlan(unit=FIRST.code, name="甲"),
            ProjectPlan(unit=FIRST.code, name="乙"),
        ),
    )
    assert sum_projects(made) == {
        (BUREAU.code, "甲"): (wan("3.00"), wan("4.00")),
        (FIRST.code, "甲"): (wan("8.00"), wan("0")),
    }
    funds = {key: table(made, key)[2] for key in ("P1", "P2", "P3")}
    assert funds == {
        "P1": "项目资金（万元）|年度预算总额|7.00|其中：财政拨款|3.00|其他资金|4.00",
        "P2": "项目资金（万元）|年度预算总额|8.00|其中：财政拨款|8.00|其他资金|0.00",
        "P3": "项目资金（万元）|年度预算总额|0.00|其中：财政拨款|0.00|其他资金|0.00",
    }
    assert [table(made, key)[0] for key in ("P1", "P2")] == [
        "预算单位|某县教育局本级",
        "预算单位|某县第一中学",
    ]


def test_project_that_only_moves_money_between_units_has_none_in_the_department():
    assert sum_projects(DEPARTMENT) == {}
    assert [plan.name for plan in list_projects(DEPARTMENT)] == []
    alone = replace(DEPARTMENT, units=())
    assert [plan.name for plan in list_projects(alone)] == ["补助下级"]
    assert sum_projects(alone) == {(BUREAU.code, "补助下级"): (wan("0"), wan("5.00"))}
