import io
from dataclasses import fields

import pytest
from openpyxl import load_workbook

from budgets import models, spreadsheets
from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import (
    GlossaryEntry,
    Indicator,
    Organisation,
    OverallTarget,
    Particulars,
    Profile,
    ProjectPlan,
)
from budgets.domain.places import PLACES
from budgets.spreadsheets import SHEETS, Offered
from budgets.spreadsheets.sheets import ColumnKind
from tests.factories.books import SMALL, change, fill, judge, receive, spend
from tests.factories.random_filings import CHART, DEPARTMENT

OFFERED = Offered(
    lines=(
        spend(Nature.PERSONNEL, "7.00", "2012901", "30101"),
        spend(Nature.PROJECT, "8.00", "2012950", project="会议"),
        receive(Fund.SPECIAL_ACCOUNT, "9.00"),
    ),
    places=("T5.2050203.total", "T2.total.general_own", "T4.205.general"),
)


@pytest.fixture
def book():
    content = spreadsheets.make_template(DEPARTMENT, 2025, CHART, spreadsheets.WAN)
    return load_workbook(io.BytesIO(content))


def test_template_has_every_sheet_between_the_guide_and_the_hidden_lists(book):
    assert book.sheetnames == ["填报说明", *(sheet.title for sheet in SHEETS), "代码表"]
    assert book["代码表"].sheet_state == "hidden"
    assert book.active.title == "封面"


def test_template_names_department_year_and_unit(book):
    values = [book["封面"].cell(row, 2).value for row in range(3, 9)]
    assert values == ["107", "某县总工会", 2025, "万元", None, "1"]


def test_empty_template_reads_as_an_empty_filing():
    content = spreadsheets.make_template(DEPARTMENT, 2025, CHART, spreadsheets.YUAN)
    sheets = spreadsheets.read(content)
    assert sheets.problems == []
    assert [sheet.key for sheet in SHEETS if sheets.of(sheet.key)] == [
        *("cover", "profile", "history", "overall", "particulars"),
    ]
    assert all(row["prior"] is None for row in sheets.of("history"))


def test_list_has_headers_guidance_and_frozen_panes(book):
    for sheet in SHEETS:
        worksheet = book[sheet.title]
        if sheet.is_form:
            assert [cell.value for cell in worksheet[2]] == ["事项", "填写内容", "说明"]
            assert worksheet.freeze_panes == "A3"
        else:
            headers = [column.header for column in sheet.columns]
            assert [cell.value for cell in worksheet[2]] == headers
            guidance = [column.advice or None for column in sheet.columns]
            assert [cell.value for cell in worksheet[3]] == guidance
            assert worksheet.freeze_panes == "A4"
        assert worksheet.page_setup.fitToWidth == 1


def rules(worksheet):
    """Drop-down lists by the range they stand on."""
    found = worksheet.data_validations.dataValidation
    return {str(rule.sqref): (rule.formula1, bool(rule.showErrorMessage)) for rule in found}


def test_choices_insist_and_codes_are_only_offered(book):
    assert rules(book["支出明细"]) == {
        "A4:A3000": ("='所属单位'!$A$4:$A$200", False),
        "B4:B3000": ("='代码表'!$E$2:$E$18", True),
        "C4:C3000": ('"人员经费,公用经费,基本支出,项目支出"', True),
        "D4:D3000": ("='代码表'!$A$2:$A$11", False),
        "F4:F3000": ("='代码表'!$B$2:$B$11", False),
        "H4:H3000": ("='项目'!$B$4:$B$500", False),
        "J4:J3000": ('"是,否"', True),
    }
    lists = book["代码表"]
    assert [lists.cell(row, 1).value for row in (1, 2, 4)] == [
        "functions",
        "201 一般公共服务支出",
        "2012901 行政运行",
    ]
    assert lists["E2"].value == "一般公共预算（一般财力）"
    assert len([cell for cell in lists["F"] if cell.value]) == len(PLACES) + 1


def test_computed_cells_are_locked_and_the_others_open(book):
    cover = book["封面"]
    assert cover.protection.sheet
    assert [cover.cell(row, 2).protection.locked for row in range(3, 12)] == [False] * 6 + [
        True
    ] * 3
    assert cover["B9"].value == "=SUMIFS('收入'!$C$4:$C$3000,'收入'!$D$4:$D$3000,\"<>是\")"
    assert cover["B11"].value == "='封面'!$B$9-'封面'!$B$10"


def test_code_column_is_text_down_to_rows_to_come(book):
    assert book["支出明细"].column_dimensions["D"].number_format == "@"
    assert book["支出明细"].column_dimensions["I"].number_format == "#,##0.00####"


def test_text_that_looks_like_a_formula_is_written_as_a_text():
    risky = Organisation(code="107", name="=HYPERLINK(1)")
    content = spreadsheets.make_template(risky, 2025, CHART, spreadsheets.WAN)
    cell = load_workbook(io.BytesIO(content))["封面"]["B4"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_filled_template_writes_money_in_its_unit():
    in_wan = load_workbook(io.BytesIO(fill(SMALL, spreadsheets.WAN)))["收入"]
    in_yuan = load_workbook(io.BytesIO(fill(SMALL, spreadsheets.YUAN)))["收入"]
    assert (in_wan["C4"].value, in_yuan["C4"].value) == (3, 30000)


def offer(filing=SMALL):
    return load_workbook(
        io.BytesIO(spreadsheets.fill_template(filing, CHART, spreadsheets.YUAN, OFFERED))
    )


def lay(worksheet, first):
    """The rows from one on, blanks as they are."""
    return [row for row in worksheet.iter_rows(min_row=first, values_only=True) if any(row)]


def test_offered_lines_stand_behind_the_filed_ones_without_amounts():
    book = offer()
    assert lay(book["收入"], 6) == [(None, Fund.SPECIAL_ACCOUNT.label, None, None, None)]
    own = Fund.GENERAL_OWN.label
    assert lay(book["支出明细"], 8) == [
        (None, own, "人员经费", "2012901", "行政运行", "30101", "基本工资", *[None] * 4),
        (None, own, "项目支出", "2012950", "事业运行", None, None, "会议", *[None] * 3),
    ]


def test_project_of_an_offered_line_has_its_name_on_the_project_sheet():
    names = [row[1] for row in lay(offer()["项目"], 4)]
    assert names == ["培训", "会议"]


def test_places_held_open_stand_among_those_spoken_of():
    rows = [(row[0], row[1], row[3], row[5]) for row in lay(offer()["上年数与说明"], 4)]
    assert rows == [
        ("收入：一般公共预算", None, 29000, "人员调资"),
        ("一般公共预算：支出用途（类）", "201", None, None),
        ("一般公共预算：支出用途（类）", "205", None, None),
        ("一般公共预算：功能科目（项）", "2012901", 0, None),
        ("一般公共预算：功能科目（项）", "2050203", None, None),
    ]


def test_what_is_offered_says_nothing_until_it_is_filled_in():
    verdict = judge(spreadsheets.fill_template(SMALL, CHART, spreadsheets.YUAN, OFFERED))
    assert {problem.severity.value for problem in verdict.problems} == {"hint"}
    assert verdict.filing == SMALL


WORDED = (ColumnKind.TEXT, ColumnKind.LONG, ColumnKind.CODE, ColumnKind.CHOICE)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_words_and_codes_are_formatted_as_text_in_rows_there_and_rows_to_come(sheet):
    worksheet = offer()[sheet.title]
    for index, column in enumerate(sheet.columns, start=1):
        if column.kind is ColumnKind.COMPUTED:
            continue
        if sheet.is_form:
            formats = {worksheet.cell(index + 2, 2).number_format}
        else:
            rows = range(4, worksheet.max_row + 1)
            formats = {worksheet.cell(row, index).number_format for row in rows}
            letter = worksheet.cell(2, index).column_letter
            formats.add(worksheet.column_dimensions[letter].number_format)
        assert {each == "@" for each in formats} == {column.kind in WORDED}, column.key


@pytest.mark.parametrize("typed", ["=100%", "≥5", "01", "100%", ">=25次", "2025年12月25日前"])
def test_target_is_read_as_it_was_typed_into_a_text_cell(typed):
    def write(worksheet):
        cell = worksheet["F4"]
        assert cell.number_format == "@"
        cell.value, cell.data_type = typed, "s"

    filing = judge(change(fill(), {"绩效指标!F4": write})).filing
    assert filing.overall.indicators[0].value == typed


@pytest.mark.parametrize(("typed", "read"), [("2012901", "2012901"), (2012901, "2012901")])
def test_code_reads_alike_as_text_and_as_number(typed, read):
    filing = judge(change(fill(), {"支出明细!D4": typed})).filing
    assert filing.facts[2].function == read


def test_unknown_unit_of_money_is_an_error_of_the_caller():
    with pytest.raises(ValueError, match="money unit"):
        spreadsheets.fill_template(SMALL, CHART, "亿元")


PARTS = {
    "profile": (Profile, models.Profile, set()),
    "particulars": (Particulars, models.Particulars, {"three_public_why"}),
    "projects": (ProjectPlan, models.Project, {"unit"}),
    "indicators": (Indicator, models.Indicator, {"unit", "target"}),
    "overall": (OverallTarget, models.OverallTarget, set()),
    "glossary": (GlossaryEntry, models.GlossaryTerm, set()),
}


@pytest.mark.parametrize("key", PARTS)
def test_sheet_has_a_column_for_every_field_and_keeps_what_the_database_takes(key):
    cls, model, own = PARTS[key]
    sheet = next(sheet for sheet in SHEETS if sheet.key == key)
    columns = {column.key: column for column in sheet.columns}
    names = {field.name for field in fields(cls)} - {"indicators", "unit"}
    assert set(columns) - own == names
    for name in names:
        field = model._meta.get_field(name)
        if columns[name].kind is ColumnKind.TEXT:
            assert columns[name].limit == field.max_length, name
        elif field.max_length:
            pytest.fail(f"{name} is limited in the database only")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_sheet_has_no_two_columns_of_one_name_or_key(sheet):
    assert len({column.header for column in sheet.columns}) == len(sheet.columns)
    assert len({column.key for column in sheet.columns}) == len(sheet.columns)
