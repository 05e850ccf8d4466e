"""Checks of last year's figures, reasons and uses: each at a place that exists, and once."""

from collections import defaultdict
from collections.abc import Iterator

from budgets.domain.places import Asks, Place
from budgets.domain.problems import Problem
from budgets.domain.sets import load_table_set
from budgets.domain.tables.form import Role
from budgets.importing.validation.case import FilingCase, complain
from budgets.importing.validation.cells import FUNCTION, reported
from budgets.spreadsheets import SheetRow

CHANGE_KEYS, USE_KEYS = ("prior", "reason"), ("use",)


def statements(case: FilingCase) -> list[SheetRow]:
    """Rows that name a place and say something about it; the template leaves some open."""
    return [
        row
        for row in case.sheets.of("history")
        if row["place"] and not all(row.cell(key).is_blank for key in CHANGE_KEYS + USE_KEYS)
    ]


def address(row: SheetRow) -> str:
    """The address of the cell that a row speaks of."""
    return row["place"].address(row["code"] or "", row["project"] or "")


def check_places(case: FilingCase) -> Iterator[Problem]:
    """A place's code and project are given where it takes them, and only there."""
    known = {**case.chart.functions, **reported(case, FUNCTION)}
    table_set = load_table_set(case.chart.table_set)
    for row in statements(case):
        if isinstance(row["place"].table, Role) and row["place"].table not in table_set:
            message = f"本年的公开表里没有事项“{row['place'].label}”。"
            yield complain(row, "place", message, "请删除这一行。")
        yield from check_code(row, row["place"], known)
        yield from check_project(row, row["place"])
        yield from check_words(row, row["place"])


def check_code(row: SheetRow, place: Place, known: dict[str, str]) -> Iterator[Problem]:
    """The function code of a place."""
    code = row["code"] or ""
    if not place.digits:
        if code:
            message = f"事项“{place.label}”不需要科目编码。"
            yield complain(row, "code", message, "请清空科目编码，或改选事项。")
    elif len(code) != place.digits or not code.isdecimal():
        message = f"事项“{place.label}”要 {place.digits} 位功能科目编码。"
        yield complain(row, "code", message, "请从下拉列表选。")
    elif known and code not in known:
        yield complain(row, "code", f"代码表里没有功能科目 {code}。", "请核对编码。")


def check_project(row: SheetRow, place: Place) -> Iterator[Problem]:
    """The project of a place."""
    if place.takes_project and not row["project"]:
        message = f"事项“{place.label}”要填项目名称。"
        yield complain(row, "project", message, "请填项目名称。")
    elif row["project"] and not place.takes_project:
        message = f"事项“{place.label}”不需要项目名称。"
        yield complain(row, "project", message, "请清空项目名称，或改选事项。")


def check_words(row: SheetRow, place: Place) -> Iterator[Problem]:
    """A place takes either last year's figure and a reason, or a use."""
    foreign = USE_KEYS if place.asks is Asks.CHANGE else CHANGE_KEYS
    for key in foreign:
        if not row.cell(key).is_blank:
            message = f"事项“{place.label}”只填{place.asks.label}。"
            yield complain(row, key, message, "请清空这一格，或改选事项。")
    if row["prior"] is not None and row["prior"] < 0:
        yield complain(row, "prior", "上年数小于 0。", "请填 0 或更大的数。")


def check_once(case: FilingCase) -> Iterator[Problem]:
    """A place is spoken of once."""
    groups: dict[str, list[SheetRow]] = defaultdict(list)
    for row in statements(case):
        groups[address(row)].append(row)
    for rows in groups.values():
        if len(rows) > 1:
            cells = tuple(row.cell("place").ref for row in rows)
            message = "这几行说的是同一处。"
            advice = "请合并为一行。"
            yield Problem(sheet=rows[0].sheet, cells=cells, message=message, advice=advice)


def check_glossary(case: FilingCase) -> Iterator[Problem]:
    """A term is explained once."""
    seen: set[str] = set()
    for row in case.sheets.of("glossary"):
        if row["term"] in seen:
            yield complain(row, "term", f"名词“{row['term']}”出现了不止一次。", "请只保留一行。")
        seen.add(row["term"] or "")
