"""The workers' signs of life."""

from django.db import models


class WorkerTurn(models.Model):
    """When a worker last took a turn, by the database's clock; `name` is its host and process."""

    name = models.CharField("进程", max_length=100, unique=True)
    at = models.DateTimeField("最近一次")

    class Meta:
        verbose_name = verbose_name_plural = "后台进程"
        ordering = ("-at",)

    def __str__(self):
        return self.name
