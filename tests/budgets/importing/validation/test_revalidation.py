"""What a budget holds, judged as a workbook that says the same."""

from dataclasses import replace

from budgets.domain.chart import Chart
from budgets.domain.filing import Organisation
from budgets.domain.problems import Severity
from budgets.importing.validation.judging import revalidate_filing
from tests.factories.filings import CHART
from tests.factories.union import union_filing


def told(filing, chart=CHART, units=()):
    return [
        (each.severity, each.sheet, each.message)
        for each in revalidate_filing(filing, chart, units)
    ]


def test_complete_filing_has_no_problems():
    assert told(union_filing()) == []


def test_code_that_left_the_chart_is_told_by_sheet():
    without = {code: name for code, name in CHART.economics.items() if not code.startswith("303")}
    chart = Chart(2025, CHART.functions, without)
    found = told(union_filing(), chart)
    assert {(severity, sheet) for severity, sheet, _ in found} == {(Severity.ERROR, "支出明细")}
    assert all("303" in message for *_, message in found)


def test_money_of_a_project_that_nobody_described_is_told():
    (found,) = told(replace(union_filing(), projects=()))
    assert found == (Severity.ERROR, "支出明细", "“项目”表里没有项目“2025年工会工作经费”。")


def test_unit_that_was_registered_since_is_told():
    unit = Organisation(code="107101", name="工人文化宫")
    found = told(union_filing(), units=(unit,))
    assert (Severity.ERROR, "收入", "没有填写单位编码；本部门有下属单位，每行都要填。") in found
