"""Saving a screen: what is written, what comes back, and what happens when two save at once."""

from decimal import Decimal

import pytest

from budgets import ledger
from budgets.domain.facts import Fund
from budgets.models import Budget, Edit, FunctionCode
from budgets.spreadsheets import WAN, YUAN
from budgets.spreadsheets.sheets import GLOSSARY, INCOME, PROFILE
from disclosures.workplace.clerk.entries import Fieldset, fingerprint
from disclosures.workplace.clerk.entry_forms import EntryForm, FieldDifference
from disclosures.workplace.clerk.saving import find_differences, save_entry
from tests.factories.people import gather, load_chart

pytestmark = pytest.mark.django_db

YEAR = 2026


@pytest.fixture
def cast():
    load_chart(YEAR)
    return gather()


@pytest.fixture
def budget(cast):
    return Budget.objects.create(department=cast.b, year=YEAR)


def see(budget, key):
    """What a person who opens the page carries away."""
    return EntryForm(budget, lambda stored: stored.plan_sheet(key)).seen


def send(budget, key, rows, who, seen=None, money_unit=WAN):
    """Save rows of texts on the page of a sheet; columns left out are blank."""
    data = {
        f"{key}-{number}-{name}": text
        for number, row in enumerate(rows, start=1)
        for name, text in row.items()
    }
    data |= {"money_unit": money_unit, "seen": seen or see(budget, key)}
    return save_entry(EntryForm(budget, lambda stored: stored.plan_sheet(key), data), who)


def line(**texts):
    usual = {
        "fund": "一般公共预算（一般财力）",
        "nature": "人员经费",
        "function": "2012901",
        "economic": "30101",
        "amount": "1.5",
    }
    return usual | texts


def test_income_is_written_in_yuan_and_traced(budget, cast):
    outcome = send(
        budget,
        "income",
        [{"fund": "单位资金（其他收入）", "amount": "１２７．７１"}],
        cast["clerk_b"],
    )
    assert (outcome.is_saved, outcome.has_changed, outcome.problems) == (True, True, [])
    (fact,) = ledger.read_filing(budget).facts
    assert (fact.fund, fact.amount, fact.origin) == (
        Fund.OTHER_INCOME,
        Decimal("1277100.00"),
        "收入!第12行",
    )
    (edit,) = Edit.objects.all()
    assert (edit.who, edit.what) == (cast["clerk_b"], "保存“收入”")


def test_problems_come_back_all_at_once_and_nothing_is_written(budget, cast):
    rows = [line(function="2012999", amount="x"), line(nature="项目支出", fund="")]
    outcome = send(budget, "expenditure", rows, cast["clerk_b"])
    assert not outcome.is_saved
    assert sorted(cell for problem in outcome.problems for cell in problem.cells) == [
        "expenditure-1-amount",
        "expenditure-1-function",
        "expenditure-2-fund",
        "expenditure-2-project",
    ]
    assert ledger.read_filing(budget).facts == ()
    assert not Edit.objects.exists()


def test_what_other_sheets_lack_does_not_block(budget, cast):
    project = line(nature="项目支出", project="培训", economic="")
    assert send(budget, "expenditure", [line(), project], cast["clerk_b"]).is_saved
    assert [plan.name for plan in ledger.read_filing(budget).projects] == ["培训"]


def test_new_code_is_reported_to_the_bureau(budget, cast):
    rows = [line(function="2012999", function_name="其他群众团体事务支出")]
    outcome = send(budget, "expenditure", rows, cast["clerk_b"])
    assert outcome.is_saved
    assert [problem.severity for problem in outcome.problems] == ["warning"]
    assert FunctionCode.objects.get(code="2012999").status == "reported"


def test_second_person_is_told_and_wins_knowingly(budget, cast):
    seen = see(budget, "income")
    row = {"fund": "财政专户核拨", "amount": "1"}
    assert send(budget, "income", [row], cast["clerk_b"], seen).is_saved
    late = send(budget, "income", [row | {"amount": "2"}], cast["head_a"], seen)
    assert (late.is_saved, late.is_late) == (False, True)
    assert late.last_edit.who == cast["clerk_b"]
    assert late.differences == [
        FieldDifference(place="财政专户核拨“金额”", stored="1.00", typed="2.00")
    ]
    assert ledger.read_filing(budget).facts[0].amount == Decimal("10000.00")
    again = send(budget, "income", [row | {"amount": "2"}], cast["head_a"], late.seen)
    assert again.is_saved
    assert ledger.read_filing(budget).facts[0].amount == Decimal("20000.00")


def test_double_submit_changes_nothing_twice(budget, cast):
    seen = see(budget, "income")
    row = {"fund": "财政专户核拨", "amount": "1"}
    first, second = (send(budget, "income", [row], cast["clerk_b"], seen) for _ in range(2))
    assert (first.has_changed, second.is_saved, second.has_changed) == (True, True, False)
    assert Edit.objects.count() == 1


def test_money_may_be_typed_in_yuan(budget, cast):
    row = {"fund": "财政专户核拨", "amount": "1,234.56"}
    assert send(budget, "income", [row], cast["clerk_b"], money_unit=YUAN).is_saved
    assert ledger.read_filing(budget).facts[0].amount == Decimal("1234.56")


def test_locked_budget_is_refused(budget, cast):
    Budget.objects.update(state="confirmed")
    with pytest.raises(ledger.BudgetLockedError):
        send(budget, "income", [], cast["clerk_b"])


def test_department_with_units_names_the_unit_of_each_row(cast):
    budget = Budget.objects.create(department=cast.a, year=YEAR)
    row = {"fund": "财政专户核拨", "amount": "1"}
    refused = send(budget, "income", [row], cast["clerk_a"])
    assert [problem.cells for problem in refused.problems] == [("income-1-unit",)]
    assert send(budget, "income", [row | {"unit": cast.unit.code}], cast["clerk_a"]).is_saved
    assert (
        ledger.read_filing(Budget.objects.get(department=cast.unit)).facts[0].unit == cast.unit.code
    )


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
