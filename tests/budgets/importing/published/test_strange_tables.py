"""Whatever stands in the sheets, the answer is problems and never a crash, nor half a filing."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from budgets import spreadsheets
from budgets.domain.filing import Filing
from budgets.domain.problems import has_errors
from budgets.domain.sets.xinjiang import XINJIANG
from budgets.importing.published.examination import examine_tables
from budgets.spreadsheets import RawCell, RawSheet
from tests.corpus import printed
from tests.factories import schools
from tests.factories.filings import CHART, SCHOOLS

ON_FILE = Filing(department=SCHOOLS, year=2025)
WORDS = """
    类 款 项 科目编码 功能分类科目名称 项目名称 项目 合计 总计 小计 基本支出 项目支出 人员经费
    公用经费 一般公共预算 政府性基金预算 单位资金 财政拨款 非财政拨款 财政拨款结转 预算数 功能分类
    收入 支出 单位：万元 单位：元 单位：千元 编制部门：某县教育局 其中：一般财力 收入总计 支出总计
    二、上年结转结余 201 20502 2050203 205 02 03 ※ 栏次 #REF! - 0.00 1,234.50 １２.５ 1e400
    99999999999999 2025年 注：无 资金来源 支出性质 功能科目编码 经济科目编码 金额
    一般公共预算（一般财力） 项目支出绩效目标表
"""
VALUES = st.one_of(
    st.none(),
    st.sampled_from([*WORDS.split(), *(form.title for form in XINJIANG.forms)]),
    st.integers(-(10**18), 10**18),
    st.floats(),
    st.booleans(),
    st.dates(date(1900, 3, 1)),
    st.datetimes(datetime.fromisoformat("1900-03-01")),
    st.text(max_size=40),
)


@cache
def good_sheets():
    """The sheets of a workbook with money of every kind, and those of the sample."""
    files = (schools.tables(), printed.sample())
    return [spreadsheets.read_raw(spreadsheets.open_book(content)) for content in files]


def write(sheets, edits):
    """The sheets with other values in some places; a row grows where it is too short."""
    grids = [[[cell.value for cell in row] for row in sheet.rows] for sheet in sheets]
    for at, down, right, value in edits:
        grid = grids[at % len(grids)]
        row = grid[down % len(grid)]
        row += [None] * (right + 1 - len(row))
        row[right] = value
    return [lay(sheet.name, grid) for sheet, grid in zip(sheets, grids, strict=True)]


def lay(name, grid):
    """A sheet of these values."""
    rows = (
        tuple(RawCell(value, f"{chr(65 + right)}{down}") for right, value in enumerate(row))
        for down, row in enumerate(grid, start=1)
    )
    return RawSheet(name, tuple(rows))


def judge(sheets):
    verdict = examine_tables(sheets, ON_FILE, CHART)
    assert (verdict.filing is None) is has_errors(verdict.problems)
    assert all(problem.message and problem.advice for problem in verdict.problems)
    titles = ["", *(sheet.name for sheet in sheets)]
    ranks = [titles.index(problem.sheet) for problem in verdict.problems]
    assert ranks == sorted(ranks)
    return verdict


PLACES = st.tuples(st.integers(0, 14), st.integers(0, 40), st.integers(0, 16), VALUES)


@given(st.sampled_from([0, 1]), st.lists(PLACES, min_size=1, max_size=8))
def test_any_cell_of_the_tables_is_taken_or_told(which, edits):
    judge(write(good_sheets()[which], edits))


GRIDS = st.lists(st.lists(VALUES, max_size=8), max_size=14)


@given(st.lists(st.tuples(st.sampled_from(["表1", "部门支出总体情况表", "甲"]), GRIDS), max_size=5))
def test_any_sheets_are_told_what_they_lack(sheets):
    titled = [lay(f"{name}{number}", grid) for number, (name, grid) in enumerate(sheets)]
    verdict = judge(titled)
    assert verdict.filing is None


@given(st.lists(PLACES, min_size=1, max_size=8), st.permutations(range(11)))
def test_order_of_sheets_changes_no_fact(edits, order):
    sheets = write(good_sheets()[0][:11], edits)
    first, second = (judge([sheets[at] for at in way]).filing for way in (range(11), order))
    assert (first and set(first.facts)) == (second and set(second.facts))


def test_formulas_without_results_are_told_wherever_they_stand():
    sheets = [
        replace(sheet, formulas=frozenset(cell.ref for row in sheet.rows for cell in row))
        for sheet in good_sheets()[0]
    ]
    messages = {problem.message for problem in judge(sheets).problems}
    assert "单元格是公式，文件里没有它的计算结果。" in messages
