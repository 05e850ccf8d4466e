"""The page of the checks: failures first, each with its way to the mend; words to warnings."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from budgets.domain.checks import list_checks
from budgets.domain.checks.case import failed
from budgets.domain.document import Compared, OwnWords, Text
from budgets.domain.filing import Words, WordsKind
from budgets.domain.sets.xinjiang import XINJIANG
from budgets.models import Budget, Department, State
from budgets.spreadsheets import SHEETS
from disclosures.models import Explanation
from disclosures.workplace.clerk.checks import (
    ASKING,
    OWNERS,
    find_mending_page,
    find_step,
    list_asking_paragraphs,
)
from disclosures.workplace.clerk.page import STEPS
from tests.factories.grids import document
from tests.factories.people import hire
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db

CHECKS = reverse("workplace:checks", args=(2025, "107001"))
WARNING = "staff-authorized"
COUNT = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"}


@pytest.fixture
def warned(refile):
    """More people in service than posts: one warning."""
    refile(profile=replace(union_filing().profile, authorized=5))


def see(client, who):
    client.force_login(who)
    return client.get(CHECKS).content.decode()


def answer(client, text, before="", **more):
    ((warning, _),) = client.get(CHECKS).context["warnings"]
    check, subject = warning["warned"].key
    own = {"check": check, "subject": subject, "before": before, "text": text} | more
    return client.post(CHECKS, COUNT | {f"form-0-{key}": value for key, value in own.items()})


def test_budget_without_a_fault_says_so(budget, clerk, client):
    page = see(client, clerk)
    assert "没有错误，也没有警告" in page
    assert "<h2 id=" not in page


def test_error_leads_to_the_sheet_that_mends_it(budget, clerk, client, refile):
    refile(signed_on=None)
    page = see(client, clerk)
    assert "错误 1 处" in page
    assert "没有落款日期。请在封面填写落款日期。" in page
    sheet = reverse("filing:sheet", args=(2025, "107001", "cover"))
    assert f'href="{sheet}">去“其他事项”改正</a>' in page


def test_missing_words_lead_to_their_sentence(budget, clerk, client, refile):
    refile(words=union_filing().words[1:])
    words = reverse("workplace:words", args=(2025, "107001"))
    assert f'href="{words}#N2.T2.total.general_own"' in see(client, clerk)


def test_figures_lead_to_their_cells_in_the_preview(budget, clerk, client, refile):
    refile(facts=union_filing().facts[1:])
    preview = reverse("workplace:preview", args=(2025, "107001"))
    assert f'<a href="{preview}#T1.total.income">127.71</a>' in see(client, clerk)


def test_head_reads_the_findings_and_is_led_to_no_sheet(budget, head, client, refile):
    refile(signed_on=None)
    page = see(client, head)
    assert "没有落款日期。" in page
    assert "/sheet/" not in page


def test_warning_is_explained_and_stays_explained(budget, warned, clerk, client):
    assert "警告 1 处" in see(client, clerk)
    assert answer(client, "两人待退休")["Location"] == CHECKS
    assert Explanation.objects.get().text == "两人待退休"
    assert ">\n两人待退休</textarea>" in see(client, clerk)


def test_line_breaks_of_the_form_change_nothing(budget, warned, clerk, client):
    client.force_login(clerk)
    answer(client, "甲\r\n乙")
    at = Explanation.objects.get().at
    answer(client, "甲\r\n乙", before="甲\r\n乙")
    assert (Explanation.objects.get().text, Explanation.objects.get().at) == ("甲\n乙", at)


def test_character_that_no_database_keeps_is_left_out(budget, warned, clerk, client):
    client.force_login(clerk)
    answer(client, "两人\0待退休")
    assert Explanation.objects.get().text == "两人待退休"


def test_second_person_sees_the_first_and_keeps_what_was_typed(
    budget, warned, clerk, union, client
):
    client.force_login(clerk)
    answer(client, "两人待退休")
    client.force_login(hire("second", union, "clerk"))
    page = answer(client, "编制待批")
    assert page.status_code == 200
    told = page.content.decode()
    assert "有人在您填写期间改了说明" in told
    assert "现在保存的是：两人待退休" in told
    assert ">\n编制待批</textarea>" in told
    assert answer(client, "编制待批", before="两人待退休").status_code == 302
    assert Explanation.objects.get().text == "编制待批"


def test_what_crossed_nothing_is_not_lost_with_what_did(budget, clerk, union, client, refile):
    unused = Words(at="T8.total.total", kind=WordsKind.REASON, text="项目减少")
    filing = union_filing()
    refile(profile=replace(filing.profile, authorized=5), words=(*filing.words, unused))
    client.force_login(clerk)
    keys = [shown["warned"].key for shown, _ in client.get(CHECKS).context["warnings"]]
    assert len(keys) == 2

    def say(*texts):
        posted = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
        for number, ((check, subject), text) in enumerate(zip(keys, texts, strict=True)):
            own = {"check": check, "subject": subject, "before": "", "text": text}
            posted |= {f"form-{number}-{key}": value for key, value in own.items()}
        return client.post(CHECKS, posted)

    assert say("两人待退休", "").status_code == 302
    client.force_login(hire("second", union, "clerk"))
    page = say("编制待批", "以后会用").content.decode()
    assert "有人在您填写期间改了说明" in page
    assert ">\n编制待批</textarea>" in page
    assert ">\n以后会用</textarea>" in page
    assert [each.text for each in Explanation.objects.all()] == ["两人待退休"]


def test_head_and_reviewer_read_explanations(budget, warned, clerk, head, client):
    client.force_login(clerk)
    answer(client, "两人待退休")
    page = see(client, head)
    assert "两人待退休" in page
    assert "<textarea" not in page


def test_locked_budget_refuses_in_a_sentence(budget, warned, clerk, client):
    client.force_login(clerk)
    Budget.objects.filter(pk=budget.pk).update(state=State.CONFIRMED)
    answer(client, "两人待退休")
    assert "已锁定，不能修改。" in see(client, clerk)
    assert not Explanation.objects.exists()


def test_form_that_is_cut_short_is_no_crash(budget, warned, clerk, client):
    client.force_login(clerk)
    for cut in ({"form-0-check": WARNING}, COUNT | {"form-0-check": WARNING, "form-0-text": "甲"}):
        assert client.post(CHECKS, cut).status_code == 302
    assert not Explanation.objects.exists()


ALL_CHECKS = list_checks(XINJIANG)
BUDGET = Budget(department=Department(code="107001"), year=2025)


def find(check_id, *figures, **more):
    """A finding of that check, which failed."""
    outcome = failed("不对。", "请改正。", *figures, **more)
    (check,) = [check for check in ALL_CHECKS if check.id == check_id]
    return replace(check, run=lambda case: [outcome]).find(None)[0]


def address(finding, sentences=None):
    return find_mending_page(BUDGET, finding, sentences or {})


def test_every_check_is_mended_somewhere():
    assert {check.mended_at for check in ALL_CHECKS} <= set(OWNERS)


def test_checks_that_only_ask_for_what_is_missing_are_known():
    assert {"document-complete", "projects-explained", "targets", "words-complete"} == ASKING


def test_every_check_names_its_source():
    assert [check.id for check in ALL_CHECKS if not check.source] == []


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


def test_finding_of_missing_words_leads_to_its_sentence():
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
    found = list_asking_paragraphs(document(Text(text="主要原因是"), own))
    assert found["T2.total.unit_funds"] == "N1.1"
