"""The performance tables: one for the department as a whole, one for each project."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from budgets.domain.document import Cell, LeafColumn, Row, Table
from budgets.domain.facts import Side
from budgets.domain.filing import Filing, Indicator, ProjectPlan
from budgets.domain.money import ZERO, show_wan
from budgets.domain.tables.form import Role, ledger_facts

# Key, label and width of a column.
Columns = Sequence[tuple[str, str, int]]
OVERALL_COLUMNS: Columns = (
    ("level1", "一级指标", 9),
    ("level2", "二级指标", 11),
    ("level3", "三级指标", 22),
    ("value", "指标值", 12),
    ("basis", "指标设定依据", 13),
    ("weight", "分值权重", 9),
)
PROJECT_COLUMNS: Columns = (
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
# A merged cell must not cross a page: taller runs are parted, and the merged text is repeated.
TALLEST_GROUP = 36
OVERALL = "P0"

Money = tuple[Decimal, Decimal]
NOTHING: Money = (ZERO, ZERO)
Rows = tuple[Row, ...]
Numbered = tuple[int, Indicator]


def build_performance(filing: Filing, tables: Mapping[str, Table]) -> dict[str, Table]:
    """`P0` for the whole, then `P1`, `P2`, … for the projects as they are listed."""
    funds = sum_projects(filing)
    projects = [
        _project(f"P{number}", plan, filing, funds.get((plan.unit, plan.name), NOTHING))
        for number, plan in enumerate(list_projects(filing), start=1)
    ]
    overall = _overall(filing, tables[Role.WHOLE])
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


def list_project_tables(tables: Mapping[str, Table]) -> list[Table]:
    return [grid for key, grid in tables.items() if key.startswith("P") and key != OVERALL]


def _overall(filing: Filing, whole: Table) -> Table:
    target, name = filing.overall, filing.department.name
    contact = (_head("部门联系人", 2), _text(target.contact, 1))
    phone = (_head("联系电话", 1), _text(target.phone, 2))
    top = (
        _row("department", _head("部门名称（盖章）", 2), _text(name, 4)),
        _row("contact", *contact, *phone),
        _row("goal", _head("年度绩效目标", 2), _text(target.goal, 4)),
    )
    indicators = _indicators(target.indicators, OVERALL_COLUMNS, merged=1)
    groups = (top, _overall_funds(whole), *indicators)
    return _table(OVERALL, "部门整体绩效目标表", filing, OVERALL_COLUMNS, groups)


def _overall_funds(whole: Table) -> Rows:
    def income(*rows: str) -> Decimal:
        return sum((whole.yuan(row, "income") for row in rows), ZERO)

    def origin(key: str, label: str, yuan: Decimal, scope: str) -> tuple[Cell, Cell]:
        return _text(label, 2), _amount(OVERALL, key, "amount", yuan, 2, scope)

    superior = income("general_transfer", "government_fund_transfer", "state_capital_transfer")
    fiscal = income("general", "government_fund", "state_capital", "carryover_fiscal")
    other = income("special_account", "unit_funds", "carryover_other")
    heads = (_head("资金来源", 3), _head("资金总额（万元）", 2))
    fiscal_head = _head("财政资金（万元）", 1, rowspan=2)
    return (
        _row("funds", _head("年度预算（万元）", 1, rowspan=4), *heads),
        _row("superior", fiscal_head, *origin("superior", "上级安排", superior, "财政拨款")),
        _row("own", *origin("own", "本级安排", fiscal - superior, "财政拨款")),
        _row("other", _head("其他资金（万元）", 1), *origin("other", "其他", other, "非财政拨款")),
    )


def _project(key: str, plan: ProjectPlan, filing: Filing, money: Money) -> Table:
    names = {unit.code: unit.name for unit in (filing.department, *filing.units)}
    fiscal, other = money
    name = (_head("项目名称", 2), _text(plan.name, 3))
    leader = (_head("项目负责人", 2), _text(plan.leader, 2))
    top = (
        _row("unit", _head("预算单位", 2), _text(names.get(plan.unit, plan.unit), 7)),
        _row("project", *name, *leader),
        _row(
            "funds",
            _head("项目资金（万元）", 2),
            _head("年度预算总额", 1),
            _amount(key, "funds", "total", fiscal + other, 1, "全口径"),
            _head("其中：财政拨款", 1),
            _amount(key, "funds", "fiscal", fiscal, 1, "财政拨款"),
            _head("其他资金", 1),
            _amount(key, "funds", "other", other, 2, "非财政拨款"),
        ),
        _row("goal", _head("项目总体目标", 2), _text(plan.goal, 7)),
    )
    indicators = _indicators(plan.indicators, PROJECT_COLUMNS, merged=2)
    return _table(key, "项目支出绩效目标表", filing, PROJECT_COLUMNS, (top, *indicators))


def _table(
    key: str, title: str, filing: Filing, columns: Columns, groups: tuple[Rows, ...]
) -> Table:
    return Table(
        key=key,
        title=title,
        subtitle=f"（{filing.year}年）",
        department=filing.department.name,
        scope="全口径",
        columns=tuple(
            LeafColumn(key=column, label=label, kind="text", width=width)
            for column, label, width in columns
        ),
        head=(),
        groups=groups,
    )


def _row(key: str, *cells: Cell) -> Row:
    return Row(key=key, cells=cells)


def _head(text: str, colspan: int, rowspan: int = 1) -> Cell:
    return Cell(kind="head", text=text, colspan=colspan, rowspan=rowspan)


def _text(text: str, colspan: int) -> Cell:
    """A cell of the department's words; line breaks are kept."""
    return Cell(kind="text", text=text, colspan=colspan)


def _amount(table: str, row: str, column: str, yuan: Decimal, colspan: int, scope: str) -> Cell:
    """An amount in yuan with its address; nothing reads 0.00 here, as published tables do."""
    return Cell(
        kind="amount",
        text=show_wan(yuan),
        colspan=colspan,
        at=f"{table}.{row}.{column}",
        row=row,
        column=column,
        scope=scope,
        yuan=yuan,
    )


def _indicators(indicators: Sequence[Indicator], columns: Columns, *, merged: int) -> list[Rows]:
    """The indicators' own header row, then groups of rows with the same 一级 merged.

    `merged` is how many of the leading columns merge: 1 for 一级 alone, 2 for 二级 too.
    """
    names = _row("indicators", *(_head(label, 1) for _, label, _ in columns))
    numbered = list(enumerate(indicators, start=1))
    groups = [
        _merge_levels(part, columns, merged)
        for _, run in groupby(numbered, key=lambda pair: pair[1].level1)
        for part in _split_run(run, columns)
    ]
    if not groups:
        return [(names,)]
    return [(names, *groups[0]), *groups[1:]]


def _split_run(run: Iterable[Numbered], columns: Columns) -> list[list[Numbered]]:
    """Runs of at most `TALLEST_GROUP` printed lines, so that a group fits a page."""
    parts: list[list[Numbered]] = [[]]
    height = 0
    for number, indicator in run:
        # A column of width w holds about w / 2 characters a line.
        sizes = ((2 * len(_shown(indicator, key)), width) for key, _, width in columns[2:])
        lines = max(-(-length // width) for length, width in sizes) or 1
        if parts[-1] and height + lines > TALLEST_GROUP:
            parts.append([])
            height = 0
        parts[-1].append((number, indicator))
        height += lines
    return parts


def _merge_levels(run: list[Numbered], columns: Columns, merged: int) -> Rows:
    rows: list[Row] = []
    for _, same in groupby(run, key=lambda pair: pair[1].level2 if merged == 2 else pair[0]):
        part = list(same)
        for place, (number, indicator) in enumerate(part):
            leads = [_head(indicator.level1, 1, rowspan=len(run))] if not rows else []
            leads += [_head(indicator.level2, 1, rowspan=len(part))] if place == 0 else []
            cells = [_text(_shown(indicator, key), 1) for key, _, _ in columns[2:]]
            rows.append(_row(f"i{number}", *leads, *cells))
    return tuple(rows)


def _shown(indicator: Indicator, key: str) -> str:
    if key == "value":
        return str(indicator.goal)
    if key == "weight":
        return "" if indicator.weight is None else f"{indicator.weight.normalize():f}"
    return str(getattr(indicator, key))
