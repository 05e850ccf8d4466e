"""Departments (部门), their budget units (预算单位), at most one level deep, and their people."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from budgets.domain.filing import Organisation

CODE_FORM = RegexValidator(r"^[0-9A-Za-z-]+$", "编码只能用数字、字母和连字符。")


class DepartmentQuerySet(models.QuerySet):
    def departments(self):
        """Those that publish a disclosure of their own and answer for their units."""
        return self.filter(parent=None)

    def in_year(self, year):
        """The departments that had a budget of their own to publish in a year."""
        started = models.Q(established=None) | models.Q(established__lte=year)
        ended = models.Q(dissolved=None, active=True) | models.Q(dissolved__gt=year)
        return self.departments().filter(started, ended)

    def units_of(self, department):
        """The subordinate units in use, in code order."""
        return self.filter(parent=department, active=True)


class DepartmentKind(models.TextChoices):
    """What sort of body a department is; the order is that of the county's own lists."""

    PARTY = "party", "党委机构"
    COUNCIL = "council", "人大、政协和政法"
    GOVERNMENT = "government", "政府部门"
    SOCIETY = "society", "群众团体"
    TOWNSHIP = "township", "乡镇和街道"
    INSTITUTION = "institution", "事业单位"


class Department(models.Model):
    """A department, or one of its budget units where `parent` is set.

    `established` is the first fiscal year with a budget of its own and `dissolved` the first
    without one again; the public site tells by them "not yet published" from "did not exist".
    """

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
    kind = models.CharField("类别", max_length=11, choices=DepartmentKind, blank=True)
    established = models.PositiveSmallIntegerField(
        "设立年度", null=True, blank=True, help_text="第一次单独编制预算的年度；一直都有的不填。"
    )
    dissolved = models.PositiveSmallIntegerField(
        "撤并年度", null=True, blank=True, help_text="从这一年起不再单独编制预算；没有撤并的不填。"
    )
    successor = models.ForeignKey(
        "self",
        verbose_name="并入的部门",
        related_name="predecessors",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"parent": None},
        help_text="撤并以后，职能由哪个部门承接。",
    )
    reviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name="对口审核员",
        related_name="charges",
        blank=True,
        help_text="报送、答复和期限的通知发给对口审核员，没有指定时发给全部审核员；"
        "每个审核员仍然可以办理任何部门。下属单位跟随所属部门。",
    )
    is_demo = models.BooleanField(
        "演示数据", default=False, editable=False, help_text="由程序生成，不是真实的部门。"
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "部门和单位"
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="department_is_not_its_own_parent",
                violation_error_message="上级部门不能是自己。",
            ),
            models.CheckConstraint(
                condition=~models.Q(successor=models.F("id")),
                name="department_is_not_its_own_successor",
                violation_error_message="并入的部门不能是自己。",
            ),
            models.CheckConstraint(
                condition=models.Q(established=None)
                | models.Q(dissolved=None)
                | models.Q(dissolved__gt=models.F("established")),
                name="department_dissolved_after_established",
                violation_error_message="撤并年度应在设立年度之后。",
            ),
            models.CheckConstraint(
                condition=models.Q(successor=None) | models.Q(dissolved__isnull=False),
                name="department_with_successor_is_dissolved",
                violation_error_message="填写了并入的部门，也请填写撤并年度。",
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
        return Organisation(code=self.code, name=self.name)

    def exists_in(self, year: int) -> bool:
        """True where the department had a budget of its own to publish in that year."""
        started = self.established is None or self.established <= year
        ended = not self.active if self.dissolved is None else self.dissolved <= year
        return started and not ended


class FormerName(models.Model):
    department = models.ForeignKey(
        Department, verbose_name="部门", related_name="former_names", on_delete=models.CASCADE
    )
    name = models.CharField("曾用名", max_length=100)
    until = models.PositiveSmallIntegerField(
        "使用到", help_text="最后一个用这个名称编制预算的年度。"
    )

    class Meta:
        verbose_name = verbose_name_plural = "曾用名"
        ordering = ("department", "until")
        constraints = (
            models.UniqueConstraint(fields=("department", "until"), name="former_name_once_a_year"),
        )

    def __str__(self):
        return f"{self.name}（到{self.until}年）"


class FirstPassword(models.Model):
    """Stands for as long as a person still has the password that the bureau gave, to be changed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="人员",
        related_name="first_password",
        on_delete=models.CASCADE,
    )
    given_at = models.DateTimeField("给出时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "初始密码"
        default_permissions = ()

    def __str__(self):
        return f"{self.user} 的初始密码"


class Post(models.TextChoices):
    """What a person does in a department. Nobody both fills and confirms the same budget."""

    CLERK = "clerk", "部门填报员"
    HEAD = "head", "单位负责人"


class Membership(models.Model):
    """A person's post in a department; it extends to the department's units."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="人员",
        related_name="memberships",
        on_delete=models.CASCADE,
    )
    department = models.ForeignKey(
        Department, verbose_name="部门或单位", related_name="memberships", on_delete=models.CASCADE
    )
    post = models.CharField("岗位", max_length=5, choices=Post)

    class Meta:
        verbose_name = verbose_name_plural = "部门人员"
        ordering = ("department__code", "post", "user__username")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "department", "post"), name="membership_once_a_post"
            ),
        )

    def __str__(self):
        return f"{self.user} {self.department.name} {self.get_post_display()}"
