"""Lines that nobody filled in: left out of a workbook, told in a line, still wrong on a screen."""

from dataclasses import replace

import pytest

from budgets.domain.facts import Fund
from budgets.domain.filing import ProjectPlan
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import validate_typed
from budgets.spreadsheets import SheetCell, SheetRow, Sheets
from budgets.spreadsheets.sheets import INCOME
from tests.factories.books import SMALL, change, fill, judge, told
from tests.factories.random_filings import CHART, DEPARTMENT

MEND = "确有金额的请补上再上传；没有的不用处理。"


@pytest.mark.parametrize("blank", [None, "—", "  "])
def test_line_without_an_amount_is_left_out_and_told(blank):
    verdict = judge(change(fill(), {"支出明细!I4": blank}))
    assert [str(problem) for problem in verdict.problems] == [
        f"提示　支出明细：没有填金额的 1 行（第 4 行）未导入。{MEND}"
    ]
    assert verdict.filing.facts == tuple(fact for fact in SMALL.facts if fact != SMALL.facts[2])


def test_each_sheet_tells_its_lines_in_one_sentence():
    blank = {"收入!C5": None, "支出明细!I4": None, "支出明细!I6": None, "支出明细!I7": None}
    assert told(blank) == [
        f"提示　收入：没有填金额的 1 行（第 5 行）未导入。{MEND}",
        f"提示　支出明细：没有填金额的 3 行（第 4、6—7 行）未导入。{MEND}",
    ]


def test_amount_that_cannot_be_read_is_no_blank():
    assert told({"支出明细!I4": "一万"}) == [
        "错误　支出明细!I4：“一万”不是数字。请只填数字，不要带单位和文字，例如 1234.56。"
    ]


def test_line_that_is_left_out_brings_no_code_and_is_judged_no_further():
    edits = {
        "支出明细!I4": None,
        "支出明细!D4": "2012999",
        "支出明细!E4": "其他",
        "支出明细!C4": None,
    }
    verdict = judge(change(fill(), edits))
    assert (len(verdict.problems), verdict.functions) == (1, {})


NAMED = replace(SMALL, projects=(ProjectPlan(unit=DEPARTMENT.code, name="培训"),))


def test_project_of_which_only_the_name_is_said_goes_with_its_lines():
    verdict = judge(change(fill(NAMED), {"支出明细!I5": None}))
    assert [str(problem) for problem in verdict.problems] == [
        f"提示　支出明细：没有填金额的 1 行（第 5 行）未导入。{MEND}",
        "提示　项目：没有金额、只有名称的 1 个项目（第 4 行）未导入。"
        "今年有这个项目的，请在支出明细填金额；没有的不用处理。",
    ]
    assert verdict.filing.projects == ()


@pytest.mark.parametrize("said", ["C4", "G4"])
def test_project_of_which_more_is_said_stays_and_is_told(said):
    verdict = judge(change(fill(NAMED), {"支出明细!I5": None, f"项目!{said}": "某某"}))
    assert str(verdict.problems[-1]) == (
        "警告　项目!B4：项目“培训”在支出明细里没有金额。请补上金额，或删去该项目。"
    )
    assert [plan.name for plan in verdict.filing.projects] == ["培训"]


def test_project_with_indicators_stays():
    verdict = judge(change(fill(), {"支出明细!I5": None}))
    assert [plan.name for plan in verdict.filing.projects] == ["培训"]


def test_project_that_another_line_pays_for_stays():
    second = replace(SMALL.facts[3], fund=Fund.GENERAL_OWN)
    filing = replace(NAMED, facts=(*SMALL.facts, second))
    verdict = judge(change(fill(filing), {"支出明细!I5": None}))
    assert [plan.name for plan in verdict.filing.projects] == ["培训"]


def test_line_typed_on_a_screen_needs_its_amount():
    cells = {
        "fund": SheetCell(Fund.GENERAL_OWN, "income-1-fund"),
        "amount": SheetCell(None, "income-1-amount"),
    }
    cover = {"code": SheetCell(DEPARTMENT.code), "year": SheetCell(2025)}
    sheets = Sheets(
        {"cover": [SheetRow.of("封面", cover)], "income": [SheetRow.of(INCOME.title, cells)]}
    )
    verdict = validate_typed(sheets, CHART, Known(department=DEPARTMENT))
    assert [(p.cells, p.message) for p in verdict.problems] == [
        (("income-1-amount",), "没有填写“金额”。")
    ]
