"""第四部分: the standard glossary of a year, and the terms that a department adds to it."""

from django.db import models
from django.db.models import Q

from budgets.facts import GlossaryEntry


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
