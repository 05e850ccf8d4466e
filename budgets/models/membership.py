"""Who works for which department; the bureau's own people are in groups instead."""

from django.conf import settings
from django.db import models

from budgets.models.department import Department


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
