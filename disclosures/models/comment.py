"""What is said and found in a review: comments and replies, explanations, appraisals."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from budgets.models import Budget


class CommentQuerySet(models.QuerySet):
    def unsettled(self):
        return self.filter(settled_at=None)

    def unanswered(self):
        """Those that wait for the department: nobody answered, or the bureau spoke last."""
        last = Reply.objects.filter(comment=models.OuterRef("pk")).order_by("-pk")
        spoke = self.unsettled().annotate(last=models.Subquery(last.values("by_bureau")[:1]))
        return spoke.filter(Q(last=None) | Q(last=True))

    def with_people(self):
        return self.select_related("who", "settled_by").prefetch_related("replies__who")


class Comment(models.Model):
    """A reviewer's words at one place of the document.

    `at` is the place's address in the document; `label` and `quote` keep how the place was called
    and what stood there when the words were written, since both may change. Never rewritten: only
    who settled it, and when, is added.
    """

    budget = models.ForeignKey(
        Budget, verbose_name="部门预算", related_name="comments", on_delete=models.PROTECT
    )
    at = models.TextField("位置", blank=True)
    label = models.CharField("位置名称", max_length=255)
    quote = models.TextField("当时的内容", blank=True)
    text = models.TextField("意见")
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出人", related_name="+", on_delete=models.PROTECT
    )
    said_at = models.DateTimeField("提出时间", default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="解决人",
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    settled_at = models.DateTimeField("解决时间", null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审核意见"
        ordering = ("said_at", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="comment_is_settled_by_somebody",
            ),
        )

    def __str__(self):
        return f"{self.label}：{self.text}"

    @property
    def stage(self):
        """`open`, `answered` or `settled`."""
        if self.settled_at:
            return "settled"
        replies = list(self.replies.all())
        return "answered" if replies and not replies[-1].by_bureau else "open"

    @property
    def stage_label(self):
        return {"open": "待答复", "answered": "已答复", "settled": "已解决"}[self.stage]


class Reply(models.Model):
    """One more word in a thread; `by_bureau` tells the two sides apart."""

    comment = models.ForeignKey(
        Comment, verbose_name="审核意见", related_name="replies", on_delete=models.PROTECT
    )
    text = models.TextField("答复")
    by_bureau = models.BooleanField("财政部门", default=False)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="答复人", related_name="+", on_delete=models.PROTECT
    )
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "意见的答复"
        # As they were said: the clocks of two machines may tell it otherwise.
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="reply_says_something"),)

    def __str__(self):
        return self.text


class Explanation(models.Model):
    """The answer to one finding, known by its check and its subject, as long as it is found."""

    budget = models.ForeignKey(
        Budget, verbose_name="部门预算", related_name="explanations", on_delete=models.CASCADE
    )
    check_id = models.CharField("核对项", max_length=40)
    subject = models.CharField("对象", max_length=255)
    text = models.TextField("说明")
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="说明人", related_name="+", on_delete=models.PROTECT
    )
    at = models.DateTimeField("时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "警告的说明"
        ordering = ("budget", "check_id", "subject")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "check_id", "subject"), name="explanation_once_a_finding"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="explanation_is_not_empty"),
        )

    def __str__(self):
        return f"{self.check_id} {self.subject}：{self.text}"


class Appraisal(models.Model):
    """The figures that the board shows of a budget, as of the state that `fingerprint` names.

    Derived, never stated: it can be dropped at any time and is computed again. `total` and
    `last_total` are Table 1's in yuan; `marks` counts what was found by the attention's id, and
    `phrases` are the department's reasons, by which departments are compared.
    """

    budget = models.OneToOneField(
        Budget, verbose_name="部门预算", related_name="appraisal", on_delete=models.CASCADE
    )
    fingerprint = models.CharField("依据", max_length=64)
    errors = models.PositiveIntegerField("错误")
    warnings = models.PositiveIntegerField("警告")
    explained = models.PositiveIntegerField("已说明的警告")
    total = models.DecimalField("本年收支总计（元）", max_digits=18, decimal_places=2)
    last_total = models.DecimalField(
        "上年公开的收支总计（元）", max_digits=18, decimal_places=2, null=True
    )
    marks = models.JSONField("值得注意的", default=dict)
    phrases = models.JSONField("原因", default=list)
    taken_at = models.DateTimeField("核对时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "核对结果"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(explained__lte=models.F("warnings")),
                name="appraisal_explains_what_warns",
            ),
        )

    def __str__(self):
        return f"{self.budget_id}：错误{self.errors}，警告{self.warnings}"
