"""The auditor's pages: the log, one entry of it, and both as files."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from budgets.audit import is_as_written
from budgets.models import Entry
from disclosures.publishing.exports import TYPES
from disclosures.publishing.exports.listing import build, stream_csv
from disclosures.workflow.access import reads_log
from disclosures.workplace.bureau.log.report import TITLE, LogFilter, report_log
from disclosures.workplace.bureau.log.sides import list_pairs
from disclosures.workplace.clerk.page import render_page

A_PAGE = 50
# A workbook is made in memory, and a program opens no longer one with pleasure.
MOST_IN_WORKBOOK = 20_000
CHUNK = 500


@require_safe
def show_log(request: HttpRequest) -> HttpResponse:
    """The entries that were looked for, newest first, and the head of the chain."""
    refuse_others(request.user)
    asked = LogFilter(request.GET, Entry.objects.all())
    report = report_log(asked.qs if asked.is_valid() else Entry.objects.none())
    # A page that there is not is the first or the last: the log grows while it is read.
    page = Paginator(report.records, A_PAGE).get_page(request.GET.get("page"))
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=3, on_ends=1)
    words = request.GET.copy()
    words.pop("page", None)
    context = {
        "filter": asked,
        "table": report.draw_table(page.object_list, is_card=True),
        "page": page,
        "pages": list(pages),
        "asked": words.urlencode(),
        "head": Entry.objects.head(),
        "count": page.paginator.count,
    }
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
    asked = LogFilter(request.GET, Entry.objects.all())
    report = report_log(asked.qs if asked.is_valid() else Entry.objects.none())
    name = f"{TITLE}-{localdate():%Y%m%d}.{form}"
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    if form == "csv":
        # A log of any length in constant memory.
        entries = report.records.iterator(chunk_size=CHUNK)
        rows = (report.read_record(entry, request.build_absolute_uri) for entry in entries)
        lines = stream_csv(report.names, rows)
        return StreamingHttpResponse(lines, content_type=TYPES[form], headers=headers)
    count = report.records.count()
    if not 0 < count <= MOST_IN_WORKBOOK:
        messages.error(request, refuse_workbook(count))
        return redirect(f"{reverse('workplace:log')}?{request.GET.urlencode()}")
    listing = report.make_listing(report.records[0].at, request.build_absolute_uri)
    return HttpResponse(build(listing, form), content_type=TYPES[form], headers=headers)


def refuse_others(user) -> None:
    """Raise Http404 for everybody but the auditor: they do not even learn that it is there."""
    if not reads_log(user):
        raise Http404("没有这个页面。")


def refuse_workbook(count: int) -> str:
    """Why there is no workbook of so many entries, and what to do."""
    if not count:
        return "没有找到记录，没有可导出的。"
    return f"找到 {count} 条，工作簿最多放 {MOST_IN_WORKBOOK} 条。请缩小范围，或者导出 CSV。"
