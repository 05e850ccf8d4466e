"""The spreadsheet: its sheets, its numbers, its harmless texts, its bytes."""

import io
import zipfile
from datetime import UTC, datetime, timedelta, timezone

import openpyxl
import pytest

from budgets.domain.content import draft
from budgets.domain.facts import Nature
from budgets.domain.filing import ProjectPlan
from disclosures.publishing.exports.workbook import build_workbook, count_lines
from tests.factories.filings import CHART, filing, spend
from tests.factories.union import union_filing

EDITION = {"version": 3, "digest": "ab" * 32, "created": datetime(2025, 2, 14, 8, tzinfo=UTC)}


@pytest.fixture(scope="module")
def content():
    return draft(union_filing(), CHART)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(build_workbook(content, **EDITION)))


def print_rows(page, first, last):
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=first, max_row=last)]


def test_sheets_are_the_tables_in_order(book):
    assert book.sheetnames == [
        "表1 部门收支总体情况表",
        "表2 部门收入总体情况表",
        "表3 部门支出总体情况表",
        "表4 财政拨款收支预算总体情况表",
        "表5 一般公共预算支出情况表",
        "表6 一般公共预算基本支出情况表",
        "表7 一般公共预算项目支出情况表",
        "表8 政府性基金预算支出情况表",
        "表9 国有资本经营预算支出情况表",
        "表10 财政拨款“三公”经费支出情况表",
        "表11 上年结转结余情况明细表",
        "部门整体绩效目标表",
        "项目支出绩效目标表",
    ]


def test_projects_have_sheets_of_their_own():
    plans = tuple(ProjectPlan(unit="107001", name=f"第{n}项") for n in range(3))
    facts = [
        spend("1", "2012901", "302", nature=Nature.PROJECT, project=plan.name) for plan in plans
    ]
    content = draft(filing(*facts, projects=plans), CHART)
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(content, **EDITION)))
    assert book.sheetnames[-3:] == [
        "项目支出绩效目标表",
        "项目支出绩效目标表 2",
        "项目支出绩效目标表 3",
    ]


def test_sheet_has_the_official_layout(book):
    page = book["表3 部门支出总体情况表"]
    assert print_rows(page, 1, 9) == [
        ["表3", None, None, None, None, None, None],
        ["部门支出总体情况表", None, None, None, None, None, None],
        ["编制部门：尉犁县总工会", None, None, "单位：万元", None, None, None],
        ["科目", None, None, None, "支出预算", None, None],
        ["功能分类科目编码", None, None, "功能分类科目名称", "合计", "基本支出", "项目支出"],
        ["类", "款", "项", None, None, None, None],
        ["※", "※", "※", "※", "1", "2", "3"],
        [None, None, None, "总计", 265.89, 138.18, 127.71],
        ["201", None, None, "一般公共服务支出", 220.13, 92.42, 127.71],
    ]
    assert {str(merged) for merged in page.merged_cells.ranges} == {
        "A1:G1", "A2:G2", "A3:C3", "D3:G3", "A4:D4", "E4:G4", "A5:C5", "D5:D6", "E5:E6", "F5:F6",
        "G5:G6",
    }  # fmt: skip


def test_amounts_are_numbers_and_codes_are_text(book):
    page = book["表3 部门支出总体情况表"]
    assert (page["E8"].data_type, page["E8"].number_format) == ("n", "#,##0.00")
    assert (page["A9"].data_type, page["A9"].number_format) == ("s", "@")


def test_every_place_of_a_table_has_its_rules(book):
    for page in book:
        styles = {"head", "mark", "code", "label", "amount", "text", "blank", "empty"}
        bordered = [
            cell.border.left.style
            for row in page.iter_rows()
            for cell in row
            if cell.style.split("-")[0] in styles
        ]
        assert set(bordered) == {"thin"}


def test_sheets_are_ready_to_print(book):
    upright, wide = book["表3 部门支出总体情况表"], book["表2 部门收入总体情况表"]
    assert (upright.page_setup.orientation, wide.page_setup.orientation) == (
        "portrait",
        "landscape",
    )
    assert (upright.print_title_rows, wide.print_title_rows) == ("$3:$7", "$3:$6")
    for page in book:
        assert page.page_setup.paperSize == 9
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.oddFooter.right.text == "第3版 abababababab"


def test_names_stay_while_the_sheet_scrolls(book):
    frozen = [page.freeze_panes for page in book]
    assert frozen == ["B6", "E7", "E8", "B6", "E8", "D8", "F7", "E8", "E8", "B7", "B8", None, None]


@pytest.mark.parametrize("name", ["=1+1", "+2", "-3", "@SUM(A1)", '=HYPERLINK("x")'])
def test_text_is_never_a_formula(name):
    stated = filing(
        spend("1", "2012901", "302", nature=Nature.PROJECT, project=name),
        projects=(ProjectPlan(unit="107001", name=name, goal=name),),
    )
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(draft(stated, CHART), **EDITION)))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"n", "s"}
    found = [cell for cell in cells if cell.value == name]
    assert len(found) == 3
    assert all(cell.quotePrefix for cell in found)


def test_equal_content_gives_equal_bytes(content, book):
    first = build_workbook(content, **EDITION)
    moved = EDITION | {"created": EDITION["created"].astimezone(timezone(timedelta(hours=8)))}
    assert build_workbook(content, **moved) == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_file_says_what_it_is(book):
    about = book.properties
    assert about.title == "尉犁县总工会2025年部门预算公开"
    assert about.creator == "尉犁县总工会"
    assert about.description == f"第3版，内容摘要 SHA-256 {'ab' * 32}"
    assert about.created == about.modified == datetime(2025, 2, 14, 8)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("群众团体事务", 12.7, 1), ("群众团体事务", 12, 2), ("一\n二\n三", 10, 3)],
)
def test_lines_are_counted_by_the_width_of_letters(text, width, lines):
    assert count_lines(text, width) == lines
