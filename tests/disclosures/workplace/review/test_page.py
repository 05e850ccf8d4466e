"""The review page: the document with what deserves attention, and what changed since last time."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from lxml import html

from budgets import ledger
from budgets.domain.differences import merge_texts
from budgets.models import Budget, State
from disclosures.models import Submission, Transition
from disclosures.publishing.publication import carry_out
from disclosures.workflow import comments
from disclosures.workflow.access import Role
from disclosures.workflow.drafting import draft_budget, find_earlier
from disclosures.workflow.moves import MOVERS, Attempt, Move
from tests.factories.filings import reasons, uses
from tests.factories.people import appoint
from tests.factories.union import REASONS, USES, union_filing

pytestmark = pytest.mark.django_db
REVIEW = reverse("workplace:review", args=(2025, "107001"))
CHANGED = "T5.2012901.total"


@pytest.fixture
def people(clerk, head):
    return {
        Role.CLERK: clerk,
        Role.HEAD: head,
        Role.REVIEWER: appoint("reviewer", Role.REVIEWER),
    }


def go(budget, people, *moves):
    for move in moves:
        budget.refresh_from_db()
        seen = draft_budget(budget).digest
        who = people[MOVERS[move]]
        carry_out(Attempt(budget=budget, who=who, move=move, seen=seen))
    budget.refresh_from_db()


def send_back(budget, people):
    """Submitted, returned with a comment, and answered."""
    go(budget, people, Move.CONFIRM, Move.SUBMIT)
    thread = comments.comment(budget, people[Role.REVIEWER], "T5", "依据是什么？")
    go(budget, people, Move.RETURN)
    comments.reply(thread, people[Role.CLERK], "已改")


def change_filing(budget, words):
    """Another reason, one office more, and another value of the project's indicator."""
    filing = union_filing()
    (plan,) = filing.projects
    indicators = (*plan.indicators[:-1], replace(plan.indicators[-1], value="显著减轻"))
    filing = replace(
        filing,
        words=reasons(REASONS | words) + uses(USES),
        particulars=replace(filing.particulars, agency_operating=None),
        projects=(replace(plan, indicators=indicators),),
    )
    ledger.replace_filing(budget, filing)


def see(client, who):
    client.force_login(who)
    answer = client.get(REVIEW)
    return answer, html.fromstring(answer.content.decode())


def test_document_is_that_of_the_preview_with_matters_that_lead_to_their_places(
    budget, people, client
):
    _, page = see(client, people[Role.REVIEWER])
    preview = client.get(reverse("workplace:preview", args=(2025, "107001"))).content.decode()
    (mine,) = page.xpath("//article")
    (theirs,) = html.fromstring(preview).xpath("//article")
    assert mine.text_content() == theirs.text_content()
    titles = [each.text.strip() for each in page.xpath("//aside//h3")]
    assert titles == ["几处变动用同一个原因", "变动较大", "新增的科目和项目"]
    links = [each[1:] for each in page.xpath("//aside//section[@aria-labelledby]//li/a/@href")]
    assert [each for each in links if not page.xpath("//*[@id=$at]", at=each)] == []
    assert "T5.2101101.total" in links


def test_warnings_stand_with_the_departments_words(budget, people, client, refile):
    words = REASONS | {CHANGED: "按2019年的文件调整津贴"}
    refile(words=reasons(words) + uses(USES))
    _, page = see(client, people[Role.REVIEWER])
    told = page.xpath("//aside")[0].text_content()
    assert "警告和部门的说明" in told
    assert "没有说明" in told


def test_what_changed_since_the_last_submission_is_marked_in_table_and_text(budget, people, client):
    send_back(budget, people)
    change_filing(budget, {CHANGED: "新招录公务员2人"})
    go(budget, people, Move.CONFIRM, Move.SUBMIT)
    answer, page = see(client, people[Role.REVIEWER])
    (sentence,) = page.xpath("//p[@class='reworded']")
    assert sentence.get("id") == "N5.T5.2012901.total"
    assert sentence.xpath("string(del)") != ""
    kept = [each.text_content() for each in sentence.xpath("del | ins")]
    assert "".join(kept[1::2]) in "新招录公务员2人"
    (cell,) = page.xpath("//td[ins]")
    assert (cell.xpath("string(ins)"), cell.xpath("string(del)")) == ("显著减轻", "明显减轻")
    assert cell.xpath("del/@title") == ["上次报送：明显减轻"]
    assert answer.context["changes"].size == 2


def test_first_submission_has_nothing_to_be_compared_with(budget, people, client):
    go(budget, people, Move.CONFIRM, Move.SUBMIT)
    assert find_earlier(budget) is None
    answer, page = see(client, people[Role.REVIEWER])
    assert page.xpath("//ins | //del") == []
    assert [each["label"] for each in answer.context["moves"]] == ["退回", "批复"]
    confirm = reverse("workplace:confirm", args=(2025, "107001"))
    assert page.xpath("//aside//form/@action") == [confirm, confirm]


def test_submission_is_kept_word_for_word_and_never_rewritten(budget, people):
    send_back(budget, people)
    kept = Submission.objects.get()
    assert kept.transition == Transition.objects.get(after=State.SUBMITTED)
    assert kept.content == draft_budget(budget).canonical
    assert find_earlier(budget) == kept
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.update(content="{}")
    assert find_earlier(Budget.objects.get()).content == kept.content


def test_merged_texts_read_as_both():
    pieces = merge_texts("预算10.00万元，减少", "预算12.50万元，减少")
    assert pieces == (
        ("same", "预算"),
        ("old", "10.00"),
        ("new", "12.50"),
        ("same", "万元，减少"),
    )
    assert merge_texts("", "新的") == (("new", "新的"),)
