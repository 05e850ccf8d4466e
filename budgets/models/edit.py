"""Who changed a budget, and when: the trace that everybody who fills one leaves."""

from django.conf import settings
from django.db import models


class Edit(models.Model):
    """One change by one person; `what` names the sheet, the page or the file."""

    budget = models.ForeignKey(
        "budgets.Budget", verbose_name="部门预算", related_name="edits", on_delete=models.CASCADE
    )
    # Who has filled a budget may never confirm it, so nobody is forgotten.
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="人员", related_name="+", on_delete=models.PROTECT
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    what = models.CharField("内容", max_length=255)

    class Meta:
        verbose_name = "修改记录"
        verbose_name_plural = "修改记录"
        ordering = ("-at", "-id")

    def __str__(self):
        return f"{self.who} {self.what}"
