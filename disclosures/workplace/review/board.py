"""The board: its columns on the page and in files, how they sort, and what can be looked for."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from budgets.domain.money import show_wan, to_wan
from budgets.models import Department, State
from disclosures.publishing.exports import TYPES, serve_file
from disclosures.publishing.exports.listing import build_listing
from disclosures.publishing.report import Column, Report, write_day, write_moment
from disclosures.workflow.access import may_review
from disclosures.workplace.clerk.labels import find_initials
from disclosures.workplace.clerk.page import render_page
from disclosures.workplace.home import ALL, choose_year, list_visible_years
from disclosures.workplace.review.appraisals import PATIENCE, refresh_appraisals
from disclosures.workplace.review.board_rows import (
    NONE,
    NOT_BEGUN,
    BoardRow,
    call,
    count_states,
    gather_rows,
    sum_county,
)

BLANK = "—"
SUSPICION = '<span class="state state-warning">{} {}</span>'


def report_board(year: int, rows: Sequence[BoardRow]) -> Report:
    return Report(
        title=f"{year}年审核总览",
        records=rows,
        columns=COLUMNS,
        shown=SHOWN,
        nothing="没有符合条件的部门。",
        name_row=lambda row: "unit" if row.department.parent_id else "",
    )


def show_department(row: BoardRow) -> str:
    """The name, which leads to the review page, the code, and who is in charge."""
    own = row.department
    name = own.name
    if row.budget:
        here = reverse("workplace:review", args=(row.budget.year, own.code))
        name = format_html('<a href="{}">{}</a>', here, own.name)
    note = f"{own.code}　{row.reviewers}" if row.in_charge else own.code
    return format_html('{} <span class="note">{}</span>', name, note)


def show_state(row: BoardRow) -> str:
    """The state, and whether the figures are older than the budget."""
    shown = format_html('<span class="state state-{}">{}</span>', row.state, row.state_label)
    if row.is_fresh:
        return shown
    return format_html('{} <span class="note">有改动，待核对</span>', shown)


def show_clock(row: BoardRow) -> str:
    if not row.clock.text:
        return ""
    kind = "error" if row.clock.is_overdue else "none"
    return format_html('<span class="state state-{}">{}</span>', kind, row.clock.text)


def show_errors(row: BoardRow) -> str:
    if not row.errors:
        return BLANK if row.errors is None else "0"
    return format_html('<span class="state state-error">{}</span>', row.errors)


def show_warnings(row: BoardRow) -> str:
    """2（1）: warnings, and how many of them are explained."""
    known = row.appraisal
    if known is None:
        return BLANK
    return f"{known.warnings}（{known.explained}）" if known.warnings else "0"


def show_change(row: BoardRow) -> str:
    """+5.00（10.00%）."""
    if (change := row.change) is None:
        return BLANK
    sign = "" if not change.difference else "−" if change.is_fall else "+"
    return f"{sign}{abs(change.difference):,.2f}（{sign}{change.rate:,.2f}%）"


def show_threads(row: BoardRow) -> str:
    if not row.comments or not row.budget:
        return "0"
    here = reverse("workplace:comments", args=(row.budget.year, row.department.code))
    return format_html('<a href="{}">{}</a>', here, row.comments)


def show_touch(row: BoardRow) -> str:
    if row.touch is None:
        return ""
    at = f"{localtime(row.touch.at):%m-%d %H:%M}"
    return format_html('{} <span class="note">{}</span>', call(row.touch.who), at)


def count_column(
    key: str, label: str, value, show, *, order_by: str = "", heading: str = ""
) -> Column:
    """A column of numbers; those that sort begin with the largest."""
    return Column(
        key,
        label,
        value,
        show=show,
        heading=heading,
        order_by=order_by or key,
        starts_descending=True,
        is_amount=True,
    )


SHOWN = (
    "department",
    "state",
    "days",
    "errors",
    "unexplained",
    "total",
    "difference",
    "suspicion_count",
    "comments",
    "touched",
)
COLUMNS = (
    Column("code", "编码", lambda row: row.department.code),
    Column(
        "department",
        "部门",
        lambda row: row.department.name,
        show=show_department,
        order_by="department__code",
    ),
    Column("reviewers", "对口审核员", lambda row: row.reviewers),
    Column("state", "状态", lambda row: row.state_label, show=show_state, order_by="state_order"),
    Column(
        "days",
        "批复后的期限",
        lambda row: row.clock.text,
        show=show_clock,
        heading="期限",
        order_by="clock__left",
    ),
    Column("approved", "批复日期", lambda row: write_day(row.budget and row.budget.approved_at)),
    Column("due", "最后公开日", lambda row: row.clock.due and row.clock.due.isoformat()),
    Column("published", "公开日期", lambda row: row.record and write_day(row.record.published_at)),
    Column("taken", "批复到公开的天数", lambda row: row.record and row.record.days),
    Column("pressed", "公开人", lambda row: row.record and call(row.record.pressed_by)),
    count_column("errors", "错误", lambda row: row.errors, show_errors),
    Column("warnings", "警告", lambda row: row.appraisal and row.appraisal.warnings),
    Column("explained", "已说明的警告", lambda row: row.appraisal and row.appraisal.explained),
    count_column("unexplained", "警告（已说明）", None, show_warnings),
    count_column(
        "total",
        "本年（万元）",
        lambda row: None if row.total is None else to_wan(row.total),
        lambda row: BLANK if row.total is None else show_wan(row.total),
    ),
    Column("last", "上年公开数（万元）", lambda row: row.change and row.change.last),
    count_column(
        "difference",
        "增减（万元）",
        lambda row: row.difference,
        show_change,
        heading="比上年公开数（万元）",
    ),
    Column(
        "rate",
        "增减率（%）",
        lambda row: row.change and (-row.change.rate if row.change.is_fall else row.change.rate),
    ),
    Column(
        "suspicion_count",
        "可疑之处",
        lambda row: "；".join(f"{title} {number}" for title, number in row.named_suspicions),
        show=lambda row: format_html_join(" ", SUSPICION, row.named_suspicions),
        css="suspicions",
        order_by="suspicion_count",
        starts_descending=True,
    ),
    count_column("comments", "未解决意见", lambda row: row.comments, show_threads),
    Column("who", "最近办理人", lambda row: call(row.touch.who) if row.touch else ""),
    Column("at", "最近办理时间", lambda row: write_moment(row.touch and row.touch.at)),
    Column("touched", "最近办理", show=show_touch, order_by="touch__at", starts_descending=True),
)


# Whose departments are listed besides all; anything else is a reviewer's key.
MINE, NOBODYS = "mine", "none"

MATTERS: dict[str, tuple[str, Callable[[BoardRow], bool]]] = {
    "overdue": ("逾期", lambda row: row.clock.is_overdue),
    "suspicious": ("可疑", lambda row: bool(row.suspicion_count)),
    "errors": ("有错误", lambda row: bool(row.errors)),
    "unexplained": ("有警告没有说明", lambda row: bool(row.unexplained)),
    "comments": ("有没解决的意见", lambda row: bool(row.comments)),
}


class Selection(forms.Form):
    """The fields over the board; all may be left empty.

    A reviewer with departments of his own sees those at first; where nobody is in charge of
    anything, there is no such choice.
    """

    q = forms.CharField(label="名称、编码或拼音首字母", required=False, max_length=100, strip=True)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部状态"), (NONE, NOT_BEGUN), *State.choices],
        error_messages={"invalid_choice": "没有“%(value)s”这个状态，请从列表中选。"},
    )
    matter = forms.ChoiceField(
        label="只看",
        required=False,
        choices=[("", "全部"), *((key, label) for key, (label, _) in MATTERS.items())],
        error_messages={"invalid_choice": "没有“%(value)s”这个选项，请从列表中选。"},
    )
    whose = forms.ChoiceField(
        label="对口审核员",
        required=False,
        error_messages={"invalid_choice": "没有“%(value)s”这位对口审核员，请从列表中选。"},
    )
    units = forms.BooleanField(label="列出下属单位", required=False)

    def __init__(self, asked, rows: Collection[BoardRow], person) -> None:
        people = {each.pk: each for row in rows for each in row.in_charge}
        self.person = person
        self.has_own = person.pk in people
        chosen = asked.copy()
        chosen.setdefault("whose", MINE if self.has_own else ALL)
        super().__init__(chosen, label_suffix="")
        own = [(MINE, "我负责的")] if self.has_own else []
        names = [(str(pk), call(each)) for pk, each in people.items()]
        whose: Any = self.fields["whose"]
        whose.choices = [(ALL, "全部"), *own, *names, (NOBODYS, "没有指定")]
        if not people:
            del self.fields["whose"]

    @property
    def scope(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("whose") or ALL

    def narrow(self, rows: Iterable[BoardRow]) -> list[BoardRow]:
        """The rows of those whose departments are asked for, whatever their state."""
        if self.scope == ALL:
            return list(rows)
        if self.scope == NOBODYS:
            return [row for row in rows if not row.in_charge]
        key = self.person.pk if self.scope == MINE else int(self.scope)
        return [row for row in rows if key in (each.pk for each in row.in_charge)]

    def select(self, rows: Iterable[BoardRow]) -> list[BoardRow]:
        """The rows that answer to every field; a field that was wrong selects nothing out."""
        if not self.is_valid():
            return list(rows)
        asked = self.cleaned_data
        kept = [row for row in self.narrow(rows) if asked["units"] or not row.department.parent_id]
        if asked["state"]:
            kept = [row for row in kept if row.state == asked["state"]]
        if asked["matter"]:
            kept = list(filter(MATTERS[asked["matter"]][1], kept))
        return [row for row in kept if is_called(row.department, asked["q"].lower())]


def is_called(department: Department, words: str) -> bool:
    name = department.name.lower()
    return words in name or words in department.code.lower() or words in find_initials(name)


@require_safe
def show_board(request: HttpRequest) -> HttpResponse:
    """The year's departments, those that are urgent first; `?format=xlsx` or `csv` sends a file."""
    if not may_review(request.user):
        raise Http404("没有这个页面。")
    years = list_visible_years(request.user)
    year = choose_year(request.GET.get("year", ""), years)
    stale = refresh_appraisals(year, PATIENCE)
    rows = gather_rows(year, stale)
    selection = Selection(request.GET, rows, request.user)
    report = report_board(year, selection.select(rows))
    table = report.draw_table(report.records, is_card=True)
    RequestConfig(request, paginate=False).configure(table)
    if form := request.GET.get("format"):
        if form not in ("csv", "xlsx"):
            raise Http404("没有这种文件。")
        found = replace(report, records=[row.record["record"] for row in table.rows])
        listing = found.make_listing(timezone.now(), request.build_absolute_uri)
        return serve_file(build_listing(listing, form), TYPES[form], f"{listing.title}.{form}")
    asked = request.GET.copy()
    asked.pop("format", None)
    context: dict[str, Any] = {
        "year": year,
        "years": years,
        "stale": len(stale),
        # The sums are always the whole county's.
        "county": sum_county(rows),
        "states": count_states(selection.narrow(rows)),
        "selection": selection,
        "table": table,
        "found": len(table.rows),
        "asked": asked.urlencode(),
    }
    return render_page(request, "workplace/board/page.html", title="审核总览", **context)
