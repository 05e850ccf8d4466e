"""Departments beside each other, or one department's years, code by code in one scope."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.domain.money import show_wan
from budgets.models import Department
from disclosures.models import IndexEntry, IndexFigure
from disclosures.public.caching import public_page
from disclosures.public.downloads import send_listing
from disclosures.public.reports import frame
from disclosures.public.reports.code_book import LEVELS
from disclosures.public.reports.measures import Filer, list_filers
from disclosures.public.reports.question import SCOPES, Question, Side, read_question
from disclosures.public.reports.sheet import Cell, Head, Link, Page, Sheet, name, say
from disclosures.public.years import tell_absence
from disclosures.publishing.exports.listing import Listing

# A list of names beside the fields helps where it is short; a part of a name always does.
MOST_NAMES = 400
TOTAL = "total"
TITLE = "比较部门"
LEAD = (
    "选两个到四个部门，比较同一年度；只填一个部门，比较它的各个年度。"
    "比较的内容全部写在网址里，可以收藏和转发。"
)
COLUMNS = {
    "code": "科目编码",
    "name": "科目",
    "year": "年度",
    "department_code": "部门编码",
    "department": "部门",
    "yuan": "金额（元）",
    "address": "在公开文件里的位置",
}
Amounts = Mapping[str, Mapping[tuple[int, int], Decimal]]


@dataclass(frozen=True, slots=True)
class Column:
    """A department in a year: what it published, or `absence`, why there is nothing."""

    side: Side
    year: int
    filer: Filer | None
    absence: str = ""

    @property
    def name(self) -> str:
        """As its document calls it, else its newest name."""
        return self.filer.name if self.filer else self.side.name

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
    question = read_question(request.GET)
    form = {
        "question": question,
        "scopes": SCOPES.values(),
        "levels": LEVELS.items(),
        "names": list_names(question),
    }
    template = "disclosures/comparing/comparison.html"
    return frame.respond(request, lambda: draw_comparison(question), template, **form)


@require_safe
@public_page(minutes=1, parameters=["department", "year", "scope", "level"])
def send_comparison(request: HttpRequest, form: str) -> HttpResponse:
    """The same comparison as a file, a line for each figure."""
    question = read_question(request.GET)
    if not question.is_answerable:
        raise Http404("".join(question.complaints) or "请先选择要比较的部门。")
    return send_listing(request, enlist(question, request), form)


def list_names(question: Question) -> list[str]:
    """The newest year's departments, where they are few enough to be offered."""
    newest = question.years[0] if question.years else 0
    rows = IndexEntry.objects.filter(year=newest).order_by("department__code")
    names = list(rows.values_list("name", flat=True)[: MOST_NAMES + 1])
    return names if len(names) <= MOST_NAMES else []


def draw_comparison(question: Question) -> Page:
    """The page; without an answer only the form."""
    if not question.is_answerable:
        return Page(title=TITLE, lead=[LEAD])
    asked = urlencode(describe_question(question))
    columns = list_columns(question)
    is_twice = len(question.sides) == 1 < len(question.terms)
    twice = ["填的是同一个部门，所以比较它的各个年度。"] if is_twice else []
    return Page(
        title=TITLE,
        lead=[LEAD, *twice],
        sheets=[lay_out(question, columns)],
        files=[
            Link(link.text, f"{link.href}?{asked}") for link in frame.offer_files("compare-list")
        ],
        below=[
            "空格是公开的文件里没有这个科目的金额。",
            *(column.told for column in columns if column.told),
        ],
    )


def describe_question(question: Question) -> list[tuple[str, str]]:
    """The whole question as parameters, in one order."""
    return [
        *(("department", side.code) for side in question.sides),
        ("year", str(question.year)),
        ("scope", question.scope),
        ("level", str(question.level)),
    ]


def list_columns(question: Question) -> list[Column]:
    """What stands beside each other, newest first or in the order asked: one or two queries."""
    departments = [side.department for side in question.sides]
    found = list_filers(department__in=departments, year__in=question.shown_years)
    filers = {(filer.department, filer.year): filer for filer in found}
    places = [(side, year) for side in question.sides for year in question.shown_years]
    missing = {side.department for side, year in places if (side.department, year) not in filers}
    known = Department.objects.in_bulk(missing) if missing else {}
    return [
        Column(side, year, filers[side.department, year])
        if (side.department, year) in filers
        else Column(side, year, None, tell_absence(known[side.department], year))
        for side, year in places
    ]


def read_codes(question: Question) -> Amounts:
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


def lay_out(question: Question, columns: Sequence[Column]) -> Sheet:
    """Codes × departments, or codes × years."""
    book, scope = SCOPES[question.scope]
    amounts = read_codes(question)
    one = len(question.sides) == 1
    who = question.sides[0].name if one else f"{question.year}年"
    return Sheet(
        title=f"{who}：{book.label}，{LEVELS[question.level]}",
        scope=scope.label,
        unit="万元",
        heads=[
            name("科目"),
            *(Head(f"{column.year}年" if one else column.name) for column in columns),
        ],
        lines=list(draw_lines(question, amounts, columns)),
        nothing=f"没有{scope.label}的金额，可以换一个口径或年度。",
        total=[say("总计"), *(draw_cell(question, TOTAL, amounts, each) for each in columns)],
    )


def draw_lines(
    question: Question, amounts: Amounts, columns: Sequence[Column]
) -> Iterator[list[Cell]]:
    """A line for each code that leads to its own page."""
    book, _ = SCOPES[question.scope]
    codes = sorted(code for code in amounts if code != TOTAL)
    names = book.name_codes(codes)
    for code in codes:
        href = reverse("disclosures:code", args=[book.key, code])
        cells = [draw_cell(question, code, amounts, column) for column in columns]
        yield [say(f"{code} {names.get(code, '')}", href), *cells]


def locate(question: Question, code: str) -> str:
    """The cell of a code, or of the total."""
    return SCOPES[question.scope][1].measure(code).at


def draw_cell(question: Question, code: str, amounts: Amounts, column: Column) -> Cell:
    """An amount that leads to its cell, nothing, or why there is nothing."""
    amount = amounts[code].get((column.side.department, column.year))
    if amount is None:
        return Cell(column.absence)
    place = frame.point(column.year, column.side.code, locate(question, code))
    return Cell(show_wan(amount), place)


def enlist(question: Question, request: HttpRequest) -> Listing:
    """A line for each figure of the page."""
    _, scope = SCOPES[question.scope]
    title = f"{scope.label}{LEVELS[question.level]}级比较"
    rows = list(list_lines(question, request))
    moment = frame.read_stamp().moment
    return Listing(title, COLUMNS, rows, moment, [f"口径：{scope.label}。", "只列现行的版本。"])


def list_lines(question: Question, request: HttpRequest) -> Iterator[dict]:
    """The lines by `COLUMNS`, code by code."""
    book, _ = SCOPES[question.scope]
    amounts, columns = read_codes(question), list_columns(question)
    names = {**book.name_codes(list(amounts)), TOTAL: "总计"}
    for code, own in sorted(amounts.items()):
        for column in columns:
            if (column.side.department, column.year) in own:
                place = frame.point(column.year, column.side.code, locate(question, code))
                yield {
                    "code": "" if code == TOTAL else code,
                    "name": names.get(code, ""),
                    "year": column.year,
                    "department_code": column.side.code,
                    "department": column.name,
                    "yuan": own[column.side.department, column.year],
                    "address": request.build_absolute_uri(place),
                }
