"""Performance: the overall target, the projects, and the indicators of either."""

from django.db import models
from django.db.models import Q


class OverallTarget(models.Model):
    """部门整体绩效目标, field by field as in `filing.OverallTarget`."""

    budget = models.OneToOneField(
        "budgets.Budget",
        verbose_name="部门预算",
        related_name="overall",
        on_delete=models.CASCADE,
    )
    contact = models.CharField("部门联系人", max_length=50, blank=True)
    phone = models.CharField("联系电话", max_length=50, blank=True)
    goal = models.TextField("年度绩效目标", blank=True)

    class Meta:
        verbose_name = "整体绩效目标"
        verbose_name_plural = "整体绩效目标"

    def __str__(self):
        return f"{self.budget}：整体绩效目标"


class Project(models.Model):
    """A project of the unit whose budget it stands in, as in `filing.ProjectPlan`."""

    budget = models.ForeignKey(
        "budgets.Budget",
        verbose_name="部门预算",
        related_name="projects",
        on_delete=models.CASCADE,
    )
    order = models.PositiveSmallIntegerField("顺序", default=0)
    name = models.CharField("项目名称", max_length=200)
    leader = models.CharField("项目负责人", max_length=50, blank=True)
    goal = models.TextField("项目总体目标", blank=True)
    policy_basis = models.TextField("设立的政策依据", blank=True)
    executing_unit = models.CharField("项目承担单位", max_length=200, blank=True)
    allocation = models.TextField("资金分配情况", blank=True)
    period = models.CharField("资金执行时间", max_length=200, blank=True)
    recipient_number = models.CharField("补助人数", max_length=200, blank=True)
    recipient_standard = models.TextField("补助标准", blank=True)
    recipient_scope = models.TextField("补助范围", blank=True)
    recipient_method = models.TextField("补助方式", blank=True)
    recipient_benefit = models.TextField("受益情况", blank=True)

    class Meta:
        verbose_name = "项目"
        verbose_name_plural = "项目"
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=("budget", "name"), name="project_once_in_a_budget"),
        )

    def __str__(self):
        return self.name


class Indicator(models.Model):
    """One row of a performance table (`indicators.Indicator`); it belongs to one target only."""

    overall = models.ForeignKey(
        OverallTarget,
        verbose_name="整体绩效目标",
        related_name="indicators",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
    )
    project = models.ForeignKey(
        Project,
        verbose_name="项目",
        related_name="indicators",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
    )
    order = models.PositiveSmallIntegerField("顺序", default=0)
    level1 = models.CharField("一级指标", max_length=100)
    level2 = models.CharField("二级指标", max_length=100)
    level3 = models.CharField("三级指标", max_length=200)
    value = models.CharField("指标值", max_length=200)
    basis = models.CharField("设定依据", max_length=200, blank=True)
    weight = models.DecimalField("权重", max_digits=5, decimal_places=2, null=True, blank=True)
    last_value = models.CharField("上年完成值", max_length=200, blank=True)
    scoring = models.CharField("赋分规则", max_length=200, blank=True)
    evidence = models.CharField("佐证资料", max_length=200, blank=True)

    class Meta:
        verbose_name = "绩效指标"
        verbose_name_plural = "绩效指标"
        ordering = ("order", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(overall__isnull=False, project__isnull=True)
                | Q(overall__isnull=True, project__isnull=False),
                name="indicator_belongs_to_one_target",
                violation_error_message="指标属于整体绩效目标或者一个项目，二者取一。",
            ),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gte=0, weight__lte=100),
                name="indicator_weight_from_0_to_100",
                violation_error_message="权重应在 0 到 100 之间。",
            ),
        )

    def __str__(self):
        return f"{self.level3}{self.value}"
