"""For those who take data away: the page, the schemas, tables of all departments, metadata."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from budgets.domain.tables.form import Form
from budgets.models.chart import find_table_set
from disclosures.models import Disclosure, DisclosureFile
from disclosures.public.package.archive import name_state
from disclosures.public.responses import ALONE, attach, identify_release, keep, public_page, reply
from disclosures.public.versions import Shelf, list_downloads, list_published
from disclosures.public.years import list_published_years
from disclosures.publishing.document.figures import list_table_figures
from disclosures.publishing.exports import TYPES, listing
from disclosures.publishing.exports.json import SCHEMAS, make_schema
from disclosures.publishing.exports.listing import Listing

# What the examples name where nothing has been published yet.
YEAR, CODE = 2025, "107001"


@require_safe
@public_page(minutes=1)
def send_schema(_: HttpRequest, name: str) -> HttpResponse:
    """The JSON Schema of the whole disclosure or of one table; Http404 for any other name."""
    if name not in SCHEMAS:
        raise Http404(f"没有名为“{name}”的结构。")
    shown = json.dumps(make_schema(name), ensure_ascii=False, indent=2)
    return HttpResponse(shown, content_type="application/schema+json")


@require_safe
@public_page(minutes=1)
def show_data(request: HttpRequest) -> HttpResponse:
    """How to take away documents, tables, lists and whole years, by hand or by program."""
    latest = list_published().first()
    context = {
        "root": request.build_absolute_uri("/").removesuffix("/"),
        "year": latest.year if latest else YEAR,
        "code": latest.department.code if latest else CODE,
        "latest": latest,
        "is_demo": latest is not None and latest.department.is_demo,
        "downloads": list_downloads(latest) if latest else (),
        "years": list_published_years(),
        # Files on a plain web server have no interface behind them.
        "stands_alone": ALONE in request.META,
    }
    return render(request, "disclosures/data.html", context)


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
    response = reply(request, state, moment, lambda: send_table_file(found, tables[key], form))
    return keep(response, None)


def send_table_file(found: Sequence[Disclosure], table: Form, form: str) -> HttpResponse:
    """The file."""
    made = list_county_table(found, table)
    return attach(listing.build(made, form), TYPES[form], f"{made.title}.{form}")


def list_county_table(found: Sequence[Disclosure], table: Form) -> Listing:
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
        rows += fold_rows(disclosure, figures)
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


def fold_rows(disclosure: Disclosure, figures: Sequence[Data]) -> list[Data]:
    """A department's amounts, those of a row side by side."""
    rows: dict[str, Data] = {}
    for each in figures:
        row = rows.setdefault(each["row"], describe_row(disclosure, each))
        row[each["column"]] = each["yuan"]
    return list(rows.values())


def describe_row(disclosure: Disclosure, figure: Data) -> Data:
    """What stands before the amounts of a row."""
    return {
        "department": disclosure.department.code,
        "department_name": disclosure.document.department.name,
        "version": disclosure.version,
        "row": figure["row"],
        "row_name": figure["name"],
    }


# The characters with which a text could end its script element or begin another.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def describe_dataset(shelf: Shelf, locate: Callable[[str], str]) -> SafeString:
    """The chosen version as JSON-LD; `locate` makes a path an absolute address."""
    chosen = shelf.chosen
    base = shelf.address.removesuffix("/")
    dataset = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": locate(shelf.address),
        "url": locate(shelf.canonical),
        "name": chosen.title,
        "description": f"{chosen.title}：{name_contents(chosen.year)}。",
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "temporalCoverage": str(chosen.year),
        "datePublished": chosen.published_at.isoformat(),
        "version": str(chosen.version),
        "identifier": f"sha256:{chosen.digest}",
        "creator": {"@type": "GovernmentOrganization", "name": chosen.department.name},
        "distribution": [
            describe_file(file, locate(f"{base}.{file.kind}")) for file in chosen.files.all()
        ],
    }
    return embed(dataset)


def name_contents(year: int) -> str:
    """What a document of the year holds."""
    return f"{find_table_set(year).counted}预算表、情况说明、绩效目标与名词解释"


def describe_file(file: DisclosureFile, address: str) -> dict:
    """One of the forms in which the dataset can be taken away."""
    return {
        "@type": "DataDownload",
        "name": file.name,
        "encodingFormat": TYPES[file.kind],
        "contentUrl": address,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def embed(data: dict) -> SafeString:
    """JSON that may stand inside a script element of any type: no sign in it is markup."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308
