"""The performance tables: one for the department as a whole, one for each project."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from budgets.domain.document import Cell, LeafColumn, Row, Table
from budgets.domain.facts import Side
from budgets.domain.filing import Filing, Indicator, ProjectPlan
from budgets.domain.money import show_wan
from budgets.domain.tables.slices import ledger_facts

Columns = Sequence[tuple[str, str, int]]


def leaf_columns(columns: Columns) -> tuple[LeafColumn, ...]:
    """The columns of a performance table, all of them text."""
    return tuple(
        LeafColumn(key=key, label=label, kind="text", width=width) for key, label, width in columns
    )


def row(key: str, *cells: Cell) -> Row:
    """A row without a level."""
    return Row(key=key, cells=cells)


def head(text: str, colspan: int, rowspan: int = 1) -> Cell:
    """A cell that names what stands beside or below it."""
    return Cell(kind="head", text=text, colspan=colspan, rowspan=rowspan)


def text(text: str, colspan: int, rowspan: int = 1) -> Cell:
    """A cell of the department's words; line breaks are kept."""
    return Cell(kind="text", text=text, colspan=colspan, rowspan=rowspan)


def money(key: str, row: str, column: str, yuan: Decimal, colspan: int, scope: str) -> Cell:
    """An amount in yuan with its address; nothing reads 0.00 here, as published tables do."""
    return Cell(
        kind="amount",
        text=show_wan(yuan),
        colspan=colspan,
        at=f"{key}.{row}.{column}",
        row=row,
        column=column,
        scope=scope,
        yuan=yuan,
    )


# A merged cell must not cross a page: taller runs are parted, and the merged text is repeated.
TALLEST_GROUP = 36
Numbered = tuple[int, Indicator]


def indicator_groups(
    indicators: Sequence[Indicator], columns: Columns, *, merged: int
) -> list[tuple[Row, ...]]:
    """The indicators' own header row, then groups of rows with the same 一级 merged.

    `merged` is how many of the leading columns merge: 1 for 一级 alone, 2 for 二级 too.
    """
    names = row("indicators", *(head(label, 1) for _, label, _ in columns))
    numbered = list(enumerate(indicators, start=1))
    groups = [
        _merged(part, columns, merged)
        for _, run in groupby(numbered, key=lambda pair: pair[1].level1)
        for part in _parted(list(run), columns)
    ]
    if not groups:
        return [(names,)]
    return [(names, *groups[0]), *groups[1:]]


def _parted(run: list[Numbered], columns: Columns) -> list[list[Numbered]]:
    """Runs of at most `TALLEST_GROUP` printed lines, so that a group fits a page."""
    parts: list[list[Numbered]] = [[]]
    height = 0
    for pair in run:
        lines = _printed_lines(pair[1], columns)
        if parts[-1] and height + lines > TALLEST_GROUP:
            parts.append([])
            height = 0
        parts[-1].append(pair)
        height += lines
    return parts


def _printed_lines(indicator: Indicator, columns: Columns) -> int:
    """How many lines the row takes when a column of width w holds about w / 2 characters."""
    return max(-(-2 * len(_shown(indicator, key)) // width) for key, _, width in columns[2:]) or 1


def _shown(indicator: Indicator, key: str) -> str:
    if key == "value":
        return str(indicator.goal)
    if key == "weight":
        return "" if indicator.weight is None else f"{indicator.weight.normalize():f}"
    return str(getattr(indicator, key))


def _merged(run: list[Numbered], columns: Columns, merged: int) -> tuple[Row, ...]:
    rows: list[Row] = []
    for part in _same_level2(run, merged):
        for place, (number, indicator) in enumerate(part):
            leads = [head(indicator.level1, 1, rowspan=len(run))] if not rows else []
            leads += [head(indicator.level2, 1, rowspan=len(part))] if place == 0 else []
            cells = [text(_shown(indicator, key), 1) for key, _, _ in columns[2:]]
            rows.append(row(f"i{number}", *leads, *cells))
    return tuple(rows)


def _same_level2(run: list[Numbered], merged: int) -> list[list[Numbered]]:
    """The rows that share one cell of 二级."""
    if merged == 1:
        return [[pair] for pair in run]
    return [list(part) for _, part in groupby(run, key=lambda pair: pair[1].level2)]


OVERALL_COLUMNS = (
    ("level1", "一级指标", 9),
    ("level2", "二级指标", 11),
    ("level3", "三级指标", 22),
    ("value", "指标值", 12),
    ("basis", "指标设定依据", 13),
    ("weight", "分值权重", 9),
)
PROJECT_COLUMNS = (
    ("level1", "一级指标", 7),
    ("level2", "二级指标", 7),
    ("level3", "三级指标", 18),
    ("value", "指标值", 11),
    ("basis", "指标值设置依据", 11),
    ("last_value", "上年完成值", 10),
    ("weight", "指标分值权重", 8),
    ("scoring", "指标赋分规则", 12),
    ("evidence", "佐证资料", 9),
)

Money = tuple[Decimal, Decimal]
NOTHING: Money = (Decimal("0.00"), Decimal("0.00"))


def build_performance(filing: Filing, tables: Mapping[str, Table]) -> dict[str, Table]:
    """`P0` for the whole, then `P1`, `P2`, … for the projects as they are listed."""
    money = sum_projects(filing)
    projects = [
        _project(f"P{number}", plan, filing, money.get((plan.unit, plan.name), NOTHING))
        for number, plan in enumerate(list_projects(filing), start=1)
    ]
    overall = _overall(filing, tables["T1"])
    return {grid.key: grid for grid in (overall, *projects)}


def list_projects(filing: Filing) -> list[ProjectPlan]:
    """The projects that the document tells of, in the filing's order.

    Those whose money only moves between a department and its units are told by the unit alone.
    """
    if not filing.units:
        return list(filing.projects)
    moving = {(fact.unit, fact.project) for fact in filing.facts if fact.internal}
    left_out = moving - sum_projects(filing).keys()
    return [plan for plan in filing.projects if (plan.unit, plan.name) not in left_out]


def sum_projects(filing: Filing) -> dict[tuple[str, str], Money]:
    """(财政拨款, 其他资金) in yuan by (unit, project), from the facts that carry its name."""
    money: dict[tuple[str, str], Money] = {}
    for fact in ledger_facts(filing):
        if fact.side is Side.EXPENDITURE and fact.function and fact.project:
            key = (fact.unit, fact.project)
            fiscal, other = money.get(key, NOTHING)
            if fact.fund.is_fiscal:
                money[key] = (fiscal + fact.amount, other)
            else:
                money[key] = (fiscal, other + fact.amount)
    return money


def _overall(filing: Filing, whole: Table) -> Table:
    target, name = filing.overall, filing.department.name
    contact = (
        head("部门联系人", 2),
        text(target.contact, 1),
        head("联系电话", 1),
        text(target.phone, 2),
    )
    top = (
        row("department", head("部门名称（盖章）", 2), text(name, 4)),
        row("contact", *contact),
        row("goal", head("年度绩效目标", 2), text(target.goal, 4)),
    )
    indicators = indicator_groups(target.indicators, OVERALL_COLUMNS, merged=1)
    groups = (top, _overall_funds(filing, whole), *indicators)
    return _grid("P0", "部门整体绩效目标表", filing, OVERALL_COLUMNS, groups)


def _grid(
    key: str, title: str, filing: Filing, columns: Columns, groups: tuple[tuple[Row, ...], ...]
) -> Table:
    return Table(
        key=key,
        title=title,
        subtitle=f"（{filing.year}年）",
        department=filing.department.name,
        scope="全口径",
        columns=leaf_columns(columns),
        head=(),
        groups=groups,
    )


def _overall_funds(filing: Filing, whole: Table) -> tuple[Row, ...]:
    def income(*rows: str) -> Decimal:
        return sum((whole.yuan(row, "income") for row in rows), Decimal("0.00"))

    superior = income("general_transfer", "government_fund_transfer", "state_capital_transfer")
    fiscal = income("general", "government_fund", "state_capital", "carryover_fiscal")
    other = income("special_account", "unit_funds", "carryover_other")
    heads = (head("资金来源", 3), head("资金总额（万元）", 2))
    fiscal_head = head("财政资金（万元）", 1, rowspan=2)
    return (
        row("funds", head("年度预算（万元）", 1, rowspan=4), *heads),
        row("superior", fiscal_head, *_origin("superior", "上级安排", superior, "财政拨款")),
        row("own", *_origin("own", "本级安排", fiscal - superior, "财政拨款")),
        row("other", head("其他资金（万元）", 1), *_origin("other", "其他", other, "非财政拨款")),
    )


def _origin(key: str, label: str, yuan: Decimal, scope: str) -> tuple[Cell, Cell]:
    return text(label, 2), money("P0", key, "amount", yuan, 2, scope)


def _project(key: str, plan: ProjectPlan, filing: Filing, funds: Money) -> Table:
    indicators = indicator_groups(plan.indicators, PROJECT_COLUMNS, merged=2)
    groups = (_project_top(key, plan, filing, funds), *indicators)
    return _grid(key, "项目支出绩效目标表", filing, PROJECT_COLUMNS, groups)


def _project_top(key: str, plan: ProjectPlan, filing: Filing, funds: Money) -> tuple[Row, ...]:
    names = {unit.code: unit.name for unit in (filing.department, *filing.units)}
    fiscal, other = funds
    name = (head("项目名称", 2), text(plan.name, 3))
    leader = (head("项目负责人", 2), text(plan.leader, 2))
    return (
        row("unit", head("预算单位", 2), text(names.get(plan.unit, plan.unit), 7)),
        row("project", *name, *leader),
        row(
            "funds",
            head("项目资金（万元）", 2),
            head("年度预算总额", 1),
            money(key, "funds", "total", fiscal + other, 1, "全口径"),
            head("其中：财政拨款", 1),
            money(key, "funds", "fiscal", fiscal, 1, "财政拨款"),
            head("其他资金", 1),
            money(key, "funds", "other", other, 2, "非财政拨款"),
        ),
        row("goal", head("项目总体目标", 2), text(plan.goal, 7)),
    )
