"""The log of operations as the auditor reads it: found, opened, taken away; never changed."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, localtime, make_aware
from django.views.decorators.http import require_safe
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from budgets.audit import is_as_written
from budgets.models import Action, Department, Entry
from disclosures.publishing.exports import TYPES, serve_file
from disclosures.publishing.exports.listing import build_listing, stream_csv
from disclosures.publishing.report import Column, Report
from disclosures.workflow.access import reads_log
from disclosures.workplace.clerk.page import render_page

TITLE = "操作日志"
SPOKEN = ("name", "address", "subject", "before", "after", "words")
NO_DATE = {"invalid": "“%(value)s”不是日期，请写成 2026-01-31 这样。"}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LogForm(forms.Form):
    """The fields over the log; all may be left empty."""

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "“到”早于“从”，请换过来。")
        return cleaned


class LogFilter(FilterSet):
    q = CharFilter(label="词语", max_length=100, method="filter_words")
    person = CharFilter("name", "icontains", label="人员", max_length=150)
    department = CharFilter(label="部门（编码或名称）", max_length=100, method="filter_department")
    action = ChoiceFilter(
        label="操作",
        choices=Action.choices,
        empty_label="全部操作",
        error_messages={"invalid_choice": "没有“%(value)s”这种操作，请从列表中选。"},
    )
    first = DateFilter(label="从", widget=DAY, error_messages=NO_DATE, method="filter_first")
    last = DateFilter(label="到", widget=DAY, error_messages=NO_DATE, method="filter_last")

    class Meta:
        form = LogForm

    def filter_words(self, found: QuerySet[Entry], _: str, words: str) -> QuerySet[Entry]:
        """Each of the words stands anywhere in an entry."""
        for word in words.split():
            condition = Q()
            for field in SPOKEN:
                condition |= Q(**{f"{field}__icontains": word})
            found = found.filter(condition)
        return found

    def filter_department(self, found: QuerySet[Entry], _: str, called: str) -> QuerySet[Entry]:
        """About a department, by its code or by a part of its name."""
        codes = Department.objects.filter(name__icontains=called).values("code")
        own = Q(department=called) | Q(department__in=codes)
        return found.filter(own | Q(subject__icontains=called))

    def filter_first(self, found: QuerySet[Entry], _: str, first: date) -> QuerySet[Entry]:
        return found.filter(at__gte=start(first)) if first > date.min else found

    def filter_last(self, found: QuerySet[Entry], _: str, last: date) -> QuerySet[Entry]:
        return found.filter(at__lt=start(last + timedelta(days=1))) if last < date.max else found


def start(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def report_log(found: QuerySet[Entry]) -> Report:
    """Entries newest first: the order is that of the chain and no other."""
    return Report(
        title=TITLE,
        records=found,
        columns=COLUMNS,
        shown=("number", "at", "name", "action", "subject", "words", "address"),
        filters=LogFilter,
        nothing="没有符合条件的记录。",
    )


COLUMNS = (
    Column(
        "number",
        "序号",
        attrgetter("number"),
        show=lambda entry: f"第{entry.number}条",
        href=lambda entry: reverse("workplace:log_entry", args=(entry.number,)),
    ),
    Column(
        "at",
        "时间",
        lambda entry: f"{localtime(entry.at):%Y-%m-%d %H:%M:%S.%f}",
        show=lambda entry: f"{localtime(entry.at):%Y-%m-%d %H:%M:%S}",
    ),
    Column("person", "人员编号", attrgetter("person")),
    Column("name", "人员", attrgetter("name")),
    Column("address", "网络地址", attrgetter("address")),
    Column("action", "操作", Entry.get_action_display),
    Column("subject", "对象", attrgetter("subject")),
    Column("department", "部门编码", attrgetter("department")),
    Column("year", "年度", attrgetter("year")),
    Column("before", "原来", attrgetter("before")),
    Column("after", "现在", attrgetter("after")),
    Column("words", "说明", attrgetter("words"), css="words"),
    Column("previous", "上一条摘要", attrgetter("previous")),
    Column("digest", "本条摘要", attrgetter("digest")),
)


# Stands between a sheet and a row of it.
PLACE = "："


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    label: str
    before: list[str]
    after: list[str]

    @property
    def differs(self) -> bool:
        return self.before != self.after


def list_pairs(entry: Entry) -> list[Pair]:
    """Everything that either side tells of: what it is about first, then place by place."""
    before, after = (load_side(text) for text in (entry.before, entry.after))
    labels = sorted({**after, **before}, key=lambda label: (PLACE in label, label))
    return [
        Pair(
            label=label,
            before=list_lines(before.get(label)),
            after=list_lines(after.get(label)),
        )
        for label in labels
    ]


def load_side(text: str) -> dict[str, object]:
    held = json.loads(text) if text else {}
    return held if isinstance(held, dict) else {"": held}


def list_lines(value: object) -> list[str]:
    match value:
        case None:
            return []
        case bool():
            return ["是" if value else "否"]
        case dict():
            return [f"{key}：{'，'.join(list_lines(each))}" for key, each in value.items()]
        case list():
            return [line for each in value for line in list_lines(each)]
    return str(value).splitlines()


A_PAGE = 50
# A workbook is made in memory, and a program opens no longer one with pleasure.
MOST_IN_WORKBOOK = 20_000
CHUNK = 500


@require_safe
def show_log(request: HttpRequest) -> HttpResponse:
    asked, entries = find_entries(request)
    # A page that there is not is the first or the last: the log grows while it is read.
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    words = request.GET.copy()
    words.pop("page", None)
    context: dict[str, Any] = {
        "filter": asked,
        "table": report_log(entries).draw_table(list(page), is_card=True),
        "page": page,
        "pages": list(page.paginator.get_elided_page_range(page.number, on_each_side=3, on_ends=1)),
        "asked": words.urlencode(),
        "head": Entry.objects.head(),
        "count": page.paginator.count,
    }
    return render_page(request, "workplace/log/page.html", title=TITLE, **context)


@require_safe
def show_entry(request: HttpRequest, number: int) -> HttpResponse:
    refuse_others(request.user)
    entry = get_object_or_404(Entry, number=number)
    near = Entry.objects.filter(number__in=(number - 1, number + 1)).in_bulk()
    context: dict[str, Any] = {
        "entry": entry,
        "pairs": list_pairs(entry),
        "is_as_written": is_as_written(entry),
        "former": near.get(number - 1),
        "next": near.get(number + 1),
    }
    return render_page(request, "workplace/log/entry.html", title=f"第{number}条", **context)


@require_safe
def send_log(request: HttpRequest, form: str) -> HttpResponseBase:
    """The entries that were looked for, all of them, as a file."""
    _, entries = find_entries(request)
    report = report_log(entries)
    name = f"{TITLE}-{localdate():%Y%m%d}.{form}"
    if form == "csv":
        # A log of any length in constant memory.
        read = entries.iterator(chunk_size=CHUNK)
        rows = (report.read_record(entry, request.build_absolute_uri) for entry in read)
        lines = stream_csv(report.names, rows)
        headers = {"Content-Disposition": content_disposition_header(True, name)}
        return StreamingHttpResponse(lines, content_type=TYPES[form], headers=headers)
    count = entries.count()
    if not 0 < count <= MOST_IN_WORKBOOK:
        why = f"找到 {count} 条，工作簿最多放 {MOST_IN_WORKBOOK} 条。请缩小范围，或者导出 CSV。"
        messages.error(request, why if count else "没有找到记录，没有可导出的。")
        return redirect(f"{reverse('workplace:log')}?{request.GET.urlencode()}")
    listing = report.make_listing(entries[0].at, request.build_absolute_uri)
    return serve_file(build_listing(listing, form), TYPES[form], name)


def find_entries(request: HttpRequest) -> tuple[LogFilter, QuerySet[Entry]]:
    """What is looked for, and what was found; nothing where the question is wrong."""
    refuse_others(request.user)
    asked = LogFilter(request.GET, Entry.objects.all())
    return asked, asked.qs if asked.is_valid() else Entry.objects.none()


def refuse_others(user) -> None:
    """Raise Http404 for everybody but the auditor: they do not even learn that it is there."""
    if not reads_log(user):
        raise Http404("没有这个页面。")
