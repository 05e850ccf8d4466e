"""Departments (部门) and their subordinate budget units (预算单位), at most one level deep."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from budgets.facts import Organisation

CODE_FORM = RegexValidator(r"^[0-9A-Za-z-]+$", "编码只能用数字、字母和连字符。")


class DepartmentQuerySet(models.QuerySet):
    """Organisations, read as sentences."""

    def departments(self):
        """Those that publish a disclosure of their own and answer for their units."""
        return self.filter(parent=None)

    def units_of(self, department):
        """The subordinate units in use, in code order."""
        return self.filter(parent=department, active=True)


class Department(models.Model):
    """A department, or one of its budget units where `parent` is set."""

    code = models.CharField("编码", max_length=20, unique=True, validators=[CODE_FORM])
    name = models.CharField("名称", max_length=100)
    parent = models.ForeignKey(
        "self",
        verbose_name="上级部门",
        related_name="units",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"parent": None},
        help_text="下属预算单位填所属部门；部门自身不填。部门有下属单位时，部门本级也作为一个单位登记。",
    )
    active = models.BooleanField("在用", default=True, help_text="撤销或划走的单位取消勾选。")

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = "部门和单位"
        verbose_name_plural = "部门和单位"
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="department_is_not_its_own_parent",
                violation_error_message="上级部门不能是自己。",
            ),
        )

    def __str__(self):
        return f"{self.code} {self.name}"

    def clean(self):
        """Keep the tree one level deep, which no constraint of one row can say."""
        if self.parent and self.parent.parent_id:
            raise ValidationError({"parent": "上级部门自身是下属单位；只支持部门和单位两级。"})
        if self.parent and self.pk and self.units.exists():
            raise ValidationError({"parent": "本部门有下属单位，不能再作为下属单位。"})

    @property
    def organisation(self) -> Organisation:
        """Code and name as a plain value."""
        return Organisation(code=self.code, name=self.name)
