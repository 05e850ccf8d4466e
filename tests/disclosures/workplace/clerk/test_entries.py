"""How sheets read as fields: money exact in either unit, starts and spare rows of lists."""

from decimal import Decimal

import pytest

from budgets.spreadsheets import WAN, YUAN
from budgets.spreadsheets.sheets import EXPENDITURE, INCOME, PROFILE
from budgets.spreadsheets.values import spell_money
from disclosures.workplace.clerk.entries import Fieldset


@pytest.mark.parametrize(
    ("yuan", "unit", "shown"),
    [
        ("1381800.00", WAN, "138.18"),
        ("1381800.00", YUAN, "1,381,800.00"),
        ("123.45", WAN, "0.012345"),
        ("0.00", WAN, "0.00"),
        ("-100.00", WAN, "-0.01"),
        ("9999999999999.99", WAN, "999,999,999.999999"),
    ],
)
def test_money_is_shown_exactly_in_either_unit(yuan, unit, shown):
    assert spell_money(Decimal(yuan), unit) == shown


def test_columns_leave_out_what_is_computed_or_private():
    keys = [column.key for column in EXPENDITURE.typed("unit")]
    assert "remark" not in keys
    assert keys[0] == "fund"


def test_form_shows_unstated_figures_as_blanks():
    fieldset = Fieldset(
        sheet=PROFILE,
        columns=PROFILE.typed(),
        unstated={"serving": 0, "duties": ""},
    )
    row = {"duties": "管理", "offices": "", "serving": 0, "retired": 3}
    assert fieldset.spell([row], YUAN) == [
        {
            "duties": "管理",
            "offices": "",
            "authorized": "",
            "serving": "",
            "serving_change": "",
            "retired": "3",
            "retired_change": "",
            "honorary": "",
            "honorary_change": "",
        }
    ]


def income(**given):
    columns = INCOME.typed("unit", "internal")
    return Fieldset(sheet=INCOME, columns=columns, **given)


def test_list_opens_with_its_starts_in_their_order():
    fieldset = income(starts=({"fund": "甲"}, {"fund": "乙"}), fixed=("fund",))
    texts = [{"fund": "丙", "amount": "1"}, {"fund": "乙", "amount": "2"}]
    assert fieldset.begin(texts) == [
        {"fund": "甲", "amount": ""},
        {"fund": "乙", "amount": "2"},
        {"fund": "丙", "amount": "1"},
    ]
    assert fieldset.identity == ("fund",)


def test_row_with_nothing_but_a_start_is_blank():
    fieldset = income(starts=({"fund": "甲"},))
    assert fieldset.is_blank({"fund": "甲", "amount": ""})
    assert fieldset.is_blank({"fund": "", "amount": " "})
    assert not fieldset.is_blank({"fund": "乙", "amount": ""})


def test_list_is_spread_to_its_spare_rows():
    fieldset = income(spare=3)
    blank = {"fund": "", "amount": ""}
    assert fieldset.spread([{"fund": "甲", "amount": "1"}, blank]) == [
        {"fund": "甲", "amount": "1"},
        blank,
        blank,
        blank,
    ]
    assert len(fieldset.spread([], more=10)) == 13
