"""The codes of both classifications: who spends how much on them, in one scope at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Length
from django.http import Http404
from django.urls import reverse

from budgets.domain.money import show_wan
from budgets.domain.tables.form import Role
from budgets.models import EconomicCode, FunctionCode
from disclosures.models import IndexEntry, IndexFigure
from disclosures.public.reports.measures import Measure, select
from disclosures.public.reports.page import Choice, ListPage, choose_years, link_figure
from disclosures.public.years import explain_absence, list_entries
from disclosures.publishing.report import Column, Link, Order, Report, sort

LEVELS = {3: "类", 5: "款", 7: "项"}
CLASS = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """What part of the money a table shows; where it stands in the document."""

    key: str
    label: str
    table: str
    by_column: bool = False

    @property
    def whole(self) -> dict[str, str]:
        """Where the codes' totals stand in the table."""
        return {"row" if self.by_column else "column": "total"}

    def measure(self, code: str) -> Measure:
        """The cell of a code: a row of its table, or a column of its total row."""
        row, column = ("total", code) if self.by_column else (code, "total")
        return Measure(self.table, row, column, self.label)


@dataclass(frozen=True, slots=True)
class Child:
    """A code in a year: how many departments have money on it, and how much together (yuan)."""

    code: str
    count: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class Classification:
    """One of the two classifications, the scopes in which its codes have figures."""

    key: str
    label: str
    model: type
    scopes: Sequence[Scope]

    @property
    def overview(self) -> list[Scope]:
        """The scopes that together hold every code in use: the first, and those by column."""
        return [scope for scope in self.scopes if scope == self.scopes[0] or scope.by_column]

    def find_names(self, code: str) -> dict[int, str]:
        """The official name of a code by year, newest first."""
        rows = self.model.objects.filter(code=code).order_by("-year")
        return dict(rows.values_list("year", "name"))

    def name_codes(self, codes: Sequence[str]) -> dict[str, str]:
        """The newest official name of each code."""
        rows = self.model.objects.filter(code__in=codes).order_by("year")
        return dict(rows.values_list("code", "name"))

    def pick_scopes(self, code: str) -> list[Scope]:
        """The scopes that can hold the code: columns are classes only."""
        return [scope for scope in self.scopes if not scope.by_column or len(code) == CLASS]

    def sum_children(self, code: str, scope: Scope, year: int) -> list[Child]:
        """The codes directly below in use, classes below none, in code order: one query."""
        part = "column" if scope.by_column else "row"
        below = {f"{part}__gt": code, f"{part}__lte": f"{code}9999999"}
        rows = (
            IndexFigure.objects.filter(table=scope.table, **scope.whole, **below)
            .alias(size=Length(part))
            .filter(size=len(code) + 2 if code else CLASS)
            .values_list(part)
            .annotate(
                count=Count("department", distinct=True, filter=Q(year=year)),
                whole=Sum("amount", filter=Q(year=year)),
            )
            .order_by(part)
        )
        return [Child(own, count, total or Decimal(0)) for own, count, total in rows]


CLASSIFICATIONS = {
    "function": Classification(
        "function",
        "支出功能分类",
        FunctionCode,
        (
            Scope("whole", "全口径", Role.SPENDING),
            Scope("general", "一般公共预算", Role.GENERAL),
            Scope("fund", "政府性基金预算", Role.GOVERNMENT_FUND),
            Scope("capital", "国有资本经营预算", Role.STATE_CAPITAL),
        ),
    ),
    "economic": Classification(
        "economic",
        "部门预算支出经济分类",
        EconomicCode,
        (
            Scope("basic", "一般公共预算基本支出", Role.BASIC),
            Scope("project", "一般公共预算项目支出", Role.PROJECTS, by_column=True),
        ),
    ),
}


def list_parents(code: str) -> list[str]:
    """The codes above, widest first: 208 and 20805 of 2080505."""
    return [code[:length] for length in LEVELS if length < len(code)]


def name_level(code: str) -> str:
    """类, 款 or 项."""
    return LEVELS.get(len(code), "")


Totals = Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A department's amounts by year, and the years in which it published."""

    entries: Mapping[int, IndexEntry]
    amounts: Mapping[int, Decimal | None]

    @property
    def newest(self) -> IndexEntry:
        """As it is called now."""
        return self.entries[max(self.entries)]


@dataclass(frozen=True, slots=True)
class FiledFigure:
    """An amount of a department in a year."""

    entry: IndexEntry
    amount: Decimal


def pivot_years(
    title: str, caption: str, measure: Measure, totals: Totals, others: Sequence[Column] = ()
) -> Report:
    """The page: a line for each department, a column for each year of `totals`, newest first.

    By amount the largest of the newest year comes first, then of the year before.
    """
    own = {f"in_{year}": Sum("amount", filter=Q(year=year)) for year in totals}
    largest = [F(key).desc(nulls_last=True) for key in own]

    def complete(rows: list[dict]) -> list[MatrixRow]:
        known: dict[int, dict[int, IndexEntry]] = {row["department"]: {} for row in rows}
        for entry in list_entries().filter(department__in=list(known)):
            known[entry.department_id][entry.year] = entry
        return [
            MatrixRow(known[row["department"]], {year: row[f"in_{year}"] for year in totals})
            for row in rows
        ]

    name = Column("department", "部门", show=lambda row: row.newest.name, total="全部部门")
    return Report(
        title=title,
        caption=caption,
        scope=measure.label,
        unit="万元",
        records=find_figures(measure).values("department").annotate(**own),
        columns=[name, *(matrix_column(measure, year, total) for year, total in totals.items())],
        orders={
            "amount": Order("按最近一年的金额", sort(*largest, "department")),
            "code": Order("按部门编码", sort("department__code")),
        },
        complete=complete,
    )


def matrix_column(measure: Measure, year: int, total: Decimal) -> Column:
    """A year's amounts, each leading to its cell in the document; or why there is none."""

    def tell(row: MatrixRow) -> str:
        if year not in row.entries:
            return explain_absence(row.newest.department, year)
        amount = row.amounts[year]
        return "" if amount is None else show_wan(amount)

    def link(row: MatrixRow) -> str:
        if year not in row.entries or row.amounts[year] is None:
            return ""
        return link_figure(year, row.entries[year].department.code, measure.at)

    key, total_text = f"in_{year}", show_wan(total)
    return Column(key, f"{year}年", show=tell, href=link, total=total_text, is_amount=True)


def list_code_figures(
    title: str, subject: str, measure: Measure, messages: Sequence[str]
) -> Report:
    """The files: a line for each department and year, newest year first; yuan exact."""
    rows = find_figures(measure).order_by("-year", "department__code")
    found = list(rows.values_list("department", "year", "amount"))
    # Names last: whoever has a figure then has a name, even if it was published in between.
    entries = {(entry.department_id, entry.year): entry for entry in list_entries()}
    return Report(
        title=title,
        messages=messages,
        records=[
            FiledFigure(entries[department, year], amount) for department, year, amount in found
        ],
        columns=[
            Column("subject", "科目", lambda _: subject),
            Column("year", "年度", lambda row: row.entry.year),
            Column("code", "部门编码", lambda row: row.entry.department.code),
            Column("department", "部门", lambda row: row.entry.name),
            Column("yuan", "金额（元）", lambda row: row.amount),
            Column(
                "wan",
                "公开的文件上印的数（万元）",
                lambda row: show_wan(row.amount).replace(",", ""),
            ),
            Column(
                "address",
                "在公开文件里的位置",
                lambda row: link_figure(row.entry.year, row.entry.department.code, measure.at),
                is_address=True,
            ),
        ],
    )


def find_figures(measure: Measure) -> QuerySet[IndexFigure]:
    """The cell of every department and year."""
    return IndexFigure.objects.filter(select([measure]))


def sum_years(measures: Sequence[Measure]) -> dict[Measure, dict[int, Decimal]]:
    """The exact total of each measure that occurs by year, newest first: one query."""
    known = {(each.table, each.row, each.column): each for each in measures}
    cells = IndexFigure.objects.filter(select(measures))
    rows = cells.values_list("table", "row", "column", "year").annotate(whole=Sum("amount"))
    totals: dict[Measure, dict[int, Decimal]] = {}
    for table, row, column, year, total in rows.order_by("-year"):
        totals.setdefault(known[table, row, column], {})[year] = total
    return totals


SUMMED = "合计是已公开部门之和，部门之间的往来没有抵销。"
BLANK = "空格是这一年公开的文件里没有这个科目的金额。"


@dataclass(frozen=True, slots=True)
class CodeInScope:
    """A code in one of its scopes, with its names and totals by year, newest first."""

    book: Classification
    code: str
    names: Mapping[int, str]
    scopes: Sequence[Scope]
    scope: Scope
    totals: Totals

    @property
    def name(self) -> str:
        """The code with its newest official name."""
        return f"{self.code} {next(iter(self.names.values()), '')}".strip()


def list_classes() -> ListPage:
    """The classes of both classifications with their departments and totals in the newest year."""
    year, _ = choose_years(None)
    first, *others = [
        partial(list_kin, book, "", scope, year, f"{book.label}：类")
        for book in CLASSIFICATIONS.values()
        for scope in book.overview
    ]
    lead = (
        "每一笔支出都按两种分类记账：功能分类说明为哪项政府职能花钱，经济分类说明花在什么东西上。"
        "从类打开到款和项，能看到各部门各年度在这个科目上的金额。"
    )
    report = replace(first(), title="按科目看", lead=[lead])
    return ListPage(
        report=report, others=lambda: [make() for make in others], below=[SUMMED, BLANK]
    )


def list_code(kind: str, code: str, scope: str = "") -> ListPage:
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
    return ListPage(
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


def find_subject(kind: str, code: str, key: str) -> CodeInScope:
    """A code in the scope named, or in the first that has figures; Http404 in words."""
    book = CLASSIFICATIONS[kind]
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
    return CodeInScope(book, code, names, filled, chosen, totals[chosen.measure(code)])


def list_below(subject: CodeInScope, year: int) -> list[Report]:
    """The codes directly below in use, if there are any."""
    if subject.scope.by_column:
        return []
    below = list_kin(subject.book, subject.code, subject.scope, year, "下级科目")
    return [below] if below.records else []


def list_kin(book: Classification, code: str, scope: Scope, year: int, caption: str) -> Report:
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


def link_code(book: Classification, code: str) -> str:
    """The page of a code."""
    return reverse("disclosures:code", args=[book.key, code])


def link_scope(subject: CodeInScope, scope: Scope) -> str:
    """The page of the code in a scope."""
    return reverse("disclosures:code-scope", args=[subject.book.key, subject.code, scope.key])


def tell_renaming(names: Mapping[int, str]) -> list[str]:
    """The names that the code had in other years, where they differ."""
    newest = next(iter(names.values()), "")
    return [f"{year}年的名称是“{own}”。" for year, own in names.items() if own != newest]


def list_trail(book: Classification, code: str) -> list[Link]:
    """From all codes through the parents."""
    parents = list_parents(code)
    names = book.name_codes(parents) if parents else {}
    return [
        Link("科目", reverse("disclosures:codes")),
        *(Link(f"{each} {names.get(each, '')}", link_code(book, each)) for each in parents),
    ]
