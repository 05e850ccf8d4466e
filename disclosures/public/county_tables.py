"""One of the tables of all departments of a year, as one spreadsheet."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from budgets.domain.tables.form import Form
from budgets.models.chart import find_table_set
from disclosures.models import Disclosure
from disclosures.public.caching import public_page
from disclosures.public.package.archive import name_state
from disclosures.public.responses import attach, identify_release, keep, reply
from disclosures.public.versions import list_published
from disclosures.publishing.document.figures import list_table_figures
from disclosures.publishing.exports import TYPES, listing
from disclosures.publishing.exports.listing import Listing

Data = dict[str, Any]
KNOWN = {
    "department": "部门编码",
    "department_name": "部门",
    "version": "版本",
    "row": "行",
    "row_name": "科目或项目",
}
# Documents in memory at a time.
FEW = 10
RULES = (
    "金额单位是元，精确到分；公开的表格里是万元，由它四舍五入。",
    "空格表示没有安排。只列现行的版本；更正后这里也随之改变。",
)


@require_safe
@public_page(minutes=1)
def send_county_table(request: HttpRequest, year: int, key: str, form: str) -> HttpResponse:
    """The table in one of three forms, conditionally; Http404 in words."""
    found = list(list_published().filter(year=year).order_by("department__code"))
    if not found:
        raise Http404(f"这里没有{year}年的部门预算公开。")
    tables = find_table_set(year)
    if key not in tables:
        known = "、".join(table.key for table in tables.forms)
        raise Http404(f"没有编号为“{key}”的表，可以用的是：{known}。")
    state = f"{name_state(found, identify_release())}-{key}-{form}"
    moment = max(disclosure.published_at for disclosure in found)
    response = reply(request, state, moment, lambda: hand_over(found, tables[key], form))
    return keep(response, None)


def hand_over(found: Sequence[Disclosure], table: Form, form: str) -> HttpResponse:
    """The file."""
    made = gather(found, table)
    return attach(listing.build(made, form), TYPES[form], f"{made.title}.{form}")


def gather(found: Sequence[Disclosure], table: Form) -> Listing:
    """The table's rows, department after department, read from their frozen content."""
    year = found[0].year
    headings: dict[str, str] = {}
    scopes: dict[str, None] = {}
    rows = []
    for disclosure in read_content(found):
        found_table = disclosure.document.tables_by_key.get(table.key)
        figures = list(list_table_figures(found_table)) if found_table else []
        headings |= {each["column"]: f"{each['heading']}（元）" for each in figures}
        scopes |= dict.fromkeys(each["scope"] for each in figures)
        rows += fold(disclosure, figures)
    return Listing(
        title=f"{year}年各部门{table.label}：{table.title}",
        columns=KNOWN | headings,
        rows=[dict.fromkeys(headings) | row for row in rows],
        changed=max(disclosure.published_at for disclosure in found),
        messages=[f"口径：{'、'.join(scopes)}。", *RULES] if scopes else RULES,
    )


def read_content(found: Sequence[Disclosure]) -> Iterator[Disclosure]:
    """The disclosures with their content: one query."""
    chosen = Disclosure.objects.filter(pk__in=[each.pk for each in found])
    ordered = chosen.select_related("department").order_by("department__code")
    return ordered.iterator(chunk_size=FEW)


def fold(disclosure: Disclosure, figures: Sequence[Data]) -> list[Data]:
    """A department's amounts, those of a row side by side."""
    rows: dict[str, Data] = {}
    for each in figures:
        row = rows.setdefault(each["row"], describe(disclosure, each))
        row[each["column"]] = each["yuan"]
    return list(rows.values())


def describe(disclosure: Disclosure, figure: Data) -> Data:
    """What stands before the amounts of a row."""
    return {
        "department": disclosure.department.code,
        "department_name": disclosure.document.department.name,
        "version": disclosure.version,
        "row": figure["row"],
        "row_name": figure["name"],
    }
