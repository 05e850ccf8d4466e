"""Departments × years of one measure: sorted, paged and summed by the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum

from budgets.domain.money import show_wan
from disclosures.models import IndexEntry, IndexFigure
from disclosures.public.directory import list_entries
from disclosures.public.reports.measures import Measure, select
from disclosures.public.reports.page import link_figure
from disclosures.public.years import tell_absence
from disclosures.publishing.report import Column, Order, Report, sort

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
            return tell_absence(row.newest.department, year)
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
