"""The public index: a mirror of what is in force, made from frozen content and rebuilt at will.

It finds and compares; what a page shows as a figure of a document is equal to the document's.
"""

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from budgets.domain.document import SectionRole, Unit
from budgets.models import Department
from disclosures.models.disclosure import Disclosure

# The sections whose sentences state figures that no table has.
STATING = (SectionRole.STAFF, SectionRole.OTHER_MATTERS)


class IndexQuerySet(models.QuerySet):
    def with_names(self):
        """Each with its department, and with `department_name`, as its document calls it."""
        return self.select_related("department").annotate(department_name=find_published_name())


def find_published_name():
    """The name in force of whatever has a department and a year, for a query to annotate."""
    own = IndexEntry.objects.filter(department=OuterRef("department"), year=OuterRef("year"))
    return Subquery(own.values("name")[:1])


class IndexRow(models.Model):
    """What every row tells of itself: the disclosure in force, its department and its year."""

    disclosure = models.ForeignKey(Disclosure, related_name="+", on_delete=models.CASCADE)
    # Every table has an index that begins with the department, or with what is asked for first.
    department = models.ForeignKey(
        Department, related_name="+", on_delete=models.PROTECT, db_index=False
    )
    year = models.PositiveSmallIntegerField()

    objects = IndexQuerySet.as_manager()

    class Meta:
        abstract = True


class IndexEntry(IndexRow):
    """A disclosure in force: the department's name of that year, and the size of its budget."""

    name = models.CharField(max_length=100)
    initial = models.CharField(max_length=1)
    total = models.DecimalField(max_digits=18, decimal_places=2)
    tables = models.PositiveSmallIntegerField("有数的表", default=0)
    empty_tables = models.PositiveSmallIntegerField("空表", default=0)
    sections = models.PositiveSmallIntegerField("情况说明的节", default=0)
    version = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("department", "year"), name="index_entry_once_a_department_and_year"
            ),
        )
        indexes = (models.Index(fields=("year", "department"), name="index_entry_year"),)

    def __str__(self):
        return f"{self.name}{self.year}年"


class IndexFigure(IndexRow):
    """A published figure: a cell of a numbered table that is not blank, or a stated one.

    `table`, `row` and `column` make the cell's address. Stated figures (staff, procurement,
    assets) stand in their section, with the key of their paragraph as row; the money of the
    projects' performance tables in the one table P, `3.funds` being a row of P3. `function`,
    `economic` and `project` are empty where the figure has none.
    """

    table = models.CharField(max_length=3)
    row = models.CharField(max_length=220)
    column = models.CharField(max_length=30)
    scope = models.CharField(max_length=12, blank=True)
    function = models.CharField(max_length=7, blank=True)
    economic = models.CharField(max_length=5, blank=True)
    project = models.CharField(max_length=200, blank=True)
    unit = models.CharField(
        max_length=6, choices=[(each.value, each.label) for each in Unit], default=Unit.YUAN
    )
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        indexes = (
            models.Index(fields=("department", "year", "table"), name="index_figure_department"),
            # Sums over all departments are made from it alone.
            models.Index(
                fields=("table", "column", "row", "year", "department", "amount"),
                name="index_figure_cell",
            ),
            models.Index(
                fields=("function", "year"), condition=~Q(function=""), name="index_figure_function"
            ),
            models.Index(
                fields=("economic", "year"), condition=~Q(economic=""), name="index_figure_economic"
            ),
            models.Index(
                fields=("project", "year"), condition=~Q(project=""), name="index_figure_project"
            ),
        )

    def __str__(self):
        return f"{self.at} {self.amount}"

    @property
    def at(self):
        """The address in the document to link to: the cell, or the paragraph that states it."""
        if self.table in STATING:
            return f"{self.table}.{self.row}"
        return f"{self.table}{'' if self.table == 'P' else '.'}{self.row}.{self.column}"


class IndexIndicator(IndexRow):
    """An indicator; `target` is its table (P0 is the department's own), `project` its name."""

    target = models.CharField(max_length=6)
    place = models.PositiveSmallIntegerField()
    project = models.CharField(max_length=200, blank=True)
    level1 = models.CharField(max_length=100)
    level2 = models.CharField(max_length=100)
    level3 = models.CharField(max_length=200)
    value = models.CharField(max_length=200)
    last_value = models.CharField(max_length=200, blank=True)
    weight = models.CharField(max_length=10, blank=True)
    is_lowered = models.BooleanField("低于已经达到的", default=False)

    class Meta:
        indexes = (
            models.Index(fields=("department", "project", "year"), name="index_indicator_project"),
            models.Index(fields=("level3", "year"), name="index_indicator_level3"),
            models.Index(
                fields=("year", "department"),
                condition=Q(is_lowered=True),
                name="index_indicator_lowered",
            ),
        )

    def __str__(self):
        return f"{self.level3}{self.value}"

    @property
    def at(self):
        return f"{self.target}.i{self.place}"


class IndexReason(IndexRow):
    """Why a figure changed: the cell that is explained, by how much it changed, and the words.

    `change` is in yuan and negative where the figure fell; `normal` is the same for reasons that
    are worded alike. `paragraph` is the address of the sentence.
    """

    at = models.CharField(max_length=240)
    paragraph = models.CharField(max_length=250)
    label = models.CharField(max_length=300)
    function = models.CharField(max_length=7, blank=True)
    change = models.DecimalField(max_digits=18, decimal_places=2)
    rate = models.DecimalField(max_digits=14, decimal_places=2)
    text = models.TextField()
    normal = models.CharField(max_length=200)

    class Meta:
        indexes = (
            models.Index(fields=("year", "change"), name="index_reason_change"),
            models.Index(fields=("year", "rate"), name="index_reason_rate"),
            models.Index(fields=("normal", "year"), name="index_reason_wording"),
            models.Index(fields=("department", "year"), name="index_reason_department"),
        )

    def __str__(self):
        return self.text


class TextKind(models.TextChoices):
    """What was found, in the order in which it is told."""

    DEPARTMENT = "department", "部门"
    CODE = "code", "科目"
    PROJECT = "project", "项目"
    INDICATOR = "indicator", "绩效指标"
    SENTENCE = "sentence", "情况说明"
    GLOSSARY = "glossary", "名词解释"


class IndexText(IndexRow):
    """What can be searched for: a title, a text, and both as they are compared (`normal`)."""

    # The database also keeps the pairs of signs of `normal`. A migration that changes a field here
    # first drops them on SQLite, and makes them again, by PAIRS of 0003_search_pairs.
    kind = models.CharField(max_length=10, choices=TextKind)
    title = models.CharField(max_length=220)
    text = models.TextField(blank=True)
    at = models.CharField(max_length=250, blank=True)
    normal = models.TextField()

    class Meta:
        indexes = (
            models.Index(fields=("kind", "-year", "department", "id"), name="index_text_kind"),
            models.Index(fields=("department", "year"), name="index_text_department"),
            models.Index(fields=("at", "year"), name="index_text_place"),
        )

    def __str__(self):
        return self.title


INDEX = (IndexEntry, IndexFigure, IndexIndicator, IndexReason, IndexText)
