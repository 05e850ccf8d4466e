"""What the department states beside its facts: 三公经费, procurement, assets, staff, last year."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from budgets.domain.checks.case import Case, is_rounded
from budgets.domain.checks.finding import (
    EXPLAINED,
    FORMS,
    NOTES,
    PASSED,
    RESERVED,
    STAFFED,
    THRIFTY,
    UNCHECKED,
    Check,
    Outcome,
    compare_side,
    compare_sums,
    failed,
    or_passed,
)
from budgets.domain.document import ZERO, Severity
from budgets.domain.facts import FISCAL_FAMILIES, Family, Nature
from budgets.domain.filing import PriorBasis
from budgets.domain.money import show_wan, to_wan
from budgets.domain.tables.form import Role
from budgets.domain.tables.slices import THREE_PUBLIC_CODES, derived_three_public, three_public_item

PROCURED = (
    ("procurement_goods", "货物"),
    ("procurement_works", "工程"),
    ("procurement_services", "服务"),
)
STAFF = (("serving", "在职"), ("retired", "退休"), ("honorary", "离休"))
ITEM_CELL = re.compile(r"\d{7}\.total")
VEHICLES = ("general", "enforcement", "other")


def add_procurement(case: Case) -> Iterator[Outcome]:
    """Goods, works and services make the procurement total, up to rounding."""
    given = case.filing.particulars
    parts = [getattr(given, name) for name, _ in PROCURED]
    total = compare_side(label="政府采购预算", yuan=given.procurement_total)
    added = compare_side(label="货物、工程、服务之和", yuan=sum(parts, Decimal("0.00")))
    rounded = len(parts) if is_rounded([*parts, total.yuan]) else 0
    yield compare_sums(total, added, rounded, "请核对“其他事项”表的政府采购金额。")


def reserve(case: Case) -> list[Outcome]:
    """Micro enterprises' share is within SMEs', and that within the total."""
    given = case.filing.particulars
    chain = (
        ("小微企业预留", given.procurement_micro, "中小企业预留", given.procurement_sme),
        ("中小企业预留", given.procurement_sme, "政府采购预算", given.procurement_total),
    )
    return or_passed(
        failed(
            f"{small}大于{large}。",
            "请核对“其他事项”表的政府采购金额。",
            compare_side(label=small, yuan=part),
            compare_side(label=large, yuan=whole),
        )
        for small, part, large, whole in chain
        if part > whole
    )


def count_vehicles(case: Case) -> list[Outcome]:
    """The three kinds of vehicles make the total, in number and in value."""
    given = case.filing.particulars
    counted = sum(getattr(given, f"vehicle_{kind}_count") for kind in VEHICLES)
    values = [getattr(given, f"vehicle_{kind}_value") for kind in VEHICLES]
    advice = "请核对“其他事项”表的车辆数量和价值。"
    outcomes = []
    if counted != given.vehicle_count:
        message = f"车辆共{given.vehicle_count}辆，三类之和为{counted}辆。"
        outcomes.append(failed(message, advice))
    total = compare_side(label="车辆价值", yuan=given.vehicle_value)
    added = compare_side(label="三类车辆价值之和", yuan=sum(values, Decimal("0.00")))
    rounded = len(values) if is_rounded([*values, total.yuan]) else 0
    return [*outcomes, compare_sums(total, added, rounded, advice)]


def count_staff(case: Case) -> list[Outcome]:
    """No group of people has grown by more than the people it has."""
    profile = case.filing.profile
    return or_passed(
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


def remember(case: Case) -> list[Outcome]:
    """Last year's items add up to last year's total, up to rounding."""
    last = case.history.last
    totals = [
        prior.amount
        for key in ("basic", "project")
        if (prior := last(f"{Role.GENERAL}.total.{key}"))
    ]
    amounts = [prior.amount for at in _item_addresses(case) if (prior := last(at))]
    if len(totals) < 2 or not amounts:
        return [UNCHECKED]
    whole = sum(totals, Decimal("0.00"))
    return [
        compare_sums(
            compare_side(label="上年一般公共预算各项之和", yuan=sum(amounts, Decimal("0.00"))),
            compare_side(label="上年一般公共预算合计", yuan=whole),
            len(amounts) if is_rounded([*amounts, whole]) else 0,
            "请核对“上年数与说明”表的上年数，上年有、今年没有的科目也要填。",
        )
    ]


def _item_addresses(case: Case) -> list[str]:
    table = Role.GENERAL
    present = [f"{table}.{row.key}.total" for row in case.grids[table].rows(3)]
    before = case.history.addresses()
    items = [at for at in before if ITEM_CELL.fullmatch(at.removeprefix(f"{table}."))]
    return sorted({*present, *items})


def repeat_published(case: Case) -> list[Outcome]:
    """What is stated as last year's budget is what last year's disclosure printed."""
    published = case.history.published
    if published is None:
        return [UNCHECKED]
    return or_passed(
        contradict(case.name_cell(at), prior.amount, published.get(at, ZERO))
        for at, prior in case.history.stated.items()
        if prior.basis is PriorBasis.BUDGET
        and to_wan(prior.amount) != to_wan(published.get(at, ZERO))
    )


def contradict(name: str, stated: Decimal, published: Decimal) -> Outcome:
    """What is told of a cell whose figure of last year (yuan) was published differently."""
    return failed(
        f"{name}的上年数填的是{show_wan(stated)}万元，上年公开的是{show_wan(published)}万元，"
        "已采用上年公开的数。",
        "请在工作簿的“上年数与说明”表改为上年公开的数或清空这一格，再上传；"
        "与上年执行数比较的，请把口径改为执行数。",
        compare_side(label="填报的上年数", yuan=stated),
        compare_side(label="上年公开数", yuan=published),
    )


PARTICULARS_CHECKS = (
    Check(
        "procurement-sum",
        "政府采购预算等于三类之和",
        "采购预算 = 货物 + 工程 + 服务",
        Severity.ERROR,
        add_procurement,
        source=EXPLAINED,
        mended_at="particulars",
    ),
    Check(
        "procurement-reserved",
        "预留份额在采购预算之内",
        "小微企业 ≤ 中小企业 ≤ 采购预算",
        Severity.ERROR,
        reserve,
        source=RESERVED,
        mended_at="particulars",
    ),
    Check(
        "vehicles",
        "车辆数量和价值等于三类之和",
        "车辆 = 一般公务 + 执法执勤 + 其他",
        Severity.ERROR,
        count_vehicles,
        source=EXPLAINED,
        mended_at="particulars",
    ),
    Check(
        "staff",
        "人数和增减相符",
        "在职、退休、离休：本年人数 ≥ 比上年增加的人数",
        Severity.ERROR,
        count_staff,
        source=NOTES,
        mended_at="profile",
    ),
    Check(
        "staff-authorized",
        "在职不超过编制",
        "在职人数 ≤ 编制数",
        Severity.WARNING,
        keep_authorized,
        source=STAFFED,
        mended_at="profile",
    ),
    Check(
        "last-year-sum",
        "上年数前后一致",
        "上年各项之和 = 上年合计",
        Severity.WARNING,
        remember,
        source=NOTES,
        mended_at="history",
        needs=(Role.GENERAL,),
    ),
    Check(
        "last-year-published",
        "上年数与上年公开的一致",
        "填报的上年预算数 = 上年公开的同一单元格",
        Severity.WARNING,
        repeat_published,
        source=NOTES,
        mended_at="history",
    ),
)


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
