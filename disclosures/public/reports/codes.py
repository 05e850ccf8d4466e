"""A code of the chart across departments and years: who spends how much, in one scope at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.domain.money import show_wan
from disclosures.public.caching import public_page
from disclosures.public.downloads import send_listing
from disclosures.public.reports import frame
from disclosures.public.reports.code_book import BOOKS, Book, Scope, list_parents, name_level
from disclosures.public.reports.matrix import COLUMNS, Matrix, open_matrix, sum_years
from disclosures.public.reports.sheet import Cell, Choice, Head, Link, Page, Sheet, name, say
from disclosures.publishing.exports.listing import Listing

ORDERS = {"amount": "按最近一年的金额", "code": "按部门编码"}
SUMMED = "合计是已公开部门之和，部门之间的往来没有抵销。"
BLANK = "空格是这一年公开的文件里没有这个科目的金额。"


@dataclass(frozen=True, slots=True)
class Subject:
    """A code in one of its scopes."""

    book: Book
    code: str
    names: Mapping[int, str]
    scopes: Sequence[Scope]
    scope: Scope
    matrix: Matrix

    @property
    def name(self) -> str:
        """The code with its newest official name."""
        return f"{self.code} {next(iter(self.names.values()), '')}".strip()


@require_safe
@public_page(minutes=1)
def show_books(request: HttpRequest) -> HttpResponse:
    """The classes of both classifications."""
    return frame.respond(request, draw_books)


@require_safe
@public_page(minutes=1, parameters=["page"])
def show_code(
    request: HttpRequest, kind: str, code: str, scope: str = "", order: str = ""
) -> HttpResponse:
    """A code, its kin, and the departments that spend on it, year by year."""
    chosen = frame.check_order(order, ORDERS)
    return frame.respond(
        request, lambda: draw_code(request, find_subject(kind, code, scope), chosen)
    )


@require_safe
@public_page(minutes=1)
def send_code(request: HttpRequest, kind: str, code: str, scope: str, form: str) -> HttpResponse:
    """The same figures as a file, a line for each department and year."""
    return send_listing(request, list_code(request, find_subject(kind, code, scope)), form)


def find_subject(kind: str, code: str, key: str) -> Subject:
    """A code in the scope named, or in the first that has figures; Http404 in words."""
    book = BOOKS[kind]
    scopes = {scope.key: scope for scope in book.pick_scopes(code)}
    if key and key not in scopes:
        raise Http404(f"科目{code}没有“{key}”这个口径，可以用的是：{'、'.join(scopes)}。")
    totals = sum_years([scope.measure(code) for scope in scopes.values()])
    filled = [each for each in scopes.values() if each.measure(code) in totals]
    names = book.find_names(code)
    if not filled:
        told = f"“{code} {names.popitem()[1]}”" if names else f"“{code}”"
        raise Http404(f"已公开的部门预算里没有科目{told}的金额。")
    chosen = scopes[key] if key else filled[0]
    if chosen not in filled:
        raise Http404(f"已公开的部门预算里，科目{code}没有{chosen.label}的金额。")
    measure = chosen.measure(code)
    return Subject(book, code, names, filled, chosen, open_matrix(measure, totals[measure]))


def draw_books() -> Page:
    """Classes with their departments and totals in the newest year."""
    year, _ = frame.pick_year(None)
    return Page(
        title="按科目看",
        lead=[
            "每一笔支出都按两种分类记账：功能分类说明为哪项政府职能花钱，经济分类说明花在什么东西上。"
            "从类打开到款和项，能看到各部门各年度在这个科目上的金额。"
        ],
        sheets=[
            list_kin(book, "", scope, year, f"{book.label}：类")
            for book in BOOKS.values()
            for scope in book.overview
        ],
        below=[SUMMED, BLANK],
    )


def list_kin(book: Book, code: str, scope: Scope, year: int, title: str) -> Sheet:
    """The codes directly below, each with its departments and total in a year."""
    children = book.sum_children(code, scope, year)
    names = book.name_codes([child.code for child in children])
    lines = [
        (
            say(f"{child.code} {names.get(child.code, '')}", address(book, child.code)),
            Cell(f"{child.count}" if child.count else ""),
            Cell(show_wan(child.total) if child.count else ""),
        )
        for child in children
    ]
    heads = [name("科目"), Head("部门数", f"{year}年"), Head("合计", f"{year}年，万元")]
    return Sheet(title=title, scope=scope.label, unit="万元", heads=heads, lines=lines)


def address(book: Book, code: str) -> str:
    """The page of a code."""
    return reverse("disclosures:code", args=[book.key, code])


def draw_code(request: HttpRequest, subject: Subject, order: str) -> Page:
    """The page: kin, scopes, departments × years."""
    book, code, matrix = subject.book, subject.code, subject.matrix
    here = (book.key, code, subject.scope.key)
    number = frame.pick_page(request, matrix.count)
    return Page(
        title=subject.name,
        lead=[f"{book.label}的{name_level(code)}级科目。", *tell_renaming(subject.names)],
        trail=list_trail(book, code),
        choices=offer_choices(subject, order),
        sheets=list_sheets(subject, order, number),
        files=frame.offer_files("code-list", *here),
        turns=frame.turn(request, number, matrix.count),
        below=[SUMMED, BLANK],
    )


def list_sheets(subject: Subject, order: str, number: int) -> list[Sheet]:
    """Departments × years, then the codes below."""
    scope, matrix = subject.scope, subject.matrix
    title = f"各部门各年度：{subject.name}"
    sheets = [matrix.lay_out(title, scope.label, order == "amount", number)]
    if not scope.by_column:
        kin = list_kin(subject.book, subject.code, scope, matrix.years[0], "下级科目")
        sheets += [kin] if kin.lines else []
    return sheets


def tell_renaming(names: Mapping[int, str]) -> list[str]:
    """The names that the code had in other years, where they differ."""
    newest = next(iter(names.values()), "")
    return [f"{year}年的名称是“{own}”。" for year, own in names.items() if own != newest]


def list_trail(book: Book, code: str) -> list[Link]:
    """From all codes through the parents."""
    parents = list_parents(code)
    names = book.name_codes(parents) if parents else {}
    return [
        Link("科目", reverse("disclosures:codes")),
        *(Link(f"{each} {names.get(each, '')}", address(book, each)) for each in parents),
    ]


def offer_choices(subject: Subject, order: str) -> list[Choice]:
    """The scopes in which the code has figures, and the orders where there is more than one line.

    The first scope is the code's own address, so that no page has two.
    """
    hrefs = {each: address_scope(subject, each) for each in subject.scopes}
    links = [Link(each.label, href, each == subject.scope) for each, href in hrefs.items()]
    here = (subject.book.key, subject.code, subject.scope.key)
    plain = hrefs[subject.scope]
    orders = frame.offer_orders("code-scope", ORDERS, order, *here, plain=plain)
    return [Choice("口径", links), *([orders] if subject.matrix.count > 1 else [])]


def address_scope(subject: Subject, scope: Scope) -> str:
    """The page of the code in a scope."""
    if scope == subject.scopes[0]:
        return address(subject.book, subject.code)
    args = [subject.book.key, subject.code, scope.key]
    return reverse("disclosures:code-scope", args=args)


def list_code(request: HttpRequest, subject: Subject) -> Listing:
    """A line for each department and year that has an amount; yuan exact, 万元 as printed."""
    scope, matrix = subject.scope.label, subject.matrix
    return Listing(
        title=f"{subject.name}（{scope}）",
        columns={"subject": "科目", **COLUMNS},
        rows=[{"subject": subject.name, **row} for row in matrix.list_rows(request)],
        changed=frame.read_stamp().moment,
        messages=[f"口径：{scope}。{SUMMED}", "只列现行的版本。"],
    )
