"""Departments beside each other, or one department's years, code by code in one scope."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import attrgetter, or_
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.domain.money import show_wan
from budgets.domain.text import purge
from budgets.models import Department
from disclosures.models import IndexEntry, IndexFigure
from disclosures.public.downloads import send_listing
from disclosures.public.reports.codes import (
    CLASSIFICATIONS,
    LEVELS,
    Classification,
    Scope,
    link_code,
)
from disclosures.public.reports.page import (
    ADDRESS,
    CODE,
    DEPARTMENT,
    FORMS,
    YEAR,
    ListPage,
    describe_page,
    link_index_row,
    read_moment,
    render_list,
)
from disclosures.public.responses import public_page
from disclosures.public.years import explain_absence, list_published_years
from disclosures.publishing.index.matching import strip_county
from disclosures.publishing.report import Column, Link, Report

# How many departments are compared, how long a name may be, and how many alike are told.
MOST, LONGEST, TOLD = 4, 100, 5
# A list of names beside the fields helps where it is short; a part of a name always does.
MOST_NAMES = 400
TOTAL = "total"
TITLE = "比较部门"
LEAD = (
    "选两个到四个部门，比较同一年度；只填一个部门，比较它的各个年度。"
    "比较的内容全部写在网址里，可以收藏和转发。"
)
TEMPLATE = "disclosures/reports/comparison.html"
SCOPES: Mapping[str, tuple[Classification, Scope]] = {
    scope.key: (classification, scope)
    for classification in CLASSIFICATIONS.values()
    for scope in classification.scopes
}
# By code, department and year.
Figures = Mapping[tuple[str, int, int], IndexFigure]


@dataclass(frozen=True, slots=True)
class ComparedDepartment:
    """A department that is compared: its number, code, and names, the newest first."""

    department: int
    code: str
    names: Sequence[str]

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True, slots=True)
class ComparisonQuery:
    """One department over its years, or two to four in a year, at a level of the codes."""

    terms: Sequence[str]
    departments: Sequence[ComparedDepartment]
    years: Sequence[int]
    year: int
    classification: Classification
    scope: Scope
    level: int
    complaints: Sequence[str]

    @property
    def is_answerable(self) -> bool:
        return bool(self.departments) and not self.complaints

    @property
    def places(self) -> list[tuple[ComparedDepartment, int]]:
        """All years of one department; one year of several, in the order asked."""
        years = self.years if len(self.departments) == 1 else [self.year]
        return [(department, year) for department in self.departments for year in years]

    @property
    def chosen(self) -> dict[str, list]:
        """Which rows of the index are of departments and years that are compared."""
        return {
            "department__in": [department.department for department in self.departments],
            "year__in": sorted({year for _, year in self.places}),
        }

    @property
    def fields(self) -> list[str]:
        """What stands in the form's fields for departments, empty ones last."""
        names = [department.name for department in self.departments]
        shown = names if self.is_answerable else self.terms[:MOST]
        return [*shown, *[""] * (MOST - len(shown))]

    @property
    def parameters(self) -> str:
        """The whole question as parameters of an address, in one order."""
        departments = [("department", department.code) for department in self.departments]
        rest = [("year", self.year), ("scope", self.scope.key), ("level", self.level)]
        return urlencode([*departments, *rest])


@dataclass(frozen=True, slots=True)
class ComparedYear:
    """A department in a year, called as in its document; `absence` is why it has none."""

    department: ComparedDepartment
    year: int
    name: str
    absence: str

    @property
    def remark(self) -> str:
        """That there is nothing, or that it had another name; empty where all is as expected."""
        if self.absence:
            return f"{self.department.name}{self.year}年{self.absence}。"
        return "" if self.name == self.department.name else f"{self.year}年的文件称{self.name}。"


@require_safe
@public_page(minutes=1, parameters=["department", "year", "scope", "level"])
def show_comparison(request: HttpRequest) -> HttpResponse:
    query = read_comparison(request.GET)
    newest = query.years[0] if query.years else 0
    rows = IndexEntry.objects.filter(year=newest).order_by("department__code")
    names = list(rows.values_list("name", flat=True)[: MOST_NAMES + 1])
    form = {
        "question": query,
        "scopes": SCOPES.values(),
        "levels": LEVELS.items(),
        "names": names if len(names) <= MOST_NAMES else [],
    }
    page = draw_comparison(query) if query.is_answerable else {"title": TITLE, "lead": [LEAD]}
    return render_list(request, page, TEMPLATE, **form)


@require_safe
@public_page(minutes=1, parameters=["department", "year", "scope", "level"])
def send_comparison(request: HttpRequest, form: str) -> HttpResponse:
    query = read_comparison(request.GET)
    if not query.is_answerable:
        raise Http404("".join(query.complaints) or "请先选择要比较的部门。")
    report = list_compared_figures(query)
    return send_listing(
        request, report.make_listing(read_moment(), request.build_absolute_uri), form
    )


def read_comparison(asked: QueryDict) -> ComparisonQuery:
    """The question in an address; unknown parameters do not matter."""
    said = (purge(term).strip() for term in asked.getlist("department"))
    terms = list(dict.fromkeys(term for term in said if term))
    years = list_published_years()
    departments, complaints = find_compared(terms)
    year, wrong_year = read_choice(asked, "year", [str(each) for each in years], "年度")
    key, wrong_scope = read_choice(asked, "scope", list(SCOPES), "口径")
    level, wrong_level = read_choice(asked, "level", [str(each) for each in LEVELS], "级次")
    classification, scope = SCOPES[key]
    # Economic codes have two levels, and in a row of columns only the first.
    deepest = 3 if scope.by_column else 5 if classification.key == "economic" else 7
    wrong = [*complaints, *wrong_year, *wrong_scope, *wrong_level]
    if int(level) > deepest:
        told = LEVELS[deepest]
        wrong.append(f"“{scope.label}”最细公开到{told}，请把级次改为{told}。")
    return ComparisonQuery(
        terms=terms,
        departments=departments,
        years=years,
        year=int(year or 0),
        classification=classification,
        scope=scope,
        level=int(level),
        complaints=wrong,
    )


def read_choice(
    asked: QueryDict, key: str, known: Sequence[str], label: str
) -> tuple[str, list[str]]:
    """The value of a parameter, the first where none is given, and a complaint if unknown."""
    value = asked.get(key, "") or (known[0] if known else "")
    if value in known or not value:
        return value, []
    return known[0] if known else "", [f"没有“{value[:20]}”这个{label}，请重新选择。"]


def find_compared(terms: Sequence[str]) -> tuple[list[ComparedDepartment], list[str]]:
    """The department that each term names, and a complaint for each that names none: one query."""
    if len(terms) > MOST:
        return [], [f"一次最多比较{MOST}个部门，这里有{len(terms)}个。"]
    if not terms:
        return [], []
    where = [Q(department__code=term) | Q(name__contains=term[:LONGEST]) for term in terms]
    meant = IndexEntry.objects.filter(reduce(or_, where)).values("department")
    rows = IndexEntry.objects.filter(department__in=meant).order_by("department__code", "-year")
    names: dict[tuple[int, str], dict[str, None]] = {}
    for department, code, name in rows.values_list("department", "department__code", "name"):
        names.setdefault((department, code), {})[name] = None
    known = [ComparedDepartment(*own, tuple(called)) for own, called in names.items()]
    found = [pick_department(term, known) for term in terms]
    departments = {each.code: each for each in found if isinstance(each, ComparedDepartment)}
    return list(departments.values()), [each for each in found if isinstance(each, str)]


def pick_department(term: str, known: Sequence[ComparedDepartment]) -> ComparedDepartment | str:
    """By code, by name, by former name, or by a part that only one has; else what to do.

    Names are meant with or without the county's.
    """
    ways: tuple[Callable[[ComparedDepartment], bool], ...] = (
        lambda own: term in (own.code, own.name, strip_county(own.name)),
        lambda own: any(term in (name, strip_county(name)) for name in own.names),
        lambda own: any(term in name for name in own.names),
    )
    found = ([own for own in known if is_meant(own)] for is_meant in ways)
    near = next(filter(None, found), [])
    if len(near) == 1:
        return near[0]
    if not near:
        return f"没有公开过预算的部门叫“{term[:LONGEST]}”。请填部门的名称或编码。"
    names = "、".join(f"{own.name}（{own.code}）" for own in near[:TOLD])
    more = "等" if len(near) > TOLD else ""
    return f"“{term}”不止一个部门：{names}{more}。请把名称写全，或者填编码。"


def draw_comparison(query: ComparisonQuery) -> dict[str, object]:
    compared = list_compared(query)
    report = pivot_codes(query, compared, read_figures(query))
    remarks = [each.remark for each in compared if each.remark]
    below = ["空格是公开的文件里没有这个科目的金额。", *remarks]
    page = describe_page(
        ListPage(report=report, below=below), "", Paginator(report.records, sys.maxsize).page(1)
    )
    files = [
        Link(label, f"{reverse('disclosures:compare-list', args=[form])}?{query.parameters}")
        for form, label in FORMS.items()
    ]
    return page | {"files": files}


def list_compared(query: ComparisonQuery) -> list[ComparedYear]:
    """What stands beside each other, newest first or in the order asked: one or two queries."""
    found = IndexEntry.objects.filter(**query.chosen)
    names = {(entry.department_id, entry.year): entry.name for entry in found}
    missing = [own.department for own, year in query.places if (own.department, year) not in names]
    known = Department.objects.in_bulk(missing) if missing else {}
    compared = []
    for own, year in query.places:
        name = names.get((own.department, year))
        absence = "" if name else explain_absence(known[own.department], year)
        compared.append(ComparedYear(own, year, name or own.name, absence))
    return compared


def read_figures(query: ComparisonQuery) -> Figures:
    """The figures of the codes at the level asked for, and of their total: one query."""
    scope = query.scope
    rows = IndexFigure.objects.filter(table=scope.table, **query.chosen, **scope.whole)
    found = {}
    for figure in rows.with_names():
        code = getattr(figure, scope.part)
        if code == TOTAL or (code.isdigit() and len(code) == query.level):
            found[code, figure.department_id, figure.year] = figure
    return found


def list_figure_codes(figures: Figures) -> list[str]:
    return sorted({code for code, *_ in figures} - {TOTAL})


def pivot_codes(
    query: ComparisonQuery, compared: Sequence[ComparedYear], figures: Figures
) -> Report:
    """Codes × departments, or codes × years."""
    classification, scope = query.classification, query.scope
    one = len(query.departments) == 1
    who = query.departments[0].name if one else f"{query.year}年"
    codes = list_figure_codes(figures)
    names = classification.name_codes(codes)
    is_twice = one and len(query.terms) > 1
    twice = ["填的是同一个部门，所以比较它的各个年度。"] if is_twice else []
    name = Column(
        "code",
        "科目",
        show=lambda code: f"{code} {names.get(code, '')}",
        href=lambda code: link_code(classification, code),
        total="总计",
    )
    return Report(
        title=TITLE,
        lead=[LEAD, *twice],
        caption=f"{who}：{classification.label}，{LEVELS[query.level]}",
        scope=scope.label,
        unit="万元",
        nothing=f"没有{scope.label}的金额，可以换一个口径或年度。",
        records=codes,
        columns=[name, *(compared_column(figures, each, one) for each in compared)],
    )


def compared_column(figures: Figures, compared: ComparedYear, by_year: bool) -> Column:
    """Amounts that lead to their cells, or why there is none; the total of all codes below."""

    def find(code: str) -> IndexFigure | None:
        return figures.get((code, compared.department.department, compared.year))

    column = Column(
        f"{compared.department.code}-{compared.year}",
        f"{compared.year}年" if by_year else compared.name,
        show=lambda code: show_wan(own.amount) if (own := find(code)) else compared.absence,
        href=lambda code: link_index_row(own) if (own := find(code)) else "",
        is_amount=True,
    )
    return replace(column, total=column.draw(TOTAL))


def list_compared_figures(query: ComparisonQuery) -> Report:
    """The files: a line for each figure of the page, code by code."""
    figures, scope = read_figures(query), query.scope
    codes = [*list_figure_codes(figures), TOTAL]
    names = {**query.classification.name_codes(codes), TOTAL: "总计"}
    lines = ((code, own.department, year) for code in codes for own, year in query.places)
    read_code = attrgetter(scope.part)
    return Report(
        title=f"{scope.label}{LEVELS[query.level]}级比较",
        messages=[f"口径：{scope.label}。", "只列现行的版本。"],
        records=[figures[line] for line in lines if line in figures],
        columns=[
            Column("code", "科目编码", lambda figure: read_code(figure).replace(TOTAL, "")),
            Column("name", "科目", lambda figure: names.get(read_code(figure), "")),
            YEAR,
            replace(CODE, key="department_code"),
            DEPARTMENT,
            Column("yuan", "金额（元）", attrgetter("amount")),
            ADDRESS,
        ],
    )
