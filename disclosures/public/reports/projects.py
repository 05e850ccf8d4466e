"""Projects across departments, and one project over its years: its money and its targets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import attrgetter, or_

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from budgets.domain.money import show_wan
from budgets.domain.tables.form import Role
from disclosures.models import IndexFigure
from disclosures.public.reports.columns import CODE, DEPARTMENT, YEAR, FunctionFilter
from disclosures.public.reports.indicators import find_targets, pivot_targets
from disclosures.public.reports.page import (
    Choice,
    ReportPage,
    check_key,
    choose_years,
    link_figure,
    offer_years,
)
from disclosures.publishing.report import Column, Link, Order, Report, sort

LEAD = (
    "各部门公开的项目，一次只看一种资金。项目支出绩效目标表列出全部项目，写明总额、财政拨款和其他资金；"
    "表7和表11按功能科目列出一般公共预算和上年结转结余安排的项目。"
    "政府性基金、国有资本经营预算安排的项目包括在财政拨款里，公开的表没有把它们单独列到项目。"
)
# Equal ones in the order of the departments, and of each document.
LAST = ("department__code", "pk")
ORDERS = {
    "amount": Order("按金额", sort("-amount", *LAST)),
    "code": Order("按部门编码", sort(*LAST)),
}


@dataclass(frozen=True, slots=True)
class Money:
    """A kind of money that projects have, and the cells of the documents that tell it."""

    label: str
    scope: str
    table: str
    column: str = "total"

    @property
    def has_codes(self) -> bool:
        """True where the document tells the function code too."""
        return self.table != "P"

    @property
    def where(self) -> Q:
        """The figures of projects that have some of it."""
        return Q(table=self.table, column=self.column, amount__gt=0) & ~Q(project="")


MONEY = {
    "whole": Money("全部资金", "项目资金总额（全口径）", "P"),
    "fiscal": Money("财政拨款", "财政拨款（含财政拨款结转）", "P", "fiscal"),
    "other": Money("其他资金", "其他资金（非财政拨款）", "P", "other"),
    "general": Money("一般公共预算", "一般公共预算项目支出", Role.PROJECTS),
    "carryover": Money("上年结转结余", "上年结转结余安排的项目支出", Role.CARRYOVER),
}


def list_projects(year: int | None = None, money: str = "") -> ReportPage:
    """The projects of the newest year, or of the one in the address, by one kind of money."""
    key, (year, years) = check_key(money, MONEY, "个口径"), choose_years(year)
    kind, own = MONEY[key], reverse("disclosures:projects-year", args=[year])
    hrefs = {each: reverse("disclosures:projects-money", args=[year, each]) for each in MONEY}
    # The first kind is the year's own address, so that no page has two.
    plain = hrefs | {next(iter(MONEY)): own}
    kinds = [Link(each.label, plain[name], name == key) for name, each in MONEY.items()]
    found = IndexFigure.objects.filter(kind.where, year=year).with_names().order_by(*LAST)
    report = report_money(kind, found, f"{kind.label}：{{count}}个项目", "project")
    return ReportPage(
        report=replace(
            report,
            title=f"{year}年各部门的项目",
            name=f"{year}年各部门的项目（{kind.label}）",
            lead=[LEAD],
            messages=[f"口径：{kind.scope}。", LEAD],
            orders=ORDERS,
        ),
        stem=hrefs[key],
        address=plain[key],
        choices=[offer_years("projects-year", years, year), Choice("口径", kinds)],
    )


def show_project(code: str, project: str) -> ReportPage:
    """One project over its years; Http404 where no document in force names it."""
    anywhere = reduce(or_, (money.where for money in MONEY.values()))
    found = IndexFigure.objects.filter(anywhere, department__code=code, project=project)
    figures = list(found.with_names().order_by("-year", "function", "row"))
    targets = list(find_targets(department__code=code, project=project))
    if not figures and not targets:
        raise Http404(f"编码为“{code}”的部门没有公开过叫“{project[:60]}”的项目。")
    first, *others = [*list_money(figures), pivot_targets("", "各年度的绩效目标", targets)]
    return ReportPage(
        report=replace(
            first,
            title=project,
            lead=["同一个部门各年度里名称相同的项目放在一起；改过名称的项目分开列。"],
        ),
        trail=[
            Link("项目", reverse("disclosures:projects")),
            Link("本部门的绩效目标", reverse("disclosures:indicators-department", args=[code])),
        ],
        others=lambda: others,
    )


def list_money(figures: Sequence[IndexFigure]) -> Iterator[Report]:
    """Each kind of money that a project has, by year and code."""
    for money in MONEY.values():
        own = [each for each in figures if (each.table, each.column) == (money.table, money.column)]
        if own:
            yield report_money(money, own, f"各年度的金额：{money.label}", "year")


def report_money(
    money: Money, found: QuerySet | Sequence[IndexFigure], caption: str, first: str
) -> Report:
    """Amounts of one kind of money; the code only where the document tells it."""
    return Report(
        title=caption,
        caption=caption,
        scope=money.scope,
        unit="万元",
        nothing=f"没有用{money.label}的项目。",
        records=found,
        columns=COLUMNS,
        shown=(first, "department", *(["function"] if money.has_codes else []), "yuan"),
        filters=FunctionFilter,
    )


def link_project_figure(figure: IndexFigure) -> str:
    """Its cell in the document."""
    return link_figure(figure.year, figure.department.code, figure.at)


COLUMNS = (
    replace(YEAR, show=lambda figure: f"{figure.year}年"),
    CODE,
    DEPARTMENT,
    Column(
        "function",
        "功能科目",
        attrgetter("function"),
        href=lambda figure: (
            figure.function and reverse("disclosures:code", args=["function", figure.function])
        ),
    ),
    Column(
        "project",
        "项目",
        attrgetter("project"),
        href=lambda figure: reverse(
            "disclosures:project", args=[figure.department.code, figure.project]
        ),
    ),
    Column(
        "yuan",
        "金额（元）",
        attrgetter("amount"),
        heading="金额",
        show=lambda figure: show_wan(figure.amount),
        href=link_project_figure,
        is_amount=True,
    ),
    Column("address", "在公开文件里的位置", link_project_figure, is_address=True),
)
