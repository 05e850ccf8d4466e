"""Balances of the facts themselves: fund by fund, and between the two classifications."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from budgets.domain.checks.case import Case, is_rounded
from budgets.domain.checks.finding import (
    UNCHECKED,
    Check,
    Outcome,
    compare,
    compare_side,
    or_passed,
)
from budgets.domain.checks.identities import LOOK_AT_LINES
from budgets.domain.checks.sources import BALANCED, CLASSIFIED, FORMS
from budgets.domain.document import Result, Severity
from budgets.domain.facts import Fact, Nature, Side
from budgets.domain.funds import Family, Fund

UNIT_FUNDS = tuple(
    fund for fund in Fund if fund.family is Family.UNIT_FUNDS and not fund.is_carryover
)


def balance_funds(case: Case) -> list[Outcome]:
    """Income equals expenditure, fund by fund.

    Where money between a department and its units is left out, what the department received as
    one kind of unit funds is spent by the unit as another: those balance together.
    """
    together = any(fact.internal for fact in case.filing.facts) and bool(case.filing.units)
    groups = [[fund] for fund in Fund if not (together and fund in UNIT_FUNDS)]
    return or_passed(_fund_gaps(case, [*groups, list(UNIT_FUNDS)] if together else groups))


def _fund_gaps(case: Case, groups: list[list[Fund]]) -> Iterator[Outcome]:
    for funds in groups:
        own = [fact for fact in case.facts if fact.fund in funds]
        income = [fact for fact in own if fact.side is Side.INCOME]
        spent = [fact for fact in own if fact.side is Side.EXPENDITURE and fact.function]
        name = funds[0].label if len(funds) == 1 else funds[0].family.label
        yield from _gap(f"{name}收入", income, f"{name}支出", spent)


def _gap(
    left_label: str, left: list[Fact], right_label: str, right: list[Fact], rounded: int = 0
) -> Iterator[Outcome]:
    outcome = compare(
        compare_side(label=left_label, yuan=_total(left)),
        compare_side(label=right_label, yuan=_total(right)),
        rounded,
        LOOK_AT_LINES,
    )
    if outcome.result is not Result.PASSED:
        yield outcome


def _total(facts: Iterable[Fact]) -> Decimal:
    return sum((fact.amount for fact in facts), Decimal("0.00"))


def cancel_internal(case: Case) -> list[Outcome]:
    """What one unit gives to another, the other receives; a unit alone sees one side only."""
    internal = [fact for fact in case.filing.facts if fact.internal]
    if internal and not case.filing.units:
        return [UNCHECKED]
    income = [fact for fact in internal if fact.side is Side.INCOME]
    spent = [fact for fact in internal if fact.side is Side.EXPENDITURE and fact.function]
    return or_passed(_gap("各单位内部往来收入", income, "各单位内部往来支出", spent))


def match_classifications(case: Case) -> list[Outcome]:
    """By function and by economic code the same money, for every fund and nature that has both."""
    by_key: dict[tuple[Fund, bool], list[Fact]] = defaultdict(list)
    for fact in case.facts:
        if fact.side is Side.EXPENDITURE:
            by_key[fact.fund, fact.is_basic].append(fact)
    compared = [own for own in by_key.values() if any(fact.economic for fact in own)]
    if not compared:
        return [UNCHECKED]
    return or_passed(gap for own in compared for gap in _classification_gaps(own))


def _classification_gaps(own: list[Fact]) -> Iterator[Outcome]:
    natures = {fact.nature for fact in own if fact.nature}
    groups = [own] if Nature.BASIC in natures else [_of(own, nature) for nature in sorted(natures)]
    for group in groups:
        nature = group[0].nature
        is_basic = nature is None or (group is own and group[0].is_basic)
        name = "基本支出" if is_basic else nature.label
        label = f"{group[0].fund.label}{name}"
        functions = [fact for fact in group if fact.function]
        economics = [fact for fact in group if fact.economic]
        # A full detail line stands on both sides; only facts given apart were rounded apart.
        apart = [fact.amount for fact in group if not (fact.function and fact.economic)]
        rounded = len(apart) if is_rounded(apart) else 0
        yield from _gap(f"{label}按功能分类", functions, f"{label}按经济分类", economics, rounded)


def _of(facts: list[Fact], nature: Nature) -> list[Fact]:
    return [fact for fact in facts if fact.nature is nature]


BALANCE_CHECKS = (
    Check(
        "funds-balance",
        "每种资金的收入等于支出",
        "17种资金来源，收入 = 支出",
        Severity.ERROR,
        balance_funds,
        source=BALANCED,
        mended_at="expenditure",
    ),
    Check(
        "function-economic",
        "功能分类与经济分类的金额一致",
        "每种资金、每种支出性质：按功能分类 = 按经济分类",
        Severity.ERROR,
        match_classifications,
        source=CLASSIFIED,
        mended_at="expenditure",
    ),
    Check(
        "internal-balance",
        "内部往来的收入与支出相抵",
        "各单位内部往来收入 = 各单位内部往来支出",
        Severity.ERROR,
        cancel_internal,
        source=FORMS,
        mended_at="expenditure",
    ),
)
