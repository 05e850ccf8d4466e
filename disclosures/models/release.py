"""Releases: which budgets a person of the bureau wants public, from when on, how far each is."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from budgets.models import Budget
from disclosures.models.disclosure import Disclosure


class ReleaseStage(models.TextChoices):
    WAITING = "waiting", "等待"
    RUNNING = "running", "办理中"
    DONE = "done", "已公开"
    FAILED = "failed", "没有办成"
    CANCELLED = "cancelled", "已取消"


OPEN = (ReleaseStage.WAITING.value, ReleaseStage.RUNNING.value)


class Release(models.Model):
    """A person's wish to publish some budgets; `key` makes a form that is sent twice ask once.

    `due_at` empty means at once: it is not compared with any clock.
    """

    key = models.UUIDField("表单标识", unique=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField("年度")
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="办理人", related_name="+", on_delete=models.PROTECT
    )
    asked_at = models.DateTimeField("提出时间", default=timezone.now)
    due_at = models.DateTimeField("定时公开的时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开批次"
        ordering = ("-asked_at", "-id")

    def __str__(self):
        return f"{self.year}年第{self.pk}批"


class ReleaseItemQuerySet(models.QuerySet):
    def open(self):
        return self.filter(stage__in=OPEN)

    def due(self):
        """Those that wait and whose time has come, by the database's clock: the one clock that
        all machines share."""
        return self.filter(stage=ReleaseStage.WAITING).filter(
            Q(release__due_at=None) | Q(release__due_at__lte=Now())
        )

    def unfinished(self):
        return self.due() | self.filter(stage=ReleaseStage.RUNNING)


class ReleaseItem(models.Model):
    """One budget of a release. `attempts` also tells a worker whether the item is still its own."""

    release = models.ForeignKey(
        Release, verbose_name="公开批次", related_name="items", on_delete=models.PROTECT
    )
    budget = models.ForeignKey(
        Budget, verbose_name="部门预算", related_name="release_items", on_delete=models.PROTECT
    )
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="办理人", related_name="+", on_delete=models.PROTECT
    )
    stage = models.CharField(
        "进展", max_length=9, choices=ReleaseStage, default=ReleaseStage.WAITING
    )
    reason = models.TextField("没有办成的原因", blank=True)
    attempts = models.PositiveSmallIntegerField("办理次数", default=0)
    taken_at = models.DateTimeField("开始办理的时间", null=True, blank=True)
    finished_at = models.DateTimeField("办结时间", null=True, blank=True)
    worker = models.CharField("办理的进程", max_length=100, blank=True)
    disclosure = models.ForeignKey(
        Disclosure,
        verbose_name="公开的版本",
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )

    objects = ReleaseItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开批次的部门"
        ordering = ("release", "budget__department__code")
        constraints = (
            models.UniqueConstraint(
                fields=("release", "budget"), name="release_item_once_a_release"
            ),
            # Two releases never work on the same budget.
            models.UniqueConstraint(
                fields=("budget",), condition=Q(stage__in=OPEN), name="release_item_open_once"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in ReleaseStage]),
                name="release_item_stage_is_known",
            ),
            models.CheckConstraint(
                condition=Q(stage=ReleaseStage.DONE.value, disclosure__isnull=False)
                | Q(~Q(stage=ReleaseStage.DONE.value), disclosure=None),
                name="release_item_done_with_its_version",
            ),
            models.CheckConstraint(
                condition=~Q(stage=ReleaseStage.FAILED.value) | ~Q(reason=""),
                name="release_item_failed_with_a_reason",
            ),
        )

    def __str__(self):
        return f"{self.budget}：{self.get_stage_display()}"
