"""Which charts there are, as data: of a document, of a department's years, of the whole county."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgets.domain.answers import ITEM_LEVEL, SOURCES
from budgets.domain.checks.case import ORDINAL
from budgets.domain.document import Cell, Direction, Document, SectionRole, Table, fragment
from budgets.domain.money import ZERO, show_wan, to_wan
from budgets.domain.passages import ToldChange, list_changes
from budgets.domain.provenance import name_amounts
from budgets.domain.tables.form import Role
from disclosures.public.charts.chart import Bar, BarChart, share, show_difference

SHARES = ("项目", "金额", "占合计")
CHANGES = ("项目", "增减", "今年", "上年", "增减率")
YEARS = ("年度", "金额", "比上一公开年度")


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """A chart to be: rows (by key, or all of a level) and columns of a table, and their whole."""

    key: str
    title: str
    table: Role
    rows: Sequence[str] = ()
    level: int | None = None
    columns: tuple[str, ...] = ("total",)
    whole: tuple[str, str] = ("total", "total")


STRUCTURES = (
    Structure(
        key="income",
        title="收入构成",
        table=Role.WHOLE,
        rows=tuple(row for row, _, _ in SOURCES),
        columns=("income",),
        whole=("total", "income"),
    ),
    Structure(key="functions", title="支出按功能分类", table=Role.SPENDING, level=1),
    Structure(
        key="natures",
        title="支出构成",
        table=Role.SPENDING,
        rows=("total",),
        columns=("basic", "project"),
    ),
    Structure(
        key="fiscal",
        title="财政拨款按预算种类",
        table=Role.FISCAL,
        rows=("general", "government_fund", "state_capital"),
        columns=("income",),
        whole=("total", "income"),
    ),
    Structure(
        key="general", title="一般公共预算支出按功能分类项级科目", table=Role.GENERAL, level=3
    ),
    Structure(key="economics", title="一般公共预算基本支出按经济分类", table=Role.BASIC, level=1),
    Structure(
        key="economic-items",
        title="一般公共预算基本支出按经济分类款级科目",
        table=Role.BASIC,
        level=2,
    ),
    Structure(
        key="three-public",
        title="财政拨款“三公”经费",
        table=Role.THREE_PUBLIC,
        rows=("abroad", "reception", "vehicle_purchase", "vehicle_running"),
    ),
)


def list_charts(document: Document, base: str = "") -> list[BarChart]:
    """The charts of a frozen document that have something to show; links begin with `base`."""
    structures = (draw_structure(each, document, base) for each in STRUCTURES)
    return [chart for chart in (*structures, draw_changes(document, base)) if chart]


def draw_structure(structure: Structure, document: Document, base: str) -> BarChart | None:
    """Each part with its share of the whole; None where nothing is budgeted."""
    table = document.tables_by_key[structure.table]
    whole = to_wan(table.yuan(*structure.whole))
    names = {column.key: column.label for column in table.columns}
    bars = []
    for each in name_amounts(table):
        by_key = structure.level is None
        is_row = each.row in structure.rows if by_key else each.level == structure.level
        if is_row and each.column in structure.columns and each.cell.text:
            # Columns name the lines where there are several.
            label = names[each.column] if structure.columns[1:] else ORDINAL.sub("", each.name)
            bar = Bar.of_cell(each.cell, label, href=base + fragment(each.cell.at))
            bars.append(replace(bar, beside=(share(bar.value, whole),)))
    return draw_table(structure.key, structure.title, table, SHARES, bars)


def draw_changes(document: Document, base: str) -> BarChart | None:
    """What changed over last year, item by item of the general budget, as its sentences say."""
    table = document.tables_by_key[Role.GENERAL]
    cells = {each.at: each for each in name_amounts(table)}
    bars = []
    for told in list_changes(document):
        item = cells.get(told.at)
        if told.section == SectionRole.GENERAL and item and item.level == ITEM_LEVEL:
            this, last = show_wan(told.change.this), show_wan(told.change.last)
            bar = Bar(
                label=item.name,
                value=told.difference,
                text=show_difference(told.difference),
                scope=item.cell.scope,
                href=base + fragment(told.sentence),
                beside=(this, last, name_rate(told)),
            )
            bars.append(bar)
    return draw_table("changes", "一般公共预算各项比上年增减", table, CHANGES, bars)


def draw_table(
    key: str, title: str, table: Table, heads: tuple[str, ...], bars: list[Bar]
) -> BarChart | None:
    """A chart from one table, the largest amount first; None where there are no bars."""
    if not bars:
        return None
    source = f"{table.label} {table.title}"
    bars = sorted(bars, key=lambda bar: bar.value, reverse=True)
    return BarChart(key=key, title=title, source=source, heads=heads, bars=bars, table=table.key)


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


# (key, title, table, row, column): each is one figure through the years, so one scope.
SERIES = (
    ("years", "历年收支总预算", Role.WHOLE, "total", "income"),
    ("fiscal-years", "历年财政拨款", Role.FISCAL, "total", "income"),
    ("general-years", "历年一般公共预算", Role.GENERAL, "total", "total"),
)
# One year alone shows no course.
MIN_YEARS = 2


def list_year_charts(years: Sequence[tuple[Document, str]]) -> list[BarChart]:
    """Charts over (document, address of its page) of each published year, oldest first.

    A single year makes no chart; a year without the figure counts as nothing budgeted.
    """
    charts: list[BarChart] = []
    if len(years) < MIN_YEARS:
        return charts
    for key, title, role, row, column in SERIES:
        bars: list[Bar] = []
        for document, address in years:
            cell = find_cell(document.tables_by_key[role], row, column)
            bar = Bar.of_cell(cell, f"{document.year}年", href=address + fragment(cell.at))
            change = show_difference(bar.value - bars[-1].value) if bars else ""
            bars.append(replace(bar, beside=(change,)))
        table = years[-1][0].tables_by_key[role]
        source = f"各年{table.label} {table.title}"
        charts.append(
            BarChart(key=key, title=title, source=source, heads=YEARS, bars=bars, table=role)
        )
    return charts


def find_cell(table: Table, row: str, column: str) -> Cell:
    """A year's cell; an empty table has none, which is nothing budgeted in the column's scope."""
    if cell := table.cell(row, column):
        return cell
    (scope,) = (each.scope for each in table.columns if each.key == column)
    return Cell(kind="amount", at=table.key, scope=scope)


# More bars than these nobody compares; what is left over becomes one bar.
MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """One part of a whole: its name, its yuan, and the page that shows where it comes from."""

    label: str
    yuan: Decimal
    href: str


def draw_whole(
    parts: Sequence[Portion],
    *,
    key: str,
    title: str,
    source: str,
    scope: str,
    rest: str,
    href: str,
) -> BarChart | None:
    """Parts of one scope from the largest down, the smallest together; None where all are zero.

    `rest` is the name of the bar of what is left over, with `{count}`; `href` leads to all.
    """
    parts = sorted((part for part in parts if part.yuan), key=lambda part: -part.yuan)
    total = to_wan(sum((part.yuan for part in parts), ZERO))
    # A single one left over stands for itself.
    if len(parts) > MOST + 1:
        others = parts[MOST:]
        yuan = sum((part.yuan for part in others), ZERO)
        left = Portion(label=rest.format(count=len(others)), yuan=yuan, href=href)
        parts = [*parts[:MOST], left]
    bars = [
        Bar.of_yuan(
            part.yuan,
            label=part.label,
            scope=scope,
            href=part.href,
            beside=(share(to_wan(part.yuan), total),),
        )
        for part in parts
    ]
    if not bars:
        return None
    return BarChart(key=key, title=title, source=source, heads=SHARES, bars=bars)
