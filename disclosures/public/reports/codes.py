"""The codes of both classifications: who spends how much on them, in one scope at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from operator import attrgetter

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Length
from django.http import Http404
from django.urls import reverse

from budgets.domain.money import show_wan
from budgets.domain.tables.form import Role
from budgets.models import EconomicCode, FunctionCode
from disclosures.models import IndexEntry, IndexFigure
from disclosures.public.reports.measures import Measure, match_measures
from disclosures.public.reports.page import (
    ADDRESS,
    CODE,
    DEPARTMENT,
    YEAR,
    Choice,
    DepartmentYears,
    ListPage,
    choose_years,
    year_column,
)
from disclosures.public.years import list_entries
from disclosures.publishing.report import Column, Link, Order, Report, sort_by

# The levels of a classification by the length of their codes.
LEVELS = {3: "类", 5: "款", 7: "项"}
CLASS = 3
SUMMED = "合计是已公开部门之和，部门之间的往来没有抵销。"
BLANK = "空格是这一年公开的文件里没有这个科目的金额。"
Totals = Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class Scope:
    """What part of the money a table shows; where it stands in the document."""

    key: str
    label: str
    table: str
    by_column: bool = False

    @property
    def part(self) -> str:
        """What part of a cell's address is the code."""
        return "column" if self.by_column else "row"

    @property
    def whole(self) -> dict[str, str]:
        """Where the codes' totals stand in the table."""
        return {"row" if self.by_column else "column": "total"}

    def measure(self, code: str) -> Measure:
        """The cell of a code: a row of its table, or a column of its total row."""
        row, column = ("total", code) if self.by_column else (code, "total")
        return Measure(self.table, row, column, self.label)


@dataclass(frozen=True, slots=True)
class CodeTotal:
    """A code in a year: how many departments have money on it, and how much together (yuan)."""

    code: str
    count: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class Classification:
    """One of the two classifications, the scopes in which its codes have figures."""

    key: str
    label: str
    model: type[EconomicCode] | type[FunctionCode]
    scopes: Sequence[Scope]

    def name_codes(self, codes: Sequence[str]) -> dict[str, str]:
        """The newest official name of each code."""
        rows = self.model.objects.filter(code__in=codes).order_by("year")
        return dict(rows.values_list("code", "name"))

    def sum_children(self, code: str, scope: Scope, year: int) -> list[CodeTotal]:
        """The codes directly below in use, classes below none, in code order: one query."""
        part = scope.part
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
        return [CodeTotal(own, count, total or Decimal(0)) for own, count, total in rows]


WHOLE = Scope("whole", "全口径", Role.SPENDING)
GENERAL = Scope("general", "一般公共预算", Role.GENERAL)
BASIC = Scope("basic", "一般公共预算基本支出", Role.BASIC)
CLASSIFICATIONS = {
    "function": Classification(
        "function",
        "支出功能分类",
        FunctionCode,
        (
            WHOLE,
            GENERAL,
            Scope("fund", "政府性基金预算", Role.GOVERNMENT_FUND),
            Scope("capital", "国有资本经营预算", Role.STATE_CAPITAL),
        ),
    ),
    "economic": Classification(
        "economic",
        "部门预算支出经济分类",
        EconomicCode,
        (
            BASIC,
            Scope("project", "一般公共预算项目支出", Role.PROJECTS, by_column=True),
        ),
    ),
}


def list_classes() -> ListPage:
    """The classes of both classifications with their departments and totals in the newest year."""
    year, _ = choose_years(None)
    first, *others = [
        partial(list_codes_below, classification, "", scope, year, f"{classification.label}：类")
        for classification in CLASSIFICATIONS.values()
        for scope in classification.scopes
        # These together hold every code in use.
        if scope == classification.scopes[0] or scope.by_column
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
    """A code, its kin, and the departments that spend on it, year by year.

    In the scope named, or in the first that has figures; Http404 in words.
    """
    classification = CLASSIFICATIONS[kind]
    named = classification.model.objects.filter(code=code).order_by("-year")
    names = dict(named.values_list("year", "name"))
    newest = next(iter(names.values()), "")
    name = f"{code} {newest}".strip()
    totals = sum_scopes(classification, code, scope, names)
    chosen = next(each for each in totals if scope in ("", each.key))
    measure, year = chosen.measure(code), next(iter(totals[chosen]))
    hrefs = {
        each: reverse("disclosures:code-scope", args=[kind, code, each.key]) for each in totals
    }
    # The first scope is the code's own address, so that no page has two.
    plain = hrefs | {next(iter(totals)): link_code(classification, code)}
    links = [Link(each.label, plain[each], each == chosen) for each in totals]
    renamed = [f"{when}年的名称是“{own}”。" for when, own in names.items() if own != newest]
    lead = [f"{classification.label}的{LEVELS.get(len(code), '')}级科目。", *renamed]
    parents = [code[:length] for length in LEVELS if length < len(code)]
    parent_names = classification.name_codes(parents) if parents else {}
    trail = [
        Link(f"{each} {parent_names.get(each, '')}", link_code(classification, each))
        for each in parents
    ]

    def list_below() -> list[Report]:
        below = list_codes_below(classification, code, chosen, year, "下级科目")
        return [below] if below.records else []

    return ListPage(
        report=replace(pivot_years(name, measure, totals[chosen]), lead=lead),
        stem=hrefs[chosen],
        address=plain[chosen],
        trail=[Link("科目", reverse("disclosures:codes")), *trail],
        choices=[Choice("口径", links)],
        others=tuple if chosen.by_column else list_below,
        filed=lambda: list_code_figures(name, measure),
        below=[SUMMED, BLANK],
    )


def sum_scopes(
    classification: Classification, code: str, key: str, names: Mapping[int, str]
) -> dict[Scope, Totals]:
    """The scopes in which a code has figures, with its totals by year, newest first: one query.

    Http404 in words where there are none, or none in the scope with that key.
    """
    # Columns are classes only.
    fitting = [each for each in classification.scopes if not each.by_column or len(code) == CLASS]
    scopes = {scope.key: scope for scope in fitting}
    if key and key not in scopes:
        raise Http404(f"科目{code}没有“{key}”这个口径，可以用的是：{'、'.join(scopes)}。")
    totals = sum_years([scope.measure(code) for scope in scopes.values()])
    filled: dict[Scope, Totals] = {
        each: totals[each.measure(code)] for each in scopes.values() if each.measure(code) in totals
    }
    if not filled:
        name = f"{code} {[*names.values()][-1]}" if names else code
        raise Http404(f"已公开的部门预算里没有科目“{name}”的金额。")
    if key and scopes[key] not in filled:
        raise Http404(f"已公开的部门预算里，科目{code}没有{scopes[key].label}的金额。")
    return filled


def list_codes_below(
    classification: Classification, code: str, scope: Scope, year: int, caption: str
) -> Report:
    totals = classification.sum_children(code, scope, year)
    names = classification.name_codes([each.code for each in totals])
    return Report(
        title=caption,
        caption=caption,
        scope=scope.label,
        unit="万元",
        records=totals,
        columns=[
            Column(
                "code",
                "科目",
                show=lambda each: f"{each.code} {names.get(each.code, '')}",
                href=lambda each: link_code(classification, each.code),
            ),
            Column(
                "count",
                "部门数",
                show=lambda each: f"{each.count or ''}",
                unit=f"{year}年",
                is_amount=True,
            ),
            Column(
                "total",
                "合计",
                show=lambda each: show_wan(each.total) if each.count else "",
                unit=f"{year}年，万元",
                is_amount=True,
            ),
        ],
    )


def link_code(classification: Classification, code: str) -> str:
    return reverse("disclosures:code", args=[classification.key, code])


def pivot_years(name: str, measure: Measure, totals: Totals) -> Report:
    """The page: a line for each department, a column for each year of `totals`, newest first.

    Sorted, paged and summed by the database. By amount the largest of the newest year comes
    first, then of the year before.
    """
    own = {f"in_{year}": Sum("amount", filter=Q(year=year)) for year in totals}
    largest = [F(key).desc(nulls_last=True) for key in own]

    def complete(rows: list[dict]) -> list[DepartmentYears]:
        known: dict[int, list[IndexEntry]] = {row["department"]: [] for row in rows}
        for entry in list_entries().filter(department__in=list(known)):
            known[entry.department_id].append(entry)
        return [
            DepartmentYears(
                known[row["department"]][0].department,
                known[row["department"]][0].name,
                {entry.year for entry in known[row["department"]]},
                {year: row[f"in_{year}"] for year in totals},
            )
            for row in rows
        ]

    return Report(
        title=name,
        caption=f"各部门各年度：{name}",
        scope=measure.label,
        unit="万元",
        records=IndexFigure.objects.filter(match_measures([measure]))
        .values("department")
        .annotate(**own),
        columns=[
            Column("department", "部门", show=attrgetter("name"), total="全部部门"),
            *(year_column(year, measure.at, total=show_wan(totals[year])) for year in totals),
        ],
        orders={
            "amount": Order(
                "按最近一年的金额", lambda found: found.order_by(*largest, "department")
            ),
            "code": Order("按部门编码", sort_by("department__code")),
        },
        complete=complete,
    )


def list_code_figures(name: str, measure: Measure) -> Report:
    """The files: a line for each department and year, newest year first; yuan exact."""
    found = IndexFigure.objects.filter(match_measures([measure])).with_names()
    return Report(
        title=f"{name}（{measure.label}）",
        messages=[f"口径：{measure.label}。{SUMMED}", "只列现行的版本。"],
        records=found.order_by("-year", "department__code"),
        columns=[
            Column("subject", "科目", lambda _: name),
            YEAR,
            CODE,
            DEPARTMENT,
            Column("yuan", "金额（元）", attrgetter("amount")),
            Column(
                "wan",
                "公开的文件上印的数（万元）",
                lambda figure: show_wan(figure.amount).replace(",", ""),
            ),
            ADDRESS,
        ],
    )


def sum_years(measures: Sequence[Measure]) -> dict[Measure, dict[int, Decimal]]:
    """The exact total of each measure that occurs by year, newest first: one query."""
    known = {(each.table, each.row, each.column): each for each in measures}
    cells = IndexFigure.objects.filter(match_measures(measures))
    rows = cells.values_list("table", "row", "column", "year").annotate(whole=Sum("amount"))
    totals: dict[Measure, dict[int, Decimal]] = {}
    for table, row, column, year, total in rows.order_by("-year"):
        totals.setdefault(known[table, row, column], {})[year] = total
    return totals
