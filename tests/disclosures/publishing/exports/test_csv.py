"""One table as CSV: its header names, its lines, and texts that no program computes."""

import pytest

from budgets.domain.content import draft
from disclosures.publishing.exports.data import (
    build_table_csv,
    defuse,
    name_columns,
)
from tests.factories.filings import CHART, filing
from tests.factories.union import union_filing


@pytest.fixture(scope="module")
def grids():
    return draft(union_filing(), CHART).tables_by_key


def read(grid):
    return build_table_csv(grid).decode("utf-8-sig").split("\r\n")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_formula_is_seen(text):
    assert defuse(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1=1", ">=25次", "“=1”", " =1"])
def test_plain_text_is_left_alone(text):
    assert defuse(text) == text


def test_file_begins_with_a_mark_that_spreadsheets_know(grids):
    assert build_table_csv(grids["T3"]).startswith(b"\xef\xbb\xbf")


def test_table_is_a_header_and_its_rows(grids):
    lines = read(grids["T3"])
    assert lines[:4] == [
        "科目/功能分类科目编码/类,科目/功能分类科目编码/款,科目/功能分类科目编码/项,"
        "科目/功能分类科目名称,支出预算/合计,支出预算/基本支出,支出预算/项目支出",
        ",,,总计,265.89,138.18,127.71",
        "201,,,一般公共服务支出,220.13,92.42,127.71",
        "201,29,,群众团体事务,220.13,92.42,127.71",
    ]
    assert lines[-1] == ""


def test_columns_under_one_heading_are_told_apart(grids):
    assert read(grids["T1"])[0] == (
        "收入/项目,收入/预算数,支出/功能分类编码,支出/功能分类名称,支出/预算数"
    )


def test_column_names_are_unique(grids):
    for grid in grids.values():
        names = name_columns(grid)
        assert not grid.head or len(set(names)) == len(grid.columns)


def test_empty_table_is_its_header_alone():
    grid = draft(filing(), CHART).tables_by_key["T8"]
    assert read(grid)[1:] == [""]


def test_merged_cells_are_repeated_downwards_only(grids):
    lines = read(grids["P0"])
    start = next(n for n, line in enumerate(lines) if line.startswith("年度预算"))
    assert lines[start : start + 4] == [
        "年度预算（万元）,资金来源,,,资金总额（万元）,",
        "年度预算（万元）,财政资金（万元）,上级安排,,0.00,",
        "年度预算（万元）,财政资金（万元）,本级安排,,138.18,",
        "年度预算（万元）,其他资金（万元）,其他,,127.71,",
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@A1", "'@A1"),
        ("'=1", "''=1"),
        (">=25次", ">=25次"),
        ("", ""),
    ],
)
def test_text_is_never_a_formula(text, written):
    assert defuse(text) == written
