"""The resources: departments, years, disclosures with tables and figures, and the lists."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Annotated, Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404, HttpRequest
from msgspec import to_builtins
from ninja import Path, Query, Router, Schema
from ninja.decorators import decorate_view
from ninja.errors import ValidationError

from budgets.domain.document import Table
from budgets.domain.tables.form import Role
from budgets.models import Department
from disclosures.models import Disclosure
from disclosures.public.api import shapes
from disclosures.public.api.shapes import Answer, Page, Refusal
from disclosures.public.reports import REPORTS
from disclosures.public.responses import public_page
from disclosures.public.versions import Versions, find_versions, with_files
from disclosures.publishing.exports.data import list_figures
from disclosures.publishing.exports.listing import write_value

Data = dict[str, Any]
router = Router()
Year = Annotated[int, Path(ge=2000, le=2099, description="年度", examples=[2025])]
Code = Annotated[str, Path(pattern=shapes.CODE, description="部门编码", examples=["107001"])]
Key = Annotated[str, Path(pattern=shapes.KEY, description="表的键", examples=[Role.GENERAL.value])]
Name = Annotated[
    str, Path(pattern=r"^[a-z]{1,20}(-[a-z]{1,20})*$", description="名单", examples=["reasons"])
]
DISCLOSURE = "/disclosures/{year}/{code}"

# What every answer says beside its data.
ROUNDING = (
    "yuan 是精确到分的元；text 是印出来的万元，由 yuan 四舍五入到两位小数。"
    "合计是精确合计数的四舍五入，与各个印出的数之和可能相差 0.01 万元。"
)
BLANK = "没有列出的格是空格，表示没有安排，不是零。"
SCOPE = "每个数的口径写在 scope 里；口径不同的数不能相加或比较。"
CURRENT = "只列现行的版本；更正过的版本号大于 1，reason 是更正原因。"
PUBLISHED = "只包含已经公开的部门预算，不代表全县。"


def offer(path: str, shape: Any, summary: str, operation: str = "") -> Callable:
    """A resource that is only read, may be kept for a minute, and refuses in the one shape.

    Generated clients know it by its `operation`, which stays when the view gets another name.
    """
    answers = {200: shape, 404: Refusal, 422: Refusal}

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def ask(request: HttpRequest, asked: Schema, **path: Any) -> Data:
            # A typing error in a parameter's name would return too much.
            forbid_parameters(set(request.GET) - set(type(asked).model_fields))
            return view(request, asked=asked, **path)

        name = f"disclosures_public_api_{operation or f'resources_{view.__name__}'}"
        serve = router.get(path, response=answers, summary=summary, operation_id=name)
        return serve(decorate_view(public_page(minutes=1, parameters=None))(ask))

    return decorate


def forbid_parameters(names: Iterable[str]) -> None:
    """Raises ninja's ValidationError, which names these, unless there are none."""
    faults: list[Data] = [
        {"type": "extra_forbidden", "loc": ("query", name)} for name in sorted(names)
    ]
    if faults:
        raise ValidationError(faults)


@offer("/departments", Page[shapes.DepartmentShape], "公开过预算的部门")
def list_departments(request: HttpRequest, asked: Query[shapes.Paging]) -> Data:
    """Departments that have published, in the order of their codes."""

    def describe(department: Department) -> Data:
        years = sorted({each.year for each in department.disclosures.all()}, reverse=True)
        return {"code": department.code, "name": department.name, "years": years}

    versions = Prefetch("disclosures", Disclosure.objects.without_content())
    found = Department.objects.filter(disclosures__isnull=False).distinct()
    return turn_page(request, found.prefetch_related(versions), asked, describe, [PUBLISHED])


@offer("/years", Page[shapes.YearShape], "公开过预算的年度", "resources_list_years")
def list_disclosed_years(request: HttpRequest, asked: Query[shapes.Paging]) -> Data:
    """Years in which something was published, the newest first."""
    counted = Disclosure.objects.order_by("-year").values("year")
    found = counted.annotate(departments=Count("department", distinct=True))
    return turn_page(request, found, asked, dict, [PUBLISHED])


@offer("/disclosures", Page[shapes.DisclosureShape], "部门预算公开的各个版本")
def list_disclosures(request: HttpRequest, asked: Query[shapes.DisclosuresAsked]) -> Data:
    """Versions, newest year first; those in force unless all are asked for."""
    is_current = asked.versions == "current"
    found = with_files(Disclosure.objects.all())
    found = found.current() if is_current else found
    found = found.filter(year=asked.year) if asked.year else found
    found = found.filter(department__code=asked.department) if asked.department else found
    messages = [PUBLISHED, CURRENT] if is_current else [PUBLISHED]
    page = turn_page(
        request, found, asked, lambda each: describe_disclosure(request, each), messages
    )
    if corrected := sum(each["version"] > 1 for each in page["data"]):
        messages.append(f"本页有{corrected}份更正过，原因见 reason。")
    return page


@offer(DISCLOSURE, Answer[shapes.DisclosureShape], "一份部门预算公开")
def show_disclosure(
    request: HttpRequest, year: Year, code: Code, asked: Query[shapes.Which]
) -> Data:
    """A version: the one in force, or the one named."""
    versions = find_versions(year, code, asked.version)
    data = describe_disclosure(request, versions.chosen)
    return {"messages": [tell_correction(versions)], "data": data}


@offer(f"{DISCLOSURE}/tables", Answer[list[shapes.TableShape]], "一份公开的全部表格")
def list_tables(request: HttpRequest, year: Year, code: Code, asked: Query[shapes.Which]) -> Data:
    """Tables 1 to 11, then the performance tables."""
    versions = find_versions(year, code, asked.version)
    own = locate_version(request, versions.chosen)
    data = [describe_table(own, table) for table in versions.chosen.document.tables]
    return {"messages": [SCOPE, tell_correction(versions)], "data": data}


@offer(f"{DISCLOSURE}/tables/{{key}}", Answer[shapes.GridShape], "一张表")
def show_table(
    request: HttpRequest, year: Year, code: Code, key: Key, asked: Query[shapes.Which]
) -> Data:
    """A table whole, as it is printed."""
    versions = find_versions(year, code, asked.version)
    table = versions.find_table(key)
    own = locate_version(request, versions.chosen)
    empty = [table.empty] if table.empty else []
    messages = [ROUNDING, f"口径：{table.scope}。", *empty, *table.footnotes]
    return {
        "messages": [*messages, tell_correction(versions)],
        "data": describe_table(own, table) | {"table": to_builtins(table)},
    }


@offer(f"{DISCLOSURE}/figures", Page[shapes.FigureShape], "一份公开的全部数字")
def show_figures(
    request: HttpRequest, year: Year, code: Code, asked: Query[shapes.FiguresAsked]
) -> Data:
    """The amounts that are not blank, of all tables or of one."""
    versions = find_versions(year, code, asked.version)
    if asked.table:
        versions.find_table(asked.table)
    own = locate_version(request, versions.chosen)

    def describe(figure: Data) -> Data:
        address = f"{own}/#{quote(figure['at'], safe='.:')}"
        return figure | {"yuan": f"{figure['yuan']:.2f}", "address": address}

    figures = list_figures(versions.chosen.document)
    found = [figure for figure in figures if asked.table in (None, figure["table"])]
    messages = [ROUNDING, SCOPE, BLANK, tell_correction(versions)]
    return turn_page(request, found, asked, describe, messages)


@offer("/reports", Page[shapes.ReportName], "各种名单", "reports_list_reports")
def list_reports(request: HttpRequest, asked: Query[shapes.Paging]) -> Data:
    """The lists over all departments, by the names under which they are asked for."""

    def describe(name: str) -> Data:
        address = request.build_absolute_uri(f"/api/v1/reports/{name}")
        return {"name": name, "label": REPORTS[name][0], "address": address}

    return turn_page(request, list(REPORTS), asked, describe, [PUBLISHED])


@offer("/reports/{name}", shapes.ReportPage, "一个名单", "reports_show_report_rows")
def show_report_rows(request: HttpRequest, name: Name, asked: Query[shapes.ReportAsked]) -> Data:
    """The rows of a list in a year, as its files have them."""
    if name not in REPORTS:
        raise Http404(f"没有名为“{name}”的名单，可以用的是：{'、'.join(REPORTS)}。")
    _, make = REPORTS[name]
    report = make(year=asked.year).filed_report

    def describe(record: Any) -> Data:
        row = report.read_record(record, request.build_absolute_uri)
        return {key: write_value(value) for key, value in row.items()}

    filters = report.filters
    wanted = asked.model_dump(include={"department", "function"}, exclude_none=True)
    forbid_parameters(set(wanted) - set(filters.base_filters if filters else ()))
    found = filters(wanted, report.records).qs if filters and wanted else report.records
    page = turn_page(request, found, asked, describe, [*report.messages, PUBLISHED])
    columns = [{"key": key, "label": label} for key, label in report.names.items()]
    return {"title": report.name or report.title, "columns": columns, **page}


def turn_page(
    request: HttpRequest,
    found: QuerySet | Sequence[Any],
    asked: shapes.Paging,
    describe: Callable[[Any], Mapping[str, Any]],
    messages: Sequence[str],
) -> Data:
    """The asked page of a list: where it stands, and each thing described.

    A page behind the last one is empty, not an error: a list may have shrunk meanwhile.
    """
    pages = Paginator(found, asked.page_size)
    is_there = asked.page <= pages.num_pages
    things = pages.page(asked.page).object_list if is_there else []

    def locate(page: int) -> str:
        query = request.GET.copy()
        query["page"] = str(page)
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

    # Behind the last page, the last one is before it.
    before, after = min(asked.page - 1, pages.num_pages), asked.page + 1
    meta = {
        "total": pages.count,
        "page": asked.page,
        "page_size": asked.page_size,
        "pages": pages.num_pages,
        "next": locate(after) if after <= pages.num_pages else None,
        "previous": locate(before) if before else None,
    }
    return {"meta": meta, "messages": messages, "data": [describe(thing) for thing in things]}


def tell_correction(versions: Versions) -> str:
    """Whether the version has been corrected, or corrects, or neither."""
    chosen, latest = versions.chosen, versions.latest
    if not versions.is_current:
        return (
            f"这是第{chosen.version}版，已经更正；现行的是第{latest.version}版，"
            f"更正原因：{latest.reason}"
        )
    if chosen.reason:
        return f"第{chosen.version}版是更正，原因：{chosen.reason}"
    return "这是第1版，没有更正过。"


def locate_version(request: HttpRequest, disclosure: Disclosure) -> str:
    """The version's permanent address, absolute, without the slash that closes it."""
    return request.build_absolute_uri(disclosure.get_absolute_url().removesuffix("/"))


def describe_disclosure(request: HttpRequest, disclosure: Disclosure) -> Data:
    own = locate_version(request, disclosure)
    return {
        "year": disclosure.year,
        "department": disclosure.department.organisation,
        "version": disclosure.version,
        "title": disclosure.title,
        "published_at": disclosure.published_at,
        "reason": disclosure.reason,
        "digest": disclosure.digest,
        "address": f"{own}/",
        "files": {file.kind: f"{own}.{file.kind}" for file in disclosure.files.all()},
    }


def describe_table(own: str, table: Table) -> Data:
    """A table of the version at the address `own`, without its rows."""
    named = {name: getattr(table, name) for name in ("key", "label", "title", "unit", "scope")}
    files = {form: f"{own}/tables/{table.key}.{form}" for form in ("csv", "xlsx", "json")}
    return named | {"is_empty": bool(table.empty), "files": files}
