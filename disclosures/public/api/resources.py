"""The resources: departments, years, disclosures, their tables and figures."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Annotated

from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest
from msgspec import to_builtins
from ninja import Path, Query, Router, Schema
from ninja.decorators import decorate_view
from ninja.errors import ValidationError

from budgets.domain.document import Table
from budgets.domain.tables.form import Role
from budgets.models import Department
from disclosures.models import Disclosure
from disclosures.public.api import messages, shapes
from disclosures.public.api.descriptions import Describer
from disclosures.public.api.paging import turn
from disclosures.public.api.shapes import Answer, Page, Refusal
from disclosures.public.responses import public_page
from disclosures.public.versions import Shelf, find_shelf, with_files
from disclosures.publishing.document.figures import list_figures

router = Router()
Year = Annotated[int, Path(ge=2000, le=2099, description="年度", examples=[2025])]
Code = Annotated[str, Path(pattern=shapes.CODE, description="部门编码", examples=["107001"])]
Key = Annotated[
    str, Path(pattern=r"^[TP]\d{1,4}$", description="表的键", examples=[Role.GENERAL.value])
]
DISCLOSURE = "/disclosures/{year}/{code}"


def offer(path: str, shape: type, summary: str, on: Router = router):
    """A resource that is only read, may be kept for a minute, and refuses in the one shape."""
    answers = {200: shape, 404: Refusal, 422: Refusal}
    keep = decorate_view(public_page(minutes=1, parameters=None))
    serve = on.get(path, response=answers, summary=summary)
    return lambda view: serve(keep(refuse_unknown(view)))


def refuse_unknown(view: Callable) -> Callable:
    """The view, asked only with parameters that it knows: a typing error would return too much."""

    @wraps(view)
    def ask(request: HttpRequest, asked: Schema, **path):
        unknown = sorted(set(request.GET) - set(type(asked).model_fields))
        if unknown:
            faults = [{"type": "extra_forbidden", "loc": ("query", name)} for name in unknown]
            raise ValidationError(faults)
        return view(request, asked=asked, **path)

    return ask


@offer("/departments", Page[shapes.DepartmentShape], "公开过预算的部门")
def list_departments(request: HttpRequest, asked: Query[shapes.Paging]):
    """Departments that have published, in the order of their codes."""
    versions = Prefetch("disclosures", Disclosure.objects.without_content())
    found = Department.objects.filter(disclosures__isnull=False).distinct()
    describe = Describer(request).department
    told = [messages.PUBLISHED]
    found = found.prefetch_related(versions)
    return turn(found, asked, describe, lambda _: told, request=request)


@offer("/years", Page[shapes.YearShape], "公开过预算的年度")
def list_years(request: HttpRequest, asked: Query[shapes.Paging]):
    """Years in which something was published, the newest first."""
    counted = Disclosure.objects.order_by("-year").values("year")
    found = counted.annotate(departments=Count("department", distinct=True))
    told = [messages.PUBLISHED]
    return turn(found, asked, dict, lambda _: told, request=request)


@offer("/disclosures", Page[shapes.DisclosureShape], "部门预算公开的各个版本")
def list_disclosures(request: HttpRequest, asked: Query[shapes.DisclosuresAsked]):
    """Versions, newest year first; those in force unless all are asked for."""
    found = with_files(Disclosure.objects.all())
    found = found.current() if asked.versions == "current" else found
    found = found.filter(year=asked.year) if asked.year else found
    found = found.filter(department__code=asked.department) if asked.department else found
    kind = [messages.CURRENT] if asked.versions == "current" else []
    told = [messages.PUBLISHED, *kind]
    return turn(
        found,
        asked,
        Describer(request).disclosure,
        lambda page: [*told, *messages.speak_of_corrections(page)],
        request=request,
    )


@offer(DISCLOSURE, Answer[shapes.DisclosureShape], "一份部门预算公开")
def show_disclosure(request: HttpRequest, year: Year, code: Code, asked: Query[shapes.Which]):
    """A version: the one in force, or the one named."""
    shelf = find_shelf(year, code, asked.version)
    return {
        "messages": messages.speak_of(shelf),
        "data": Describer(request).disclosure(shelf.chosen),
    }


@offer(f"{DISCLOSURE}/tables", Answer[list[shapes.TableShape]], "一份公开的全部表格")
def list_tables(request: HttpRequest, year: Year, code: Code, asked: Query[shapes.Which]):
    """Tables 1 to 11, then the performance tables."""
    shelf = find_shelf(year, code, asked.version)
    describe = Describer(request).table
    return {
        "messages": [messages.SCOPE, *messages.speak_of(shelf)],
        "data": [describe(shelf.chosen, table) for table in shelf.chosen.document.tables],
    }


@offer(f"{DISCLOSURE}/tables/{{key}}", Answer[shapes.GridShape], "一张表")
def show_table(request: HttpRequest, year: Year, code: Code, key: Key, asked: Query[shapes.Which]):
    """A table whole, as it is printed."""
    shelf = find_shelf(year, code, asked.version)
    table = find_table(shelf, key)
    told = [messages.ROUNDING, *messages.speak_of_table(table), *messages.speak_of(shelf)]
    return {
        "messages": told,
        "data": Describer(request).table(shelf.chosen, table) | {"table": to_builtins(table)},
    }


@offer(f"{DISCLOSURE}/figures", Page[shapes.FigureShape], "一份公开的全部数字")
def show_figures(request: HttpRequest, year: Year, code: Code, asked: Query[shapes.FiguresAsked]):
    """The amounts that are not blank, of all tables or of one."""
    shelf = find_shelf(year, code, asked.version)
    if asked.table:
        find_table(shelf, asked.table)
    figures = list_figures(shelf.chosen.document)
    found = [figure for figure in figures if asked.table in (None, figure["table"])]
    told = [messages.ROUNDING, messages.SCOPE, messages.BLANK, *messages.speak_of(shelf)]
    describe = partial(Describer(request).figure, shelf.chosen)
    return turn(found, asked, describe, lambda _: told, request=request)


def find_table(shelf: Shelf, key: str) -> Table:
    """A table of the chosen version; Http404 where it has none of that key."""
    table = shelf.chosen.document.tables_by_key.get(key)
    if table is None:
        raise Http404(f"这个版本没有编号为“{key}”的表。")
    return table
