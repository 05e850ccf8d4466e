import io
from decimal import Decimal

from openpyxl import load_workbook

from budgets import spreadsheets
from budgets.domain.problems import Severity
from tests.factories.books import SMALL, change, fill, judge


def test_value_remembers_its_sheet_and_cell():
    row = spreadsheets.read(fill()).of("income")[0]
    assert (row["amount"], row.origin("amount")) == (Decimal("30000.00"), "收入!C4")


def test_figures_follow_the_unit_of_the_cover():
    content = fill(money_unit=spreadsheets.WAN)
    assert judge(content).filing == SMALL
    in_yuan = change(content, {"封面!B6": "元"})
    assert spreadsheets.read(in_yuan).of("income")[0]["amount"] == Decimal("3.00")


def shuffle(worksheet):
    """Turn a list's columns round and put a column, and two rows, before them."""
    rows = [[cell.value for cell in row][::-1] for row in worksheet.iter_rows()]
    worksheet.merged_cells.ranges.clear()
    worksheet.delete_rows(1, worksheet.max_row)
    worksheet["B1"] = "2025年度"
    for number, row in enumerate(rows, start=3):
        for index, value in enumerate(row, start=2):
            worksheet.cell(number, index, value)


def test_columns_are_found_wherever_they_stand():
    content = change(fill(), {"收入!": shuffle, "支出明细!": shuffle, "项目!": shuffle})
    verdict = judge(content)
    assert (verdict.problems, verdict.filing) == ([], SMALL)
    assert spreadsheets.read(content).of("income")[0].origin("amount") == "收入!D6"


def test_foreign_column_is_left_out_with_a_hint():
    problems = spreadsheets.read(change(fill(), {"收入!F2": "经办人"})).problems
    assert [(p.severity, p.place, p.message) for p in problems] == [
        (Severity.HINT, "收入!F2", "列“经办人”不在模板里，没有读取。")
    ]


def test_blank_rows_between_and_below_are_passed_over():
    def spread(worksheet):
        worksheet.insert_rows(5, amount=3)
        worksheet.cell(2000, 2, "  ")

    assert judge(change(fill(), {"收入!": spread})).filing == SMALL


def test_guidance_is_no_data_even_when_moved():
    def move(worksheet):
        worksheet.move_range("A3:E3", rows=7)

    assert judge(change(fill(), {"收入!": move})).filing == SMALL


def test_row_of_sums_is_reported_and_not_read():
    sheets = spreadsheets.read(change(fill(), {"收入!B6": "合　计", "收入!C6": 35000}))
    assert [(p.place, p.message) for p in sheets.problems] == [("收入!B6", "“合计”行不用填。")]
    assert len(sheets.of("income")) == 2


def test_missing_sheet_and_column_and_line_are_named():
    def drop_line(worksheet):
        worksheet.delete_rows(5)

    book = load_workbook(io.BytesIO(change(fill(), {"封面!": drop_line})))
    del book["绩效指标"]
    del book["三公经费"]
    book["收入"].delete_cols(2)
    out = io.BytesIO()
    book.save(out)
    assert [problem.message for problem in spreadsheets.read(out.getvalue()).problems] == [
        "工作表“封面”缺少“年度”一行。",
        "工作表“收入”缺少“资金来源”列。",
        "缺少工作表“绩效指标”。",
    ]


def test_sheet_without_headers_is_named():
    def clear(worksheet):
        worksheet.delete_rows(1, 3)

    problems = spreadsheets.read(change(fill(), {"项目!": clear})).problems
    assert [problem.message for problem in problems] == ["工作表“项目”里找不到表头。"]


def test_header_that_stands_twice_is_reported():
    problems = spreadsheets.read(change(fill(), {"收入!F2": "金额"})).problems
    assert [(p.place, p.message) for p in problems] == [("收入!F2", "列“金额”出现了两次。")]


def test_sheet_title_may_be_written_with_blanks():
    book = load_workbook(io.BytesIO(fill()))
    book["收入"].title = " 收 入"
    out = io.BytesIO()
    book.save(out)
    assert judge(out.getvalue()).filing == SMALL


def test_foreign_sheet_is_left_out_with_a_hint():
    book = load_workbook(io.BytesIO(fill()))
    book.create_sheet("草稿")["A1"] = "随便"
    book.create_sheet("空白")
    out = io.BytesIO()
    book.save(out)
    problems = spreadsheets.read(out.getvalue()).problems
    assert [(p.severity, p.message) for p in problems] == [
        (Severity.HINT, "工作表“草稿”不在模板里，没有读取。")
    ]


def test_formula_without_a_result_is_no_blank():
    problems = spreadsheets.read(change(fill(), {"收入!C4": "=10000*3"})).problems
    assert [(p.place, p.message) for p in problems] == [
        ("收入!C4", "单元格是公式，文件里没有它的计算结果。")
    ]


def test_goal_that_looks_like_a_formula_stays_a_text():
    content = change(fill(), {})
    book = load_workbook(io.BytesIO(content))
    cell = book["绩效指标"]["F4"]
    cell.value, cell.data_type = "=100%", "s"
    out = io.BytesIO()
    book.save(out)
    assert spreadsheets.read(out.getvalue()).of("indicators")[0]["value"] == "=100%"
