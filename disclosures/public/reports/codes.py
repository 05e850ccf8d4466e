"""A code of the chart across departments and years: who spends how much, in one scope at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.http import Http404
from django.urls import reverse

from budgets.domain.money import show_wan
from disclosures.public.reports.code_book import BOOKS, Book, Scope, list_parents, name_level
from disclosures.public.reports.matrix import Totals, list_code_figures, pivot_years, sum_years
from disclosures.public.reports.page import Choice, ReportPage, choose_years
from disclosures.publishing.report import Column, Link, Report

SUMMED = "合计是已公开部门之和，部门之间的往来没有抵销。"
BLANK = "空格是这一年公开的文件里没有这个科目的金额。"


@dataclass(frozen=True, slots=True)
class Subject:
    """A code in one of its scopes, with its names and totals by year, newest first."""

    book: Book
    code: str
    names: Mapping[int, str]
    scopes: Sequence[Scope]
    scope: Scope
    totals: Totals

    @property
    def name(self) -> str:
        """The code with its newest official name."""
        return f"{self.code} {next(iter(self.names.values()), '')}".strip()


def list_books() -> ReportPage:
    """The classes of both classifications with their departments and totals in the newest year."""
    year, _ = choose_years(None)
    first, *others = [
        partial(list_kin, book, "", scope, year, f"{book.label}：类")
        for book in BOOKS.values()
        for scope in book.overview
    ]
    lead = (
        "每一笔支出都按两种分类记账：功能分类说明为哪项政府职能花钱，经济分类说明花在什么东西上。"
        "从类打开到款和项，能看到各部门各年度在这个科目上的金额。"
    )
    report = replace(first(), title="按科目看", lead=[lead])
    return ReportPage(
        report=report, others=lambda: [make() for make in others], below=[SUMMED, BLANK]
    )


def list_code(kind: str, code: str, scope: str = "") -> ReportPage:
    """A code, its kin, and the departments that spend on it, year by year."""
    subject = find_subject(kind, code, scope)
    book, chosen = subject.book, subject.scope
    measure = chosen.measure(code)
    year = next(iter(subject.totals))
    hrefs = {each: link_scope(subject, each) for each in subject.scopes}
    # The first scope is the code's own address, so that no page has two.
    plain = hrefs | {subject.scopes[0]: link_code(book, code)}
    links = [Link(each.label, plain[each], each == chosen) for each in subject.scopes]
    report = pivot_years(subject.name, f"各部门各年度：{subject.name}", measure, subject.totals)
    lead = [f"{book.label}的{name_level(code)}级科目。", *tell_renaming(subject.names)]
    said = [f"口径：{chosen.label}。{SUMMED}", "只列现行的版本。"]
    return ReportPage(
        report=replace(report, lead=lead),
        stem=hrefs[chosen],
        address=plain[chosen],
        trail=list_trail(book, code),
        choices=[Choice("口径", links)],
        others=lambda: list_below(subject, year),
        filed=lambda: list_code_figures(
            f"{subject.name}（{chosen.label}）", subject.name, measure, said
        ),
        below=[SUMMED, BLANK],
    )


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
    return Subject(book, code, names, filled, chosen, totals[chosen.measure(code)])


def list_below(subject: Subject, year: int) -> list[Report]:
    """The codes directly below in use, if there are any."""
    if subject.scope.by_column:
        return []
    below = list_kin(subject.book, subject.code, subject.scope, year, "下级科目")
    return [below] if below.records else []


def list_kin(book: Book, code: str, scope: Scope, year: int, caption: str) -> Report:
    """The codes directly below, each with its departments and total in a year."""
    children = book.sum_children(code, scope, year)
    names = book.name_codes([child.code for child in children])
    return Report(
        title=caption,
        caption=caption,
        scope=scope.label,
        unit="万元",
        records=children,
        columns=[
            Column(
                "code",
                "科目",
                show=lambda child: f"{child.code} {names.get(child.code, '')}",
                href=lambda child: link_code(book, child.code),
            ),
            Column(
                "count",
                "部门数",
                show=lambda child: f"{child.count or ''}",
                unit=f"{year}年",
                is_amount=True,
            ),
            Column(
                "total",
                "合计",
                show=lambda child: show_wan(child.total) if child.count else "",
                unit=f"{year}年，万元",
                is_amount=True,
            ),
        ],
    )


def link_code(book: Book, code: str) -> str:
    """The page of a code."""
    return reverse("disclosures:code", args=[book.key, code])


def link_scope(subject: Subject, scope: Scope) -> str:
    """The page of the code in a scope."""
    return reverse("disclosures:code-scope", args=[subject.book.key, subject.code, scope.key])


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
        *(Link(f"{each} {names.get(each, '')}", link_code(book, each)) for each in parents),
    ]
