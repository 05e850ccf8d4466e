"""What is posted, read as a workbook's cells are: the same values, problems at their fields."""

from decimal import Decimal
from functools import partial

from budgets.domain.facts import Fund, Nature
from budgets.spreadsheets import WAN, YUAN
from budgets.spreadsheets.sheets import EXPENDITURE, PROFILE
from disclosures.workplace.clerk.entries import Fieldset
from disclosures.workplace.clerk.fields import RowList, make_form, read_texts

LINES = Fieldset(sheet=EXPENDITURE, columns=EXPENDITURE.typed("unit", "internal"))
RECORD = Fieldset(sheet=PROFILE, columns=PROFILE.typed())


def read(texts, money_unit):
    """The rows that texts mean, and what does not fit."""
    return RowList(LINES, texts, partial(make_form, LINES, money_unit, {})).read_rows()


def line(number, **texts):
    return {f"expenditure-{number}-{key}": text for key, text in texts.items()}


def test_rows_come_in_the_order_of_their_numbers_and_foreign_names_are_ignored():
    posted = line(10, fund="丙") | line(2, fund="乙") | {"income-1-fund": "甲", "action": "save"}
    assert [row["fund"] for row in read_texts(LINES, posted)] == ["乙", "丙"]


def test_control_characters_are_never_read():
    posted = {"profile-duties": "管\x00理\x1f\u202e\ud800\r\n第二段"}
    form = make_form(RECORD, WAN, {})(posted)
    assert form.texts[0]["duties"] == "管理\r\n第二段"
    assert form.read_rows()[0][0]["duties"] == "管理\n第二段"
    typed = line(1, fund="某\x00基\x1f金\ud800")
    assert read_texts(LINES, typed)[0]["fund"] == "某基金"


def test_texts_are_parsed_as_in_a_workbook():
    posted = line(
        1,
        fund="一般公共预算(一般财力)",
        nature="人员经费",
        function="２０１２９０１　行政运行",
        economic="30101",
        amount="１，３８１．５",
    )
    (row,), problems = read(read_texts(LINES, posted), WAN)
    assert problems == []
    assert (row["fund"], row["nature"]) == (Fund.GENERAL_OWN, Nature.PERSONNEL)
    assert (row["function"], row["amount"]) == ("2012901", Decimal("13815000.00"))
    assert row.cell("amount").ref == "expenditure-1-amount"
    assert row.origin("amount") == "支出明细!expenditure-1-amount"


def test_misread_text_is_a_problem_at_its_field():
    texts = read_texts(LINES, line(1, fund="某基金", amount="12万"))
    (row,), problems = read(texts, YUAN)
    assert [problem.cells for problem in problems] == [
        ("expenditure-1-fund",),
        ("expenditure-1-amount",),
    ]
    assert problems[1].message == "“12万”不是数字。"
    assert row.cell("amount").misread


def test_blank_rows_are_left_out_and_keep_the_numbers_of_the_others():
    texts = read_texts(LINES, line(1, fund=" ") | line(2, fund="", amount="x"))
    (row,), (problem,) = read(texts, YUAN)
    assert problem.cells == ("expenditure-2-amount",)
    assert row.cell("fund").ref == "expenditure-2-fund"
