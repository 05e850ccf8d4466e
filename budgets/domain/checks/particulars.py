"""What the department states beside its facts: 三公经费, procurement, assets, staff, last year."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from budgets.domain.checks.case import (
    PASSED,
    UNCHECKED,
    Case,
    Outcome,
    compare_side,
    compare_sums,
    count_rounded,
    failed,
)
from budgets.domain.facts import FISCAL_FAMILIES, Family, Nature
from budgets.domain.filing import PriorBasis
from budgets.domain.money import ZERO, show_wan, to_wan
from budgets.domain.tables.form import (
    THREE_PUBLIC_CODES,
    Role,
    derived_three_public,
    three_public_item,
)

PROCURED = ("procurement_goods", "procurement_works", "procurement_services")
VEHICLES = ("general", "enforcement", "other")
STAFF = (("serving", "在职"), ("retired", "退休"), ("honorary", "离休"))
ITEM_CELL = re.compile(rf"{Role.GENERAL}\.\d{{7}}\.total")
LOOK_AT_PROCUREMENT = "请核对“其他事项”表的政府采购金额。"
LOOK_AT_VEHICLES = "请核对“其他事项”表的车辆数量和价值。"
LOOK_AT_LAST_YEAR = (
    "请在工作簿的“上年数与说明”表改为上年公开的数或清空这一格，再上传；"
    "与上年执行数比较的，请把口径改为执行数。"
)


def match_three_public(case: Case) -> Iterator[Outcome]:
    """Their table agrees with the economic codes, or a word says why not.

    Without statements and without the economic detail of projects nobody can tell.
    """
    if not case.filing.three_public:
        if not all(_has_detail(case, family) for family in FISCAL_FAMILIES):
            yield UNCHECKED
        return
    coded: dict[tuple[str, Family], Decimal] = defaultdict(lambda: ZERO)
    for fact in derived_three_public(case.filing):
        coded[three_public_item(fact), fact.fund.family] += fact.amount
    for key, label, _ in THREE_PUBLIC_CODES:
        for family in FISCAL_FAMILIES:
            at, yuan = f"{Role.THREE_PUBLIC}.{key}.{family.value}", coded[key, family]
            stated = compare_side(label=case.name_cell(at), yuan=case.writer.yuan(at), at=at)
            by_code = compare_side(label=f"{family.label}同名经济科目", yuan=yuan)
            if stated.yuan > yuan and _has_detail(case, family):
                yield failed(
                    f"{label}（{family.label}）的填报数大于支出明细同名经济科目的金额。",
                    "请核对“三公经费”表和支出明细的经济科目。",
                    stated,
                    by_code,
                )
            elif stated.yuan != yuan and not case.filing.three_public_why.strip():
                yield failed(
                    f"{label}（{family.label}）的填报数与支出明细同名经济科目的金额不同，没有说明。",
                    "请在“三公经费”表填写差异说明。",
                    stated,
                    by_code,
                )


def _has_detail(case: Case, family: Family) -> bool:
    """True where every project of this year's money says which economic section it pays."""
    return all(
        len(fact.economic) == 5
        for fact in case.facts
        if fact.nature is Nature.PROJECT
        and fact.fund.family is family
        and not fact.fund.is_carryover
        and fact.function
    )


def restrain_three_public(case: Case) -> list[Outcome]:
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


def add_procurement(case: Case) -> list[Outcome]:
    """Goods, works and services make the procurement total, up to rounding."""
    given = case.filing.particulars
    parts = [getattr(given, name) for name in PROCURED]
    total = compare_side(label="政府采购预算", yuan=given.procurement_total)
    added = compare_side(label="货物、工程、服务之和", yuan=sum(parts, ZERO))
    return [compare_sums(total, added, count_rounded(parts, total.yuan), LOOK_AT_PROCUREMENT)]


def reserve_procurement(case: Case) -> Iterable[Outcome]:
    """Micro enterprises' share is within SMEs', and that within the total."""
    given = case.filing.particulars
    micro = compare_side(label="小微企业预留", yuan=given.procurement_micro)
    sme = compare_side(label="中小企业预留", yuan=given.procurement_sme)
    total = compare_side(label="政府采购预算", yuan=given.procurement_total)
    return (
        failed(f"{part.label}大于{whole.label}。", LOOK_AT_PROCUREMENT, part, whole)
        for part, whole in ((micro, sme), (sme, total))
        if part.yuan > whole.yuan
    )


def count_vehicles(case: Case) -> list[Outcome]:
    """The three kinds of vehicles make the total, in number and in value."""
    given = case.filing.particulars
    counted = sum(getattr(given, f"vehicle_{kind}_count") for kind in VEHICLES)
    values = [getattr(given, f"vehicle_{kind}_value") for kind in VEHICLES]
    outcomes = []
    if counted != given.vehicle_count:
        message = f"车辆共{given.vehicle_count}辆，三类之和为{counted}辆。"
        outcomes.append(failed(message, LOOK_AT_VEHICLES))
    total = compare_side(label="车辆价值", yuan=given.vehicle_value)
    added = compare_side(label="三类车辆价值之和", yuan=sum(values, ZERO))
    rounded = count_rounded(values, total.yuan)
    return [*outcomes, compare_sums(total, added, rounded, LOOK_AT_VEHICLES)]


def count_staff(case: Case) -> Iterable[Outcome]:
    """No group of people has grown by more than the people it has."""
    profile = case.filing.profile
    return (
        failed(
            f"{label}{now}人，比上年增加{change}人，上年人数成了负数。",
            "请核对“概况与人员”表的人数和增减。",
        )
        for name, label in STAFF
        if (now := getattr(profile, name)) < (change := getattr(profile, f"{name}_change"))
    )


def keep_authorized(case: Case) -> list[Outcome]:
    """No more people serve than are authorized."""
    profile = case.filing.profile
    if profile.serving <= profile.authorized:
        return [PASSED]
    message = f"在职{profile.serving}人，编制数{profile.authorized}，在职超过编制。"
    return [failed(message, "请核对“概况与人员”表；确有超编的，请说明。")]


def add_last_year(case: Case) -> list[Outcome]:
    """Last year's items add up to last year's total, up to rounding."""
    last, table = case.history.last, Role.GENERAL
    present = {f"{table}.{row.key}.total" for row in case.grids[table].rows(3)}
    items = present | set(filter(ITEM_CELL.fullmatch, case.history.addresses()))
    parts = (last(f"{table}.total.basic"), last(f"{table}.total.project"))
    totals = [prior.amount for prior in parts if prior]
    amounts = [prior.amount for at in sorted(items) if (prior := last(at))]
    if len(totals) < 2 or not amounts:
        return [UNCHECKED]
    whole = sum(totals, ZERO)
    return [
        compare_sums(
            compare_side(label="上年一般公共预算各项之和", yuan=sum(amounts, ZERO)),
            compare_side(label="上年一般公共预算合计", yuan=whole),
            count_rounded(amounts, whole),
            "请核对“上年数与说明”表的上年数，上年有、今年没有的科目也要填。",
        )
    ]


def repeat_published(case: Case) -> Iterable[Outcome]:
    """What is stated as last year's budget is what last year's disclosure printed."""
    published = case.history.published
    if published is None:
        return [UNCHECKED]
    found = []
    for at, prior in case.history.stated.items():
        stated, printed = prior.amount, published.get(at, ZERO)
        if prior.basis is PriorBasis.BUDGET and to_wan(stated) != to_wan(printed):
            message = (
                f"{case.name_cell(at)}的上年数填的是{show_wan(stated)}万元，"
                f"上年公开的是{show_wan(printed)}万元，已采用上年公开的数。"
            )
            left = compare_side(label="填报的上年数", yuan=stated)
            right = compare_side(label="上年公开数", yuan=printed)
            found.append(failed(message, LOOK_AT_LAST_YEAR, left, right))
    return found
