"""A department's budget of one year, and its lines, where alone facts rest."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import In, LessThan

from budgets.domain.facts import ECONOMIC_LEVELS, FUNCTION_LEVELS, Fund, Nature, Side
from budgets.models.department import Department
from budgets.models.statements import Project, choices_of, values_of


class BudgetQuerySet(models.QuerySet):
    def for_year(self, year):
        return self.filter(year=year)

    def of_units(self, budget):
        """The budgets of the same year of the units that belong to `budget`'s department.

        A unit that is no longer in use counts for as long as money stands in its name.
        """
        own = self.filter(department__parent=budget.department_id, year=budget.year)
        return own.filter(Q(department__active=True) | Q(lines__isnull=False)).distinct()


class State(models.TextChoices):
    """How far a budget has come (docs/domain.md §9); the table of moves says who may."""

    FILLING = "filling", "填报中"
    CONFIRMED = "confirmed", "已确认"
    SUBMITTED = "submitted", "已报送"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已批复"
    PUBLISHED = "published", "已公开"
    CORRECTING = "correcting", "更正中"

    @property
    def is_open(self):
        """True while the budget is in the clerk's hands."""
        return self in (State.FILLING, State.RETURNED, State.CORRECTING)


class Budget(models.Model):
    department = models.ForeignKey(
        Department, verbose_name="部门或单位", related_name="budgets", on_delete=models.PROTECT
    )
    year = models.PositiveSmallIntegerField("年度")
    signed_on = models.DateField("落款日期", null=True, blank=True)
    three_public_why = models.TextField("“三公”经费说明", blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.FILLING)
    revision = models.PositiveIntegerField(
        "改动次数",
        default=0,
        editable=False,
        help_text="账里每写一次加一，所属部门和下属单位的也算。",
    )

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "部门预算"
        ordering = ("-year", "department__code")
        constraints = (
            models.UniqueConstraint(
                fields=("department", "year"), name="budget_once_a_year_for_a_department"
            ),
            models.CheckConstraint(
                condition=Q(state__in=values_of(State)), name="budget_state_is_known"
            ),
        )

    def __str__(self):
        return f"{self.department.name}{self.year}年部门预算"

    @property
    def locked(self):
        """True where the ledger takes nothing in: the budget has left the clerk's hands."""
        return not State(self.state).is_open


NO_CODES = Q(function="", economic="")
IS_INCOME = Q(side=Side.INCOME.value)
IS_PROJECT = Q(nature=Nature.PROJECT.value)
IS_RESIDUE = Q(~Q(function=""), LessThan(Length("function"), FUNCTION_LEVELS[-1])) | Q(
    Q(function=""), ~Q(economic=""), LessThan(Length("economic"), ECONOMIC_LEVELS[-1])
)
KEY = ("budget", "side", "fund", "nature", "function", "economic", "internal")


class BudgetLine(models.Model):
    """A fact at rest, amount in yuan; read and written by the ledger alone."""

    budget = models.ForeignKey(
        Budget, verbose_name="部门预算", related_name="lines", on_delete=models.CASCADE
    )
    side = models.CharField("收支", max_length=11, choices=choices_of(Side))
    fund = models.CharField("资金来源", max_length=30, choices=choices_of(Fund))
    nature = models.CharField("支出性质", max_length=10, choices=choices_of(Nature), blank=True)
    function = models.CharField("功能分类科目", max_length=7, blank=True)
    economic = models.CharField("经济分类科目", max_length=5, blank=True)
    project = models.ForeignKey(
        Project,
        verbose_name="项目",
        related_name="lines",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
    )
    amount = models.DecimalField("金额（元）", max_digits=18, decimal_places=2)
    internal = models.BooleanField("内部往来", default=False)
    origin = models.CharField("出处", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "预算明细"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(amount=0), name="line_amount_is_not_zero"),
            models.CheckConstraint(
                condition=Q(amount__gt=0) | IS_RESIDUE, name="line_negative_only_as_residue"
            ),
            models.CheckConstraint(
                condition=Q(
                    side__in=values_of(Side),
                    fund__in=values_of(Fund),
                    nature__in=["", *values_of(Nature)],
                ),
                name="line_words_are_of_the_vocabulary",
            ),
            models.CheckConstraint(
                condition=~IS_INCOME | Q(NO_CODES, nature=""),
                name="line_income_has_no_nature_or_code",
            ),
            models.CheckConstraint(
                condition=IS_INCOME | Q(~NO_CODES, ~Q(nature="")),
                name="line_expenditure_has_nature_and_code",
            ),
            models.CheckConstraint(
                condition=Q(IS_PROJECT, project__isnull=False)
                | Q(~IS_PROJECT, project__isnull=True),
                name="line_project_exactly_where_nature_is_project",
            ),
            models.CheckConstraint(
                condition=In(Length("function"), [0, *FUNCTION_LEVELS]),
                name="line_function_code_length",
            ),
            models.CheckConstraint(
                condition=In(Length("economic"), [0, *ECONOMIC_LEVELS]),
                name="line_economic_code_length",
            ),
            # SQLite silently drops nulls_distinct=False, so the key takes two constraints.
            models.UniqueConstraint(
                fields=KEY, condition=Q(project=None), name="line_once_without_project"
            ),
            models.UniqueConstraint(
                fields=(*KEY, "project"),
                condition=Q(project__isnull=False),
                name="line_once_with_project",
            ),
        )

    def __str__(self):
        codes = " ".join(filter(None, (self.function, self.economic)))
        return f"{self.get_side_display()} {self.get_fund_display()} {codes} {self.amount}元"
