"""What people have here beside their login: posts, a first password, failed attempts."""

from django.conf import settings
from django.db import models

from budgets.models.department import Department


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
        verbose_name = "初始密码"
        verbose_name_plural = "初始密码"
        default_permissions = ()

    def __str__(self):
        return f"{self.user} 的初始密码"


class FailedLogins(models.Model):
    """One row for an address, for as long as its hour lasts; what it counts ends up in the log."""

    address = models.CharField("网络地址", max_length=45, unique=True)
    since = models.DateTimeField("第一次的时间", auto_now_add=True)
    count = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = "登录失败次数"
        verbose_name_plural = "登录失败次数"
        default_permissions = ()

    def __str__(self):
        return f"{self.address} 登录失败 {self.count} 次"


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
        verbose_name = "部门人员"
        verbose_name_plural = "部门人员"
        ordering = ("department__code", "post", "user__username")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "department", "post"), name="membership_once_a_post"
            ),
        )

    def __str__(self):
        return f"{self.user} {self.department.name} {self.get_post_display()}"
