"""The files that come in for a budget, and what became of each."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.models.statements import values_of


class UploadQuerySet(models.QuerySet):
    def without_files(self):
        """The bytes wait until they are asked for; `has_marked` tells of a marked copy."""
        return self.defer("content", "marked").annotate(has_marked=Q(marked__isnull=False))

    def for_lists(self):
        return self.defer("content", "marked", "examination")

    def unexamined(self):
        return self.filter(result__in=values_of(UNEXAMINED))


class Upload(models.Model):
    """A file and its fate; a refused one is kept with its problems and changes nothing else.

    `examination` is what was found, as the examiner packed it, and `basis` the digest of what the
    file was judged by. `attempts` also tells a worker whether the file is still its own to examine.
    A file that nobody took is kept for a while: its bytes were removed at `removed_at`.
    """

    class Result(models.TextChoices):
        QUEUED = "queued", "等待检查"
        EXAMINING = "examining", "检查中"
        WAITING = "waiting", "待确认"
        ACCEPTED = "accepted", "已导入"
        REFUSED = "refused", "有错误"
        DISCARDED = "discarded", "已放弃"

    budget = models.ForeignKey(
        "budgets.Budget",
        verbose_name="部门预算",
        related_name="uploads",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
    )
    filename = models.CharField("文件名", max_length=255)
    content = models.BinaryField("文件内容", editable=False)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("大小（字节）")
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="上传人",
        related_name="+",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
    )
    at = models.DateTimeField("上传时间", auto_now_add=True)
    result = models.CharField("结果", max_length=10, choices=Result)
    problems = models.JSONField("问题", default=list)
    examination = models.BinaryField("检查结果", null=True, editable=False)
    marked = models.BinaryField("标出问题的副本", null=True, editable=False)
    basis = models.CharField("检查依据的摘要", max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField("检查次数", default=0)
    taken_at = models.DateTimeField("开始检查的时间", null=True, blank=True)
    removed_at = models.DateTimeField("文件清除时间", null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "上传记录"
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(result="accepted") | Q(removed_at=None),
                name="upload_that_was_accepted_is_kept",
            ),
        )

    def __str__(self):
        return f"{self.filename}（{self.get_result_display()}）"

    @property
    def is_unexamined(self):
        return self.result in UNEXAMINED


UNEXAMINED = (Upload.Result.QUEUED, Upload.Result.EXAMINING)
