"""The way of a budget from state to state: who moved it, when, and with what words."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

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
        verbose_name = "流转记录"
        verbose_name_plural = "流转记录"
        # As they were made: the clocks of two machines may tell it otherwise.
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(before=models.F("after")), name="transition_leads_elsewhere"
            ),
        )

    def __str__(self):
        return f"{self.get_before_display()} → {self.get_after_display()}"
