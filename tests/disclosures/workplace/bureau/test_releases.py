"""Publishing in the browser: choose, order once, follow, take back, try again."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from budgets.models import Budget, State
from disclosures.models import Release, ReleaseStage
from disclosures.publishing import worker
from disclosures.workflow.access import Role
from disclosures.workplace.bureau.releases import RECENT
from tests.factories.approved import file_approved, load_supplied_chart
from tests.factories.people import appoint

pytestmark = pytest.mark.django_db
PAGE = reverse("workplace:release")


@pytest.fixture
def bureau():
    return appoint("bureau", Role.BUREAU_ADMIN)


@pytest.fixture
def budgets(bureau, client):
    load_supplied_chart(2025)
    client.force_login(bureau)
    return file_approved(2, bureau)


def read(answer):
    return html.fromstring(answer.content.decode())


def post(client, *codes, **fields):
    fields = {"key": str(uuid.uuid4()), "when": "now", "at": ""} | fields
    return client.post(f"{PAGE}?year=2025", {"codes": list(codes)} | fields)


def look(client, **asked):
    return read(client.get(PAGE, {"year": 2025} | asked))


def follow(client, release, asked=""):
    path = reverse("workplace:release_progress", args=(release.pk,))
    return read(client.get(f"{path}{asked}"))


def mistakes(answer):
    assert answer.status_code == 400
    return read(answer).xpath("//div[@role='alert']//li/text()")


def refresh(page):
    return page.xpath("//meta[@http-equiv='refresh']/@content")


@pytest.mark.parametrize(("select", "checked"), [("all", ["201", "202"]), ("none", [])])
def test_all_or_none_are_chosen_by_a_link(client, budgets, select, checked):
    page = look(client, select=select)
    assert page.xpath("//input[@name='codes']/@value") == ["201", "202"]
    assert page.xpath("//input[@name='codes'][@checked]/@value") == checked


def test_order_is_made_once_however_often_sent_and_followed_to_its_end(client, budgets):
    key = look(client).xpath("//input[@name='key']/@value")[0]
    answers = [post(client, "201", "202", key=key) for _ in range(2)]
    release = Release.objects.get()
    path = reverse("workplace:release_progress", args=(release.pk,))
    assert [each["Location"] for each in answers] == [path, path]
    assert refresh(follow(client, release)) == ["3"]
    assert refresh(follow(client, release, "?still")) == []
    while worker.publish_next.call():
        pass
    page = follow(client, release)
    assert refresh(page) == []
    assert page.xpath("//progress/@value") == page.xpath("//progress/@max") == ["2"]
    assert page.xpath("//table//td/a/@href") == ["/2025/201/v1/", "/2025/202/v1/"]
    assert "已公开 2" in look(client).text_content()
    # Sent once more from a page that was left open, when all is public.
    assert post(client, "201", "202", key=key)["Location"] == path


def local(**later):
    return f"{timezone.localtime() + timedelta(**later):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"codes": []}, "没有选中任何部门。请至少选中一个。"),
        ({"when": ""}, "请选“现在公开”或者“定时公开”。"),
        ({"when": "later"}, "定时公开要写明日期和时间。"),
        (
            {"when": "later", "at": "2026-02-30T09:00"},
            "时间写得不对，请写成“2026-02-20 09:00”的样子。",
        ),
        (
            {"when": "later", "at": "2026-01-05T09:00"},
            "2026-01-05 09:00已经过去了。请写以后的时间，或者选“现在公开”。",
        ),
        ({"when": "later", "at": local(days=800)}, "定时最远到一年以内，请核对年份。"),
        (
            {"codes": ["999"]},
            "选中的部门都不能公开：不是“已批复”，或者已经在另一批里等待公开。请刷新后再选。",
        ),
    ],
)
def test_order_that_cannot_be_made_is_answered_in_a_sentence(client, budgets, fields, told):
    answer = post(client, "201", **fields)
    assert mistakes(answer) == [told]
    assert not Release.objects.exists()
    page = read(answer)
    chosen = fields.get("codes", ["201"])
    assert page.xpath("//input[@name='codes'][@checked]/@value") == [
        code for code in chosen if code != "999"
    ]
    assert page.xpath("//input[@name='at']/@value") == [fields.get("at", "")]


def test_set_time_is_the_countys_and_can_be_taken_back(client, budgets):
    post(client, "202", when="later", at=local(hours=2))
    release = Release.objects.get()
    wait = release.due_at - timezone.now()
    assert timedelta(hours=1, minutes=58) < wait < timedelta(hours=2)
    page = follow(client, release)
    assert refresh(page) == ["60"]
    assert look(client).xpath("//input[@name='codes']/@value") == ["201"]
    client.post(reverse("workplace:release_progress", args=(release.pk,)), {"act": "cancel"})
    assert release.items.get().stage == ReleaseStage.CANCELLED
    assert look(client).xpath("//input[@name='codes']/@value") == ["201", "202"]


def test_failed_department_says_why_and_is_tried_again(client, budgets, bureau):
    post(client, "201")
    release = Release.objects.get()
    Budget.objects.filter(department__code="201").update(state=State.SUBMITTED)
    worker.publish_next.call()
    page = follow(client, release)
    assert "这份预算现在的状态是“已报送”，不能公开。" in page.text_content()
    item = release.items.get()
    path = reverse("workplace:release_progress", args=(release.pk,))
    assert page.xpath("//input[@name='item']/@value") == [str(item.pk)]
    answer = client.post(path, {"act": "retry", "item": item.pk}, follow=True)
    assert "1个部门重新等待公开。" in answer.content.decode()
    answer = client.post(path, {"act": "retry"}, follow=True)
    assert "没有可以重试的" in answer.content.decode()
    for wrong in ({"act": "delete"}, {"act": "retry", "item": "x"}):
        assert client.post(path, wrong).status_code == 404


def test_waiting_for_long_is_told_as_a_worker_that_does_not_run(client, budgets):
    post(client, "201")
    release = Release.objects.get()
    assert "run_worker" not in follow(client, release).text_content()
    Release.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    assert "后台进程可能没有运行" in follow(client, release).text_content()


def test_auditor_follows_and_has_no_button(client, budgets):
    post(client, "201")
    client.force_login(appoint("auditor", Role.AUDITOR))
    assert look(client).xpath("//main//form | //div[@id='content']//form") == []
    page = follow(client, Release.objects.get())
    assert page.xpath("//div[@id='content']//form") == []


def test_code_that_is_none_is_refused(budgets, client):
    assert mistakes(post(client, "a\0b")) == ["没有这样的部门编码。请刷新后再选。"]


def test_newest_batches_stand_first_and_the_oldest_are_left_out(bureau, client):
    load_supplied_chart(2025)
    made = [Release.objects.create(year=2025, who=bureau).pk for _ in range(RECENT + 1)]
    client.force_login(bureau)
    shown = [each.pk for each in client.get(PAGE, {"year": 2025}).context["releases"]]
    assert shown == made[:0:-1]


@pytest.mark.parametrize(("days", "told"), [(20, []), (21, ["某县第1办公室"])])
def test_time_beyond_the_20_days_is_told(bureau, budgets, client, days, told):
    page = client.get(post(client, "201", when="later", at=local(days=days))["Location"])
    words = [str(each) for each in page.context["messages"]]
    assert words == [f"到定下的时间，这些部门已经超过批复后20天的期限：{name}。" for name in told]
