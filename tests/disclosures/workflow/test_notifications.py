"""Notices: who is told of what, once; and how they go out by e-mail, or wait."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core import mail as outbox
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from budgets import ledger
from budgets.models import Budget, State
from disclosures.models import Notice, NoticeKind, ReleaseItem, ReleaseStage, Transition
from disclosures.publishing.publication import carry_out
from disclosures.publishing.requests import ask_release
from disclosures.workflow import comments
from disclosures.workflow.access import Role
from disclosures.workflow.drafting import draft_budget
from disclosures.workflow.moves import Attempt, Move
from disclosures.workflow.notifications import notify_deadlines, notify_failures, notify_move
from disclosures.workplace.accounts import second_factor
from disclosures.workplace.accounts.passwords import give_first_password
from tests.factories.people import appoint, hire, load_chart
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db
INBOX = reverse("workplace:inbox")


@pytest.fixture
def people(union):
    return {
        "clerk": hire("clerk", union, "clerk"),
        "head": hire("head", union, "head"),
        "reviewer": appoint("reviewer", Role.REVIEWER),
        "bureau": appoint("bureau", Role.BUREAU_ADMIN),
        "auditor": appoint("auditor", Role.AUDITOR),
    }


@pytest.fixture
def budget(union):
    load_chart(2025)
    budget = Budget.objects.create(department=union, year=2025)
    ledger.replace_filing(budget, union_filing())
    return budget


def go(budget, who, move, **more):
    seen = draft_budget(budget).digest
    return carry_out(Attempt(budget=budget, who=who, move=move, seen=seen, **more))


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("person__username", flat=True))


def approve(budget, people, days=0):
    """Approved that many days ago."""
    Budget.objects.filter(pk=budget.pk).update(state=State.APPROVED)
    at = timezone.now() - timedelta(days=days)
    return record(budget, people["reviewer"], State.SUBMITTED, State.APPROVED, at=at)


def record(budget, who, before, after, **more):
    return Transition.objects.create(budget=budget, who=who, before=before, after=after, **more)


def test_each_move_tells_those_whom_it_concerns_and_not_who_made_it(budget, people):
    go(budget, people["head"], Move.CONFIRM)
    assert not Notice.objects.exists()
    go(budget, people["head"], Move.SUBMIT)
    assert told(NoticeKind.SUBMITTED) == ["reviewer"]
    thread = comments.comment(budget, people["reviewer"], "T5", "依据是什么？")
    go(budget, people["reviewer"], Move.RETURN, words="请补依据")
    assert told(NoticeKind.RETURNED) == ["clerk", "head"]
    returned = Notice.objects.filter(kind=NoticeKind.RETURNED).first()
    assert returned.text == (
        "尉犁县总工会2025年部门预算被退回，请按审核意见修改后重新报送。意见：请补依据"
    )
    comments.reply(thread, people["clerk"], "见批文")
    assert told(NoticeKind.ANSWERED) == ["reviewer"]
    comments.reply(thread, people["reviewer"], "哪一号？")
    assert told(NoticeKind.ANSWERED) == ["clerk", "head", "reviewer"]


def test_reviewers_in_charge_are_told_alone_as_long_as_they_are_in_use(budget, people, union):
    deputy = appoint("deputy", Role.REVIEWER)
    Budget.objects.filter(pk=budget.pk).update(state=State.SUBMITTED)
    thread = comments.comment(budget, deputy, "T5", "依据是什么？")
    Budget.objects.filter(pk=budget.pk).update(state=State.RETURNED)
    comments.reply(thread, people["clerk"], "见批文")
    assert told(NoticeKind.ANSWERED) == ["deputy"]
    union.reviewers.set([people["reviewer"], people["auditor"]])
    comments.reply(thread, people["clerk"], "第3号")
    assert told(NoticeKind.ANSWERED) == ["deputy", "deputy", "reviewer"]
    approve(budget, people, 16)
    notify_deadlines()
    assert told(NoticeKind.DEADLINE) == ["bureau", "head", "reviewer"]
    type(deputy).objects.filter(username="reviewer").update(is_active=False)
    notify_move(record(budget, people["head"], State.CONFIRMED, State.SUBMITTED))
    assert told(NoticeKind.SUBMITTED) == ["deputy"]


def test_approval_names_the_last_day_and_is_told_once(budget, people):
    moved = approve(budget, people)
    for _ in range(2):
        notify_move(moved)
    assert told(NoticeKind.APPROVED) == ["bureau", "clerk", "head"]
    due = timezone.localdate() + timedelta(days=20)
    assert f"应当在{due:%Y年%m月%d日}以前公开" in Notice.objects.first().text


@pytest.mark.parametrize(
    ("days", "kind"),
    [(14, None), (15, NoticeKind.DEADLINE), (20, NoticeKind.DEADLINE), (21, NoticeKind.OVERDUE)],
)
def test_deadline_is_told_from_five_days_on_and_when_it_is_over(budget, people, days, kind):
    approve(budget, people, days)
    count = 3 if kind else 0
    assert (notify_deadlines(), notify_deadlines()) == (count, 0)
    assert told(kind) == (["bureau", "head", "reviewer"] if kind else [])


def test_deadline_of_what_is_public_or_taken_back_is_not_told(budget, people):
    approve(budget, people, 30)
    for state in (State.PUBLISHED, State.SUBMITTED):
        Budget.objects.filter(pk=budget.pk).update(state=state)
        assert notify_deadlines() == 0


def test_failed_release_is_told_to_who_asked_once_until_it_fails_again(budget, people, client):
    approve(budget, people)
    release = ask_release(
        who=people["bureau"], year=2025, codes=["107001"], due_at=None, key=uuid.uuid4()
    )
    item = release.items.get()
    failed = {"stage": ReleaseStage.FAILED, "reason": "服务器的磁盘满了。"}
    for count in (1, 2):
        ReleaseItem.objects.update(taken_at=timezone.now(), **failed)
        assert (notify_failures(), notify_failures()) == (1, 0)
        assert told(NoticeKind.UNPUBLISHED) == ["bureau"] * count
    notice = Notice.objects.filter(kind=NoticeKind.UNPUBLISHED).first()
    assert notice.text == f"{item.budget}没有公开。服务器的磁盘满了。"
    client.force_login(people["bureau"])
    aim = client.post(INBOX, {"notice": notice.pk, "go": "1"})["Location"]
    assert aim == f"{reverse('workplace:release')}?year=2025"


def test_failed_release_of_what_is_public_by_now_is_not_told(budget, people):
    approve(budget, people)
    ask_release(who=people["bureau"], year=2025, codes=["107001"], due_at=None, key=uuid.uuid4())
    ReleaseItem.objects.update(
        stage=ReleaseStage.FAILED, reason="磁盘满了。", taken_at=timezone.now()
    )
    record(budget, people["bureau"], State.APPROVED, State.PUBLISHED)
    for state in (State.PUBLISHED, State.CORRECTING):
        Budget.objects.filter(pk=budget.pk).update(state=state)
        assert notify_failures() == 0


@pytest.fixture
def server(settings):
    settings.EMAIL_HOST = "mail.example.gov.cn"
    settings.DEFAULT_FROM_EMAIL = "budget@example.gov.cn"
    settings.SITE_URL = "https://budget.example.gov.cn"


def send():
    written = StringIO()
    call_command("send_notices", stdout=written)
    return written.getvalue().strip()


def test_mail_goes_to_those_who_have_an_address_once(budget, people, server, mailoutbox):
    head = people["head"]
    type(head).objects.filter(pk=head.pk).update(email="head@example.gov.cn")
    approve(budget, people, 16)
    assert send() == "新通知3条；发出邮件1封，没有发出0封。"
    assert send() == "新通知0条；发出邮件0封，没有发出0封。"
    (message,) = outbox.outbox
    assert (message.subject, message.to) == ("【部门预算】临近期限", ["head@example.gov.cn"])
    assert "还剩4天" in message.body
    assert "https://budget.example.gov.cn/admin/" in message.body


def test_failed_mail_is_kept_with_its_reason_and_tried_again(budget, people, settings, server):
    people["head"].email = "head@example.gov.cn"
    people["head"].save()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # Nothing listens there.
    approve(budget, people, 16)
    assert send() == "新通知3条；发出邮件0封，没有发出1封。"
    notice = Notice.objects.get(person=people["head"])
    assert (notice.mailed_at, bool(notice.mail_error)) == (None, True)
    assert send() == "新通知0条；发出邮件0封，没有发出0封。"
    Notice.objects.update(mail_tried_at=timezone.now() - timedelta(minutes=11))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send() == "新通知0条；发出邮件1封，没有发出0封。"
    notice.refresh_from_db()
    assert (bool(notice.mailed_at), notice.mail_error) == (True, "")


def test_without_a_server_and_for_what_is_old_or_read_no_mail_is_sent(
    budget, people, settings, mailoutbox
):
    people["head"].email = "head@example.gov.cn"
    people["head"].save()
    approve(budget, people, 16)
    settings.EMAIL_HOST = ""
    assert send() == "新通知3条；发出邮件0封，没有发出0封。"
    settings.EMAIL_HOST = "mail.example.gov.cn"
    Notice.objects.update(made_at=timezone.now() - timedelta(days=8))
    assert send().endswith("发出邮件0封，没有发出0封。")
    Notice.objects.update(made_at=timezone.now(), read_at=timezone.now())
    assert send().endswith("发出邮件0封，没有发出0封。")


def test_inbox_is_everybodys_own_and_counts_what_is_unread(budget, people, client):
    notify_move(approve(budget, people))
    client.force_login(people["head"])
    page = client.get(INBOX).content.decode()
    assert 'title="1 条未读">1</span>' in page
    assert "已批复，应当在" in page
    other = Notice.objects.get(person=people["clerk"])
    client.post(INBOX, {"notice": [other.pk, "²", "x", "9" * 30]})
    assert Notice.objects.unread().count() == 3
    mine = Notice.objects.get(person=people["head"])
    assert client.post(INBOX, {"notice": mine.pk})["Location"] == INBOX
    aim = client.post(INBOX, {"notice": mine.pk, "go": "1"})["Location"]
    assert aim == reverse("workplace:confirm", args=(2025, "107001"))
    assert client.post(INBOX, {"notice": other.pk, "go": "1"})["Location"] == INBOX
    assert "条未读" not in client.get(INBOX).content.decode()
    client.force_login(people["clerk"])
    client.post(INBOX)
    assert list(Notice.objects.unread().values_list("person__username", flat=True)) == ["bureau"]


@pytest.fixture
def person(client):
    """Somebody with an address, logged in."""
    person = appoint("zhang", Role.REVIEWER)
    type(person).objects.filter(pk=person.pk).update(email="zhang@example.gov.cn")
    person.refresh_from_db()
    client.force_login(person)
    return person


def test_what_is_done_to_an_account_is_told_with_who_did_it(client, person):
    bureau = appoint("bureau", Role.BUREAU_ADMIN)
    second_factor.remove_app(person, by=bureau)
    second_factor.remove_app(person, by=person)
    password = give_first_password(person, by=bureau)
    give_first_password(person, by=None)
    texts = list(Notice.objects.order_by("pk").values_list("text", flat=True))
    done = ["bureau停用了您的两步登录。", "您本人停用了您的两步登录。", "bureau重置了您的密码。"]
    assert [text.partition("，")[2].partition("如果")[0] for text in texts] == [
        *done,
        "命令行重置了您的密码。",
    ]
    assert password not in "".join(texts)
    notice = Notice.objects.first()
    assert (notice.kind, notice.budget, notice.person) == (NoticeKind.ACCOUNT, None, person)


def test_account_that_is_new_is_no_news():
    person = get_user_model()(username="li")
    person.set_unusable_password()
    person.save()
    give_first_password(person, by=None)
    assert not Notice.objects.exists()


def test_mail_of_an_account_is_sent_even_where_a_thief_has_read_it(
    client, person, server, mailoutbox
):
    typed = {"old_password": "x", "new_password1": "Shan-he-2026", "new_password2": "Shan-he-2026"}
    assert client.post(reverse("admin:password_change"), typed).status_code == 302
    page = client.get(INBOX).content.decode()
    assert "您本人修改了您的密码。" in page
    notice = Notice.objects.get()
    aim = client.post(INBOX, {"notice": notice.pk, "go": "1"})["Location"]
    assert aim == reverse("admin:password_change")
    assert not Notice.objects.unread().exists()
    assert send() == "新通知0条；发出邮件1封，没有发出0封。"
    (message,) = outbox.outbox
    assert (message.subject, message.to) == ("【部门预算】账号安全", ["zhang@example.gov.cn"])
    assert "Shan-he-2026" not in message.body


def test_mail_that_failed_before_the_clock_was_put_back_is_sent(person, server, mailoutbox):
    give_first_password(person, by=None)
    Notice.objects.update(mail_tried_at=timezone.now() + timedelta(days=1), mail_error="…")
    assert send() == "新通知0条；发出邮件1封，没有发出0封。"
