"""How often somebody at one address has failed at the door within the hour."""

from django.db import models


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
