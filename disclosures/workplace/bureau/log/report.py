"""The log as a report: what the auditor looks for, the columns of the page and of the files."""

from datetime import date, datetime, time, timedelta
from operator import attrgetter

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime, make_aware
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from budgets.models import Action, Department, Entry
from disclosures.publishing.report import Column, Report

TITLE = "操作日志"
SPOKEN = ("name", "address", "subject", "before", "after", "words")
NO_DATE = {"invalid": "“%(value)s”不是日期，请写成 2026-01-31 这样。"}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LogForm(forms.Form):
    """The fields over the log; all may be left empty."""

    def clean(self):
        """The days in their order."""
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "“到”早于“从”，请换过来。")
        return cleaned


class LogFilter(FilterSet):
    """Words, a person, a department, an act, some days."""

    q = CharFilter(label="词语", max_length=100, method="speak_of")
    person = CharFilter("name", "icontains", label="人员", max_length=150)
    department = CharFilter(label="部门（编码或名称）", max_length=100, method="concern")
    action = ChoiceFilter(
        label="操作",
        choices=Action.choices,
        empty_label="全部操作",
        error_messages={"invalid_choice": "没有“%(value)s”这种操作，请从列表中选。"},
    )
    first = DateFilter(label="从", widget=DAY, error_messages=NO_DATE, method="begin")
    last = DateFilter(label="到", widget=DAY, error_messages=NO_DATE, method="end")

    class Meta:
        form = LogForm

    def speak_of(self, found: QuerySet[Entry], _: str, words: str) -> QuerySet[Entry]:
        """Each of the words stands anywhere in an entry."""
        for word in words.split():
            condition = Q()
            for field in SPOKEN:
                condition |= Q(**{f"{field}__icontains": word})
            found = found.filter(condition)
        return found

    def concern(self, found: QuerySet[Entry], _: str, called: str) -> QuerySet[Entry]:
        """About a department, by its code or by a part of its name."""
        codes = Department.objects.filter(name__icontains=called).values("code")
        own = Q(department=called) | Q(department__in=codes)
        return found.filter(own | Q(subject__icontains=called))

    def begin(self, found: QuerySet[Entry], _: str, first: date) -> QuerySet[Entry]:
        """On that day or later."""
        return found.filter(at__gte=start(first)) if first > date.min else found

    def end(self, found: QuerySet[Entry], _: str, last: date) -> QuerySet[Entry]:
        """On that day or earlier."""
        return found.filter(at__lt=start(last + timedelta(days=1))) if last < date.max else found


def start(day: date) -> datetime:
    """The first moment of a day."""
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
