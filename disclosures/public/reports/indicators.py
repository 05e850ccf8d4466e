"""Performance targets over the years: what was asked, what was reached, and who asks for less."""

from collections.abc import Sequence
from operator import attrgetter

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from budgets.domain.answers import show
from disclosures.models import IndexIndicator
from disclosures.public.reports.columns import CODE, DEPARTMENT, YEAR, DepartmentFilter
from disclosures.public.reports.page import ReportPage, choose_years, link_figure, offer_years
from disclosures.publishing.report import Column, Link, Report

LOWERED = "低于上年已经完成的"
LEAD = (
    "这里列出指标值低于该指标上年完成值的绩效目标：两个都是同一单位的数字，"
    "要求做到的比已经做到的少。是不是合理，请看该部门的说明。"
)


def list_lowered(year: int | None = None) -> ReportPage:
    """The lowered targets of the newest year, or of the one in the address."""
    year, years = choose_years(year)
    found = IndexIndicator.objects.filter(is_lowered=True, year=year)
    report = Report(
        title=f"{year}年低于已达到水平的绩效目标",
        lead=[LEAD],
        messages=[LEAD],
        caption="{count}个指标",
        nothing="没有这样的指标。",
        records=found.with_names().order_by("department__code", "id"),
        columns=COLUMNS,
        shown=("indicator", "department", "project", "value", "last_value"),
        filters=DepartmentFilter,
    )
    return ReportPage(
        report=report,
        stem=reverse("disclosures:indicators-year", args=[year]),
        choices=[offer_years("indicators-year", years, year)],
    )


def list_department_targets(code: str) -> ReportPage:
    """A department's own indicators over the years, and the way to those of its projects."""
    found = list(find_targets(department__code=code))
    if not found:
        raise Http404(f"编码为“{code}”的部门没有公开过绩效目标。")
    own = [each for each in found if not each.project]
    projects = dict.fromkeys(each.project for each in found if each.project)
    return ReportPage(
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

    def tell(row: tuple) -> str:
        each = row[1].get(year)
        notes = [f"上年完成 {each.last_value}"] if each and each.last_value else []
        return "，".join([*notes, *([LOWERED] if each and each.is_lowered else [])])

    return Column(
        f"in_{year}",
        f"{year}年",
        show=lambda row: show(row[1][year].value) if year in row[1] else "",
        href=lambda row: link_target(row[1][year]) if year in row[1] else "",
        note=tell,
    )


def link_target(each: IndexIndicator) -> str:
    """Its row in the document."""
    return link_figure(each.year, each.department.code, each.at)


def link_project(code: str, project: str) -> str:
    """The page of a project, or of the department's own indicators."""
    if project:
        return reverse("disclosures:project", args=[code, project])
    return reverse("disclosures:indicators-department", args=[code])


COLUMNS = (
    YEAR,
    CODE,
    DEPARTMENT,
    Column(
        "project",
        "项目",
        attrgetter("project"),
        href=lambda each: link_project(each.department.code, each.project),
    ),
    Column("indicator", "指标", attrgetter("level3"), href=link_target, note=attrgetter("level2")),
    Column("value", "指标值", attrgetter("value"), show=lambda each: show(each.value)),
    Column(
        "last_value",
        "上年完成值",
        attrgetter("last_value"),
        show=lambda each: show(each.last_value),
    ),
    Column("address", "在公开文件里的位置", link_target, is_address=True),
)
