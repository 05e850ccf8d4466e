"""Indicators over the years: the target, what was reached, and where it asks for less."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.domain.answers import show
from disclosures.models import IndexIndicator
from disclosures.public.caching import public_page
from disclosures.public.downloads import send_listing
from disclosures.public.reports import frame
from disclosures.public.reports.sheet import Cell, Link, Page, Sheet, name, say
from disclosures.publishing.exports.listing import Listing

LOWERED = "低于上年已经完成的"
LEAD = (
    "这里列出指标值低于该指标上年完成值的绩效目标：两个都是同一单位的数字，"
    "要求做到的比已经做到的少。是不是合理，请看该部门的说明。"
)
COLUMNS = {
    "year": "年度",
    "code": "部门编码",
    "department": "部门",
    "project": "项目",
    "indicator": "指标",
    "value": "指标值",
    "last_value": "上年完成值",
    "address": "在公开文件里的位置",
}


@require_safe
@public_page(minutes=1, parameters=["page"])
def show_lowered(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The lowered targets of the newest year, or of the one in the address."""
    return frame.respond(request, lambda: draw_lowered(year, request))


@require_safe
@public_page(minutes=1)
def send_lowered(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """The same as a file."""
    frame.pick_year(year)
    return send_listing(request, enlist(year, request), form)


@require_safe
@public_page(minutes=1)
def show_department(request: HttpRequest, code: str) -> HttpResponse:
    """A department's own indicators over the years, and the way to those of its projects."""
    return frame.respond(request, lambda: draw_department(code))


def list_lowered(year: int):
    """The lowered targets with their departments, in the order of the codes."""
    found = IndexIndicator.objects.filter(is_lowered=True, year=year)
    found = found.select_related("department", "disclosure").defer("disclosure__content")
    return found.order_by("department__code", "id")


def draw_lowered(asked: int | None, request: HttpRequest) -> Page:
    """The page: a hundred at a time."""
    year, years = frame.pick_year(asked)
    found = list_lowered(year)
    count = found.count()
    number = frame.pick_page(request, count)
    heads = ("指标", "部门", "项目", "指标值", "上年完成值")
    return Page(
        title=f"{year}年低于已达到水平的绩效目标",
        lead=[LEAD],
        choices=[frame.offer_years("indicators-year", years, year)],
        sheets=[
            Sheet(
                title=f"{count}个指标",
                heads=[name(each) for each in heads],
                lines=[draw_line(each) for each in frame.cut(found, number)],
                nothing="没有这样的指标。",
            )
        ],
        files=frame.offer_files("indicators-list", year),
        turns=frame.turn(request, number, count),
    )


def draw_line(each: IndexIndicator) -> list[Cell]:
    """An indicator; its name leads to its row in the document."""
    code = each.department.code
    return [
        say(each.level3, frame.point(each.year, code, each.at), each.level2),
        say(each.disclosure.title.partition(f"{each.year}年")[0]),
        say(each.project, lead_to(code, each.project)),
        say(show(each.value)),
        say(show(each.last_value)),
    ]


def lead_to(code: str, project: str) -> str:
    """The page of a project, or of the department's own indicators."""
    if project:
        return reverse("disclosures:project", args=[code, project])
    return reverse("disclosures:indicators-department", args=[code])


def draw_department(code: str) -> Page:
    """The page; Http404 where the department has published no target."""
    found = list(
        IndexIndicator.objects.filter(department__code=code)
        .select_related("department")
        .order_by("-year", "target", "place")
    )
    if not found:
        raise Http404(f"编码为“{code}”的部门没有公开过绩效目标。")
    projects = dict.fromkeys(each.project for each in found if each.project)
    return Page(
        title=f"{found[0].department.name}的绩效目标",
        trail=[Link("绩效目标", reverse("disclosures:indicators"))],
        sheets=[
            lay_out_targets("部门整体绩效目标", [each for each in found if not each.project]),
            Sheet(
                title="项目",
                heads=[name("项目")],
                lines=[[say(project, lead_to(code, project))] for project in projects],
            ),
        ],
    )


def lay_out_targets(title: str, found: Sequence[IndexIndicator]) -> Sheet:
    """Indicators × years, newest first; what is named alike is one indicator."""
    years = sorted({each.year for each in found}, reverse=True)
    rows: dict[tuple[str, str], dict[int, IndexIndicator]] = {}
    for each in found:
        rows.setdefault((each.level2, each.level3), {})[each.year] = each
    return Sheet(
        title=title,
        heads=[name("指标"), *(name(f"{year}年") for year in years)],
        lines=[
            [say(level3, "", level2), *(draw_target(own.get(year)) for year in years)]
            for (level2, level3), own in rows.items()
        ],
        nothing="没有公开绩效目标。",
    )


def draw_target(each: IndexIndicator | None) -> Cell:
    """The target with what was reached the year before, flagged in words where it asks less."""
    if each is None:
        return say("")
    notes = [f"上年完成 {each.last_value}"] if each.last_value else []
    notes += [LOWERED] if each.is_lowered else []
    href = frame.point(each.year, each.department.code, each.at)
    return say(show(each.value), href, "，".join(notes))


def enlist(year: int, request: HttpRequest) -> Listing:
    """A line for each lowered target."""
    rows = [
        {
            "year": year,
            "code": each.department.code,
            "department": each.disclosure.title.partition(f"{year}年")[0],
            "project": each.project,
            "indicator": each.level3,
            "value": each.value,
            "last_value": each.last_value,
            "address": request.build_absolute_uri(frame.point(year, each.department.code, each.at)),
        }
        for each in list_lowered(year)
    ]
    moment = frame.read_stamp().moment
    return Listing(f"{year}年低于已达到水平的绩效目标", COLUMNS, rows, moment, [LEAD])
