"""Rows that a template offers and nobody filled in: left out, and told in one line a sheet."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from budgets.domain.problems import Problem, Severity
from budgets.spreadsheets import SheetRow, Sheets

LINES = ("income", "expenditure", "three_public")
NAMING = {"unit", "name"}


def leave_out(sheets: Sheets) -> Sheets:
    """The sheets without lines that have no amount; a hint for each sheet says which they were.

    A project goes with its lines if nothing but its name is stated, since the template offers it
    only so that the lines can name it. What was misread is no blank, and stays.
    """
    rows = {key: [row for row in own if not is_open(key, row)] for key, own in sheets.rows.items()}
    lacking = {key: [row for row in sheets.of(key) if is_open(key, row)] for key in LINES}
    idle = find_idle(sheets, lacking["expenditure"], rows.get("expenditure", []))
    if idle:
        left_out = {id(row) for row in idle}
        rows["projects"] = [row for row in rows["projects"] if id(row) not in left_out]
    told = [tell_lines(own) for own in lacking.values() if own]
    told += [tell_projects(idle)] if idle else []
    return replace(sheets, rows=rows, problems=[*sheets.problems, *told])


def is_open(key: str, row: SheetRow) -> bool:
    """True for a line of money whose amount stands blank in the file."""
    return key in LINES and row.is_blank("amount") and bool(row.ref("amount"))


def find_idle(
    sheets: Sheets, lacking: Sequence[SheetRow], lines: Sequence[SheetRow]
) -> list[SheetRow]:
    """The projects of lines without an amount of which nothing else is said."""
    offered = {(row["unit"], row["project"]) for row in lacking if row["project"]}
    used = {(row["unit"], row["project"]) for row in lines}
    aimed = {row["target"] for row in sheets.of("indicators")}
    return [
        row
        for row in sheets.of("projects")
        if (row["unit"], row["name"]) in offered - used
        and row["name"] not in aimed
        and all(row.is_blank(key) for key in row.keys() - NAMING)
    ]


def tell_lines(rows: Sequence[SheetRow]) -> Problem:
    """How many lines of a sheet had no amount, and which."""
    message = f"没有填金额的 {len(rows)} 行（第 {name_rows(rows, 'amount')} 行）未导入。"
    return hint(rows, message, "确有金额的请补上再上传；没有的不用处理。")


def tell_projects(rows: Sequence[SheetRow]) -> Problem:
    """How many projects had neither an amount nor anything but a name, and which."""
    message = f"没有金额、只有名称的 {len(rows)} 个项目（第 {name_rows(rows, 'name')} 行）未导入。"
    return hint(rows, message, "今年有这个项目的，请在支出明细填金额；没有的不用处理。")


def hint(rows: Sequence[SheetRow], message: str, advice: str) -> Problem:
    """A hint about a sheet."""
    return Problem(sheet=rows[0].sheet, message=message, advice=advice, severity=Severity.HINT)


def name_rows(rows: Sequence[SheetRow], key: str) -> str:
    """`4—9、12`: the numbers of the rows, as the spreadsheet shows them."""
    numbers = [int(re.sub(r"\D", "", row.cell(key).ref)) for row in rows]
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    spans = [[number for _, number in run] for _, run in runs]
    return "、".join(f"{s[0]}—{s[-1]}" if len(s) > 1 else str(s[0]) for s in spans)
