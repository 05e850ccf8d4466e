"""What the checks and the attentions made of a budget, kept until the budget changes."""

from django.db import models

from budgets.models import Budget


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
        verbose_name = "核对结果"
        verbose_name_plural = "核对结果"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(explained__lte=models.F("warnings")),
                name="appraisal_explains_what_warns",
            ),
        )

    def __str__(self):
        return f"{self.budget_id}：错误{self.errors}，警告{self.warnings}"
