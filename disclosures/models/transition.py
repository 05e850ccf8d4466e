"""The way of a budget from state to state, what was submitted on it, and who is told of it."""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from budgets.domain.document import Document, from_json
from budgets.models import Budget, State


class Transition(models.Model):
    """One step of the workflow. Updates are refused by a trigger in the database."""

    budget = models.ForeignKey(
        Budget, verbose_name="部门预算", related_name="transitions", on_delete=models.PROTECT
    )
    before = models.CharField("原状态", max_length=10, choices=State)
    after = models.CharField("新状态", max_length=10, choices=State)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="办理人", related_name="+", on_delete=models.PROTECT
    )
    at = models.DateTimeField("时间", default=timezone.now)
    words = models.TextField("意见", blank=True)
    digest = models.CharField(
        "内容摘要（SHA-256）", max_length=64, blank=True, help_text="确认时所见内容的摘要。"
    )

    class Meta:
        verbose_name = verbose_name_plural = "流转记录"
        # As they were made: the clocks of two machines may tell it otherwise.
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(before=models.F("after")), name="transition_leads_elsewhere"
            ),
        )

    def __str__(self):
        return f"{self.get_before_display()} → {self.get_after_display()}"


class Submission(models.Model):
    """The document of one submission in its canonical form; its digest is the transition's.

    Updates are refused by a trigger in the database.
    """

    transition = models.OneToOneField(
        Transition, verbose_name="流转记录", related_name="submission", on_delete=models.PROTECT
    )
    content = models.TextField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "报送的内容"
        ordering = ("-id",)

    def __str__(self):
        return f"{self.transition_id}"

    @cached_property
    def document(self) -> Document:
        return from_json(self.content)


class NoticeQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(person=person)

    def unread(self):
        return self.filter(read_at=None)

    def unmailed(self):
        """Those that an e-mail is still to be sent of.

        What was read in the workplace needs none any more; of an account that was taken over, its
        thief would read it there.
        """
        reachable = Q(person__is_active=True) & ~Q(person__email="")
        is_news = Q(read_at=None) | Q(kind=NoticeKind.ACCOUNT)
        return self.filter(reachable, is_news, mailed_at=None)

    def to_mail(self, now, again_after):
        """Those of them that were not tried for so long, or before the clock was put back."""
        tried = Q(mail_tried_at__lt=now - again_after) | Q(mail_tried_at__gt=now)
        return self.unmailed().filter(tried | Q(mail_tried_at=None))


class NoticeKind(models.TextChoices):
    SUBMITTED = "submitted", "报送"
    RETURNED = "returned", "退回"
    APPROVED = "approved", "批复"
    REVOKED = "revoked", "撤销批复"
    PUBLISHED = "published", "公开"
    UNPUBLISHED = "failed", "没有公开"
    CORRECTING = "correcting", "更正"
    ANSWERED = "answered", "答复"
    DEADLINE = "deadline", "临近期限"
    OVERDUE = "overdue", "逾期"
    # Of no budget.
    ACCOUNT = "account", "账号安全"
    GUESSING = "guessing", "试密码"
    OFFICE = "office", "财政账号"


class Notice(models.Model):
    """One notice to one person; `key` names the occasion, of which a person is told once.

    Of an account, it has no budget.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="收件人",
        related_name="notices",
        on_delete=models.CASCADE,
    )
    budget = models.ForeignKey(
        Budget,
        verbose_name="部门预算",
        related_name="notices",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
    )
    kind = models.CharField("事由", max_length=10, choices=NoticeKind)
    key = models.CharField("事由编号", max_length=60)
    text = models.TextField("内容")
    made_at = models.DateTimeField("时间", default=timezone.now)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    mail_tried_at = models.DateTimeField("最近一次发邮件", null=True, blank=True)
    mailed_at = models.DateTimeField("邮件发出时间", null=True, blank=True)
    mail_error = models.CharField("邮件未发出的原因", max_length=200, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ("-made_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("person", "key"), name="notice_once_an_occasion"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in NoticeKind]),
                name="notice_kind_is_known",
            ),
        )
        indexes = (
            models.Index(fields=("person",), condition=Q(read_at=None), name="notice_unread"),
        )

    def __str__(self):
        return self.text
