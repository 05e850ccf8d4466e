"""What a reader asks first, answered with cells of the frozen tables."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from budgets.domain.changes import Change, list_changes
from budgets.domain.money import to_wan
from disclosures.publishing.document.composition import fragment
from disclosures.publishing.document.layout import list_rows

Data = dict[str, Any]

# Rows of Table 1's income side, the short name of each, and its meaning in plain words.
SOURCES = (
    ("general", "一般公共预算拨款", "财政用税收等收入安排的钱"),
    ("government_fund", "政府性基金预算拨款", "依法向特定对象收取、专款专用的钱"),
    ("state_capital", "国有资本经营预算拨款", "国有资本的收益安排的钱"),
    ("special_account", "财政专户核拨", "教育收费等纳入财政专户管理的钱"),
    ("unit_funds", "单位资金", "财政拨款以外，单位自己取得的钱"),
    ("carryover", "上年结转结余", "上一年没有用完、今年接着用的钱"),
)
NATURES = (
    ("basic", "基本支出", "保证机构运转的人员和日常公用开支"),
    ("project", "项目支出", "为完成特定工作任务安排的开支"),
)
# Where the sentences account for the whole expenditure, and for each item of the general budget.
WHOLE_SECTION, ITEMS_SECTION, ITEMS_TABLE = "N3", "N5", "T5"
LARGEST_CHANGES, FIRST_PROMISES = 3, 6
# The last columns of the overall targets: indicator, value, basis, weight.
INDICATOR_ROW, INDICATOR, VALUE = re.compile(r"i\d+"), -4, -3
ITEM_LEVEL = 3
SIGNS = {">=": "≥", "<=": "≤", "=": ""}
# A bar is drawn on a scale of 100 by whole tenths.
FULL, TENTH = Decimal(100), Decimal("0.1")


def answer(content: Mapping[str, Any]) -> Data:
    """The opening of the page: each line is a cell with its label, its link and a bar's length.

    Purposes come largest first. No figure is computed: a bar's length is drawn, not printed.
    `changes` are of the whole expenditure, `items` the largest of the general budget: two lists,
    since they are of two scopes.
    """
    whole, spending = content["grids"]["T1"], content["grids"]["T3"]
    incomes, purposes = name_amounts(whole, "income"), name_amounts(whole, "expenditure")
    total = incomes["total"]
    return {
        "total": total["cell"]["text"] or "0.00",
        "total_href": fragment(total["cell"]["at"]),
        "sources": [
            draw_line(incomes[row]["cell"], label, meaning, total["cell"])
            for row, label, meaning in SOURCES
            if incomes[row]["cell"]["yuan"]
        ],
        "purposes": draw_purposes(purposes, total["cell"]),
        "natures": draw_natures(spending, total["cell"]),
    } | tell_changes(content)


def tell_changes(content: Mapping[str, Any]) -> Data:
    """What changed and why, and what is promised, as sentences and targets say it."""
    grids, changes = content["grids"], list_changes(content)
    moved = [change for change in changes if change.difference]
    items = [change for change in moved if is_item(change, grids[ITEMS_TABLE])]
    items.sort(key=lambda change: abs(change.difference), reverse=True)
    promises = list_promises(grids.get("P0"))
    return {
        "is_compared": any(change.section == WHOLE_SECTION for change in changes),
        "changes": [
            tell_change(change, grids["T3"]) for change in moved if change.section == WHOLE_SECTION
        ],
        "items": [tell_change(change, grids[ITEMS_TABLE]) for change in items[:LARGEST_CHANGES]],
        "promises": promises[:FIRST_PROMISES],
        "promised": len(promises),
    }


def is_item(change: Change, grid: Mapping[str, Any]) -> bool:
    """True for an item of the general budget, which is counted once and has no parts."""
    levels = {row["key"]: row["level"] for row in list_rows(grid)}
    _, _, rest = change.at.partition(".")
    return change.section == ITEMS_SECTION and levels.get(rest.rpartition(".")[0]) == ITEM_LEVEL


def tell_change(change: Change, grid: Mapping[str, Any]) -> Data:
    """A change with the cell it is of, in words; from and to nothing there is no rate."""
    cell, label = find_amount(grid, change.at)
    this = to_wan(Decimal(cell["yuan"] or 0))
    last = this - change.difference
    return {
        "label": label,
        "this": cell["text"] or "0.00",
        "moved": name_move(this, last),
        "difference": f"{abs(change.difference):,.2f}",
        "rate": change.rate if this and last else "",
        "reason": change.reason,
        "href": fragment(change.sentence),
    }


def name_move(this: Decimal, last: Decimal) -> str:
    """The word for a change; from nothing it is 新增, to nothing 取消."""
    if not last or not this:
        return "新增" if this else "取消"
    return "增加" if this > last else "减少"


def find_amount(grid: Mapping[str, Any], at: str) -> tuple[Data, str]:
    """A cell with its name: the row's, on the total line the column's."""
    columns = {column["key"]: column["label"] for column in grid["columns"]}
    for row in list_rows(grid):
        names = [cell["text"] for cell in row["cells"] if cell["kind"] == "label" and cell["text"]]
        for cell in row["cells"]:
            if cell.get("at") == at:
                is_total = cell["row"] == "total"
                return cell, columns[cell["column"]] if is_total else names[-1]
    return {"text": "", "yuan": None}, columns.get(at.rpartition(".")[2], "")


def list_promises(grid: Mapping[str, Any] | None) -> list[Data]:
    """The indicators of the department's overall target: what is to be done, and how much."""
    found = []
    for row in list_rows(grid) if grid else ():
        if INDICATOR_ROW.fullmatch(row["key"]):
            cells = row["cells"]
            found.append({"label": cells[INDICATOR]["text"], "value": show(cells[VALUE]["text"])})
    return found


def show(value: str) -> str:
    """An indicator's value with the signs of arithmetic instead of a program's."""
    for typed, sign in SIGNS.items():
        if value.startswith(typed):
            return f"{sign}{value.removeprefix(typed)}"
    return value


def draw_purposes(purposes: Mapping[str, Data], total: Data) -> list[Data]:
    """What the money is for, by function class."""
    named = [purpose for row, purpose in purposes.items() if row != "total"]
    return [
        draw_line(purpose["cell"], purpose["label"], "", total)
        for purpose in sorted(named, key=size, reverse=True)
        if purpose["cell"]["yuan"]
    ]


def draw_natures(spending: Mapping[str, Any], total: Data) -> list[Data]:
    """How it is spent: basic and project expenditure."""
    natures = {cell["column"]: cell for cell in list_total(spending)}
    return [
        draw_line(natures[column], label, meaning, total)
        for column, label, meaning in NATURES
        if column in natures and natures[column]["yuan"]
    ]


def name_amounts(grid: Mapping[str, Any], column: str) -> dict[str, Data]:
    """The amounts of a column by row, each with the label that stands before it."""
    found = {}
    for row in list_rows(grid):
        label = ""
        for cell in row["cells"]:
            label = cell["text"] if cell["kind"] == "label" else label
            if cell.get("column") == column:
                found[cell["row"]] = {"cell": cell, "label": label}
    return found


def list_total(grid: Mapping[str, Any]) -> list[Data]:
    """The amounts of a table's total line."""
    cells = [cell for row in list_rows(grid) for cell in row["cells"]]
    return [cell for cell in cells if cell.get("row") == "total"]


def size(purpose: Data) -> Decimal:
    """The amount in yuan, to sort by."""
    return Decimal(purpose["cell"]["yuan"] or 0)


def draw_line(cell: Data, label: str, meaning: str, whole: Data) -> Data:
    """One line of an answer; `length` is the bar's, of 100."""
    total = Decimal(whole["yuan"] or 0)
    length = FULL * Decimal(cell["yuan"]) / total if total else Decimal(0)
    return {
        "label": label,
        "meaning": meaning,
        "text": cell["text"],
        "href": fragment(cell["at"]),
        "length": str(min(max(length, Decimal(0)), FULL).quantize(TENTH, ROUND_HALF_UP)),
    }
