"""The log as a table."""

from typing import ClassVar

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from budgets.models import Entry


class LogTable(tables.Table):
    """A line for each entry, newest first; the order is that of the chain and no other."""

    number = tables.Column("序号", attrs={"td": {"class": "code"}})
    at = tables.DateTimeColumn(verbose_name="时间", format="Y-m-d H:i:s")
    name = tables.Column("人员")
    action = tables.Column("操作")
    subject = tables.Column("对象", default="")
    words = tables.Column("说明", default="", attrs={"td": {"class": "words"}})
    address = tables.Column("网络地址", default="")

    class Meta:
        attrs: ClassVar = {"class": "list cards log"}
        template_name = "workplace/log/_table.html"
        orderable = False

    def render_number(self, record: Entry) -> str:
        """The number, which leads to the entry."""
        here = reverse("workplace:log_entry", args=(record.number,))
        return format_html('<a href="{}">第{}条</a>', here, record.number)
