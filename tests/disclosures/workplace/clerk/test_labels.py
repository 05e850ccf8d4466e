"""Sums shown while a form is typed: exact, in the typed unit, silent where a figure is misread."""

import pytest

from budgets.spreadsheets import WAN
from budgets.spreadsheets.sheets import INCOME, PARTICULARS, PROFILE
from disclosures.workplace.clerk.entries import Fieldset
from disclosures.workplace.clerk.labels import (
    GROUPS,
    FieldCounter,
    find_initials,
    list_completions,
    list_groups,
)

FORM = Fieldset(sheet=PARTICULARS, columns=PARTICULARS.typed())
PROCUREMENT = next(group for group in GROUPS["particulars"] if group.title == "政府采购").sums[0]


def count(**texts):
    return FieldCounter(fieldset=FORM, money_unit=WAN, rows=[FORM.blank | texts]).add(PROCUREMENT)


def test_sum_tells_the_gap_to_its_whole_exactly():
    found = count(procurement_total="62.60", procurement_goods="60.41", procurement_services="2.20")
    assert (found.text, found.gap, found.suffix) == ("62.61", "0.01", WAN)
    assert found.whole == "particulars-procurement_total"


def test_sum_that_holds_has_no_gap():
    assert (
        count(procurement_total="0.3", procurement_goods="0.1", procurement_works="0.2").gap == ""
    )


def test_sum_of_a_misread_figure_is_not_shown():
    found = count(procurement_total="1", procurement_goods="一")
    assert (found.text, found.gap) == ("", "")


def test_sum_of_a_column_adds_its_rows():
    fieldset = Fieldset(sheet=INCOME, columns=INCOME.typed())
    rows = [fieldset.blank | {"amount": text} for text in ("0.1", "0.2", "")]
    found = FieldCounter(fieldset=fieldset, money_unit=WAN, rows=rows).add_rows("合计", "amount")
    assert (found.text, found.parts[1]) == ("0.30", "income-2-amount")


def test_groups_hold_every_field_of_their_form_once():
    for sheet in (PROFILE, PARTICULARS):
        fieldset = Fieldset(sheet=sheet, columns=sheet.typed())
        keys = [key for group in list_groups(fieldset) for key in group.keys]
        assert sorted(keys) == sorted(column.key for column in fieldset.columns)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("行政运行", "xzyx"),
        ("因公出国（境）费用", "ygcgjfy"),
        ("30%的A类补助", "30dalbz"),
        ("", ""),
    ],
)
def test_initials_are_of_letters_and_digits(name, initials):
    assert find_initials(name) == initials


def test_codes_are_listed_in_order_with_their_initials():
    assert list_completions({"30201": "办公费", "301": "工资福利支出"}) == [
        ("301", "工资福利支出", "gzflzc"),
        ("30201", "办公费", "bgf"),
    ]
