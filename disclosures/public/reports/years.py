"""Departments × years: what is published, what is not yet, and what did not exist."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html

from budgets.domain.money import show_wan
from budgets.models import Department
from disclosures.models import IndexEntry
from disclosures.public.directory import list_entries
from disclosures.public.reports.page import ReportPage, link_figure
from disclosures.public.years import tell_absence
from disclosures.publishing.report import Column, Report


@dataclass(frozen=True, slots=True)
class DepartmentYears:
    """A department, and what is in force of it by year."""

    department: Department
    entries: Mapping[int, IndexEntry]


def list_department_years() -> ReportPage:
    """Every department that was there in a year with something published: two queries."""
    found: dict[int, dict[int, IndexEntry]] = {}
    for entry in list_entries():
        found.setdefault(entry.department_id, {})[entry.year] = entry
    years = sorted({year for own in found.values() for year in own}, reverse=True)
    rows = [
        DepartmentYears(own, found.get(own.pk, {}))
        for own in Department.objects.departments()
        if own.pk in found or any(own.exists_in(year) for year in years)
    ]
    lead = "数字是收支总预算，全口径，单位为万元，点开就是那一年的全文。"
    report = Report(
        title="各部门各年度",
        lead=[lead],
        messages=[lead.replace("单位为万元，点开就是那一年的全文", "单位为元")],
        caption="各部门各年度的收支总预算",
        scope="全口径",
        unit="万元",
        nothing="还没有公开的预算。",
        records=rows if years else [],
        columns=[
            Column("code", "部门编码", lambda row: row.department.code),
            Column("department", "部门", lambda row: row.department.name),
            *(year_column(year) for year in years),
        ],
        shown=["department", *(f"in_{year}" for year in years)],
    )
    return ReportPage(report=report, stem=reverse("disclosures:years"), is_whole=True)


def year_column(year: int) -> Column:
    """A year's totals, each leading to the document; or why there is none."""

    def show(row: DepartmentYears) -> str:
        entry = row.entries.get(year)
        return show_wan(entry.total) if entry else tell_absence(row.department, year)

    def link(row: DepartmentYears) -> str:
        return link_figure(year, row.department.code) if year in row.entries else ""

    def read(row: DepartmentYears):
        return row.entries[year].total if year in row.entries else None

    here = reverse("disclosures:year", args=[year])
    return Column(
        f"in_{year}",
        f"{year}年（元）",
        read,
        show=show,
        href=link,
        heading=format_html('<a href="{}">{}年</a>', here, year),
        is_amount=True,
    )
