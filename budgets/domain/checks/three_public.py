"""三公经费: within the economic codes, and not above last year's."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from budgets.domain.checks.case import Case
from budgets.domain.checks.finding import (
    PASSED,
    UNCHECKED,
    Check,
    Outcome,
    compare_side,
    failed,
    or_passed,
)
from budgets.domain.checks.sources import FORMS, THRIFTY
from budgets.domain.document import Severity
from budgets.domain.facts import Nature
from budgets.domain.funds import FISCAL_FAMILIES, Family
from budgets.domain.tables.form import Role
from budgets.domain.three_public import THREE_PUBLIC_CODES, derived_three_public, three_public_item

ZERO = Decimal("0.00")


def stay_within(case: Case) -> list[Outcome]:
    """Table 10 agrees with the economic codes, or a word says why not.

    Without statements and without the economic detail of projects nobody can tell.
    """
    if case.filing.three_public:
        return or_passed(_stated_gaps(case))
    return [PASSED] if all(_has_detail(case, family) for family in FISCAL_FAMILIES) else [UNCHECKED]


def _stated_gaps(case: Case) -> Iterator[Outcome]:
    coded: dict[tuple[str, Family], Decimal] = defaultdict(lambda: ZERO)
    for fact in derived_three_public(case.filing):
        coded[three_public_item(fact), fact.fund.family] += fact.amount
    table = Role.THREE_PUBLIC
    for key, label, _ in THREE_PUBLIC_CODES:
        for family in FISCAL_FAMILIES:
            yield from _gap(
                case, label, f"{table}.{key}.{family.value}", coded[key, family], family
            )


def _gap(case: Case, label: str, at: str, coded: Decimal, family: Family) -> Iterator[Outcome]:
    stated = compare_side(label=case.name_cell(at), yuan=case.writer.yuan(at), at=at)
    by_code = compare_side(label=f"{family.label}同名经济科目", yuan=coded)
    if stated.yuan > coded and _has_detail(case, family):
        yield failed(
            f"{label}（{family.label}）的填报数大于支出明细同名经济科目的金额。",
            "请核对“三公经费”表和支出明细的经济科目。",
            stated,
            by_code,
        )
    elif stated.yuan != coded and not case.filing.three_public_why.strip():
        yield failed(
            f"{label}（{family.label}）的填报数与支出明细同名经济科目的金额不同，没有说明。",
            "请在“三公经费”表填写差异说明。",
            stated,
            by_code,
        )


def _has_detail(case: Case, family: Family) -> bool:
    """True where every project of this year's money says which economic section it pays."""
    projects = [
        fact
        for fact in case.facts
        if fact.nature is Nature.PROJECT
        and fact.fund.family is family
        and not fact.fund.is_carryover
        and fact.function
    ]
    return all(len(fact.economic) == 5 for fact in projects)


def restrain(case: Case) -> list[Outcome]:
    """The three public expenses do not rise."""
    at = f"{Role.THREE_PUBLIC}.total.total"
    last = case.history.last(at)
    if last is None:
        return [UNCHECKED]
    this = case.writer.yuan(at)
    if this <= last.amount:
        return [PASSED]
    return [
        failed(
            "“三公”经费比上年增加。",
            "请说明增加的依据。",
            compare_side(label="本年", yuan=this, at=at),
            compare_side(label="上年", yuan=last.amount),
        )
    ]


THREE_PUBLIC_CHECKS = (
    Check(
        "three-public-within",
        "“三公”经费与经济科目一致",
        "{three_public}各项 = 支出明细同名经济科目，或有说明",
        Severity.ERROR,
        stay_within,
        source=FORMS,
        mended_at="three_public",
        needs=(Role.THREE_PUBLIC,),
    ),
    Check(
        "three-public-rise",
        "“三公”经费没有增加",
        "{three_public}合计 ≤ 上年",
        Severity.WARNING,
        restrain,
        source=THRIFTY,
        mended_at="expenditure",
        needs=(Role.THREE_PUBLIC,),
    ),
)
