"""What a unit of the demo county receives and spends in a year, line by line in whole yuan."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from budgets.chart import Chart
from budgets.facts import Fact, Fund, Nature, Side

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
        """The item of its running costs."""
        return self.items[0]

    def price(self, yuan: float, rise: float = RISE) -> Decimal:
        """An amount at this year's prices, give or take a little, in whole yuan."""
        rise = rise ** (self.year - self.first)
        return Decimal(round(yuan * rise * self.chance.uniform(0.93, 1.07)))


def list_items(section: str, chart: Chart) -> tuple[str, ...]:
    """The function items of a section, in code order."""
    found = [code for code in sorted(chart.functions) if len(code) == 7]
    return tuple(code for code in found if code.startswith(section))


def spend(means: Means, amount: Decimal, fund: Fund, nature: Nature, *codes: str) -> Fact:
    """One line; `codes` are function, economic and, for a project, its name."""
    function, economic, *project = codes
    return Fact(
        unit=means.unit,
        side=Side.EXPENDITURE,
        fund=fund,
        amount=amount,
        nature=nature,
        function=function,
        economic=economic,
        project="".join(project),
    )


def list_basic(means: Means) -> Iterator[Fact]:
    """What keeps the unit running: its people, retired ones too, and its office."""
    own = Fund.GENERAL_OWN
    for economic, function, rate in PERSONNEL:
        amount = means.price(rate * means.staff)
        yield spend(means, amount, own, Nature.PERSONNEL, function or means.own, economic)
    retired = means.price(4_800 * (1 + means.staff // 6))
    yield spend(means, retired, own, Nature.PERSONNEL, "2080501", "30302")
    for economic, rate in OPERATING:
        amount = means.price(rate * means.staff, THRIFT if economic in THRIFTY else RISE)
        # In every other year the official car of a small unit does not move.
        if economic != "30231" or means.staff > 15 or means.year % 2:
            yield spend(means, amount, own, Nature.OPERATING, means.own, economic)


def pay_project(means: Means, name: str, number: int, size: float) -> Iterator[Fact]:
    """A project's lines: some from the treasury, every third from above, with two uses of money."""
    chance = Random(f"{means.seed} {means.unit} {name}")
    function = means.items[(number + 1) % len(means.items)]
    fund = Fund.GENERAL_TRANSFER if number % 3 == 1 else Fund.GENERAL_OWN
    for economic in sorted(chance.sample(PAID_IN_PROJECTS, 2)):
        yield spend(means, means.price(size / 2), fund, Nature.PROJECT, function, economic, name)
    if chance.random() < 0.3:
        left = means.price(size / 9)
        yield spend(means, left, Fund.CARRYOVER_GENERAL, Nature.PROJECT, function, "30227", name)


def list_incomes(facts: list[Fact]) -> list[Fact]:
    """The income that pays for the expenditure, fund by fund."""
    needs: dict[tuple[str, Fund], Decimal] = {}
    for fact in facts:
        key = (fact.unit, fact.fund)
        needs[key] = needs.get(key, Decimal(0)) + fact.amount
    return [
        Fact(unit=unit, side=Side.INCOME, fund=fund, amount=amount)
        for (unit, fund), amount in needs.items()
    ]
