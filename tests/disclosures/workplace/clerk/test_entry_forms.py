"""Buttons that change the form and save nothing."""

import pytest

from budgets.spreadsheets import WAN, YUAN
from budgets.spreadsheets.sheets import GLOSSARY, INCOME
from disclosures.workplace.clerk.entries import Fieldset
from disclosures.workplace.clerk.entry_forms import change_rows, convert_money, find_unit_button

TERMS = Fieldset(sheet=GLOSSARY, columns=GLOSSARY.typed(), spare=2)
MONEY = Fieldset(sheet=INCOME, columns=INCOME.typed("unit", "internal"))


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
    assert change_rows(action, TERMS, terms(*"甲乙丙")) == terms(*left)


def test_button_adds_blank_rows():
    assert len(change_rows("add-glossary", TERMS, terms("甲"))) == 13


def test_unit_is_changed_with_its_figures_and_what_is_no_figure_stays():
    texts = [{"fund": "甲", "amount": "1,381,800"}, {"fund": "乙", "amount": "12x"}]
    wan = [convert_money(MONEY, row, YUAN, WAN) for row in texts]
    assert wan == [{"fund": "甲", "amount": "138.18"}, {"fund": "乙", "amount": "12x"}]
    assert convert_money(MONEY, wan[0], WAN, YUAN)["amount"] == "1,381,800.00"


@pytest.mark.parametrize(
    ("action", "unit"), [("unit-万元", WAN), ("unit-元", YUAN), ("unit-角", None), ("save", None)]
)
def test_button_names_the_unit_that_it_asks_for(action, unit):
    assert find_unit_button(action) == unit
