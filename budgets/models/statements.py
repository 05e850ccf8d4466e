"""What a department states beside its facts: last year's figures, words, records, targets."""

from django.db import models
from django.db.models import F, Q

from budgets.domain.facts import Fund
from budgets.domain.filing import PriorBasis, WordsKind


def choices_of(enum):
    return [(member.value, member.label) for member in enum]


def values_of(enum):
    """The plain values of an enumeration, so that migrations need no import of it."""
    return [member.value for member in enum]


class LinesField(models.TextField):
    """Texts without line breaks: a tuple in Python, lines in the database and in forms."""

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        if isinstance(value, str):
            value = value.splitlines()
        return tuple(text.strip() for text in value or () if text.strip())

    def get_prep_value(self, value):
        return "\n".join(self.to_python(value))

    def value_from_object(self, obj):
        return self.get_prep_value(super().value_from_object(obj))

    def value_to_string(self, obj):
        return self.value_from_object(obj)


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
        "上年数口径", max_length=10, choices=choices_of(PriorBasis), default=PriorBasis.BUDGET.value
    )

    class Meta:
        verbose_name = verbose_name_plural = "上年数"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("budget", "at"), name="prior_once_a_cell"),
            models.CheckConstraint(
                condition=Q(basis__in=values_of(PriorBasis)), name="prior_basis_is_known"
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
    kind = models.CharField("种类", max_length=10, choices=choices_of(WordsKind))
    text = models.TextField("文字")

    class Meta:
        verbose_name = verbose_name_plural = "说明文字"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("budget", "at", "kind"), name="words_once_a_cell"),
            models.CheckConstraint(condition=~Q(text=""), name="words_are_not_empty"),
            models.CheckConstraint(
                condition=Q(kind__in=values_of(WordsKind)), name="words_kind_known"
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
        verbose_name = verbose_name_plural = "“三公”经费"
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


COUNTS = (
    "vehicle_count",
    "vehicle_general_count",
    "vehicle_enforcement_count",
    "vehicle_other_count",
    "equipment_50_count",
    "equipment_100_count",
    "planned_equipment_50_count",
    "planned_equipment_100_count",
)
VALUES = (
    "procurement_total",
    "procurement_goods",
    "procurement_works",
    "procurement_services",
    "house_area",
    "house_value",
    "vehicle_value",
    "vehicle_general_value",
    "vehicle_enforcement_value",
    "vehicle_other_value",
    "furniture_value",
    "other_assets_value",
    "planned_vehicle_amount",
)


def never_negative(*names):
    return Q(**{f"{name}__gte": 0 for name in names})


def money(label):
    """A field of yuan; nothing stated is zero."""
    return models.DecimalField(label, max_digits=18, decimal_places=2, default=0)


def count(label):
    """A field of things or heads counted; nothing stated is zero."""
    return models.IntegerField(label, default=0)


class Profile(models.Model):
    """第一部分: duties, offices and staff, field by field as in `filing.Profile`."""

    budget = models.OneToOneField(
        "budgets.Budget", verbose_name="部门预算", on_delete=models.CASCADE
    )
    duties = models.TextField("主要职能", blank=True)
    offices = LinesField("内设科室", blank=True, help_text="一行一个。")
    authorized = count("编制数")
    serving = count("在职人数")
    serving_change = count("在职比上年增减")
    retired = count("退休人数")
    retired_change = count("退休比上年增减")
    honorary = count("离休人数")
    honorary_change = count("离休比上年增减")

    class Meta:
        verbose_name = verbose_name_plural = "部门概况"
        constraints = (
            models.CheckConstraint(
                condition=never_negative("authorized", "serving", "retired", "honorary"),
                name="profile_heads_are_never_negative",
                violation_error_message="人数不能为负。",
            ),
        )

    def __str__(self):
        return f"{self.budget}：部门概况"


class Particulars(models.Model):
    """其他重要事项, field by field as in `filing.Particulars`; money in yuan."""

    budget = models.OneToOneField(
        "budgets.Budget", verbose_name="部门预算", on_delete=models.CASCADE
    )
    agency_operating = models.DecimalField(
        "机关运行经费", max_digits=18, decimal_places=2, null=True, blank=True
    )
    agency_operating_why = models.TextField("机关运行经费口径说明", blank=True)
    procurement_total = money("政府采购预算")
    procurement_goods = money("政府采购货物预算")
    procurement_works = money("政府采购工程预算")
    procurement_services = money("政府采购服务预算")
    procurement_sme = money("面向中小企业预留")
    procurement_micro = money("面向小微企业预留")
    house_area = models.DecimalField(
        "房屋面积（平方米）", max_digits=14, decimal_places=2, default=0
    )
    house_value = money("房屋价值")
    vehicle_count = count("车辆数")
    vehicle_value = money("车辆价值")
    vehicle_general_count = count("一般公务用车数")
    vehicle_general_value = money("一般公务用车价值")
    vehicle_enforcement_count = count("执法执勤用车数")
    vehicle_enforcement_value = money("执法执勤用车价值")
    vehicle_other_count = count("其他车辆数")
    vehicle_other_value = money("其他车辆价值")
    furniture_value = money("办公家具价值")
    other_assets_value = money("其他资产价值")
    equipment_50_count = count("50万元以上大型设备台数")
    equipment_100_count = count("100万元以上大型设备台数")
    planned_vehicle_amount = money("安排购置车辆经费")
    planned_equipment_50_count = count("安排购置50万元以上大型设备台数")
    planned_equipment_100_count = count("安排购置100万元以上大型设备台数")
    other_matters = models.TextField("其他需说明的事项", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "其他重要事项"
        constraints = (
            models.CheckConstraint(
                condition=never_negative(*COUNTS), name="particulars_counts_are_never_negative"
            ),
            models.CheckConstraint(
                condition=never_negative(*VALUES)
                & (Q(agency_operating=None) | Q(agency_operating__gte=0)),
                name="particulars_money_is_never_negative",
            ),
            models.CheckConstraint(
                condition=Q(
                    procurement_micro__gte=0,
                    procurement_sme__gte=F("procurement_micro"),
                    procurement_total__gte=F("procurement_sme"),
                ),
                name="particulars_micro_within_sme_within_total",
                violation_error_message="小微企业预留不超过中小企业预留，中小企业预留不超过采购总额。",
            ),
        )

    def __str__(self):
        return f"{self.budget}：其他重要事项"


class OverallTarget(models.Model):
    """部门整体绩效目标, field by field as in `filing.OverallTarget`."""

    budget = models.OneToOneField(
        "budgets.Budget", verbose_name="部门预算", related_name="overall", on_delete=models.CASCADE
    )
    contact = models.CharField("部门联系人", max_length=50, blank=True)
    phone = models.CharField("联系电话", max_length=50, blank=True)
    goal = models.TextField("年度绩效目标", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "整体绩效目标"

    def __str__(self):
        return f"{self.budget}：整体绩效目标"


class Project(models.Model):
    """A project of the unit whose budget it stands in, as in `filing.ProjectPlan`."""

    budget = models.ForeignKey(
        "budgets.Budget", verbose_name="部门预算", related_name="projects", on_delete=models.CASCADE
    )
    order = models.PositiveSmallIntegerField("顺序", default=0)
    name = models.CharField("项目名称", max_length=200)
    leader = models.CharField("项目负责人", max_length=50, blank=True)
    goal = models.TextField("项目总体目标", blank=True)
    policy_basis = models.TextField("设立的政策依据", blank=True)
    executing_unit = models.CharField("项目承担单位", max_length=200, blank=True)
    allocation = models.TextField("资金分配情况", blank=True)
    period = models.CharField("资金执行时间", max_length=200, blank=True)
    recipient_number = models.CharField("补助人数", max_length=200, blank=True)
    recipient_standard = models.TextField("补助标准", blank=True)
    recipient_scope = models.TextField("补助范围", blank=True)
    recipient_method = models.TextField("补助方式", blank=True)
    recipient_benefit = models.TextField("受益情况", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "项目"
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=("budget", "name"), name="project_once_in_a_budget"),
        )

    def __str__(self):
        return self.name


class Indicator(models.Model):
    """One row of a performance table (`indicators.Indicator`); it belongs to one target only."""

    overall = models.ForeignKey(
        OverallTarget,
        verbose_name="整体绩效目标",
        related_name="indicators",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
    )
    project = models.ForeignKey(
        Project,
        verbose_name="项目",
        related_name="indicators",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
    )
    order = models.PositiveSmallIntegerField("顺序", default=0)
    level1 = models.CharField("一级指标", max_length=100)
    level2 = models.CharField("二级指标", max_length=100)
    level3 = models.CharField("三级指标", max_length=200)
    value = models.CharField("指标值", max_length=200)
    basis = models.CharField("设定依据", max_length=200, blank=True)
    weight = models.DecimalField("权重", max_digits=5, decimal_places=2, null=True, blank=True)
    last_value = models.CharField("上年完成值", max_length=200, blank=True)
    scoring = models.CharField("赋分规则", max_length=200, blank=True)
    evidence = models.CharField("佐证资料", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "绩效指标"
        ordering = ("order", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(overall__isnull=False, project__isnull=True)
                | Q(overall__isnull=True, project__isnull=False),
                name="indicator_belongs_to_one_target",
                violation_error_message="指标属于整体绩效目标或者一个项目，二者取一。",
            ),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gte=0, weight__lte=100),
                name="indicator_weight_from_0_to_100",
                violation_error_message="权重应在 0 到 100 之间。",
            ),
        )

    def __str__(self):
        return f"{self.level3}{self.value}"
