"""A password that somebody else has given: it opens the door once, to be changed."""

from django.conf import settings
from django.db import models


class FirstPassword(models.Model):
    """Stands for as long as a person still has the password that the bureau gave."""

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
