"""What a reader asks first, answered with cells of the frozen tables."""

import re
from decimal import ROUND_HALF_UP, Decimal

from budgets.domain.document import (
    ZERO,
    Cell,
    Direction,
    Document,
    Table,
    fragment,
    split_address,
)
from budgets.domain.money import show_wan
from budgets.domain.passages import ToldChange, list_changes

# What a change is called; from nothing to nothing is none.
MOVES = {
    Direction.INCREASE: "增加",
    Direction.DECREASE: "减少",
    Direction.NEW: "新增",
    Direction.GONE: "取消",
}

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


def answer(document: Document) -> dict[str, object]:
    """The opening of the page: each line is a cell with its label, its link and a bar's length.

    Purposes come largest first. No figure is computed: a bar's length is drawn, not printed.
    `changes` are of the whole expenditure, `items` the largest of the general budget: two lists,
    since they are of two scopes.
    """
    whole, spending = document.tables_by_key["T1"], document.tables_by_key["T3"]
    incomes, purposes = label_amounts(whole, "income"), label_amounts(whole, "expenditure")
    total = incomes["total"][0]
    sources = ((incomes[row][0], label, meaning) for row, label, meaning in SOURCES)
    natures = {cell.column: cell for cell in spending.amounts() if cell.row == "total"}
    named = [purpose for row, purpose in purposes.items() if row != "total"]
    return {
        "total": total.text or "0.00",
        "total_href": fragment(total.at),
        "sources": [draw_line(*each, total) for each in sources if each[0].text],
        "purposes": [
            draw_line(cell, label, "", total)
            for cell, label in sorted(named, key=lambda each: -(each[0].yuan or ZERO))
            if cell.text
        ],
        "natures": [
            draw_line(natures[column], label, meaning, total)
            for column, label, meaning in NATURES
            if column in natures and natures[column].text
        ],
    } | tell_changes(document)


def tell_changes(document: Document) -> dict[str, object]:
    """What changed and why, and what is promised, as sentences and targets say it."""
    tables, changes = document.tables_by_key, list_changes(document)
    moved = [change for change in changes if change.difference]
    items = [change for change in moved if is_item(change, tables[ITEMS_TABLE])]
    items.sort(key=lambda change: abs(change.difference), reverse=True)
    promises = list_promises(tables.get("P0"))
    return {
        "is_compared": any(change.section == WHOLE_SECTION for change in changes),
        "changes": [
            tell_change(change, tables["T3"]) for change in moved if change.section == WHOLE_SECTION
        ],
        "items": [tell_change(change, tables[ITEMS_TABLE]) for change in items[:LARGEST_CHANGES]],
        "promises": promises[:FIRST_PROMISES],
        "promised": len(promises),
    }


def is_item(change: ToldChange, table: Table) -> bool:
    """True for an item of the general budget, which is counted once and has no parts."""
    levels = {row.key: row.level for row in table.rows()}
    _, row, _ = split_address(change.at)
    return change.section == ITEMS_SECTION and levels.get(row) == ITEM_LEVEL


def tell_change(told: ToldChange, table: Table) -> dict[str, object]:
    """A change with the cell it is of, in words; from and to nothing there is no rate."""
    direction = told.change.direction
    return {
        "label": name_changed(table, told.at),
        "this": show_wan(told.change.this),
        "moved": MOVES[direction],
        "difference": f"{abs(told.difference):,.2f}",
        "rate": "" if direction in (Direction.NEW, Direction.GONE) else told.rate,
        "reason": told.reason,
        "href": fragment(told.sentence),
    }


def name_changed(table: Table, at: str) -> str:
    """A cell's name: the row's, on the total line the column's."""
    columns = {column.key: column.label for column in table.columns}
    for row in table.rows():
        names = [cell.text for cell in row.cells if cell.kind == "label" and cell.text]
        for cell in row.cells:
            if cell.at == at:
                return columns[cell.column] if cell.row == "total" else names[-1]
    return columns.get(split_address(at)[2], "")


def list_promises(table: Table | None) -> list[dict[str, str]]:
    """The indicators of the department's overall target: what is to be done, and how much."""
    found = []
    for row in table.rows() if table else ():
        if INDICATOR_ROW.fullmatch(row.key):
            cells = row.cells
            found.append({"label": cells[INDICATOR].text, "value": show_goal(cells[VALUE].text)})
    return found


def show_goal(value: str) -> str:
    """An indicator's value with the signs of arithmetic instead of a program's."""
    for typed, sign in SIGNS.items():
        if value.startswith(typed):
            return f"{sign}{value.removeprefix(typed)}"
    return value


def label_amounts(table: Table, column: str) -> dict[str, tuple[Cell, str]]:
    """The amounts of a column by row, each with the label that stands before it."""
    found = {}
    for row in table.rows():
        label = ""
        for cell in row.cells:
            label = cell.text if cell.kind == "label" else label
            if cell.column == column:
                found[cell.row] = cell, label
    return found


def draw_line(cell: Cell, label: str, meaning: str, whole: Cell) -> dict[str, object]:
    """One line of an answer; `length` is the bar's, of 100."""
    amount, total = cell.yuan or ZERO, whole.yuan or ZERO
    length = FULL * amount / total if total else ZERO
    return {
        "label": label,
        "meaning": meaning,
        "text": cell.text,
        "href": fragment(cell.at),
        "length": str(min(max(length, ZERO), FULL).quantize(TENTH, ROUND_HALF_UP)),
    }
