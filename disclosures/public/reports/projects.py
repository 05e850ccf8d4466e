"""Projects and performance targets across departments, and over the years of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import attrgetter, or_

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from budgets.domain.answers import show_goal
from budgets.domain.money import show_wan
from budgets.domain.tables.form import Role
from disclosures.models import IndexFigure, IndexIndicator
from disclosures.public.reports.page import (
    ADDRESS,
    CODE,
    DEPARTMENT,
    YEAR,
    Choice,
    DepartmentFilter,
    FunctionFilter,
    ListPage,
    check_key,
    choose_years,
    link_index_row,
    offer_years,
    place_in_year,
)
from disclosures.publishing.report import Column, Link, Order, Report, sort_by

PROJECT_LEAD = (
    "各部门公开的项目，一次只看一种资金。项目支出绩效目标表列出全部项目，写明总额、财政拨款和其他资金；"
    "表7和表11按功能科目列出一般公共预算和上年结转结余安排的项目。"
    "政府性基金、国有资本经营预算安排的项目包括在财政拨款里，公开的表没有把它们单独列到项目。"
)
# What the index calls the money of the performance tables of all projects.
FUNDS = "P"
# Equal ones in the order of the departments, and of each document.
LAST = ("department__code", "pk")
ORDERS = {
    "amount": Order("按金额", sort_by("-amount", *LAST)),
    "code": Order("按部门编码", sort_by(*LAST)),
}


@dataclass(frozen=True, slots=True)
class Money:
    """A kind of money that projects have, and the cells of the documents that tell it."""

    label: str
    scope: str
    table: str
    column: str = "total"

    def is_of(self, figure: IndexFigure) -> bool:
        return (figure.table, figure.column) == (self.table, self.column)

    @property
    def where(self) -> Q:
        """The figures of projects that have some of it."""
        return Q(table=self.table, column=self.column, amount__gt=0) & ~Q(project="")


MONEY = {
    "whole": Money("全部资金", "项目资金总额（全口径）", FUNDS),
    "fiscal": Money("财政拨款", "财政拨款（含财政拨款结转）", FUNDS, "fiscal"),
    "other": Money("其他资金", "其他资金（非财政拨款）", FUNDS, "other"),
    "general": Money("一般公共预算", "一般公共预算项目支出", Role.PROJECTS),
    "carryover": Money("上年结转结余", "上年结转结余安排的项目支出", Role.CARRYOVER),
}
LOWERED = "低于上年已经完成的"
TARGET_LEAD = (
    "这里列出指标值低于该指标上年完成值的绩效目标：两个都是同一单位的数字，"
    "要求做到的比已经做到的少。是不是合理，请看该部门的说明。"
)
# What is asked for, by its second and third level, and the indicators of it by year.
TargetRow = tuple[tuple[str, str], dict[int, IndexIndicator]]


def list_projects(year: int | None = None, money: str = "") -> ListPage:
    """The projects of the newest year, or of the one in the address, by one kind of money."""
    key, (year, years) = check_key(money, MONEY, "个口径"), choose_years(year)
    kind, own = MONEY[key], reverse("disclosures:projects-year", args=[year])
    hrefs = {each: reverse("disclosures:projects-money", args=[year, each]) for each in MONEY}
    # The first kind is the year's own address, so that no page has two.
    plain = hrefs | {next(iter(MONEY)): own}
    kinds = [Link(each.label, plain[name], name == key) for name, each in MONEY.items()]
    found = IndexFigure.objects.filter(kind.where, year=year).with_names().order_by(*LAST)
    report = report_money(kind, found, f"{kind.label}：{{count}}个项目", "project")
    return ListPage(
        report=replace(
            report,
            title=f"{year}年各部门的项目",
            name=f"{year}年各部门的项目（{kind.label}）",
            lead=[PROJECT_LEAD],
            messages=[f"口径：{kind.scope}。", PROJECT_LEAD],
            orders=ORDERS,
        ),
        stem=hrefs[key],
        address=plain[key],
        choices=[offer_years("projects-year", years, year), Choice("口径", kinds)],
    )


def list_project_years(code: str, project: str) -> ListPage:
    """One project over its years; Http404 where no document in force names it."""
    anywhere = reduce(or_, (money.where for money in MONEY.values()))
    found = IndexFigure.objects.filter(anywhere, department__code=code, project=project)
    figures = list(found.with_names().order_by("-year", "function", "row"))
    targets = list(find_targets(department__code=code, project=project))
    if not figures and not targets:
        raise Http404(f"编码为“{code}”的部门没有公开过叫“{project[:60]}”的项目。")
    first, *others = [
        *(
            report_money(money, own, f"各年度的金额：{money.label}", "year")
            for money in MONEY.values()
            if (own := [each for each in figures if money.is_of(each)])
        ),
        pivot_targets("", "各年度的绩效目标", targets),
    ]
    return ListPage(
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
        columns=PROJECT_COLUMNS,
        shown=(first, "department", *([] if money.table == FUNDS else ["function"]), "yuan"),
        filters=FunctionFilter,
    )


def list_lowered(year: int | None = None) -> ListPage:
    year, years = choose_years(year)
    found = IndexIndicator.objects.filter(is_lowered=True, year=year)
    report = Report(
        title=f"{year}年低于已达到水平的绩效目标",
        lead=[TARGET_LEAD],
        messages=[TARGET_LEAD],
        caption="{count}个指标",
        nothing="没有这样的指标。",
        records=found.with_names().order_by("department__code", "id"),
        columns=TARGET_COLUMNS,
        shown=("indicator", "department", "project", "value", "last_value"),
        filters=DepartmentFilter,
    )
    return place_in_year("indicators-year", report, year, years)


def list_department_targets(code: str) -> ListPage:
    """A department's own indicators over the years, and the way to those of its projects."""
    found = list(find_targets(department__code=code))
    if not found:
        raise Http404(f"编码为“{code}”的部门没有公开过绩效目标。")
    own = [each for each in found if not each.project]
    projects = dict.fromkeys(each.project for each in found if each.project)
    return ListPage(
        report=pivot_targets(f"{found[0].department.name}的绩效目标", "部门整体绩效目标", own),
        trail=[Link("绩效目标", reverse("disclosures:indicators"))],
        others=lambda: [
            Report(
                title="项目",
                caption="项目",
                records=list(projects),
                columns=[
                    Column("project", "项目", str, href=lambda name: link_project(code, name))
                ],
            )
        ],
    )


def find_targets(**chosen: object) -> QuerySet[IndexIndicator]:
    """The chosen indicators, newest first."""
    found = IndexIndicator.objects.filter(**chosen).select_related("department")
    return found.order_by("-year", "target", "place")


def pivot_targets(title: str, caption: str, found: Sequence[IndexIndicator]) -> Report:
    """Indicators × years, newest first; what is named alike is one indicator."""
    rows: dict[tuple[str, str], dict[int, IndexIndicator]] = {}
    for each in found:
        rows.setdefault((each.level2, each.level3), {})[each.year] = each
    years = sorted({each.year for each in found}, reverse=True)
    name = Column("indicator", "指标", show=lambda row: row[0][1], note=lambda row: row[0][0])
    return Report(
        title=title,
        caption=caption,
        nothing="没有公开绩效目标。",
        records=list(rows.items()),
        columns=[name, *(target_column(year) for year in years)],
    )


def target_column(year: int) -> Column:
    """The target with what was reached the year before, flagged in words where it asks less."""

    def write_note(row: TargetRow) -> str:
        each = row[1].get(year)
        notes = [f"上年完成 {each.last_value}"] if each and each.last_value else []
        return "，".join([*notes, *([LOWERED] if each and each.is_lowered else [])])

    return Column(
        f"in_{year}",
        f"{year}年",
        show=lambda row: show_goal(row[1][year].value) if year in row[1] else "",
        href=lambda row: link_index_row(row[1][year]) if year in row[1] else "",
        note=write_note,
    )


def link_project(code: str, project: str) -> str:
    """The page of a project, or of the department's own indicators."""
    if project:
        return reverse("disclosures:project", args=[code, project])
    return reverse("disclosures:indicators-department", args=[code])


PROJECT = Column(
    "project",
    "项目",
    attrgetter("project"),
    href=lambda each: link_project(each.department.code, each.project),
)
PROJECT_COLUMNS = (
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
    PROJECT,
    Column(
        "yuan",
        "金额（元）",
        attrgetter("amount"),
        heading="金额",
        show=lambda figure: show_wan(figure.amount),
        href=link_index_row,
        is_amount=True,
    ),
    ADDRESS,
)
TARGET_COLUMNS = (
    YEAR,
    CODE,
    DEPARTMENT,
    PROJECT,
    Column(
        "indicator", "指标", attrgetter("level3"), href=link_index_row, note=attrgetter("level2")
    ),
    Column("value", "指标值", attrgetter("value"), show=lambda each: show_goal(each.value)),
    Column(
        "last_value",
        "上年完成值",
        attrgetter("last_value"),
        show=lambda each: show_goal(each.last_value),
    ),
    ADDRESS,
)
