"""Projects across departments, and one project over its years: its money and its targets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.domain.money import show_wan
from disclosures.models import IndexFigure, IndexIndicator
from disclosures.public.caching import public_page
from disclosures.public.downloads import send_listing
from disclosures.public.reports import frame
from disclosures.public.reports.sheet import Cell, Choice, Head, Link, Page, Sheet, name, say
from disclosures.public.reports.targets import lay_out_targets
from disclosures.publishing.exports.listing import Listing

ORDERS = {"amount": "按金额", "code": "按部门编码"}
SORTED = {"amount": ("-amount",), "code": ("department__code",)}
LEAD = (
    "各部门公开的项目，一次只看一种资金。项目支出绩效目标表列出全部项目，写明总额、财政拨款和其他资金；"
    "表7和表11按功能科目列出一般公共预算和上年结转结余安排的项目。"
    "政府性基金、国有资本经营预算安排的项目包括在财政拨款里，公开的表没有把它们单独列到项目。"
)
COLUMNS = {
    "year": "年度",
    "code": "部门编码",
    "department": "部门",
    "function": "功能科目",
    "project": "项目",
    "yuan": "金额（元）",
    "address": "在公开文件里的位置",
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
    "general": Money("一般公共预算", "一般公共预算项目支出", "T7"),
    "carryover": Money("上年结转结余", "上年结转结余安排的项目支出", "T11"),
}


@require_safe
@public_page(minutes=1, parameters=["page"])
def show_projects(
    request: HttpRequest, year: int | None = None, money: str = "", order: str = ""
) -> HttpResponse:
    """The projects of the newest year, or of the one in the address, by one kind of money."""
    kind, chosen = frame.check_key(money, MONEY, "个口径"), frame.check_order(order, ORDERS)
    return frame.respond(request, lambda: draw_projects(year, kind, chosen, request))


@require_safe
@public_page(minutes=1)
def send_projects(request: HttpRequest, year: int, money: str, form: str) -> HttpResponse:
    """All projects of a year as a file."""
    kind, _ = frame.check_key(money, MONEY, "个口径"), frame.pick_year(year)
    return send_listing(request, enlist(year, MONEY[kind], request), form)


@require_safe
@public_page(minutes=1)
def show_project(request: HttpRequest, code: str, project: str) -> HttpResponse:
    """One project over its years."""
    return frame.respond(request, lambda: draw_project(code, project))


def list_projects(where: Q, **chosen: object) -> QuerySet[IndexFigure]:
    """The money of projects, with their departments."""
    found = IndexFigure.objects.filter(where, **chosen)
    return found.select_related("department", "disclosure").defer("disclosure__content")


def draw_projects(asked: int | None, key: str, order: str, request: HttpRequest) -> Page:
    """The page: a hundred projects at a time."""
    year, years = frame.pick_year(asked)
    money = MONEY[key]
    found = list_projects(money.where, year=year)
    count = found.count()
    number = frame.pick_page(request, count)
    lines = found.order_by(*SORTED[order], "department__code", "pk")
    title = f"{money.label}：{count}个项目"
    return Page(
        title=f"{year}年各部门的项目",
        lead=[LEAD],
        choices=offer_choices(year, years, key, order),
        sheets=[lay_out(title, money, [draw_line(each) for each in frame.cut(lines, number)])],
        files=frame.offer_files("projects-list", year, key),
        turns=frame.turn(request, number, count),
    )


def offer_choices(year: int, years: Sequence[int], key: str, order: str) -> list[Choice]:
    """Years, kinds of money, orders; the first kind is the year's own address."""
    first = next(iter(MONEY))
    plain = reverse("disclosures:projects-year", args=[year])
    hrefs = {
        each: plain if each == first else reverse("disclosures:projects-money", args=[year, each])
        for each in MONEY
    }
    links = [Link(MONEY[each].label, href, each == key) for each, href in hrefs.items()]
    return [
        frame.offer_years("projects-year", years, year),
        Choice("口径", links),
        frame.offer_orders("projects-money", ORDERS, order, year, key, plain=hrefs[key]),
    ]


def lay_out(
    title: str, money: Money, lines: Sequence[Sequence[Cell]], first: str = "项目"
) -> Sheet:
    """Amounts of one kind of money; the code only where the document tells it."""
    codes = [name("功能科目")] if money.has_codes else []
    return Sheet(
        title=title,
        scope=money.scope,
        unit="万元",
        heads=[name(first), name("部门"), *codes, Head("金额")],
        lines=lines,
        nothing=f"没有用{money.label}的项目。",
    )


def draw_line(figure: IndexFigure) -> list[Cell]:
    """A project, its department, its code if it is told, its amount."""
    code, function = figure.department.code, figure.function
    codes = [function] if function else []
    return [
        say(figure.project, reverse("disclosures:project", args=[code, figure.project])),
        say(name_department(figure)),
        *(say(each, reverse("disclosures:code", args=["function", each])) for each in codes),
        Cell(show_wan(figure.amount), frame.point(figure.year, code, figure.at)),
    ]


def name_department(figure: IndexFigure) -> str:
    """As the document of that year calls it."""
    return figure.disclosure.title.partition(f"{figure.year}年")[0]


def draw_project(code: str, project: str) -> Page:
    """The page: money and targets; Http404 where no document in force names the project."""
    anywhere = reduce(or_, (money.where for money in MONEY.values()))
    figures = list_projects(anywhere, department__code=code, project=project)
    figures = list(figures.order_by("-year", "function", "row"))
    targets = list(
        IndexIndicator.objects.filter(department__code=code, project=project)
        .select_related("department")
        .order_by("-year", "target", "place")
    )
    if not figures and not targets:
        raise Http404(f"编码为“{code}”的部门没有公开过叫“{project[:60]}”的项目。")
    return Page(
        title=project,
        lead=["同一个部门各年度里名称相同的项目放在一起；改过名称的项目分开列。"],
        trail=[
            Link("项目", reverse("disclosures:projects")),
            Link("本部门的绩效目标", reverse("disclosures:indicators-department", args=[code])),
        ],
        sheets=list_sheets(figures, targets),
    )


def list_sheets(
    figures: Sequence[IndexFigure], targets: Sequence[IndexIndicator]
) -> Iterator[Sheet]:
    """Each kind of money by year and code, then the indicators over the years."""
    for money in MONEY.values():
        own = [each for each in figures if (each.table, each.column) == (money.table, money.column)]
        lines = [[say(f"{each.year}年"), *draw_line(each)[1:]] for each in own]
        if lines:
            yield lay_out(f"各年度的金额：{money.label}", money, lines, "年度")
    yield lay_out_targets("各年度的绩效目标", targets)


def enlist(year: int, money: Money, request: HttpRequest) -> Listing:
    """A line for each project, departments in the order of their codes."""
    figures = list_projects(money.where, year=year).order_by("department__code", "pk")
    rows = [
        {
            "year": year,
            "code": figure.department.code,
            "department": name_department(figure),
            "function": figure.function,
            "project": figure.project,
            "yuan": figure.amount,
            "address": request.build_absolute_uri(
                frame.point(year, figure.department.code, figure.at)
            ),
        }
        for figure in figures
    ]
    title, said = f"{year}年各部门的项目（{money.label}）", [f"口径：{money.scope}。", LEAD]
    return Listing(title, COLUMNS, rows, frame.read_stamp().moment, said)
