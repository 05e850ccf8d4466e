"""The threads in the browser: said at a figure, seen where it is entered, answered, settled."""

import re

import pytest
from django.urls import reverse

from budgets import ledger
from budgets.domain.facts import Nature, Side
from budgets.models import Budget, State
from disclosures.models import Comment
from disclosures.workflow.access import Role
from disclosures.workplace.comments import join_runs, name_step
from tests.factories.people import appoint

pytestmark = pytest.mark.django_db
OWN = (2025, "107001")
COMMENTS = reverse("workplace:comments", args=OWN)
TASKS = reverse("workplace:tasks", args=OWN)
CONFIRM = reverse("workplace:confirm", args=OWN)
EXPENDITURE = reverse("filing:sheet", args=(*OWN, "expenditure"))
INCOME = reverse("filing:sheet", args=(*OWN, "income"))
AT = "T3.2012901.project"
SAID = "依据是什么？"


@pytest.fixture
def reviewer(db):
    return appoint("reviewer", Role.REVIEWER)


@pytest.fixture
def desk(budget):
    """The budget on the reviewer's desk."""
    Budget.objects.filter(pk=budget.pk).update(state=State.SUBMITTED)


def see(client, who, path):
    client.force_login(who)
    return client.get(path).content.decode()


def say(client, who, place=f"随便怎么叫｜{AT}", text=SAID):
    client.force_login(who)
    return client.post(COMMENTS, {"act": "say", "place": place, "text": text}, follow=True)


def test_link_from_the_preview_fills_in_the_place(desk, reviewer, client):
    page = see(client, reviewer, f"{COMMENTS}?at={AT}")
    called = "表3 部门支出总体情况表 · 201 29 01 行政运行 · 项目支出（127.71）"
    assert f'value="{called}｜{AT}" autocomplete' in page
    assert f'<option value="{called}｜{AT}"></option>' in page


def test_comment_stands_where_the_figure_is_entered(desk, reviewer, clerk, client):
    told = say(client, reviewer).content.decode()
    assert "意见已记下：表3 部门支出总体情况表" in told
    for path in (TASKS, EXPENDITURE):
        page = see(client, clerk, path)
        assert SAID in page
        assert f'{reverse("workplace:preview", args=OWN)}#{AT}"' in page
    assert SAID not in see(client, clerk, INCOME)


def test_comment_names_the_rows_that_make_up_the_figure(desk, budget, reviewer, clerk, client):
    say(client, reviewer)
    page = see(client, clerk, EXPENDITURE)
    (told,) = re.findall(r"这个数来自下面第(.+?)行。", page)
    spent = [fact for fact in ledger.read_filing(budget).facts if fact.side is Side.EXPENDITURE]
    project = [fact.function == "2012901" and fact.nature is Nature.PROJECT for fact in spent]
    assert told == str(project.index(True) + 1)
    assert project.count(True) == 1
    assert "这个数来自" not in see(client, clerk, TASKS)


def test_rows_that_follow_each_other_are_named_as_one():
    assert list(join_runs([3, 5, 6, 7, 9])) == ["3", "5–7", "9"]
    assert list(join_runs([])) == []


def test_refused_comment_keeps_what_was_typed(desk, reviewer, client):
    page = say(client, reviewer, place="不存在").content.decode()
    assert "文件里没有这个位置，请从列表中选一处。" in page
    assert f">\n{SAID}</textarea>" in page
    assert 'value="不存在"' in page
    assert not Comment.objects.exists()


def test_thread_is_answered_and_settled(desk, reviewer, clerk, client):
    say(client, reviewer)
    number = Comment.objects.get().pk
    client.force_login(clerk)
    client.post(COMMENTS, {"act": "reply", "thread": number, "text": "见批文"})
    page = see(client, reviewer, COMMENTS)
    assert "部门：见批文" in page
    assert "已答复" in page
    client.post(COMMENTS, {"act": "settle", "thread": number})
    page = see(client, clerk, COMMENTS)
    assert "标为已解决" in page
    assert "答复</button>" not in page
    assert SAID not in see(client, clerk, EXPENDITURE)


def test_confirming_page_counts_what_is_not_settled(desk, reviewer, client):
    say(client, reviewer)
    page = see(client, reviewer, CONFIRM)
    assert "审核意见（1 条没有解决）" in page
    assert ">退回</button>" in page
    assert ">批复</button>" in page


def test_words_are_shown_as_words(desk, reviewer, clerk, client):
    say(client, reviewer, text="<script>alert(1)</script>")
    page = see(client, clerk, EXPENDITURE)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("posted", [{}, {"act": "burn"}, {"act": "settle", "thread": "7"}])
def test_what_there_is_not_is_not_found(desk, reviewer, client, posted):
    client.force_login(reviewer)
    assert client.post(COMMENTS, posted).status_code == 404


@pytest.mark.parametrize(
    ("at", "step"),
    [
        ("T2.total.total", "income"),
        ("T10.total.total", "expenditure"),
        ("N5.T5.2012901.total", "words"),
        ("D2.staff", "profile"),
        ("P0.i1", "overall"),
        ("P2.i7", "projects"),
        ("G.1", "particulars"),
        ("", "preview"),
    ],
)
def test_every_place_has_the_step_that_mends_it(at, step):
    assert name_step(at) == step
