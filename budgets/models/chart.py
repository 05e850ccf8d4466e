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
    """How far a code and its name are known to be right."""

    CONFIRMED = "confirmed", "已核实"
    UNVERIFIED = "unverified", "待核实"
    REPORTED = "reported", "单位上报待确认"


def length_constraint(levels, name):
    """A constraint that holds codes to the lengths of their levels."""
    return models.CheckConstraint(
        condition=In(Length("code"), list(levels)),
        name=name,
        violation_error_message=f"编码的位数应为 {'、'.join(map(str, levels))} 之一。",
    )


class CodeQuerySet(models.QuerySet):
    """Codes, read as sentences."""

    def for_year(self, year):
        """The codes of one year's chart."""
        return self.filter(year=year)

    def years(self):
        """The years that have a chart, newest first."""
        return self.order_by("-year").values_list("year", flat=True).distinct()

    def of_level(self, length):
        """The codes with that many digits."""
        return self.alias(digits=Length("code")).filter(digits=length)

    def merge(self, year, entries):
        """Bring a year's codes up to `entries`; return how many were (added, changed, left).

        What the bureau has confirmed keeps its status, and an unverified name never replaces it.
        """
        known = {row.code: row for row in self.for_year(year)}
        added, changed = [], []
        for entry in entries:
            row = known.get(entry.code)
            if row is None:
                status = CodeStatus.CONFIRMED if entry.is_verified else CodeStatus.UNVERIFIED
                added.append(self.model(year=year, code=entry.code, name=entry.name, status=status))
            elif row.accept(entry):
                changed.append(row)
        self.model.objects.bulk_create(added)
        self.model.objects.bulk_update(changed, ["name", "status"])
        return len(added), len(changed), len(entries) - len(added) - len(changed)

    def copy_to(self, year):
        """Copy codes that `year` lacks, with name and status; return how many were added."""
        known = set(self.model.objects.for_year(year).values_list("code", flat=True))
        rows = [
            self.model(year=year, code=row.code, name=row.name, status=row.status)
            for row in self
            if row.code not in known
        ]
        return len(self.model.objects.bulk_create(rows))


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

    def accept(self, entry):
        """Take name and status from a list's entry; True if that changed anything."""
        if self.status == CodeStatus.CONFIRMED and not entry.is_verified:
            return False
        before = (self.name, self.status)
        self.name = entry.name
        self.status = CodeStatus.CONFIRMED if entry.is_verified else CodeStatus.UNVERIFIED
        return (self.name, self.status) != before


class FunctionCode(Code):
    """功能分类科目: class, section and item (3, 5, 7 digits)."""

    class Meta(Code.Meta):
        verbose_name = "功能分类科目"
        verbose_name_plural = "功能分类科目"
        constraints = (
            models.UniqueConstraint(fields=("year", "code"), name="function_code_once_a_year"),
            length_constraint(FUNCTION_LEVELS, "function_code_length"),
        )


class EconomicCode(Code):
    """部门预算支出经济分类科目: class and section (3, 5 digits)."""

    class Meta(Code.Meta):
        verbose_name = "经济分类科目"
        verbose_name_plural = "经济分类科目"
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
    """The tables and notes that a year prescribes."""
    return load_table_set(name_table_set(year))


def report_codes(year: int, functions: dict[str, str], economics: dict[str, str]) -> None:
    """Add codes (code → name) that a filing uses and the chart lacks, for the bureau to confirm."""
    for model, codes in ((FunctionCode, functions), (EconomicCode, economics)):
        for code, name in codes.items():
            model.objects.get_or_create(
                year=year, code=code, defaults={"name": name, "status": CodeStatus.REPORTED}
            )


class GlossaryQuerySet(models.QuerySet):
    """Terms, read as sentences."""

    def standard(self, year):
        """The terms that every disclosure of the year explains."""
        return self.filter(year=year, budget=None)

    def merge(self, year, entries):
        """Bring the standard glossary up to `entries`; return how many (added, changed, left)."""
        known = {row.term: row for row in self.standard(year)}
        added, changed = [], []
        for order, entry in enumerate(entries):
            row = known.get(entry.term)
            if row is None:
                added.append(
                    self.model(year=year, order=order, term=entry.term, meaning=entry.meaning)
                )
            elif (row.order, row.meaning) != (order, entry.meaning):
                row.order, row.meaning = order, entry.meaning
                changed.append(row)
        self.model.objects.bulk_create(added)
        self.model.objects.bulk_update(changed, ["order", "meaning"])
        return len(added), len(changed), len(entries) - len(added) - len(changed)

    def copy_to(self, year):
        """Copy standard terms that `year` lacks; return how many were added."""
        known = set(self.model.objects.standard(year).values_list("term", flat=True))
        rows = [
            self.model(year=year, order=row.order, term=row.term, meaning=row.meaning)
            for row in self
            if row.term not in known
        ]
        return len(self.model.objects.bulk_create(rows))


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
        verbose_name = "名词解释"
        verbose_name_plural = "名词解释"
        ordering = ("-year", "order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("year", "term"),
                condition=Q(budget=None),
                name="standard_term_once_a_year",
            ),
            models.UniqueConstraint(
                fields=("budget", "term"),
                condition=Q(budget__isnull=False),
                name="own_term_once_a_budget",
            ),
        )

    def __str__(self):
        return f"{self.term}（{self.year}）"


def read_glossary(year: int) -> tuple[GlossaryEntry, ...]:
    """The standard glossary of a year, in its order; a filing holds only what is added to it."""
    return tuple(
        GlossaryEntry(term=row.term, meaning=row.meaning)
        for row in GlossaryTerm.objects.standard(year)
    )
