"""For those who take data away: the page, the schemas, tables of all departments, metadata."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from budgets.domain.tables.form import Form, Role
from budgets.models.chart import find_table_set
from disclosures.models import Disclosure
from disclosures.public.kept import find_kept, send_kept
from disclosures.public.responses import ALONE, identify_release, public_page, reply
from disclosures.public.versions import Versions, list_downloads, list_published
from disclosures.public.years import list_published_years
from disclosures.publishing.exports import TYPES, serve_file
from disclosures.publishing.exports.data import SCHEMAS, list_table_figures, make_schema
from disclosures.publishing.exports.listing import Listing, build_listing

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
    year, code = (latest.year, latest.department.code) if latest else (YEAR, CODE)
    base = reverse("disclosures:page", args=[year, code]).removesuffix("/")
    context = {
        "root": request.build_absolute_uri("/").removesuffix("/"),
        "year": year,
        "code": code,
        "base": base,
        "resource": f"/api/v1/disclosures{base}",
        "general": Role.GENERAL.value,
        "spending": Role.SPENDING.value,
        "latest": latest,
        "is_demo": latest is not None and latest.department.is_demo,
        "downloads": list_downloads(latest) if latest else (),
        "years": list_published_years(),
        # Files on a plain web server have no interface behind them.
        "stands_alone": ALONE in request.META,
    }
    return render(request, "disclosures/data.html", context)


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
def send_county_table(request: HttpRequest, year: int, key: str, form: str) -> HttpResponseBase:
    """As the worker made it; read from all documents where none has yet."""
    if kept := find_kept(request):
        return send_kept(request, kept)
    found = list(list_published().filter(year=year).order_by("department__code"))
    if not found:
        raise Http404(f"这里没有{year}年的部门预算公开。")
    tables = find_table_set(year)
    if key not in tables:
        known = "、".join(table.key for table in tables.forms)
        raise Http404(f"没有编号为“{key}”的表，可以用的是：{known}。")
    state = f"{name_state(found, identify_release())}-{key}-{form}"
    moment = max(disclosure.published_at for disclosure in found)

    def make_file() -> HttpResponse:
        made = list_county_table(found, tables[key], moment)
        return serve_file(build_listing(made, form), TYPES[form], f"{made.title}.{form}")

    return reply(request, state, moment, make_file)


def name_state(found: Sequence[Disclosure], release: str) -> str:
    """A name for what a file of these disclosures holds, before it is made."""
    states = [f"{each.department.code} {each.version} {each.digest}" for each in found]
    return sha256("\n".join([release, *states]).encode()).hexdigest()


def list_county_table(found: Sequence[Disclosure], table: Form, changed: datetime) -> Listing:
    """The table's rows, department after department, read from their frozen content: one query.

    Amounts of a row stand side by side, in yuan.
    """
    headings: dict[str, str] = {}
    scopes: dict[str, None] = {}
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    content = Disclosure.objects.filter(pk__in=[each.pk for each in found])
    ordered = content.select_related("department").order_by("department__code")
    for disclosure in ordered.iterator(chunk_size=FEW):
        code, document = disclosure.department.code, disclosure.document
        own = document.tables_by_key.get(table.key)
        for figure in list_table_figures(own) if own else ():
            headings[figure["column"]] = f"{figure['heading']}（元）"
            scopes[figure["scope"]] = None
            before = {
                "department": code,
                "department_name": document.department.name,
                "version": disclosure.version,
                "row": figure["row"],
                "row_name": figure["name"],
            }
            row = rows.setdefault((code, figure["row"]), before)
            row[figure["column"]] = figure["yuan"]
    return Listing(
        title=f"{found[0].year}年各部门{table.label}：{table.title}",
        columns=KNOWN | headings,
        rows=[dict.fromkeys(headings) | row for row in rows.values()],
        changed=changed,
        messages=[f"口径：{'、'.join(scopes)}。", *RULES] if scopes else RULES,
    )


# The characters with which a text could end its script element or begin another.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def describe_dataset(versions: Versions, locate: Callable[[str], str]) -> SafeString:
    """The chosen version as JSON-LD; `locate` makes a path an absolute address."""
    chosen = versions.chosen
    base = versions.address.removesuffix("/")
    dataset = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": locate(versions.address),
        "url": locate(versions.canonical),
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
            {
                "@type": "DataDownload",
                "name": file.name,
                "encodingFormat": TYPES[file.kind],
                "contentUrl": locate(f"{base}.{file.kind}"),
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in chosen.files.all()
        ],
    }
    return embed(dataset)


def name_contents(year: int) -> str:
    return f"{find_table_set(year).counted}预算表、情况说明、绩效目标与名词解释"


def embed(data: dict) -> SafeString:
    """JSON that may stand inside a script element of any type: no sign in it is markup."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308
