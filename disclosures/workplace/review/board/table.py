"""The board as a table: columns, how they sort, and what stands in each cell."""

from typing import ClassVar

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime

from budgets.domain.money import show_wan
from disclosures.workplace.review.board.row import Row

BLANK = "—"
COUNT = {"td": {"class": "amount"}, "th": {"class": "amount"}}


def name_class(record: Row) -> str:
    """The class of a line."""
    return "unit" if record.department.parent_id else ""


class NumberColumn(tables.Column):
    """A number: right-aligned, the largest first when it is sorted for the first time."""

    def __init__(self, **more):
        super().__init__(initial_sort_descending=True, default=BLANK, attrs=COUNT, **more)


class BoardTable(tables.Table):
    """A line for each department; a budget that is not opened has no figures."""

    department = tables.Column(
        "部门", accessor="department__code", attrs={"td": {"class": "department"}}
    )
    state = tables.Column("状态", accessor="state_order")
    days = tables.Column("期限", accessor="clock", order_by="clock__left")
    errors = NumberColumn(verbose_name="错误")
    unexplained = NumberColumn(verbose_name="警告（已说明）")
    total = NumberColumn(verbose_name="本年（万元）")
    difference = NumberColumn(verbose_name="比上年公开数（万元）")
    suspicion_count = tables.Column(
        "可疑之处", initial_sort_descending=True, attrs={"td": {"class": "suspicions"}}
    )
    comments = NumberColumn(verbose_name="未解决意见")
    touched = tables.Column(
        "最近办理", accessor="touch__at", default="", initial_sort_descending=True
    )

    class Meta:
        attrs: ClassVar = {"class": "list cards board"}
        template_name = "workplace/board/_table.html"
        row_attrs: ClassVar = {"class": name_class}

    def render_department(self, record: Row) -> str:
        """The name, which leads to the review page, the code, and who is in charge."""
        own = record.department
        name = own.name
        if record.budget:
            here = reverse("workplace:review", args=(record.budget.year, own.code))
            name = format_html('<a href="{}">{}</a>', here, own.name)
        note = f"{own.code}　{record.reviewers}" if record.in_charge else own.code
        return format_html('{} <span class="note">{}</span>', name, note)

    def render_state(self, record: Row) -> str:
        """The state, and whether the figures are older than the budget."""
        shown = format_html(
            '<span class="state state-{}">{}</span>', record.state, record.state_label
        )
        if record.is_fresh:
            return shown
        return format_html('{} <span class="note">有改动，待核对</span>', shown)

    def render_days(self, record: Row) -> str:
        """The clock in words; how long it took where it stands still."""
        if not record.clock.text:
            return ""
        kind = "error" if record.clock.is_overdue else "none"
        return format_html('<span class="state state-{}">{}</span>', kind, record.clock.text)

    def render_errors(self, record: Row) -> str:
        """The count; a word of alarm where there are any."""
        if not record.errors:
            return str(record.errors)
        return format_html('<span class="state state-error">{}</span>', record.errors)

    def render_unexplained(self, record: Row) -> str:
        """2（1）: warnings, and how many of them are explained."""
        known = record.appraisal
        return f"{known.warnings}（{known.explained}）" if known.warnings else "0"

    def render_total(self, record: Row) -> str:
        """This year in 万元."""
        return show_wan(record.total)

    def render_difference(self, record: Row) -> str:
        """+5.00（10.00%）."""
        return show_change(record)

    def render_suspicion_count(self, record: Row) -> str:
        """Each suspicion in words with its count."""
        return format_html_join(
            " ",
            '<span class="state state-warning">{} {}</span>',
            record.named_suspicions,
        )

    def render_comments(self, record: Row) -> str:
        """The count, which leads to the threads."""
        if not record.comments:
            return "0"
        place = (record.budget.year, record.department.code)
        here = reverse("workplace:comments", args=place)
        return format_html('<a href="{}">{}</a>', here, record.comments)

    def render_touched(self, record: Row) -> str:
        """Who, and when."""
        at = f"{localtime(record.touch.at):%m-%d %H:%M}"
        return format_html('{} <span class="note">{}</span>', record.touch.who, at)


def show_change(row: Row) -> str:
    """The change with its sign, and the rate."""
    change = row.change
    sign = "" if not change.difference else "−" if change.is_fall else "+"
    return f"{sign}{abs(change.difference):,.2f}（{sign}{change.rate:,.2f}%）"
