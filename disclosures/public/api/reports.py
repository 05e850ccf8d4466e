"""The public lists as resources: the declarations from which pages and files are made, too."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router
from ninja.errors import ValidationError

from disclosures.public.api import messages, shapes
from disclosures.public.api.paging import turn
from disclosures.public.api.resources import offer
from disclosures.public.reports import REPORTS
from disclosures.publishing.exports.listing import write_value
from disclosures.publishing.report import Records, Report

router = Router()
Name = Annotated[
    str, Path(pattern=r"^[a-z]{1,20}(-[a-z]{1,20})*$", description="名单", examples=["reasons"])
]


@offer("/reports", shapes.Page[shapes.ReportName], "各种名单", router)
def list_reports(request: HttpRequest, asked: Query[shapes.Paging]):
    """The lists over all departments, by the names under which they are asked for."""

    def describe(known: tuple[str, str]) -> dict:
        name, label = known
        address = request.build_absolute_uri(f"/api/v1/reports/{name}")
        return {"name": name, "label": label, "address": address}

    found = [(name, label) for name, (label, _) in REPORTS.items()]
    return turn(found, asked, describe, lambda _: [messages.PUBLISHED], request=request)


@offer("/reports/{name}", shapes.ReportPage, "一个名单", router)
def show_report_rows(request: HttpRequest, name: Name, asked: Query[shapes.ReportAsked]):
    """The rows of a list in a year, as its files have them."""
    if name not in REPORTS:
        raise Http404(f"没有名为“{name}”的名单，可以用的是：{'、'.join(REPORTS)}。")
    _, make = REPORTS[name]
    report = make(year=asked.year).filed_report

    def describe(record: Any) -> dict:
        row = report.read_record(record, request.build_absolute_uri)
        return {key: write_value(value) for key, value in row.items()}

    told = [*report.messages, messages.PUBLISHED]
    found = turn(narrow(report, asked), asked, describe, lambda _: told, request=request)
    columns = [{"key": key, "label": label} for key, label in report.names.items()]
    return {"title": report.name or report.title, "columns": columns, **found}


def narrow(report: Report, asked: shapes.ReportAsked) -> Records:
    """The records of which is asked; a filter that the list does not have is refused."""
    wanted = asked.model_dump(include={"department", "function"}, exclude_none=True)
    known = report.filters.base_filters if report.filters else {}
    if unknown := sorted(set(wanted) - set(known)):
        raise ValidationError(
            [{"type": "extra_forbidden", "loc": ("query", word)} for word in unknown]
        )
    return report.filters(wanted, report.records).qs if wanted else report.records
