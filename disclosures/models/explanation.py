"""What a department says to a warning of the checks; the reviewer reads it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.models import Budget


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
        verbose_name = "警告的说明"
        verbose_name_plural = "警告的说明"
        ordering = ("budget", "check_id", "subject")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "check_id", "subject"), name="explanation_once_a_finding"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="explanation_is_not_empty"),
        )

    def __str__(self):
        return f"{self.check_id} {self.subject}：{self.text}"
