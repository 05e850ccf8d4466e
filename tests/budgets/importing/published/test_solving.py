"""Small pieces of the reading and solving whose loss no whole file would show."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.domain.filing import Filing
from budgets.domain.money import CENT
from budgets.domain.problems import Severity
from budgets.domain.sets.xinjiang import XINJIANG
from budgets.domain.tables.build import build_table
from budgets.importing.published.examination import examine_tables
from budgets.importing.published.keys import assemble_code
from budgets.importing.published.sources import Matching
from budgets.importing.published.tables import PRINTED, ReadFigure, ReadRow, ReadTable
from budgets.importing.published.verification import FigureGap, compare_cell, compare_row
from budgets.spreadsheets import open_book, read_raw
from tests.corpus import printed
from tests.factories.filings import CHART, UNION


def carried(name, yuan):
    return ReadRow(name, figures={"fiscal": ReadFigure(Decimal(yuan))})


def test_row_that_fits_no_item_after_a_wrong_choice_is_tried_at_the_next():
    needs = {
        code: {"fiscal": ReadFigure(Decimal(yuan)), "other": ReadFigure()}
        for code, yuan in (("2012901", 2000), ("2012950", 1000))
    }
    rows = [carried("甲", 1000), carried("乙", 2000)]
    assert Matching(rows, needs, [list(needs)] * 2).solve() == ["2012950", "2012901"]


@pytest.mark.parametrize(
    ("stated", "code"),
    [(1000, "2012901"), (1100, "2012901"), (900, "2012901"), (1101, None), (899, None)],
)
def test_row_may_miss_its_item_by_what_rounding_can_open(stated, code):
    (need, row) = (ReadFigure(Decimal(yuan), "表", "A1", grain=PRINTED) for yuan in (1000, stated))
    rows = [ReadRow("甲", figures={"fiscal": row})]
    needs = {"2012901": {"fiscal": need, "other": ReadFigure()}}
    assert Matching(rows, needs, [list(needs)]).solve() == (code and [code])


@pytest.mark.parametrize(
    ("grain", "gap", "parts", "is_rounding"),
    [
        (PRINTED, "100", 1, True),
        (PRINTED, "101", 1, False),
        (PRINTED, "150", 2, True),
        (PRINTED, "151", 2, False),
        # In yuan with two decimals, only cents can be rounded away.
        (CENT, "0.01", 1, True),
        (CENT, "0.02", 1, False),
    ],
)
def test_sum_may_differ_by_half_a_last_digit_of_each_figure(grain, gap, parts, is_rounding):
    whole, *figures = (
        ReadFigure(Decimal(yuan), "表3", f"E{yuan}", grain=grain)
        for yuan in (1000 * parts, *[1000] * parts)
    )
    whole = replace(whole, yuan=whole.yuan + Decimal(gap))
    assert FigureGap([whole], figures).is_rounding is is_rounding


@pytest.mark.parametrize(
    ("pieces", "last", "code"),
    [
        (["201", "3", "1"], "", "2010301"),
        (["", "", "1"], "2012950", "2012901"),
        (["201", "00", "00"], "", "201"),
        (["201", "20129", "2012901"], "", "2012901"),
    ],
)
def test_code_is_put_together_from_its_columns(pieces, last, code):
    assert assemble_code(pieces, last) == code


@pytest.mark.parametrize(
    ("gap", "parts", "severity"),
    [
        (250, 1, Severity.HINT),
        (251, 1, Severity.ERROR),
        (450, 2, Severity.HINT),
        (50, 0, Severity.HINT),
        (51, 0, Severity.ERROR),
    ],
)
def test_figure_may_differ_by_the_rounding_of_four_figures_a_fact(gap, parts, severity):
    table = ReadTable(XINJIANG["T3"], sheet="表3")
    figure = ReadFigure(Decimal(100_000), "表3", "E9", "表3 201 合计", PRINTED)
    row = ReadRow("201", figures={"total": figure})
    problem = compare_cell(table, row, "total", Decimal(100_000 + gap), parts)
    assert problem.severity is severity


@pytest.mark.parametrize(
    ("key", "column", "table", "unknown"),
    [
        ("T2", "total", {"sheet": "表2", "columns": {"total": "E6"}}, False),
        ("T2", "total", {"sheet": "表2", "columns": {"total": "E6"}, "is_torn": True}, True),
        ("T2", "total", {"sheet": "表2"}, True),
        ("T2", "unit_funds", {"sheet": "表2"}, False),
        ("T3", "total", {}, True),
        ("T8", "total", {}, False),
        ("T8", "total", {"is_missed": True}, True),
    ],
)
def test_what_is_not_there_is_zero_only_where_the_file_would_have_said_more(
    key, column, table, unknown
):
    assert ReadTable(XINJIANG[key], **table).blank("2012901", column).unknown is unknown


def test_row_that_no_fact_makes_is_told():
    figure = ReadFigure(Decimal(100_000), "表3", "E9", "表3 201 合计", PRINTED)
    table = ReadTable(XINJIANG["T3"], sheet="表3", columns={"total": "E6"})
    grid = build_table(table.form, Filing(department=UNION, year=2025), CHART)
    (problem,) = compare_row(table, ReadRow("201", figures={"total": figure}), grid)
    assert (problem.severity, problem.cells) == (Severity.ERROR, ("E9",))


def drop_columns(sheet, dropped):
    """The sheet without the columns at these places."""
    rows = (
        tuple(cell for place, cell in enumerate(row) if place not in dropped) for row in sheet.rows
    )
    return replace(sheet, rows=tuple(rows))


@pytest.mark.parametrize(
    "dropped", [[5], [5, *range(7, 13), 14, 15]], ids=["subtotal", "all empty ones"]
)
def test_table_without_its_optional_columns_is_told_no_wrong_sum(dropped):
    sheets = read_raw(open_book(printed.sample()))
    edited = [drop_columns(sheet, dropped) if sheet.name == "表2" else sheet for sheet in sheets]
    on_file = Filing(department=UNION, year=2025)
    assert [
        str(problem)
        for problem in examine_tables(edited, on_file, CHART).problems
        if problem.sheet == "表2"
    ] == []


def test_set_that_tells_too_little_is_no_way_to_read_files():
    chart = replace(CHART, table_set="tests.budgets.domain.sets.nine.NINE")
    sheets = read_raw(open_book(printed.sample()))
    verdict = examine_tables(sheets, Filing(department=UNION, year=2025), chart)
    assert verdict.filing is None
    assert [str(problem) for problem in verdict.problems] == [
        "错误　整个文件：2025年公开表的规定格式里没有收支总表、收入总表、项目支出表、"
        "上年结转结余表、政府性基金预算支出表、国有资本经营预算支出表，或者没有分列来源和性质。"
        "从公开表里分不出每笔收支，请改用填报模板。"
    ]
