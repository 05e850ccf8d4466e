"""Buttons that change the form and save nothing."""

import pytest

from budgets.workbook import WAN, YUAN
from budgets.workbook.money import INCOME
from budgets.workbook.words import GLOSSARY
from budgets.workplace.actions import Sheaf, act
from budgets.workplace.section import Section, choose_columns

TERMS = Section(sheet=GLOSSARY, columns=choose_columns(GLOSSARY), spare=2)
MONEY = Section(sheet=INCOME, columns=choose_columns(INCOME, "unit", "internal"))


def terms(*names):
    return [{"term": name, "meaning": ""} for name in names]


@pytest.mark.parametrize(
    ("action", "left"),
    [
        ("remove-glossary-2", "甲丙"),
        ("up-glossary-2", "乙甲丙"),
        ("down-glossary-2", "甲丙乙"),
        ("up-glossary-1", "甲乙丙"),
        ("down-glossary-3", "甲乙丙"),
        ("remove-glossary-9", "甲乙丙"),
        ("remove-income-1", "甲乙丙"),
        ("nonsense", "甲乙丙"),
    ],
)
def test_button_moves_or_removes_a_row(action, left):
    assert act(action, TERMS, terms(*"甲乙丙"), YUAN) == Sheaf(terms(*left), YUAN)


def test_button_adds_blank_rows():
    assert len(act("add-glossary", TERMS, terms("甲"), YUAN).texts) == 13


def test_unit_is_changed_with_its_figures_and_what_is_no_figure_stays():
    texts = [{"fund": "甲", "amount": "1,381,800"}, {"fund": "乙", "amount": "12x"}]
    wan = act("unit-万元", MONEY, texts, YUAN)
    assert wan == Sheaf([{"fund": "甲", "amount": "138.18"}, {"fund": "乙", "amount": "12x"}], WAN)
    back = act("unit-元", MONEY, wan.texts, WAN)
    assert back.texts[0]["amount"] == "1,381,800.00"
    assert act("unit-角", MONEY, texts, YUAN) == Sheaf(texts, YUAN)
