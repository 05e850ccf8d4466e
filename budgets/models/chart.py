"""The codes of a year's chart of accounts, as the bureau keeps them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import In

from budgets.domain.chart import Chart
from budgets.domain.facts import ECONOMIC_LEVELS, FUNCTION_LEVELS
from budgets.domain.filing import GlossaryEntry
from budgets.domain.sets import TableSet, load_table_set


class CodeStatus(models.TextChoices):
    CONFIRMED = "confirmed", "已核实"
    UNVERIFIED = "unverified", "待核实"
    REPORTED = "reported", "单位上报待确认"


def length_constraint(levels, name):
    return models.CheckConstraint(
        condition=In(Length("code"), list(levels)),
        name=name,
        violation_error_message=f"编码的位数应为 {'、'.join(map(str, levels))} 之一。",
    )


class YearlyQuerySet(models.QuerySet):
    """Rows of which `key` is once a year; `merged` are the fields that a list of a year brings."""

    key: str
    merged: tuple[str, ...]

    def for_year(self, year):
        return self.filter(year=year)

    def merge(self, year, entries):
        """Bring a year's rows up to `entries`; return how many were (added, changed, left)."""
        known = {getattr(row, self.key): row for row in self.for_year(year)}
        added, changed = [], []
        for order, entry in enumerate(entries):
            key = getattr(entry, self.key)
            row = known.get(key)
            if row is None:
                row = self.model(year=year, **{self.key: key})
                row.accept(entry, order)
                added.append(row)
            elif row.accept(entry, order):
                changed.append(row)
        self.model.objects.bulk_create(added)
        self.model.objects.bulk_update(changed, self.merged)
        return len(added), len(changed), len(entries) - len(added) - len(changed)

    def copy_to(self, year):
        known = set(self.model.objects.for_year(year).values_list(self.key, flat=True))
        names = (self.key, *self.merged)
        rows = [
            self.model(year=year, **{name: getattr(row, name) for name in names})
            for row in self
            if getattr(row, self.key) not in known
        ]
        return len(self.model.objects.bulk_create(rows))


class CodeQuerySet(YearlyQuerySet):
    key = "code"
    merged = ("name", "status")

    def years(self):
        """The years that have a chart, newest first."""
        return self.order_by("-year").values_list("year", flat=True).distinct()

    def of_level(self, length):
        return self.alias(digits=Length("code")).filter(digits=length)


class Code(models.Model):
    """A code of one year and its name; the parent is the prefix."""

    year = models.PositiveSmallIntegerField("年度")
    code = models.CharField("编码", max_length=7)
    name = models.CharField("名称", max_length=100)
    status = models.CharField(
        "状态", max_length=10, choices=CodeStatus, default=CodeStatus.CONFIRMED
    )

    objects = CodeQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-year", "code")

    def __str__(self):
        return f"{self.code} {self.name}（{self.year}）"

    def accept(self, entry, order):
        """Take name and status from a list's entry; True if that changed anything.

        What the bureau has confirmed keeps its status, and an unverified name never replaces it.
        """
        if self.pk and self.status == CodeStatus.CONFIRMED and not entry.is_verified:
            return False
        before = (self.name, self.status)
        self.name = entry.name
        self.status = CodeStatus.CONFIRMED if entry.is_verified else CodeStatus.UNVERIFIED
        return (self.name, self.status) != before


class FunctionCode(Code):
    """功能分类科目: class, section and item (3, 5, 7 digits)."""

    class Meta(Code.Meta):
        verbose_name = verbose_name_plural = "功能分类科目"
        constraints = (
            models.UniqueConstraint(fields=("year", "code"), name="function_code_once_a_year"),
            length_constraint(FUNCTION_LEVELS, "function_code_length"),
        )


class EconomicCode(Code):
    """部门预算支出经济分类科目: class and section (3, 5 digits)."""

    class Meta(Code.Meta):
        verbose_name = verbose_name_plural = "经济分类科目"
        constraints = (
            models.UniqueConstraint(fields=("year", "code"), name="economic_code_once_a_year"),
            length_constraint(ECONOMIC_LEVELS, "economic_code_length"),
        )


def read_chart(year: int) -> Chart:
    """A year's codes and names, of whatever status; empty where the year has no chart."""
    return Chart(
        year=year,
        functions=dict(FunctionCode.objects.for_year(year).values_list("code", "name")),
        economics=dict(EconomicCode.objects.for_year(year).values_list("code", "name")),
        table_set=name_table_set(year),
    )


def name_table_set(year: int) -> str:
    """The name of the tables and notes of a year: each of the setting holds from its year on."""
    return settings.TABLE_SETS[max(first for first in settings.TABLE_SETS if first <= year)]


def find_table_set(year: int) -> TableSet:
    return load_table_set(name_table_set(year))


def report_codes(year: int, functions: dict[str, str], economics: dict[str, str]) -> None:
    """Add codes (code → name) that a filing uses and the chart lacks, for the bureau to confirm."""
    for model, codes in ((FunctionCode, functions), (EconomicCode, economics)):
        for code, name in codes.items():
            model.objects.get_or_create(
                year=year, code=code, defaults={"name": name, "status": CodeStatus.REPORTED}
            )


class GlossaryQuerySet(YearlyQuerySet):
    key = "term"
    merged = ("order", "meaning")

    def for_year(self, year):
        """The standard terms, which every disclosure of the year explains."""
        return self.filter(year=year, budget=None)


class GlossaryTerm(models.Model):
    """A term and its meaning: standard, or a department's own where `budget` is set."""

    year = models.PositiveSmallIntegerField("年度")
    budget = models.ForeignKey(
        "budgets.Budget",
        verbose_name="补充部门",
        related_name="glossary",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        help_text="不填表示全县通用。",
    )
    order = models.PositiveSmallIntegerField("顺序", default=0)
    term = models.CharField("名词", max_length=100)
    meaning = models.TextField("解释")

    objects = GlossaryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "名词解释"
        ordering = ("-year", "order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("year", "term"), condition=Q(budget=None), name="standard_term_once_a_year"
            ),
            models.UniqueConstraint(
                fields=("budget", "term"),
                condition=Q(budget__isnull=False),
                name="own_term_once_a_budget",
            ),
        )

    def __str__(self):
        return f"{self.term}（{self.year}）"

    def accept(self, entry, order):
        """Take place and meaning from a list's entry; True if that changed anything."""
        before = (self.order, self.meaning)
        self.order, self.meaning = order, entry.meaning
        return (self.order, self.meaning) != before


def read_glossary(year: int) -> tuple[GlossaryEntry, ...]:
    """The standard glossary of a year, in its order; a filing holds only what is added to it."""
    return tuple(
        GlossaryEntry(term=row.term, meaning=row.meaning)
        for row in GlossaryTerm.objects.for_year(year)
    )
