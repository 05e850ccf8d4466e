"""The auditor's pages: the log, one entry of it, and both as files."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from budgets.audit import is_as_written
from budgets.models import Entry
from disclosures.publishing.publication import XLSX_TYPE
from disclosures.workflow.access import reads_log
from disclosures.workplace.bureau.log.listing import (
    MOST_IN_WORKBOOK,
    TITLE,
    build_workbook,
    write_csv,
)
from disclosures.workplace.bureau.log.selection import Selection
from disclosures.workplace.bureau.log.sides import list_pairs
from disclosures.workplace.bureau.log.table import LogTable
from disclosures.workplace.clerk.page import render_page

CSV_TYPE = "text/csv; charset=utf-8"
A_PAGE = 50


@require_safe
def show_log(request: HttpRequest) -> HttpResponse:
    """The entries that were looked for, newest first, and the head of the chain."""
    refuse_others(request.user)
    selection = Selection(request.GET)
    table = LogTable(selection.select())
    RequestConfig(request, paginate={"per_page": A_PAGE}).configure(table)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {"selection": selection, "table": table, "asked": asked.urlencode()}
    context |= {"head": Entry.objects.head(), "count": table.paginator.count}
    return render_page(request, "workplace/log/page.html", title=TITLE, **context)


@require_safe
def show_entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry with both its sides."""
    refuse_others(request.user)
    entry = get_object_or_404(Entry, number=number)
    context = {"entry": entry, "pairs": list_pairs(entry), "is_as_written": is_as_written(entry)}
    near = Entry.objects.filter(number__in=(number - 1, number + 1)).in_bulk()
    context |= {"former": near.get(number - 1), "next": near.get(number + 1)}
    return render_page(request, "workplace/log/entry.html", title=f"第{number}条", **context)


@require_safe
def send_log(request: HttpRequest, form: str) -> HttpResponse:
    """The entries that were looked for, all of them, as a file."""
    refuse_others(request.user)
    entries = Selection(request.GET).select()
    if form == "csv":
        return attach(StreamingHttpResponse(write_csv(entries), content_type=CSV_TYPE), form)
    count = entries.count()
    if not 0 < count <= MOST_IN_WORKBOOK:
        messages.error(request, refuse_workbook(count))
        return redirect(f"{reverse('workplace:log')}?{request.GET.urlencode()}")
    return attach(HttpResponse(build_workbook(entries), content_type=XLSX_TYPE), form)


def refuse_others(user) -> None:
    """Raise Http404 for everybody but the auditor: they do not even learn that it is there."""
    if not reads_log(user):
        raise Http404("没有这个页面。")


def refuse_workbook(count: int) -> str:
    """Why there is no workbook of so many entries, and what to do."""
    if not count:
        return "没有找到记录，没有可导出的。"
    return f"找到 {count} 条，工作簿最多放 {MOST_IN_WORKBOOK} 条。请缩小范围，或者导出 CSV。"


def attach(response, form: str):
    """The response as a file to be saved under the log's name and the day."""
    name = f"{TITLE}-{localdate():%Y%m%d}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
