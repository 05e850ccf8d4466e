"""What a unit of the demo county receives and spends in a year, line by line in whole yuan, and
what its projects promise for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from budgets.domain.chart import Chart
from budgets.domain.facts import Fact, Fund, Nature
from budgets.domain.filing import Indicator, OverallTarget, ProjectPlan
from budgets.domain.money import show_wan
from disclosures.demo.factories import make_expense
from disclosures.demo.plan import Agency

# Economic section, function item ("" is the unit's own), and yuan a head and year.
PERSONNEL = (
    ("30101", "", 38_400),
    ("30102", "", 31_200),
    ("30103", "", 12_600),
    ("30112", "", 900),
    ("30108", "2080505", 13_100),
    ("30110", "2101101", 6_200),
    ("30111", "2101103", 2_300),
    ("30113", "2210201", 9_800),
)
OPERATING = (
    ("30201", 2_400),
    ("30202", 300),
    ("30205", 180),
    ("30206", 620),
    ("30207", 410),
    ("30208", 700),
    ("30211", 1_300),
    ("30213", 500),
    ("30216", 360),
    ("30217", 150),
    ("30228", 820),
    ("30229", 540),
    ("30231", 900),
    ("30239", 2_100),
)
PAID_IN_PROJECTS = ("30201", "30211", "30227", "30226", "31002", "31003", "30305", "31005")
RISE, THRIFT = 1.024, 0.94
# What a department is told to spend less on from year to year.
THRIFTY = ("30217", "30231")


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a unit has to do with: heads, its own function items, and the years."""

    unit: str
    staff: int
    items: tuple[str, ...]
    year: int
    first: int
    seed: int
    chance: Random

    @property
    def own(self) -> str:
        return self.items[0]

    def price(self, yuan: float, rise: float = RISE) -> Decimal:
        """An amount at this year's prices, give or take a little, in whole yuan."""
        rise = rise ** (self.year - self.first)
        return Decimal(round(yuan * rise * self.chance.uniform(0.93, 1.07)))

    def spend(
        self, yuan: float, nature: Nature, *codes: str, fund: Fund = Fund.GENERAL_OWN, rise=RISE
    ) -> Fact:
        """One line at this year's prices; `codes` are function, economic and a project's name."""
        return make_expense(
            self.price(yuan, rise), *codes, unit=self.unit, fund=fund, nature=nature
        )


def list_items(section: str, chart: Chart) -> tuple[str, ...]:
    found = [code for code in sorted(chart.functions) if len(code) == 7]
    return tuple(code for code in found if code.startswith(section))


def list_basic(means: Means) -> Iterator[Fact]:
    for economic, function, rate in PERSONNEL:
        yield means.spend(rate * means.staff, Nature.PERSONNEL, function or means.own, economic)
    yield means.spend(4_800 * (1 + means.staff // 6), Nature.PERSONNEL, "2080501", "30302")
    for economic, rate in OPERATING:
        rise = THRIFT if economic in THRIFTY else RISE
        fact = means.spend(rate * means.staff, Nature.OPERATING, means.own, economic, rise=rise)
        # In every other year the official car of a small unit does not move.
        if economic != "30231" or means.staff > 15 or means.year % 2:
            yield fact


def pay_project(means: Means, name: str, number: int, size: float) -> Iterator[Fact]:
    """A project's lines: some from the treasury, every third from above, with two uses of money."""
    chance = Random(f"{means.seed} {means.unit} {name}")
    function = means.items[(number + 1) % len(means.items)]
    fund = Fund.GENERAL_TRANSFER if number % 3 == 1 else Fund.GENERAL_OWN
    for economic in sorted(chance.sample(PAID_IN_PROJECTS, 2)):
        yield means.spend(size / 2, Nature.PROJECT, function, economic, name, fund=fund)
    if chance.random() < 0.3:
        fund = Fund.CARRYOVER_GENERAL
        yield means.spend(size / 9, Nature.PROJECT, function, "30227", name, fund=fund)


NAMES = (
    "{field}业务培训",
    "{field}信息系统运行维护",
    "{field}宣传",
    "{field}专项补助",
    "基层{field}能力提升",
    "{field}设施维修改造",
    "{field}便民服务",
    "{field}监督检查",
)
# Section of the function chart → the fund beside the general budget, its item, what it pays for.
OTHER_FUNDS = {
    "21201": (Fund.GOVERNMENT_FUND_OWN, "2120803", "31005", "城市基础设施建设", 9_000_000),
    "22001": (Fund.GOVERNMENT_FUND_OWN, "2120801", "31009", "土地征收补偿", 6_500_000),
    "21301": (Fund.GOVERNMENT_FUND_TRANSFER, "2120814", "31003", "高标准农田设备更新", 2_400_000),
    "21507": (Fund.STATE_CAPITAL_OWN, "2230201", "31201", "县属企业结构调整", 3_000_000),
    "20802": (Fund.GOVERNMENT_FUND_TRANSFER, "2296002", "31003", "福利机构设备更新", 480_000),
}
# Money of the units' own: (fund, economic section, yuan a head), spent on the unit's own item.
OWN_MONEY = {
    "21002": ((Fund.BUSINESS_INCOME, "30218", 160_000), (Fund.BUSINESS_INCOME, "30227", 21_000)),
    "21003": ((Fund.BUSINESS_INCOME, "30218", 32_000),),
    "20503": ((Fund.SPECIAL_ACCOUNT, "30201", 8_800),),
    "20502": ((Fund.SPECIAL_ACCOUNT, "30201", 1_900),),
    "20129": ((Fund.OTHER_INCOME, "30229", 26_000), (Fund.CARRYOVER_UNIT_FUNDS, "30229", 3_100)),
    "22201": ((Fund.OPERATING_INCOME, "30299", 12_000),),
}
# 一级, 二级, 三级, value, last year's value, weight.
PROMISES = (
    ("成本指标", "经济成本指标", "{name}成本", "<={cost}万元", "", 10),
    ("产出指标", "数量指标", "开展{name}次数", ">={now}次", "{reached}次", 20),
    ("产出指标", "质量指标", "任务完成合格率", ">=95%", "{passed}%", 15),
    ("产出指标", "时效指标", "资金支付及时率", "=100%", "100%", 15),
    ("效益指标", "社会效益指标", "服务水平", "逐步提高", "有所提高", 20),
    ("满意度指标", "满意度指标", "服务对象满意度", ">=90%", "{pleased}%", 10),
)


def list_projects(
    means: Means, agency: Agency, executor: str
) -> Iterator[tuple[ProjectPlan, tuple[Fact, ...]]]:
    """A unit's projects of a year with what pays for them; one comes and one goes a year."""
    count = 1 + min(means.staff // 30, 4)
    start = Random(f"{means.seed} {means.unit}").randrange(len(NAMES))
    for number in range(count + (means.year + start) % 2):
        name = NAMES[(start + number) % len(NAMES)].format(field=agency.field)
        size = 40_000 * (1 + number) * (1 + means.staff // 25)
        paid = tuple(pay_project(means, name, number, size))
        yield make_plan(means, name, executor, paid), paid
    if agency.section in OTHER_FUNDS:
        fund, function, economic, name, size = OTHER_FUNDS[agency.section]
        paid = (means.spend(size, Nature.PROJECT, function, economic, name, fund=fund),)
        yield make_plan(means, name, executor, paid), paid


def list_own_money(means: Means, section: str) -> Iterator[Fact]:
    for fund, economic, rate in OWN_MONEY.get(section, ()):
        yield means.spend(rate * means.staff, Nature.OPERATING, means.own, economic, fund=fund)


def make_plan(means: Means, name: str, executor: str, paid: tuple[Fact, ...]) -> ProjectPlan:
    """The plan of a project whose money these facts are; who gets money, how much and how."""
    total = sum((fact.amount for fact in paid), Decimal(0))
    recipients = {
        "recipient_number": f"{means.staff * 3}人",
        "recipient_standard": "每人每年600元",
        "recipient_scope": "符合条件的城乡居民",
        "recipient_method": "通过“一卡通”发放到个人账户",
        "recipient_benefit": "减轻困难群众负担",
    }
    return ProjectPlan(
        unit=means.unit,
        name=name,
        leader="演示负责人",
        goal=f"完成{means.year}年{name}的各项任务，资金按进度支付，服务对象满意。",
        policy_basis=f"演示县{means.year}年重点工作安排",
        executing_unit=executor,
        allocation=f"共{show_wan(total)}万元，按工作任务分配到各项支出",
        period=f"{means.year}年1月至12月",
        indicators=tuple(make_indicators(means, name, total)),
        **(recipients if any(fact.economic.startswith("303") for fact in paid) else {}),
    )


def make_indicators(means: Means, name: str, total: Decimal) -> Iterator[Indicator]:
    """A project's indicators; one in eight sets itself less than was already reached."""
    chance = Random(f"{means.seed} {means.unit} {name} goal")
    now = 4 + chance.randrange(20) + means.year - means.first
    words = {
        "name": name,
        "cost": show_wan(total // 100 * 100),
        "now": now,
        "reached": now + 3 if chance.random() < 0.125 else now - 1,
        "passed": 93 + chance.randrange(6),
        "pleased": 88 + chance.randrange(8),
    }
    for level1, level2, level3, value, last, weight in PROMISES:
        yield Indicator(
            level1=level1,
            level2=level2,
            level3=level3.format(**words),
            value=value.format(**words),
            basis="工作计划",
            weight=Decimal(weight),
            last_value=last.format(**words),
            scoring="达到目标得满分，未达到按比例扣分",
            evidence="工作台账",
        )


def set_overall(year: int, field: str, staff: int) -> OverallTarget:
    rows = (
        ("数量指标", f"{field}重点工作完成数", f">={4 + staff // 40}项", 30),
        ("质量指标", "重点工作完成率", ">=95%", 30),
        ("满意度指标", "群众满意度", ">=90%", 30),
    )
    return OverallTarget(
        contact="演示联系人",
        phone="0000-0000000",
        goal=f"围绕{field}，完成{year}年全年工作任务，预算执行规范有序。",
        indicators=tuple(
            Indicator(
                level1="履职效能",
                level2=level2,
                level3=level3,
                value=value,
                basis="年度计划",
                weight=Decimal(weight),
            )
            for level2, level3, value, weight in rows
        ),
    )
