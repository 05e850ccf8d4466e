"""What a department states beside its facts: last year's figures, its own words, 三公 by item."""

from django.db import models
from django.db.models import Q

from budgets.facts import Fund, PriorBasis, WordsKind

THREE_PUBLIC_FUNDS = {
    fund.value: fund.label for fund in Fund if fund.is_fiscal and not fund.is_carryover
}


class Prior(models.Model):
    """Last year's figure, in yuan, of the cell addressed `at`, kept as stated."""

    budget = models.ForeignKey(
        "budgets.Budget", verbose_name="部门预算", related_name="priors", on_delete=models.CASCADE
    )
    at = models.CharField("单元格", max_length=250)
    amount = models.DecimalField("上年数（元）", max_digits=18, decimal_places=2)
    basis = models.CharField(
        "上年数口径",
        max_length=10,
        choices=[(basis.value, basis.label) for basis in PriorBasis],
        default=PriorBasis.BUDGET.value,
    )

    class Meta:
        verbose_name = "上年数"
        verbose_name_plural = "上年数"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("budget", "at"), name="prior_once_a_cell"),
            models.CheckConstraint(
                condition=Q(basis__in=[basis.value for basis in PriorBasis]),
                name="prior_basis_is_known",
            ),
        )

    def __str__(self):
        return f"{self.at}：上年{self.amount}元"


class Words(models.Model):
    """A reason or a use in the department's own words, about the cell addressed `at`."""

    budget = models.ForeignKey(
        "budgets.Budget", verbose_name="部门预算", related_name="words", on_delete=models.CASCADE
    )
    at = models.CharField("单元格", max_length=250)
    kind = models.CharField(
        "种类", max_length=10, choices=[(kind.value, kind.label) for kind in WordsKind]
    )
    text = models.TextField("文字")

    class Meta:
        verbose_name = "说明文字"
        verbose_name_plural = "说明文字"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("budget", "at", "kind"), name="words_once_a_cell"),
            models.CheckConstraint(condition=~Q(text=""), name="words_are_not_empty"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in WordsKind]), name="words_kind_known"
            ),
        )

    def __str__(self):
        return f"{self.at}：{self.text}"


class ThreePublicStatement(models.Model):
    """One item of 三公经费 as stated, in yuan, where project money has no economic detail."""

    budget = models.ForeignKey(
        "budgets.Budget",
        verbose_name="部门预算",
        related_name="three_public",
        on_delete=models.CASCADE,
    )
    economic = models.CharField("经济分类科目", max_length=5)
    fund = models.CharField("资金来源", max_length=30, choices=THREE_PUBLIC_FUNDS)
    amount = models.DecimalField("金额（元）", max_digits=18, decimal_places=2)
    origin = models.CharField("出处", max_length=60, blank=True)

    class Meta:
        verbose_name = "“三公”经费"
        verbose_name_plural = "“三公”经费"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "economic", "fund"), name="three_public_once_an_item"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="three_public_is_positive"),
            models.CheckConstraint(
                condition=Q(fund__in=list(THREE_PUBLIC_FUNDS)), name="three_public_fund_is_fiscal"
            ),
        )

    def __str__(self):
        return f"{self.economic}：{self.amount}元"
