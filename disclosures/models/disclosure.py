"""Published documents, their files and their registration, frozen: nothing is ever rewritten."""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from budgets.domain.document import Document, from_json
from budgets.models import Department


class DisclosureQuerySet(models.QuerySet):
    def for_address(self, year, code):
        """The versions published for a department and year, newest first."""
        return self.filter(year=year, department__code=code).order_by("-version")

    def current(self):
        """The newest version of each department and year."""
        newer = self.model.objects.filter(
            department=models.OuterRef("department"),
            year=models.OuterRef("year"),
            version__gt=models.OuterRef("version"),
        )
        return self.filter(~models.Exists(newer))

    def without_content(self):
        return self.defer("content")


class Disclosure(models.Model):
    """One version of a department's published budget of a year.

    `content` is the canonical JSON of the document and `digest` its SHA-256; everything that the
    public sees is made from it. Updates are refused by a trigger in the database.
    """

    department = models.ForeignKey(
        Department, verbose_name="部门", related_name="disclosures", on_delete=models.PROTECT
    )
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本")
    title = models.CharField("标题", max_length=200)
    digest = models.CharField("摘要（SHA-256）", max_length=64)
    reason = models.TextField("更正原因", blank=True)
    published_at = models.DateTimeField("公开时间", default=timezone.now)
    # Last: what stands behind it in a row, SQLite finds only by reading all of it.
    content = models.TextField("内容")

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "预算公开"
        ordering = ("-year", "department__code", "-version")
        # For the news: without it the newest are looked for in the texts of all versions.
        indexes = (models.Index(fields=("published_at", "id"), name="disclosure_newest"),)
        constraints = (
            models.UniqueConstraint(
                fields=("department", "year", "version"), name="disclosure_version_once"
            ),
            models.CheckConstraint(
                condition=models.Q(version__gte=1), name="disclosure_version_from_one"
            ),
            models.CheckConstraint(
                condition=models.Q(version=1) | ~models.Q(reason=""),
                name="disclosure_correction_has_reason",
            ),
        )

    def __str__(self):
        return f"{self.title}（第{self.version}版）"

    def get_absolute_url(self):
        """The version's own address, which never shows anything else."""
        return reverse("disclosures:version", args=[self.year, self.department.code, self.version])

    @cached_property
    def document(self) -> Document:
        return from_json(self.content)


class FileKind(models.TextChoices):
    """The forms that are made once, at publication, and kept."""

    PDF = "pdf", "PDF 文档"
    XLSX = "xlsx", "电子表格"
    JSON = "json", "数据（JSON）"


class DisclosureFile(models.Model):
    """A published file, kept in the database so that a publication is one transaction."""

    disclosure = models.ForeignKey(
        Disclosure, verbose_name="预算公开", related_name="files", on_delete=models.CASCADE
    )
    kind = models.CharField("形式", max_length=4, choices=FileKind)
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("摘要（SHA-256）", max_length=64)
    size = models.PositiveIntegerField("大小（字节）")
    data = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "公开文件"
        ordering = ("disclosure", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("disclosure", "kind"), name="disclosure_file_once_a_kind"
            ),
        )

    def __str__(self):
        return self.name


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
        verbose_name = verbose_name_plural = "公开登记"
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
