"""What a reader asks first, answered with cells of the frozen tables."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from disclosures.document import fragment, list_rows

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
# A bar is drawn on a scale of 100 by whole tenths.
FULL, TENTH = Decimal(100), Decimal("0.1")


def answer(content: Mapping[str, Any]) -> Data:
    """The opening of the page: each line is a cell with its label, its link and a bar's length.

    Purposes come largest first. No figure is computed: a bar's length is drawn, not printed.
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
    }


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
