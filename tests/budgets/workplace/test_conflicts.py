"""What two people typed differently, told field by field and row by row."""

from decimal import Decimal

from budgets.domain.facts import Fact, Side
from budgets.domain.filing import Filing, Organisation
from budgets.domain.funds import Fund
from budgets.spreadsheets.money_sheets import INCOME
from budgets.spreadsheets.word_sheets import GLOSSARY, PROFILE
from disclosures.workplace.clerk.conflicts import find_differences
from disclosures.workplace.clerk.entries import fingerprint
from disclosures.workplace.clerk.entry_forms import FieldDifference
from disclosures.workplace.clerk.fieldsets import Fieldset
from disclosures.workplace.clerk.uploads import fingerprint_filing

TERMS = Fieldset(sheet=GLOSSARY, columns=GLOSSARY.typed())
BY_FUND = Fieldset(
    sheet=INCOME,
    columns=INCOME.typed("unit", "internal"),
    starts=({"fund": "甲"}, {"fund": "乙"}),
    fixed=("fund",),
)


def term(name, meaning=""):
    return {"term": name, "meaning": meaning}


def test_form_differs_field_by_field():
    form = Fieldset(sheet=PROFILE, columns=PROFILE.typed())
    stored, typed = form.blank | {"serving": "6"}, form.blank | {"serving": "7"}
    assert find_differences(form, [stored], [typed]) == [
        FieldDifference(place="“在职人数”", stored="6", typed="7")
    ]


def test_blanks_and_line_breaks_make_no_difference():
    stored, typed = [term("甲", "一\n二")], [term("甲", "一\r\n二 ")]
    assert find_differences(TERMS, stored, typed) == []


def test_changed_row_differs_in_its_field_though_rows_moved():
    stored = [term("新", "n"), term("甲", "一"), term("乙", "二")]
    typed = [term("甲", "一"), term("乙", "三")]
    assert find_differences(TERMS, stored, typed) == [
        FieldDifference(place="一整行", stored="新 · n", typed=""),
        FieldDifference(place="第2行“解释”", stored="二", typed="三"),
    ]


def test_added_row_stands_on_its_side_only():
    assert find_differences(TERMS, [term("甲", "一")], [term("甲", "一"), term("乙", "二")]) == [
        FieldDifference(place="第2行", stored="", typed="乙 · 二")
    ]


def test_rows_of_known_things_are_matched_by_what_they_are():
    stored = [{"fund": "乙", "amount": "1.00"}]
    typed = [{"fund": "甲", "amount": "2.00"}, {"fund": "乙", "amount": "3.00"}]
    assert find_differences(BY_FUND, stored, typed) == [
        FieldDifference(place="乙“金额”", stored="1.00", typed="3.00"),
        FieldDifference(place="甲“金额”", stored="", typed="2.00"),
    ]


def test_fingerprint_is_of_the_texts_alone():
    first = {"glossary": [term("甲", "一")]}
    assert fingerprint(first) == fingerprint({"glossary": [term("甲", "一")]})
    assert fingerprint(first) != fingerprint({"glossary": [term("甲", "二")]})


def test_fingerprint_of_a_filing_sees_every_sheet():
    department = Organisation(code="1", name="某局")
    empty = Filing(department=department, year=2025)
    fact = Fact(unit="1", side=Side.INCOME, fund=Fund.GENERAL_OWN, amount=Decimal("1.00"))
    filled = Filing(department=department, year=2025, facts=(fact,))
    assert fingerprint_filing(empty) != fingerprint_filing(filled)
    assert fingerprint_filing(filled) == fingerprint_filing(filled)
