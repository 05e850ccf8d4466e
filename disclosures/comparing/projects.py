"""Projects across departments, and one project over its years: its money and its targets."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.facts import show_wan
from disclosures.comparing import frame
from disclosures.comparing.sheet import Cell, Head, Link, Page, Sheet, name, say
from disclosures.comparing.targets import lay_out_targets
from disclosures.exports.listing import Listing
from disclosures.models import IndexFigure, IndexIndicator
from disclosures.window.takeaway import send_listing

ORDERS = {"amount": "按金额", "code": "按部门编码"}
SORTED = {"amount": ("-amount",), "code": ("department__code",)}
SCOPE = "一般公共预算项目支出"
LEAD = (
    "各部门公开的表7里的项目，金额是一般公共预算安排给它的。"
    "用其他资金的项目不在这张表里，可以从该部门的文件和绩效目标里找到。"
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


@require_safe
def show_projects(request: HttpRequest, year: int | None = None, order: str = "") -> HttpResponse:
    """The projects of the newest year, or of the one in the address."""
    chosen = frame.check_order(order, ORDERS)
    return frame.respond(request, lambda: draw_projects(year, chosen, request))


@require_safe
def send_projects(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """All projects of a year as a file."""
    frame.pick_year(year)
    return send_listing(request, enlist(year, request), form)


@require_safe
def show_project(request: HttpRequest, code: str, project: str) -> HttpResponse:
    """One project over its years."""
    return frame.respond(request, lambda: draw_project(code, project))


def list_projects(**chosen: object) -> QuerySet[IndexFigure]:
    """The rows of Table 7 that are projects, with their departments."""
    found = IndexFigure.objects.filter(table="T7", column="total", **chosen).exclude(project="")
    return found.select_related("department", "disclosure").defer("disclosure__content")


def draw_projects(asked: int | None, order: str, request: HttpRequest) -> Page:
    """The page: a hundred projects at a time."""
    year, years = frame.pick_year(asked)
    found = list_projects(year=year).order_by(*SORTED[order], "department__code", "row")
    count = found.count()
    number = frame.pick_page(request, count)
    return Page(
        title=f"{year}年各部门的项目",
        lead=[LEAD],
        choices=[
            frame.offer_years("projects-year", years, year),
            frame.offer_orders("projects-year", ORDERS, order, year),
        ],
        sheets=[
            Sheet(
                title=f"{count}个项目",
                scope=SCOPE,
                unit="万元",
                heads=[name("项目"), name("部门"), name("功能科目"), Head("金额")],
                lines=[draw_line(figure) for figure in frame.cut(found, number)],
            )
        ],
        files=frame.offer_files("projects-list", year),
        turns=frame.turn(request, number, count),
    )


def draw_line(figure: IndexFigure) -> list[Cell]:
    """A project, its department, its code, its amount."""
    code = figure.department.code
    return [
        say(figure.project, reverse("disclosures:project", args=[code, figure.project])),
        say(name_department(figure)),
        say(figure.function, reverse("disclosures:code", args=["function", figure.function])),
        Cell(show_wan(figure.amount), frame.point(figure.year, code, figure.at)),
    ]


def name_department(figure: IndexFigure) -> str:
    """As the document of that year calls it."""
    return figure.disclosure.title.partition(f"{figure.year}年")[0]


def draw_project(code: str, project: str) -> Page:
    """The page: money and targets; Http404 where no document in force names the project."""
    money = list(
        list_projects(department__code=code, project=project).order_by("-year", "function")
    )
    targets = list(
        IndexIndicator.objects.filter(department__code=code, project=project)
        .select_related("department")
        .order_by("-year", "target", "place")
    )
    if not money and not targets:
        raise Http404(f"编码为“{code}”的部门没有公开过叫“{project[:60]}”的项目。")
    return Page(
        title=project,
        lead=["同一个部门各年度里名称相同的项目放在一起；改过名称的项目分开列。"],
        trail=[
            Link("项目", reverse("disclosures:projects")),
            Link("本部门的绩效目标", reverse("disclosures:indicators-department", args=[code])),
        ],
        sheets=list_sheets(money, targets),
    )


def list_sheets(money: Sequence[IndexFigure], targets: Sequence[IndexIndicator]) -> Iterator[Sheet]:
    """Amounts by year and code, then the indicators over the years."""
    yield Sheet(
        title="各年度的金额",
        scope=SCOPE,
        unit="万元",
        heads=[name("年度"), name("部门"), name("功能科目"), Head("金额")],
        lines=[[say(f"{figure.year}年"), *draw_line(figure)[1:]] for figure in money],
        nothing="没有一般公共预算安排给这个项目的钱。",
    )
    yield lay_out_targets("各年度的绩效目标", targets)


def enlist(year: int, request: HttpRequest) -> Listing:
    """A line for each project, departments in the order of their codes."""
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
        for figure in list_projects(year=year).order_by("department__code", "row")
    ]
    moment = frame.read_stamp().moment
    return Listing(f"{year}年各部门的项目", COLUMNS, rows, moment, [f"口径：{SCOPE}。{LEAD}"])
