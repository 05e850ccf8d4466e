"""What a reader asks first, answered with cells of the frozen tables."""

from decimal import ROUND_HALF_UP, Decimal

from budgets.domain.document import (
    Cell,
    Direction,
    Document,
    SectionRole,
    Table,
    fragment,
    split_address,
)
from budgets.domain.money import ZERO, show_wan
from budgets.domain.passages import INDICATOR, ToldChange, list_changes
from budgets.domain.performance import OVERALL
from budgets.domain.provenance import NamedAmount, name_amounts
from budgets.domain.tables.form import TOTAL, Role

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
LARGEST_CHANGES, FIRST_PROMISES = 3, 6
# The last columns of the overall targets are indicator, value, basis, weight.
NAME, VALUE = -4, -3
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
    tables = document.tables_by_key
    incomes = find_column(tables[Role.WHOLE], "income")
    purposes = find_column(tables[Role.WHOLE], "expenditure")
    total = incomes[TOTAL].cell
    named = [purpose for row, purpose in purposes.items() if row != TOTAL and purpose.cell.text]
    named.sort(key=lambda each: -each.yuan)
    spending = {cell.column: cell for cell in tables[Role.SPENDING].amounts() if cell.row == TOTAL}
    return {
        "total": total.text or "0.00",
        "total_href": fragment(total.at),
        "sources": [
            draw_line(incomes[row].cell, label, meaning, total)
            for row, label, meaning in SOURCES
            if incomes[row].cell.text
        ],
        "purposes": [draw_line(each.cell, each.name, "", total) for each in named],
        "natures": [
            draw_line(spending[column], label, meaning, total)
            for column, label, meaning in NATURES
            if column in spending and spending[column].text
        ],
    } | describe_changes(document)


def describe_changes(document: Document) -> dict[str, object]:
    """What changed and why, and what is promised, as sentences and targets say it."""
    tables, changes = document.tables_by_key, list_changes(document)
    whole = [change for change in changes if change.section == SectionRole.SPENDING]
    levels = {row.key: row.level for row in tables[Role.GENERAL].rows()}
    # An item is counted once and has no parts.
    items = [
        change
        for change in changes
        if change.difference
        and change.section == SectionRole.GENERAL
        and levels.get(split_address(change.at)[1]) == ITEM_LEVEL
    ]
    items.sort(key=lambda change: abs(change.difference), reverse=True)
    promises = [
        {"label": row.cells[NAME].text, "value": show_goal(row.cells[VALUE].text)}
        for row in (tables[OVERALL].rows() if OVERALL in tables else ())
        if INDICATOR.fullmatch(row.key)
    ]
    return {
        "is_compared": bool(whole),
        "changes": [
            describe_change(change, tables[Role.SPENDING]) for change in whole if change.difference
        ],
        "items": [describe_change(each, tables[Role.GENERAL]) for each in items[:LARGEST_CHANGES]],
        "promises": promises[:FIRST_PROMISES],
        "promised": len(promises),
    }


def describe_change(told: ToldChange, table: Table) -> dict[str, object]:
    """A change with the cell it is of, in words; from and to nothing there is no rate."""
    direction = told.change.direction
    _, row, column = split_address(told.at)
    if row != TOTAL and table.cell(row, column):
        label = find_column(table, column)[row].name
    else:
        label = next((each.label for each in table.columns if each.key == column), "")
    return {
        "label": label,
        "this": show_wan(told.change.this),
        "moved": MOVES[direction],
        "difference": f"{abs(told.difference):,.2f}",
        "rate": "" if direction in (Direction.NEW, Direction.GONE) else told.rate,
        "reason": told.reason,
        "href": fragment(told.sentence),
    }


def show_goal(value: str) -> str:
    """An indicator's value with the signs of arithmetic instead of a program's."""
    for typed, sign in SIGNS.items():
        if value.startswith(typed):
            return f"{sign}{value.removeprefix(typed)}"
    return value


def find_column(table: Table, column: str) -> dict[str, NamedAmount]:
    """The amounts of a column by row."""
    return {each.row: each for each in name_amounts(table) if each.column == column}


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
