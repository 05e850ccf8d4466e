import pytest

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import ProjectPlan
from tests.factories.filings import UNION, filing, spend
from tests.factories.printed import case_of

MADE = filing(
    spend("1.00", "2050803", "30216", nature=Nature.OPERATING),
    spend("2.00", "2012901", "302", nature=Nature.PROJECT, project="职工. 之家"),
    spend("3.00", "2012901", fund=Fund.CARRYOVER_GENERAL, nature=Nature.OPERATING),
    projects=(ProjectPlan(unit=UNION.code, name="职工. 之家"),),
)


@pytest.mark.parametrize(
    ("at", "name"),
    [
        ("T1.total.income", "表1 收入总计"),
        ("T1.general_own.income", "表1 一般财力"),
        ("T1.205.expenditure", "表1 205 教育支出"),
        ("T1.total.expenditure", "表1 支出总计"),
        ("T2.total.general_own", "表2 总计 一般公共预算"),
        ("T4.205.general", "表4 205 教育支出 一般公共预算"),
        ("T4.general.income", "表4 一般公共预算 合计"),
        ("T5.2050803.total", "表5 2050803 培训支出 合计"),
        ("T5.2101101.total", "表5 2101101 行政单位医疗 合计"),
        ("T6.30216.operating", "表6 30216 培训费 公用经费"),
        ("T7.2012901:职工.之家.total", "表7 2012901 行政运行 项目“职工.之家” 项目支出合计"),
        ("T8.total.total", "表8 合计"),
        ("T10.vehicle_running.total", "表10 公务用车运行费 合计"),
        ("T11.2012901.total", "表11 2012901 行政运行 合计"),
        ("N12.agency_operating", "机关运行经费"),
        ("P0.own.amount", "部门整体绩效目标表 本级安排"),
        ("P1.funds.fiscal", "项目支出绩效目标表“职工. 之家” 财政拨款"),
        ("T99.total.total", "T99.total.total"),
    ],
)
def test_cell_has_a_name_in_words(at, name):
    assert case_of(MADE).name_cell(at) == name
