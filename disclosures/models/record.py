"""The publication record: when a version was approved, how long it took, and who pressed."""

from django.conf import settings
from django.db import models

from disclosures.models.disclosure import Disclosure


class Record(models.Model):
    """How a version came to be public, kept with it; what is public bears its own date.

    `approved_at` is empty where nobody approved: a version published from the command line.
    Updates and deletes are refused by triggers in the database.
    """

    disclosure = models.OneToOneField(
        Disclosure,
        verbose_name="预算公开",
        related_name="record",
        on_delete=models.PROTECT,
        primary_key=True,
    )
    approved_at = models.DateTimeField("批复时间", null=True, blank=True)
    days = models.PositiveSmallIntegerField("批复到公开的天数", null=True, blank=True)
    pressed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="公开人", related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "公开登记"
        verbose_name_plural = "公开登记"
        ordering = ("-disclosure__published_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(approved_at=None, days=None)
                | models.Q(approved_at__isnull=False, days__isnull=False),
                name="record_counts_days_from_an_approval",
            ),
        )

    def __str__(self):
        return str(self.disclosure)
