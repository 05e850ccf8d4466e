"""A list, declared once: its page, its files and the answers to programs are made from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django_filters import FilterSet

from disclosures.publishing.exports.listing import Listing, Value

# Departments, figures, reasons, entries of the log: whatever the columns can read.
Records = QuerySet | Sequence[Any]
Locate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `is_here` where the reader already is there."""

    text: str
    href: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of files, of the page, or of both.

    `label` is its name and `value` what files hold: yuan as `Decimal`, None for nothing; without
    a value it stands on the page alone. There `heading` and `unit` stand in place of the label,
    and `show` tells the text, `href` where it leads, `note` what is said below it, `total` the
    last line. `is_address` is a path of the site, which files have as a whole address;
    `order_by` names the attribute by which a reader may sort.
    """

    key: str
    label: str
    value: Callable[[Any], Value] | None = None
    _: KW_ONLY
    show: Callable[[Any], str] | None = None
    href: Callable[[Any], str] | None = None
    note: Callable[[Any], str] | None = None
    heading: str = ""
    unit: str = ""
    total: str = ""
    css: str = ""
    order_by: str = ""
    starts_descending: bool = False
    is_amount: bool = False
    is_address: bool = False

    @property
    def css_class(self) -> str:
        return self.css or ("amount" if self.is_amount else "")

    def read(self, record: Any, locate: Locate) -> Value:
        """What files hold of a record."""
        value = self.value(record) if self.value else None
        return locate(str(value)) if value and self.is_address else value

    def draw(self, record: Any) -> SafeString:
        shown: Any = self.show(record) if self.show else self.value and self.value(record)
        text = conditional_escape("" if shown is None else shown)
        if self.href and (href := self.href(record)):
            text = format_html('<a href="{}">{}</a>', href, text)
        if self.note and (note := self.note(record)):
            text = format_html("{}<small>{}</small>", text, note)
        return text


@dataclass(frozen=True, slots=True)
class Order:
    """One way to arrange the records; it may show fewer of them, under a caption of its own."""

    label: str
    arrange: Callable[[Any], Records]
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`records` are in the order of the files; the page has the first of `orders`, if any.

    `shown` are the keys of the page's columns, where it has not all of them, or in another order.
    `complete` adds to a page's records what they need besides, read for all of them at once.
    `name_row` gives a line of the page a class. `{count}` in the caption is the number of records.
    `name` is that of the files where the title is more of a sentence; `messages` are what a
    reader of files must know.
    """

    title: str
    records: Records
    columns: Sequence[Column]
    shown: Sequence[str] = ()
    lead: Sequence[str] = ()
    caption: str = ""
    scope: str = ""
    unit: str = ""
    nothing: str = "没有。"
    more: Link | None = None
    name: str = ""
    messages: Sequence[str] = ()
    filters: type[FilterSet] | None = None
    orders: Mapping[str, Order] = field(default_factory=dict)
    complete: Callable[[list], list] = list
    name_row: Callable[[Any], str] | None = None

    @property
    def page_columns(self) -> list[Column]:
        known = {column.key: column for column in self.columns}
        return [known[key] for key in self.shown] if self.shown else list(self.columns)

    def arrange(self, order: str) -> Records:
        """The records in one of the orders."""
        return self.orders[order].arrange(self.records) if self.orders else self.records

    def draw_table(self, records: Records, *, is_card: bool = False) -> "ReportTable":
        table = ReportTable(self.page_columns, self.complete(list(records)), is_card=is_card)
        if self.name_row:
            table.row_attrs = {"class": lambda record: self.name_row(record["record"])}
        return table

    @property
    def names(self) -> dict[str, str]:
        """What the columns of files are called."""
        return {column.key: column.label for column in self.columns if column.value}

    def read_record(self, record: Any, locate: Locate) -> dict[str, Value]:
        """A record as files and programs get it; `locate` makes a path an address."""
        return {each.key: each.read(record, locate) for each in self.columns if each.value}

    def make_listing(self, changed: datetime, locate: Locate) -> Listing:
        """All records to take away; `changed` is when they last changed."""
        return Listing(
            title=self.name or self.title,
            columns=self.names,
            rows=[self.read_record(record, locate) for record in self.records],
            changed=changed,
            messages=self.messages,
        )


class ReportColumn(tables.Column):
    """Draws whole cells: a template's tags for each part of a cell take longer than the rest."""

    empty_values = ()

    def __init__(self, column: Column, *, is_first: bool, is_card: bool) -> None:
        super().__init__(
            column.heading or column.label,
            accessor="record",
            orderable=bool(column.order_by),
            order_by=f"record__{column.order_by}" if column.order_by else None,
            initial_sort_descending=column.starts_descending,
        )
        self.declared = column
        css = format_html(' class="{}"', column.css_class) if column.css_class else ""
        label = format_html(' data-label="{}"', self.verbose_name) if is_card else ""
        self.opening = SafeString('<th scope="row">')
        self.closing = SafeString("</th>")
        if not is_first:
            self.opening = format_html("<td{}{}>", css, label)
            self.closing = SafeString("</td>")

    def render(self, value: Any) -> SafeString:
        return self.opening + self.declared.draw(value) + self.closing


class ReportTable(tables.Table):
    """Any report's records, sorted and drawn by django-tables2.

    Where `is_card`, each cell bears its column's name, for narrow screens.
    """

    class Meta:
        template_name = "disclosures/reports/_table.html"

    def __init__(
        self, columns: Sequence[Column], records: Sequence[Any], *, is_card: bool = False
    ) -> None:
        drawn = [
            (each.key, ReportColumn(each, is_first=each is columns[0], is_card=is_card))
            for each in columns
        ]
        # A dict is what django-tables2 looks into first, and fastest.
        super().__init__([{"record": each} for each in records], extra_columns=drawn)
        self.has_total = any(column.total for column in columns)


def sort_by(*fields: str) -> Callable[[QuerySet], QuerySet]:
    return lambda found: found.order_by(*fields)


def write_day(moment: datetime | None) -> str:
    """2025-02-14, here; empty where there is no moment."""
    return f"{localtime(moment):%Y-%m-%d}" if moment else ""


def write_moment(moment: datetime | None) -> str:
    """2025-02-14 09:30, here; empty where there is no moment."""
    return f"{localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
