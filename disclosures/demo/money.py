"""What a unit of the demo county receives and spends in a year, line by line in whole yuan."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from budgets.domain.chart import Chart
from budgets.domain.facts import Fact, Fund, Nature
from disclosures.demo.factories import make_expense

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

    def spend(
        self, yuan: float, nature: Nature, *codes: str, fund: Fund = Fund.GENERAL_OWN, rise=RISE
    ) -> Fact:
        """One line at this year's prices; `codes` are function, economic and a project's name."""
        return make_expense(
            self.price(yuan, rise), *codes, unit=self.unit, fund=fund, nature=nature
        )


def list_items(section: str, chart: Chart) -> tuple[str, ...]:
    """The function items of a section, in code order."""
    found = [code for code in sorted(chart.functions) if len(code) == 7]
    return tuple(code for code in found if code.startswith(section))


def list_basic(means: Means) -> Iterator[Fact]:
    """What keeps the unit running: its people, retired ones too, and its office."""
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
