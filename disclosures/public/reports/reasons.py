"""All reasons why figures changed: by amount, by rate, by code, by wording."""

from operator import attrgetter
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from budgets.domain.money import show_wan
from disclosures.models import IndexReason
from disclosures.public.reports.page import (
    CODE,
    DEPARTMENT,
    YEAR,
    FunctionFilter,
    ListPage,
    choose_years,
    link_figure,
    place_in_year,
)
from disclosures.publishing.report import Column, Order, Report, sort_by

LEAD = "各部门在情况说明里写的变动原因。增减和比例取自同一句话，点开可以看原文。"
# Equal ones in the order of the departments.
LAST = ("department__code", "id")


def list_given_reasons(year: int | None = None) -> ListPage:
    year, years = choose_years(year)
    report = Report(
        title=f"{year}年各部门写的变动原因",
        lead=[LEAD],
        messages=[LEAD, "增减由公开的文件上印出来的万元数换算成元。"],
        caption="全部原因：{count}条",
        records=IndexReason.objects.filter(year=year).with_names().order_by(*LAST),
        columns=COLUMNS,
        shown=("department", "label", "change", "rate", "text"),
        orders=ORDERS,
        complete=count_owners,
        filters=FunctionFilter,
    )
    return place_in_year("reasons-year", report, year, years)


def share_wordings(found: QuerySet[IndexReason]) -> QuerySet[IndexReason]:
    """Those that more than one department words alike."""
    alike = IndexReason.objects.filter(year=OuterRef("year"), normal=OuterRef("normal"))
    others = alike.exclude(department=OuterRef("department"))
    return found.filter(Exists(others)).order_by("normal", *LAST)


def count_owners(reasons: list[Any]) -> list[Any]:
    """How many departments gave each reason, as its `owners`: one query."""
    alike = IndexReason.objects.filter(
        year__in={each.year for each in reasons}, normal__in={each.normal for each in reasons}
    )
    owners = dict(alike.values_list("normal").annotate(Count("department", distinct=True)))
    for each in reasons:
        each.owners = owners[each.normal]
    return reasons


def link_sentence(reason: IndexReason) -> str:
    return link_figure(reason.year, reason.department.code, reason.paragraph)


def sign(number: str) -> str:
    """With a plus where it grew."""
    return number if number.startswith(("-", "0.00")) else f"+{number}"


ORDERS = {
    "increase": Order("增加最多", sort_by("-change", *LAST)),
    "decrease": Order("减少最多", sort_by("change", *LAST)),
    "rate": Order("增长最快", sort_by("-rate", *LAST)),
    "drop": Order("下降最快", sort_by("rate", *LAST)),
    "code": Order("按科目", sort_by("function", *LAST)),
    "wording": Order("同样的话", share_wordings, "不止一个部门用同样的话说明的原因：{count}条"),
}
COLUMNS = (
    YEAR,
    CODE,
    DEPARTMENT,
    Column("label", "什么变了", attrgetter("label")),
    Column("function", "功能科目", attrgetter("function")),
    Column(
        "change",
        "增减（元）",
        attrgetter("change"),
        heading="增减",
        unit="万元",
        show=lambda reason: sign(show_wan(reason.change)),
        is_amount=True,
    ),
    Column(
        "rate",
        "增减（%）",
        attrgetter("rate"),
        heading="增减",
        unit="%",
        show=lambda reason: sign(f"{reason.rate:,.2f}"),
        is_amount=True,
    ),
    Column(
        "text",
        "原因",
        attrgetter("text"),
        href=link_sentence,
        note=lambda own: f"{own.owners}个部门写了同样的话" if own.owners > 1 else "",
    ),
    Column("address", "原文", link_sentence, is_address=True),
)
