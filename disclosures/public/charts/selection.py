"""Which charts a document has: for each a table, its rows and its columns, as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.checks.case import ORDINAL
from budgets.domain.document import ZERO, Cell, Direction, Document, Table, fragment
from budgets.domain.money import show_wan, to_wan
from budgets.domain.passages import ToldChange, list_changes
from disclosures.public.charts.figure import Bar, Chart, share, show_move


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart to be: the rows (by key, or all of a level) and columns of one table."""

    key: str
    title: str
    table: str
    rows: Sequence[str] | int
    columns: tuple[str, ...]
    whole: tuple[str, str]


PLANS = (
    Plan(
        "income",
        "收入构成",
        "T1",
        (
            "general",
            "government_fund",
            "state_capital",
            "special_account",
            "unit_funds",
            "carryover",
        ),
        ("income",),
        ("total", "income"),
    ),
    Plan("functions", "支出按功能分类", "T3", 1, ("total",), ("total", "total")),
    Plan("natures", "支出构成", "T3", ("total",), ("basic", "project"), ("total", "total")),
    Plan(
        "fiscal",
        "财政拨款按预算种类",
        "T4",
        ("general", "government_fund", "state_capital"),
        ("income",),
        ("total", "income"),
    ),
    Plan("general", "一般公共预算支出按功能分类项级科目", "T5", 3, ("total",), ("total", "total")),
    Plan("economics", "一般公共预算基本支出按经济分类", "T6", 1, ("total",), ("total", "total")),
    Plan(
        "economic-items",
        "一般公共预算基本支出按经济分类款级科目",
        "T6",
        2,
        ("total",),
        ("total", "total"),
    ),
    Plan(
        "three-public",
        "财政拨款“三公”经费",
        "T10",
        ("abroad", "reception", "vehicle_purchase", "vehicle_running"),
        ("total",),
        ("total", "total"),
    ),
)
SHARES = ("项目", "金额", "占合计")
MOVES = ("项目", "增减", "今年", "上年", "增减率")
# The section that accounts for every item of the general budget, its table, and their level.
ITEMS_SECTION, ITEMS_TABLE, ITEM_LEVEL = "N5", "T5", 3


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount of a table with the name of its row and the level it stands on."""

    cell: Cell
    label: str
    level: int | None


def list_charts(document: Document, base: str = "") -> list[Chart]:
    """The charts of a frozen document that have something to show; links begin with `base`."""
    planned = (draw_plan(plan, document.tables_by_key[plan.table], base) for plan in PLANS)
    return [chart for chart in (*planned, draw_changes(document, base)) if chart]


def draw_plan(plan: Plan, grid: Table, base: str) -> Chart | None:
    """A structure: each part with its share of the whole; None where nothing is budgeted."""
    entries = list_entries(grid)
    whole = printed(entries.get(plan.whole))
    bars = [
        Bar.over(
            entry.cell,
            label,
            href=base + fragment(entry.cell.at),
            beside=(share(printed(entry), whole),),
        )
        for label, entry in choose(plan, grid, entries)
        if entry.cell.text
    ]
    return make(plan.key, plan.title, grid, SHARES, bars) if bars else None


def make(key: str, title: str, grid: Table, heads: tuple[str, ...], bars: list[Bar]) -> Chart:
    """A chart from one table, the largest amount first."""
    source = f"{grid.label} {grid.title}"
    bars = sorted(bars, key=lambda bar: bar.value, reverse=True)
    return Chart(key=key, title=title, source=source, heads=heads, bars=bars, table=grid.key)


def printed(entry: Entry | None) -> Decimal:
    """An entry's amount as printed, in 万元; zero where there is none."""
    return to_wan(entry.cell.yuan or ZERO) if entry else Decimal("0.00")


def list_entries(grid: Table) -> dict[tuple[str, str], Entry]:
    """The amounts of a table by row and column, each with the label that stands before it."""
    found = {}
    for row in grid.rows():
        label, level = "", row.level
        for cell in row.cells:
            if cell.kind == "label" and cell.text:
                label = cell.text
            if cell.at:
                found[cell.row, cell.column] = Entry(cell, ORDINAL.sub("", label), level)
    return found


def choose(plan: Plan, grid: Table, entries: Mapping[tuple[str, str], Entry]) -> Iterator:
    """(label, entry) of the plan; columns name the lines where there are several."""
    names = {column.key: column.label for column in grid.columns}
    for (row, column), entry in entries.items():
        is_meant = entry.level == plan.rows if isinstance(plan.rows, int) else row in plan.rows
        if is_meant and column in plan.columns:
            yield (names[column] if len(plan.columns) > 1 else entry.label), entry


def draw_changes(document: Document, base: str) -> Chart | None:
    """What changed over last year, item by item of the general budget, as its sentences say."""
    grid = document.tables_by_key[ITEMS_TABLE]
    entries = {entry.cell.at: entry for entry in list_entries(grid).values()}
    bars = []
    for change in list_changes(document):
        entry = entries.get(change.at)
        if change.section != ITEMS_SECTION or not entry or entry.level != ITEM_LEVEL:
            continue
        this, last = show_wan(change.change.this), show_wan(change.change.last)
        bars.append(
            Bar(
                label=entry.label,
                value=change.difference,
                text=show_move(change.difference),
                scope=entry.cell.scope,
                href=base + fragment(change.sentence),
                beside=(this, last, name_rate(change)),
            )
        )
    return make("changes", "一般公共预算各项比上年增减", grid, MOVES, bars) if bars else None


def name_rate(told: ToldChange) -> str:
    """A rate in words: from nothing is 新增 and to nothing 取消, which no percentage can say."""
    match told.change.direction:
        case Direction.NEW:
            return "新增"
        case Direction.GONE:
            return "取消"
        case Direction.UNCHANGED:
            return f"+{told.rate}%" if to_wan(told.change.last) else ""
        case direction:
            return f"{'−' if direction is Direction.DECREASE else '+'}{told.rate}%"
