"""Where each finding is mended: no check is forgotten, and every place is a step of the list."""

from dataclasses import replace
from decimal import Decimal

from budgets.domain.checks import list_checks
from budgets.domain.checks.finding import failed
from budgets.domain.document import Compared, OwnWords, Text
from budgets.domain.sets.xinjiang.table_set import XINJIANG
from budgets.models import Budget, Department
from budgets.spreadsheets import SHEETS
from disclosures.workplace.clerk.mending import (
    ASKING,
    OWNERS,
    find_address,
    find_step,
    list_sentences,
)
from disclosures.workplace.clerk.steps import STEPS
from tests.factories.grids import document

CHECKS = list_checks(XINJIANG)
BUDGET = Budget(department=Department(code="107001"), year=2025)


def find(check_id, *figures, **more):
    """A finding of that check, which failed."""
    outcome = failed("不对。", "请改正。", *figures, **more)
    (check,) = [check for check in CHECKS if check.id == check_id]
    return replace(check, run=lambda case: [outcome]).find(None)[0]


def address(finding, sentences=None):
    return find_address(BUDGET, finding, sentences or {})


def test_every_check_is_mended_somewhere():
    assert {check.mended_at for check in CHECKS} <= set(OWNERS)


def test_checks_that_only_ask_for_what_is_missing_are_known():
    assert {"document-complete", "projects-explained", "targets", "words-complete"} == ASKING


def test_every_check_names_its_source():
    assert [check.id for check in CHECKS if not check.source] == []


def test_every_sheet_that_is_filled_belongs_to_one_step():
    filled = [key for step in STEPS for key in step.sheets]
    assert sorted(filled) == sorted({sheet.key for sheet in SHEETS} - {"units", "history"})


def test_finding_leads_to_the_sheet_of_its_check():
    assert find_step(find("vehicles")).title == "其他事项"
    assert address(find("vehicles")) == "/admin/workplace/2025/107001/sheet/particulars/"


def test_finding_leads_to_the_sheet_that_its_outcome_names():
    own = find("document-complete", sheet="cover")
    assert find_step(own).title == "其他事项"
    assert address(own) == "/admin/workplace/2025/107001/sheet/cover/"


def test_missing_words_lead_to_their_sentence():
    own = find(
        "words-complete", Compared(label="本年数", yuan=Decimal("0.00"), at="T5.2012901.total")
    )
    page = "/admin/workplace/2025/107001/words/"
    assert address(own) == page
    assert address(own, {"T5.2012901.total": "N5.T5.2012901.total"}) == (
        f"{page}#N5.T5.2012901.total"
    )


def test_sentences_are_found_by_the_cells_they_ask_for():
    own = OwnWords(text="调资", at="T2.total.unit_funds")
    found = list_sentences(document(Text(text="主要原因是"), own))
    assert found["T2.total.unit_funds"] == "N1.1"
