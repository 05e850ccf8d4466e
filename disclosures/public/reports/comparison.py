"""Departments beside each other, or one department's years, code by code in one scope."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.domain.money import show_wan
from budgets.domain.text import purge
from budgets.models import Department
from disclosures.models import IndexEntry, IndexFigure
from disclosures.public.downloads import send_listing
from disclosures.public.reports.codes import CLASSIFICATIONS, LEVELS, Classification, Scope
from disclosures.public.reports.page import (
    FORMS,
    ListPage,
    describe_page,
    link_figure,
    read_moment,
    render_list,
)
from disclosures.public.responses import public_page
from disclosures.public.years import explain_absence, list_entries, list_published_years
from disclosures.publishing.index.naming import strip_county
from disclosures.publishing.report import Column, Link, Report

MOST, LONGEST, TOLD = 4, 100, 5
SCOPES: Mapping[str, tuple[Classification, Scope]] = {
    scope.key: (book, scope) for book in CLASSIFICATIONS.values() for scope in book.scopes
}


@dataclass(frozen=True, slots=True)
class ComparedDepartment:
    """A department that is compared: its number, code, and names, the newest first."""

    department: int
    code: str
    names: Sequence[str]

    @property
    def name(self) -> str:
        """What it is called now."""
        return self.names[0]

    def is_named(self, term: str) -> bool:
        """True for its code, and for its name now, with or without the county's."""
        return term in (self.code, self.name, strip_county(self.name))

    def was_named(self, term: str) -> bool:
        """True for a name that it had, with or without the county's."""
        return any(term in (name, strip_county(name)) for name in self.names)

    def is_like(self, term: str) -> bool:
        """True for a part of a name."""
        return any(term in name for name in self.names)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One department over its years, or two to four in a year, at a level of the codes."""

    terms: Sequence[str]
    sides: Sequence[ComparedDepartment] = ()
    years: Sequence[int] = ()
    year: int = 0
    scope: str = "whole"
    level: int = 3
    complaints: Sequence[str] = field(default=())

    @property
    def is_answerable(self) -> bool:
        """True where there is something to compare and nothing to complain of."""
        return bool(self.sides) and not self.complaints

    @property
    def shown_years(self) -> Sequence[int]:
        """All years of one department; one year of several."""
        return self.years if len(self.sides) == 1 else [self.year]

    @property
    def fields(self) -> list[str]:
        """What stands in the form's fields for departments, empty ones last."""
        shown = [side.name for side in self.sides] if self.is_answerable else self.terms[:MOST]
        return [*shown, *[""] * (MOST - len(shown))]


def read_comparison(asked: QueryDict) -> Comparison:
    """The question in an address; unknown parameters do not matter."""
    said = (purge(term).strip() for term in asked.getlist("department"))
    terms = list(dict.fromkeys(term for term in said if term))
    years = list_published_years()
    sides, complaints = find_departments(terms)
    year, wrong_year = read_choice(asked, "year", [str(each) for each in years], "年度")
    scope, wrong_scope = read_choice(asked, "scope", list(SCOPES), "口径")
    level, wrong_level = read_choice(asked, "level", [str(each) for each in LEVELS], "级次")
    wrong = [*complaints, *wrong_year, *wrong_scope, *wrong_level]
    return Comparison(
        terms=terms,
        sides=sides,
        years=years,
        year=int(year or 0),
        scope=scope,
        level=int(level),
        complaints=[*wrong, *judge_level(scope, int(level))],
    )


def read_choice(
    asked: QueryDict, key: str, known: Sequence[str], label: str
) -> tuple[str, list[str]]:
    """The value of a parameter, the first where none is given, and a complaint if unknown."""
    value = asked.get(key, "") or (known[0] if known else "")
    if value in known or not value:
        return value, []
    return known[0] if known else "", [f"没有“{value[:20]}”这个{label}，请重新选择。"]


def judge_level(scope: str, level: int) -> list[str]:
    """Economic codes have two levels, and in a row of columns only the first."""
    book, chosen = SCOPES[scope]
    deepest = 3 if chosen.by_column else 5 if book.key == "economic" else 7
    if level <= deepest:
        return []
    return [f"“{chosen.label}”最细公开到{LEVELS[deepest]}，请把级次改为{LEVELS[deepest]}。"]


def find_departments(terms: Sequence[str]) -> tuple[list[ComparedDepartment], list[str]]:
    """The department that each term names, and a complaint for each that names none: one query."""
    if len(terms) > MOST:
        return [], [f"一次最多比较{MOST}个部门，这里有{len(terms)}个。"]
    if not terms:
        return [], []
    where = [Q(department__code=term) | Q(name__contains=term[:LONGEST]) for term in terms]
    meant = IndexEntry.objects.filter(reduce(or_, where)).values("department")
    known = list_departments_named(IndexEntry.objects.filter(department__in=meant))
    found = [pick_department(term, known) for term in terms]
    sides = {each.department: each for each in found if isinstance(each, ComparedDepartment)}
    return list(sides.values()), [each for each in found if isinstance(each, str)]


def list_departments_named(entries: QuerySet[IndexEntry]) -> list[ComparedDepartment]:
    """The departments with all the names that they published under: one query."""
    names: dict[tuple[int, str], dict[str, None]] = {}
    rows = entries.order_by("department__code", "-year")
    for department, code, name in rows.values_list("department", "department__code", "name"):
        names.setdefault((department, code), {})[name] = None
    return [ComparedDepartment(*own, tuple(called)) for own, called in names.items()]


def pick_department(term: str, known: Sequence[ComparedDepartment]) -> ComparedDepartment | str:
    """By code, by name, by former name, or by a part that only one has; else what to do."""
    ways = (ComparedDepartment.is_named, ComparedDepartment.was_named, ComparedDepartment.is_like)
    found = ([side for side in known if is_meant(side, term)] for is_meant in ways)
    near = next(filter(None, found), [])
    if len(near) == 1:
        return near[0]
    if not near:
        return f"没有公开过预算的部门叫“{term[:LONGEST]}”。请填部门的名称或编码。"
    names = "、".join(f"{side.name}（{side.code}）" for side in near[:TOLD])
    more = "等" if len(near) > TOLD else ""
    return f"“{term}”不止一个部门：{names}{more}。请把名称写全，或者填编码。"


# A list of names beside the fields helps where it is short; a part of a name always does.
MOST_NAMES = 400
TOTAL = "total"
TITLE = "比较部门"
LEAD = (
    "选两个到四个部门，比较同一年度；只填一个部门，比较它的各个年度。"
    "比较的内容全部写在网址里，可以收藏和转发。"
)
TEMPLATE = "disclosures/reports/comparison.html"
Amounts = Mapping[str, Mapping[tuple[int, int], Decimal]]


@dataclass(frozen=True, slots=True)
class ComparedYear:
    """A department in a year: what it published, or `absence`, why there is nothing."""

    side: ComparedDepartment
    year: int
    entry: IndexEntry | None
    absence: str = ""

    @property
    def name(self) -> str:
        """As its document calls it, else its newest name."""
        return self.entry.name if self.entry else self.side.name

    @property
    def told(self) -> str:
        """That there is nothing, or that it had another name; empty where all is as expected."""
        if self.absence:
            return f"{self.side.name}{self.year}年{self.absence}。"
        return "" if self.name == self.side.name else f"{self.year}年的文件称{self.name}。"


@require_safe
@public_page(minutes=1, parameters=["department", "year", "scope", "level"])
def show_comparison(request: HttpRequest) -> HttpResponse:
    """The form, and below it what it asks for."""
    question = read_comparison(request.GET)
    form = {
        "question": question,
        "scopes": SCOPES.values(),
        "levels": LEVELS.items(),
        "names": offer_names(question),
    }
    page = draw_comparison(question) if question.is_answerable else {"title": TITLE, "lead": [LEAD]}
    return render_list(request, page, TEMPLATE, **form)


@require_safe
@public_page(minutes=1, parameters=["department", "year", "scope", "level"])
def send_comparison(request: HttpRequest, form: str) -> HttpResponse:
    """The same comparison as a file, a line for each figure."""
    question = read_comparison(request.GET)
    if not question.is_answerable:
        raise Http404("".join(question.complaints) or "请先选择要比较的部门。")
    listing = list_compared_figures(question).make_listing(
        read_moment(), request.build_absolute_uri
    )
    return send_listing(request, listing, form)


def offer_names(question: Comparison) -> list[str]:
    """The newest year's departments, where they are few enough to be offered."""
    newest = question.years[0] if question.years else 0
    rows = IndexEntry.objects.filter(year=newest).order_by("department__code")
    names = list(rows.values_list("name", flat=True)[: MOST_NAMES + 1])
    return names if len(names) <= MOST_NAMES else []


def draw_comparison(question: Comparison) -> dict[str, object]:
    """The page of a question that can be answered."""
    compared, amounts = list_compared(question), read_code_amounts(question)
    report = pivot_codes(question, compared, amounts)
    below = [
        "空格是公开的文件里没有这个科目的金额。",
        *(each.told for each in compared if each.told),
    ]
    page = describe_page(
        ListPage(report=report, below=below), "", Paginator(report.records, sys.maxsize).page(1)
    )
    asked = urlencode(describe_question(question))
    files = [
        Link(label, f"{reverse('disclosures:compare-list', args=[form])}?{asked}")
        for form, label in FORMS.items()
    ]
    return page | {"files": files}


def describe_question(question: Comparison) -> list[tuple[str, str]]:
    """The whole question as parameters, in one order."""
    return [
        *(("department", side.code) for side in question.sides),
        ("year", str(question.year)),
        ("scope", question.scope),
        ("level", str(question.level)),
    ]


def list_compared(question: Comparison) -> list[ComparedYear]:
    """What stands beside each other, newest first or in the order asked: one or two queries."""
    departments = [side.department for side in question.sides]
    found = list_entries().filter(department__in=departments, year__in=question.shown_years)
    entries = {(entry.department_id, entry.year): entry for entry in found}
    places = [(side, year) for side in question.sides for year in question.shown_years]
    missing = {side.department for side, year in places if (side.department, year) not in entries}
    known = Department.objects.in_bulk(missing) if missing else {}
    return [
        ComparedYear(side, year, entries[side.department, year])
        if (side.department, year) in entries
        else ComparedYear(side, year, None, explain_absence(known[side.department], year))
        for side, year in places
    ]


def read_code_amounts(question: Comparison) -> Amounts:
    """The amounts by code and (department, year), the total first: one query."""
    _, scope = SCOPES[question.scope]
    rows = IndexFigure.objects.filter(
        table=scope.table,
        department__in=[side.department for side in question.sides],
        year__in=question.shown_years,
        **scope.whole,
    )
    found: dict[str, dict[tuple[int, int], Decimal]] = {TOTAL: {}}
    part = "column" if scope.by_column else "row"
    for code, department, year, amount in rows.order_by(part).values_list(
        part, "department", "year", "amount"
    ):
        if code == TOTAL or (code.isdigit() and len(code) == question.level):
            found.setdefault(code, {})[department, year] = amount
    return found


def pivot_codes(question: Comparison, compared: Sequence[ComparedYear], amounts: Amounts) -> Report:
    """Codes × departments, or codes × years."""
    book, scope = SCOPES[question.scope]
    one = len(question.sides) == 1
    who = question.sides[0].name if one else f"{question.year}年"
    codes = sorted(code for code in amounts if code != TOTAL)
    names = book.name_codes(codes)
    is_twice = one and len(question.terms) > 1
    twice = ["填的是同一个部门，所以比较它的各个年度。"] if is_twice else []
    name = Column(
        "code",
        "科目",
        show=lambda code: f"{code} {names.get(code, '')}",
        href=lambda code: reverse("disclosures:code", args=[book.key, code]),
        total="总计",
    )
    return Report(
        title=TITLE,
        lead=[LEAD, *twice],
        caption=f"{who}：{book.label}，{LEVELS[question.level]}",
        scope=scope.label,
        unit="万元",
        nothing=f"没有{scope.label}的金额，可以换一个口径或年度。",
        records=codes,
        columns=[name, *(compared_column(question, amounts, each, one) for each in compared)],
    )


def compared_column(
    question: Comparison, amounts: Amounts, compared: ComparedYear, by_year: bool
) -> Column:
    """Amounts that lead to their cells, or why there is none; the total of all codes below."""

    def find(code: str) -> Decimal | None:
        return amounts[code].get((compared.side.department, compared.year))

    column = Column(
        f"{compared.side.code}-{compared.year}",
        f"{compared.year}年" if by_year else compared.name,
        show=lambda code: compared.absence if find(code) is None else show_wan(find(code)),
        href=lambda code: "" if find(code) is None else link_compared(question, compared, code),
        is_amount=True,
    )
    return replace(column, total=column.draw(TOTAL))


def link_compared(question: Comparison, compared: ComparedYear, code: str) -> str:
    """The cell of a code, or of the total, in the document."""
    at = SCOPES[question.scope][1].measure(code).at
    return link_figure(compared.year, compared.side.code, at)


def list_compared_figures(question: Comparison) -> Report:
    """The files: a line for each figure of the page, code by code."""
    book, scope = SCOPES[question.scope]
    amounts, compared = read_code_amounts(question), list_compared(question)
    names = {**book.name_codes(list(amounts)), TOTAL: "总计"}

    def find(line: tuple[str, ComparedYear]) -> Decimal | None:
        code, each = line
        return amounts[code].get((each.side.department, each.year))

    lines = [(code, each) for code in sorted(amounts) for each in compared]
    return Report(
        title=f"{scope.label}{LEVELS[question.level]}级比较",
        messages=[f"口径：{scope.label}。", "只列现行的版本。"],
        records=[line for line in lines if find(line) is not None],
        columns=[
            Column("code", "科目编码", lambda line: "" if line[0] == TOTAL else line[0]),
            Column("name", "科目", lambda line: names.get(line[0], "")),
            Column("year", "年度", lambda line: line[1].year),
            Column("department_code", "部门编码", lambda line: line[1].side.code),
            Column("department", "部门", lambda line: line[1].name),
            Column("yuan", "金额（元）", find),
            Column(
                "address",
                "在公开文件里的位置",
                lambda line: link_compared(question, line[1], line[0]),
                is_address=True,
            ),
        ],
    )
