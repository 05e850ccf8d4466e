"""Sends notices by e-mail where a mail server is set; what fails is tried again the next time."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from disclosures.models import Notice

logger = logging.getLogger(__name__)

# Nobody wants to hear a month later; and a server set up today does not send what is long past.
MAIL_WITHIN = timedelta(days=7)
# A try that neither succeeded nor failed (its process was killed) is given up after this long.
TRY_AGAIN_AFTER = timedelta(minutes=10)
LONGEST_ERROR = Notice._meta.get_field("mail_error").max_length


def mail_notices() -> tuple[int, int]:
    """Send every notice that waits for it; how many were sent, and how many failed."""
    if not settings.EMAIL_HOST:
        return 0, 0
    fresh = list_waiting().filter(made_at__gte=timezone.now() - MAIL_WITHIN)
    waiting = list(fresh.order_by("pk").select_related("person"))
    told = [mail(notice) for notice in waiting if claim(notice)]
    return told.count(True), told.count(False)


def list_waiting():
    """The notices that can be tried now."""
    return Notice.objects.to_mail(timezone.now() - TRY_AGAIN_AFTER)


def claim(notice: Notice) -> bool:
    """Take a notice to send it; False where another process has taken it.

    No transaction is open while a mail server answers, so nobody waits for it.
    """
    return bool(list_waiting().filter(pk=notice.pk).update(mail_tried_at=timezone.now()))


def mail(notice: Notice) -> bool:
    """Send one notice; what went wrong is kept with it."""
    own = Notice.objects.filter(pk=notice.pk)
    try:
        send_mail(write_subject(notice), write_body(notice), None, [notice.person.email])
    except (OSError, ValueError) as failure:  # Of the server, the network, or the address.
        logger.warning("notice %s was not mailed: %s", notice.pk, failure)
        own.update(mail_error=str(failure)[:LONGEST_ERROR])
        return False
    own.update(mailed_at=timezone.now(), mail_error="")
    return True


def write_subject(notice: Notice) -> str:
    """【部门预算】退回, on one line whatever it says."""
    return f"【部门预算】{notice.get_kind_display()}"


def write_body(notice: Notice) -> str:
    """The notice, and where to go on."""
    where = f"\n\n请登录工作台办理：{settings.SITE_URL}/admin/" if settings.SITE_URL else ""
    return f"{notice.text}{where}\n\n本邮件由系统自动发出，请勿回复。\n"
