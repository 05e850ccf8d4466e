"""Tells people what concerns them: each once for an occasion, in the workplace and by e-mail.

Writing a notice is part of what it tells of; sending it by e-mail never is.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import get_connection, send_mail
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.timezone import localtime

from budgets.audit import Action
from budgets.domain.text import show_day
from budgets.models import Budget, Department, Entry, State
from disclosures.models import Notice, NoticeKind, ReleaseItem, ReleaseStage, Reply, Transition
from disclosures.workflow.access import COUNTY_ROLES, POSTS, Role, find_in_charge, find_reviewers
from disclosures.workflow.deadline import DAYS_ALLOWED, WARN_DAYS, count_days_left, find_due_day

FILING = (Role.CLERK, Role.HEAD)
# Who is told that the time runs out: who answers for the budget, and who can publish it.
CALLED = (Role.HEAD, Role.REVIEWER, Role.BUREAU_ADMIN)


@dataclass(frozen=True, slots=True)
class News:
    kind: NoticeKind
    to: tuple[Role, ...]
    text: str


# By (state before, state after). A move that is not here concerns nobody else yet.
NEWS: dict[tuple[State, State], News] = {
    (State.CONFIRMED, State.SUBMITTED): News(
        NoticeKind.SUBMITTED, (Role.REVIEWER,), "{budget}已报送，请审核。"
    ),
    (State.SUBMITTED, State.RETURNED): News(
        NoticeKind.RETURNED, FILING, "{budget}被退回，请按审核意见修改后重新报送。"
    ),
    (State.SUBMITTED, State.APPROVED): News(
        NoticeKind.APPROVED,
        (*FILING, Role.BUREAU_ADMIN),
        "{budget}已批复，应当在{due}以前公开。",
    ),
    (State.APPROVED, State.SUBMITTED): News(
        NoticeKind.REVOKED, (*FILING, Role.BUREAU_ADMIN), "{budget}的批复已撤销，重新审核。"
    ),
    (State.APPROVED, State.PUBLISHED): News(
        NoticeKind.PUBLISHED, (*FILING, Role.REVIEWER), "{budget}已公开。"
    ),
    (State.PUBLISHED, State.CORRECTING): News(
        NoticeKind.CORRECTING, FILING, "{budget}需要更正，请修改后重新报送。"
    ),
}

# What a person hears that was done to his account, as the log tells it; never a password.
ACCOUNT_NEWS = {
    Action.PASSWORD.value: "修改了您的密码",
    Action.PASSWORD_GIVEN.value: "重置了您的密码",
    Action.APP_ON.value: "启用了您的两步登录",
    Action.APP_OFF.value: "停用了您的两步登录",
}


def notify_move(transition: Transition) -> None:
    news = NEWS.get((State(transition.before), State(transition.after)))
    if news is None:
        return
    due = show_day(find_due_day(transition.at))
    text = news.text.format(budget=transition.budget, due=due)
    words = f"意见：{transition.words}" if transition.words else ""
    people = find_people(transition.budget.department, news.to).exclude(pk=transition.who_id)
    write_notices(people, transition.budget, news.kind, f"move-{transition.pk}", text + words)


def notify_reply(reply: Reply) -> None:
    """Tell the other side of a thread: the department's people, or who asked and who is in charge.

    A deputy may have asked; where nobody is in charge, who asked is enough.
    """
    thread = reply.comment
    department = thread.budget.department
    people = find_people(department, FILING)
    if not reply.by_bureau:
        concerned = Q(pk=thread.who_id) | Q(pk__in=find_in_charge(department).values("pk"))
        people = get_user_model().objects.filter(concerned)
    text = f"{thread.budget}的审核意见有了答复（{thread.label}）：{reply.text}"
    others = people.exclude(pk=reply.who_id)
    write_notices(others, thread.budget, NoticeKind.ANSWERED, f"reply-{reply.pk}", text)


def notify_deadlines(day: date | None = None) -> int:
    """Tell of approved budgets that are not public with five days left, and of those overdue.

    Can be called as often as one likes: each person is told once of each. How many were told.
    """
    day = day or timezone.localdate()
    before = Notice.objects.count()
    approved = Transition.objects.filter(budget=OuterRef("pk"), after=State.APPROVED)
    waiting = Budget.objects.filter(state=State.APPROVED).select_related("department__parent")
    waiting = waiting.annotate(approved_at=Subquery(approved.values("at")[:1]))
    for budget in waiting.exclude(approved_at=None):
        left = count_days_left(budget.approved_at, day)
        if left > WARN_DAYS:
            continue
        due = find_due_day(budget.approved_at)
        kind = NoticeKind.OVERDUE if left < 0 else NoticeKind.DEADLINE
        said = f"已经逾期，最后一天是{show_day(due)}" if left < 0 else f"还剩{left}天"
        text = f"{budget}批复后应当在{DAYS_ALLOWED}天内公开，{said}，请尽快公开。"
        people = find_people(budget.department, CALLED)
        write_notices(people, budget, kind, f"{kind}-{budget.pk}-{due}", text)
    return Notice.objects.count() - before


def notify_failures() -> int:
    """Tell who wanted a budget public that it is not, and why; as often as one likes.

    How many were told. Not part of the failure itself: a full disk would not take it. A budget that
    is public or has been published since has not failed.
    """
    before = Notice.objects.count()
    published = Transition.objects.filter(budget=OuterRef("budget"), after=State.PUBLISHED)
    failed = ReleaseItem.objects.filter(stage=ReleaseStage.FAILED)
    still = failed.exclude(budget__state=State.PUBLISHED).exclude(
        Exists(published.filter(at__gt=OuterRef("taken_at")))
    )
    for item in still.select_related("who", "budget__department"):
        taken = item.taken_at.isoformat() if item.taken_at else ""
        text = f"{item.budget}没有公开。{item.reason}"
        key = f"item-{item.pk}-{taken}"
        write_notices([item.who], item.budget, NoticeKind.UNPUBLISHED, key, text)
    return Notice.objects.count() - before


def notify_account(person, entry: Entry) -> None:
    """Tell a person what the log tells of his account, and by whom it was done."""
    by = "您本人" if entry.person == person.pk else entry.name
    at = localtime(entry.at)
    done = f"{show_day(at)}{at:%H:%M}，{by}{ACCOUNT_NEWS[entry.action]}。"
    text = f"{done}如果您不知道这件事，请马上联系财政部门。"
    write_notices([person], None, NoticeKind.ACCOUNT, f"entry-{entry.number}", text)


def find_people(department: Department, roles: Collection[Role]):
    """The active people with one of the roles towards a department or unit.

    Of the reviewers those in charge of it, or all where nobody is.
    """
    posts = [post for post, role in POSTS.items() if role in roles]
    groups = [role.value for role in COUNTY_ROLES if role in roles and role is not Role.REVIEWER]
    own = [pk for pk in (department.pk, department.parent_id) if pk]
    meant = Q(memberships__department__in=own, memberships__post__in=posts)
    meant |= Q(groups__name__in=groups)
    if Role.REVIEWER in roles:
        meant |= Q(pk__in=find_reviewers(department).values("pk"))
    return get_user_model().objects.filter(meant, is_active=True).distinct()


def notify_guessing(address: str, names: int, occasion: int) -> None:
    """Tell who keeps accounts that an address tries many names; once for an entry of the log."""
    text = (
        f"一小时内从网络地址 {address or '不明'} 用 {names} 个用户名登录失败，可能有人在猜密码。"
        "从那里登录已经放慢，以前登录过的电脑不受影响。请查明是哪台机器；本县的人因此登录不了的，"
        "请在“后台 → 账号”里点“解除全部等待”。"
    )
    people = list_officers(Role.BUREAU_ADMIN)
    write_notices(people, None, NoticeKind.GUESSING, f"guessing-{occasion}", text)


def notify_bureau(text: str, others_than, occasion: int) -> None:
    """Tell the people of the bureau what was done to the account of one of them.

    Once for an entry of the log; not those who know already.
    """
    people = list_officers(*COUNTY_ROLES).exclude(pk__in=[each.pk for each in others_than])
    write_notices(people, None, NoticeKind.OFFICE, f"office-{occasion}", text)


def list_officers(*roles: Role):
    """The active people in the bureau with one of these roles, and the system's administrators."""
    meant = Q(is_superuser=True) | Q(groups__name__in=[role.value for role in roles])
    return get_user_model().objects.filter(meant, is_active=True).distinct()


def write_notices(people, budget: Budget | None, kind: NoticeKind, key: str, text: str) -> None:
    """Write a notice to each, without a budget where it is of an account.

    Who has been told of the occasion is not told again.
    """
    Notice.objects.bulk_create(
        [Notice(person=each, budget=budget, kind=kind, key=key, text=text) for each in people],
        ignore_conflicts=True,
    )


logger = logging.getLogger(__name__)

# Nobody wants to hear a month later; and a server set up today does not send what is long past.
MAIL_WITHIN = timedelta(days=7)
# A try that neither succeeded nor failed (its process was killed) is given up after this long.
TRY_AGAIN_AFTER = timedelta(minutes=10)
# What fails one mail and not the next.
OF_ONE_MAIL = (SMTPRecipientsRefused, SMTPDataError)
LONGEST_ERROR = Notice._meta.get_field("mail_error").max_length


def mail_notices() -> tuple[int, int]:
    """Send every notice that waits for it; how many were sent, and how many failed."""
    if not settings.EMAIL_HOST:
        return 0, 0
    sent = failed = 0
    connection = get_connection()
    try:
        for notice in list_notices_to_mail().order_by("pk").select_related("person"):
            if not claim_notice(notice):
                continue
            failure = mail_notice(notice, connection)
            sent, failed = sent + (failure is None), failed + (failure is not None)
            if isinstance(failure, OSError) and not isinstance(failure, OF_ONE_MAIL):
                break  # It is the server: whoever comes next would wait for nothing, too.
    finally:
        connection.close()
    return sent, failed


def list_unmailed_notices():
    """Those that wait for their e-mail, the ones that have just been tried among them."""
    return Notice.objects.unmailed().filter(made_at__gte=timezone.now() - MAIL_WITHIN)


def list_notices_to_mail():
    return list_unmailed_notices().to_mail(timezone.now(), TRY_AGAIN_AFTER)


def claim_notice(notice: Notice) -> bool:
    """Take a notice to send it; False where another process has taken it.

    No transaction is open while a mail server answers, so nobody waits for it.
    """
    return bool(list_notices_to_mail().filter(pk=notice.pk).update(mail_tried_at=timezone.now()))


def mail_notice(notice: Notice, connection) -> Exception | None:
    """Send one notice; what went wrong is kept with it, and given back."""
    own = Notice.objects.filter(pk=notice.pk)
    where = f"\n\n请登录工作台办理：{settings.SITE_URL}/admin/" if settings.SITE_URL else ""
    body = f"{notice.text}{where}\n\n本邮件由系统自动发出，请勿回复。\n"
    subject = f"【部门预算】{notice.get_kind_display()}"
    try:
        connection.open()
        send_mail(subject, body, None, [notice.person.email], connection=connection)
    except (OSError, ValueError) as failure:  # Of the server, the network, or the address.
        # A server's refusal names the person's address.
        logger.warning("第%s号通知没有发出邮件：%s", notice.pk, type(failure).__name__)
        own.update(mail_error=explain_failure(failure)[:LONGEST_ERROR])
        return failure
    own.update(mailed_at=timezone.now(), mail_error="")
    return None


def explain_failure(failure: Exception) -> str:
    """What the server said in its own words, or what became of the line to it."""
    said: tuple[int, bytes | str]
    if isinstance(failure, SMTPRecipientsRefused):
        (said,) = failure.recipients.values()
    elif isinstance(failure, SMTPResponseException):
        said = failure.smtp_code, failure.smtp_error
    else:
        return str(failure)
    code, words = said
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
