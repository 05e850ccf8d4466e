"""The log to take away: every field of the entries that were found, as CSV or as a workbook."""

import csv
import io
from collections.abc import Iterator

from django.utils.timezone import localtime

from budgets.domain.text import UNFIT
from budgets.models import Entry
from disclosures.publishing.exports.listing import Listing, build, write_text

COLUMNS = {
    "number": "序号",
    "at": "时间",
    "person": "人员编号",
    "name": "人员",
    "address": "网络地址",
    "action": "操作",
    "subject": "对象",
    "department": "部门编码",
    "year": "年度",
    "before": "原来",
    "after": "现在",
    "words": "说明",
    "previous": "上一条摘要",
    "digest": "本条摘要",
}
TITLE = "操作日志"
# A workbook is made in memory, and a program opens no longer one with pleasure.
MOST_IN_WORKBOOK = 20_000
LONGEST_CELL = 32_000
CHUNK = 500


def write_csv(entries) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, line by line: a log of any length in constant memory."""
    yield "\ufeff".encode()
    yield write_line(COLUMNS.values())
    for entry in entries.iterator(chunk_size=CHUNK):
        yield write_line(map(write_text, lay_out(entry).values()))


def write_line(values) -> bytes:
    """A line of CSV."""
    line = io.StringIO(newline="")
    csv.writer(line).writerow(values)
    return line.getvalue().encode()


def build_workbook(entries) -> bytes:
    """One sheet; what a cell cannot hold of `before` and `after` stands in the CSV."""
    rows = [
        {key: value[:LONGEST_CELL] if isinstance(value, str) else value for key, value in row}
        for row in (lay_out(entry).items() for entry in entries)
    ]
    changed = entries[0].at
    return build(Listing(title=TITLE, columns=COLUMNS, rows=rows, changed=changed), "xlsx")


def lay_out(entry: Entry) -> dict[str, str | int | None]:
    """An entry's fields in the order of the columns; the moment in the portal's own time."""
    told = {key: clean(getattr(entry, key)) for key in COLUMNS}
    told["at"] = f"{localtime(entry.at):%Y-%m-%d %H:%M:%S.%f}"
    told["action"] = entry.get_action_display()
    return told


def clean(value):
    """A value without what no workbook may hold, and a name tried at the login may."""
    return UNFIT.sub("\ufffd", value) if isinstance(value, str) else value
