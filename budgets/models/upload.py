"""A workbook that came in, as it came, and what became of it."""

from django.conf import settings
from django.db import models


class Upload(models.Model):
    """A file and its fate; a refused one is kept with its problems and changes nothing else."""

    class Result(models.TextChoices):
        """What became of the file."""

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

    class Meta:
        verbose_name = "上传记录"
        verbose_name_plural = "上传记录"
        ordering = ("-at", "-id")

    def __str__(self):
        return f"{self.filename}（{self.get_result_display()}）"
