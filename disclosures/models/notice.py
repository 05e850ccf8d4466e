"""What a person is told: that a budget has moved, was answered, or that its time runs out."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from budgets.models import Budget


class NoticeQuerySet(models.QuerySet):
    """Notices, read as sentences."""

    def of(self, person):
        """Those of one person."""
        return self.filter(person=person)

    def unread(self):
        """Those that have not been marked as read."""
        return self.filter(read_at=None)

    def to_mail(self, tried_before):
        """Those that an e-mail is to be sent of now: never sent, nor tried since that moment.

        What was read in the workplace needs no e-mail any more.
        """
        reachable = Q(person__is_active=True) & ~Q(person__email="")
        is_due = Q(mail_tried_at=None) | Q(mail_tried_at__lt=tried_before)
        return self.unread().filter(reachable, is_due, mailed_at=None)


class NoticeKind(models.TextChoices):
    """What a notice is about."""

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


class Notice(models.Model):
    """One notice to one person; `key` names the occasion, of which a person is told once."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="收件人",
        related_name="notices",
        on_delete=models.CASCADE,
    )
    budget = models.ForeignKey(
        Budget, verbose_name="部门预算", related_name="notices", on_delete=models.CASCADE
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
        verbose_name = "通知"
        verbose_name_plural = "通知"
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
