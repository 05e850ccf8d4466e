"""Tables 10 and 11: the three public expenses, and what is left of last year's money."""

from budgets.facts import Fact, Filing, Nature
from disclosures.catalog.columns import FAMILY_SUMS, family_columns, name_column
from disclosures.catalog.lines import Item, carryover_lines, fixed_lines
from disclosures.catalog.picks import (
    both,
    has_economic,
    has_function,
    is_carryover,
    is_fiscal,
    is_fiscal_this_year,
    of_economic,
    of_nature,
    outside,
)
from disclosures.catalog.whole import ledger_facts
from disclosures.tables import Block, Column, Form, Heading
from disclosures.tables.form import Picks, everything

ABROAD, RECEPTION, RUNNING = ("30212",), ("30217",), ("30231",)
# Vehicles are also bought with capital construction money (309), not only with 310.
PURCHASE = ("31013", "30913")
THREE_PUBLIC_CODES = (
    ("abroad", "因公出国（境）费", ABROAD),
    ("reception", "公务接待费", RECEPTION),
    ("vehicle_purchase", "公务用车购置费", PURCHASE),
    ("vehicle_running", "公务用车运行费", RUNNING),
)
COUNTED = tuple(code for _, _, codes in THREE_PUBLIC_CODES for code in codes)

THREE_PUBLIC_ITEMS = (
    Item("abroad", "因公出国（境）费", 1, of_economic(ABROAD)),
    Item("reception", "公务接待费", 1, of_economic(RECEPTION)),
    Item("vehicles", "公务用车购置及运行费（小计）", 1, of_economic(PURCHASE + RUNNING)),
    Item("vehicle_purchase", "其中：公务用车购置费", 2, of_economic(PURCHASE)),
    Item("vehicle_running", "公务用车运行费", 3, of_economic(RUNNING)),
)


def derived_three_public(filing: Filing) -> list[Fact]:
    """The facts whose economic codes say that they are three public expenses."""
    return [
        fact
        for fact in ledger_facts(filing)
        if has_economic(fact) and is_fiscal_this_year(fact) and three_public_item(fact)
    ]


def three_public_facts(filing: Filing) -> list[Fact]:
    """Unit by unit and item by item: what is stated where it is stated, else the economic codes."""
    stated = [fact for fact in filing.three_public if fact.economic.startswith(COUNTED)]
    told = {(fact.unit, three_public_item(fact)) for fact in stated}
    derived = derived_three_public(filing)
    return stated + [fact for fact in derived if (fact.unit, three_public_item(fact)) not in told]


def three_public_item(fact: Fact) -> str:
    """Which of the three public expenses a fact is, as its row in Table 10; empty if none."""
    for key, _, codes in THREE_PUBLIC_CODES:
        if fact.economic.startswith(codes):
            return key
    return ""


T10 = Form(
    number=10,
    title="财政拨款“三公”经费支出情况表",
    scope="财政拨款",
    source=three_public_facts,
    empty="{department}{year}年没有使用财政拨款安排“三公”经费支出，{title}为空表。",
    blocks=(
        Block(
            heads=(
                name_column("“三公”经费支出内容", key="item", width=30),
                Column(key="total", label="合计", mark="1"),
                Heading(
                    "资金来源",
                    family_columns(
                        ("2", "3", "4"), ("一般公共预算", "政府性基金", "国有资本经营预算")
                    ),
                ),
            ),
            rows=fixed_lines(THREE_PUBLIC_ITEMS),
            picks=everything,
            total=("合计",),
            sums=FAMILY_SUMS,
        ),
    ),
)


def _carryover_side(
    prefix: str, scope: str, label: str, marks: tuple[str, ...], side: Picks
) -> Heading:
    def column(key: str, label: str, mark: str, picks: Picks) -> Column:
        return Column(
            key=key, label=label, mark=mark, scope=scope, width=8, picks=both(side, picks)
        )

    whole, people, office, project = marks
    basic = (
        column(f"{prefix}_personnel", "人员经费", people, of_nature(Nature.PERSONNEL)),
        column(f"{prefix}_operating", "公用经费", office, of_nature(Nature.OPERATING)),
    )
    return Heading(
        label,
        (
            column(prefix, "小计", whole, everything),
            Heading("基本支出", basic),
            column(f"{prefix}_project", "项目支出", project, of_nature(Nature.PROJECT)),
        ),
    )


T11_SUMS = (
    ("total", ("fiscal", "other")),
    *(
        (side, (f"{side}_personnel", f"{side}_operating", f"{side}_project"))
        for side in ("fiscal", "other")
    ),
)

T11 = Form(
    number=11,
    title="上年结转结余情况明细表",
    scope="上年结转结余",
    source=ledger_facts,
    empty="{department}{year}年没有上年结转结余预算安排的支出，{title}为空表。",
    blocks=(
        Block(
            heads=(
                name_column("项目", key="item", width=26),
                Column(key="total", label="合计", mark="1", width=8),
                _carryover_side(
                    "fiscal", "财政拨款结转", "财政拨款", ("2", "3", "4", "5"), is_fiscal
                ),
                _carryover_side(
                    "other",
                    "非财政拨款结转结余",
                    "非财政拨款",
                    ("6", "7", "8", "9"),
                    outside(is_fiscal),
                ),
            ),
            rows=carryover_lines,
            picks=both(has_function, is_carryover),
            total=("合计",),
            sums=T11_SUMS,
        ),
    ),
)
