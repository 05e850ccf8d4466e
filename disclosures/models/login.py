"""Failed logins: how long a name must wait, and how many failures an address has had."""

from django.db import models


class NameFailures(models.Model):
    """Failures in a row with one name from one source, forgotten an hour after the last.

    The name stands as a digest: people type passwords where the name belongs. The source is a
    network address, or a device that has been logged in with the name before.
    """

    name = models.CharField("用户名的摘要", max_length=32)
    source = models.CharField("来源", max_length=64)
    count = models.PositiveIntegerField("次数", default=0)
    last_at = models.DateTimeField("最近一次", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "用户名登录失败次数"
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("source", "name"), name="name_failures_once_a_source"),
        )

    def __str__(self):
        return f"{self.source} 登录失败 {self.count} 次"


class AddressFailures(models.Model):
    """One row for an address, for as long as its hour lasts; what it counts ends up in the log."""

    address = models.CharField("网络地址", max_length=45, unique=True)
    since = models.DateTimeField("第一次的时间", auto_now_add=True)
    count = models.PositiveIntegerField("次数", default=0)
    names_told = models.PositiveIntegerField("已报告的用户名数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "登录失败次数"
        default_permissions = ()

    def __str__(self):
        return f"{self.address} 登录失败 {self.count} 次"
