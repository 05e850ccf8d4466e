"""Every disclosure in force, with the addresses of its page and of its files."""

from collections.abc import Callable
from operator import attrgetter

from django.http import Http404
from django.urls import reverse

from disclosures.models import Disclosure, FileKind
from disclosures.public.reports.columns import CODE, YEAR, DepartmentFilter
from disclosures.public.reports.page import ReportPage
from disclosures.public.versions import list_published
from disclosures.publishing.report import Column, Report, write_day

SCOPE = "只列现行的版本；更正过的，第几版和更正原因写在同一行，旧的版本在该部门的页面上。"


def list_in_force(year: int | None = None) -> ReportPage:
    """All years, or the one in the address; there is no page of it but the directory."""
    found = list_published()
    chosen = found if year is None else found.filter(year=year)
    if year is not None and not chosen:
        raise Http404(f"这里没有{year}年的部门预算公开。")
    return ReportPage(
        report=Report(
            title=f"{year}年已公开的部门预算" if year else "已公开的部门预算",
            records=chosen,
            columns=COLUMNS,
            messages=[SCOPE],
            filters=DepartmentFilter,
        )
    )


def link_file(kind: str) -> Callable[[Disclosure], str | None]:
    """Where a version's file of that kind is, if it has one."""

    def find(disclosure: Disclosure) -> str | None:
        if kind not in {file.kind for file in disclosure.files.all()}:
            return None
        where = (disclosure.year, disclosure.department.code, disclosure.version, kind)
        return reverse("disclosures:version-file", args=where)

    return find


COLUMNS = (
    YEAR,
    CODE,
    Column("department", "部门", attrgetter("department.name")),
    Column("version", "版本", attrgetter("version")),
    Column("published_on", "公开日期", lambda disclosure: write_day(disclosure.published_at)),
    Column("reason", "更正原因", attrgetter("reason")),
    Column("address", "地址", Disclosure.get_absolute_url, is_address=True),
    Column("pdf", "PDF", link_file(FileKind.PDF), is_address=True),
    Column("xlsx", "Excel", link_file(FileKind.XLSX), is_address=True),
    Column("json", "JSON", link_file(FileKind.JSON), is_address=True),
    Column("digest", "内容摘要（SHA-256）", attrgetter("digest")),
)
