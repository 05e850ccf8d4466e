"""What must add up: a table inside itself, the tables with each other, the facts behind them.

Totals agree to the cent. Where published figures were rounded, the residue is a fact of its own
(on a class code), which makes the totals close and is explained below its table. Only the two
classifications, when given apart, may differ inside the envelope.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from budgets.domain.checks.case import (
    DETAILED,
    FORMS,
    UNCHECKED,
    Case,
    Check,
    Outcome,
    compare_side,
    compare_sums,
    count_rounded,
    leave_out_passed,
)
from budgets.domain.document import Compared, Table
from budgets.domain.facts import Fact, Family, Fund, Nature, Side
from budgets.domain.money import ZERO
from budgets.domain.sets import Each, Identity, TableSet, split_term
from budgets.domain.tables.form import TOTAL, Role, RowKind

SPLIT_ADVICE = "请把支出明细里的“基本支出”分为人员经费和公用经费。"
ADVICE: Mapping[str, str] = {
    Role.BASIC: SPLIT_ADVICE,
    Role.GOVERNMENT_FUND: SPLIT_ADVICE,
    Role.STATE_CAPITAL: SPLIT_ADVICE,
    Role.CARRYOVER: SPLIT_ADVICE,
    Role.PROJECTS: "一般公共预算项目支出的每一行都要填经济分类（至少到类）。",
}
FUND_ADVICE = "请核对支出明细每一行的资金来源和支出性质。"
LEVEL_ADVICE = (
    "类级、款级科目上只能填四舍五入形成的尾差，请把金额填到项级（经济分类填到款级）科目。"
)
LOOK_AT_LINES = (
    "请核对收入和支出明细，改正后重新导入；"
    "如果是以万元取数形成的尾差，请在支出明细的类级科目上填一行尾差（可为负数）。"
)
LOOK_AT_BOTH = "功能科目和经济科目分别填报时，两边的基本支出应当相等；请核对两类明细。"
UNIT_FUNDS = tuple(
    fund for fund in Fund if fund.family is Family.UNIT_FUNDS and not fund.is_carryover
)


def add_across(case: Case) -> list[Outcome]:
    """In every row of every table the columns make up their total."""
    return leave_out_passed(
        outcome for grid in case.grids.values() for outcome in _across(case, grid)
    )


def _across(case: Case, grid: Table) -> Iterator[Outcome]:
    """The gaps of one table; a row above one with a gap only repeats it and is left out."""
    rows: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for cell in grid.amounts() if grid.sums else ():
        rows[cell.row][cell.column] = cell.yuan or ZERO
    gaps = [
        (key, whole, added)
        for key, row in rows.items()
        for whole, parts in grid.sums
        if whole in row and row[whole] != (added := sum((row[part] for part in parts), ZERO))
    ]
    open_rows = {key for key, _, _ in gaps}
    for key, whole, added in gaps:
        if not any(key == TOTAL or row.startswith(key) for row in open_rows - {key}):
            at = f"{grid.key}.{key}.{whole}"
            left = compare_side(label=case.name_cell(at), yuan=rows[key][whole], at=at)
            added_up = compare_side(label="各列之和", yuan=added)
            yield compare_sums(left, added_up, 0, ADVICE.get(grid.key, FUND_ADVICE))


def add_down(case: Case) -> list[Outcome]:
    """Items make up their section, and sections their class, up to a rounding residue."""
    # What an item is paid from is held against what it is spent on, row by row.
    forms = [
        form
        for form in case.table_set.forms
        if form.blocks[0].rows.kind in (RowKind.FUNCTION, RowKind.ECONOMIC)
        and form.role is not Role.INCOME
    ]
    outcomes = []
    for form in forms:
        grid, lowest = case.grids[form.key], max(form.blocks[0].rows.levels)
        cells = [cell for row in grid.rows(1, 2, 3) for cell in row.cells if cell.column == TOTAL]
        amounts = {cell.row: cell.yuan or ZERO for cell in cells}
        parts = defaultdict(list)
        for code, amount in amounts.items():
            parts[code[:-2]].append(amount)
        for code, amount in amounts.items():
            added = sum(parts[code], ZERO)
            if len(code) < lowest and amount != added:
                at, rounded = f"{grid.key}.{code}.{TOTAL}", count_rounded(parts[code], amount)
                whole = compare_side(label=case.name_cell(at), yuan=amount, at=at)
                listed = compare_side(label="所列明细之和", yuan=added)
                outcomes.append(compare_sums(whole, listed, rounded, LEVEL_ADVICE))
    return outcomes


def list_identity_checks(table_set: TableSet, *, by_row: bool) -> list[Check]:
    """The named identities (勾稽关系) as checks: those of totals, or those that hold `by_row`."""
    return [
        Check(
            each.id,
            each.title,
            f"{each.left_label} = {each.right_label}",
            partial(_compare_rows if by_row else _compare_totals, each),
            source=DETAILED if each.apart else FORMS,
            mended_at="expenditure",
        )
        for each in table_set.identities
        if each.id and (each.each is not None) is by_row
    ]


def _compare_totals(identity: Identity, case: Case) -> list[Outcome]:
    left = _add_cells(case, identity.left, identity.left_label)
    right = _add_cells(case, identity.right, identity.right_label)
    if identity.apart is None:
        return [compare_sums(left, right, 0, LOOK_AT_LINES)]
    apart = [fact.amount for fact in case.facts if identity.apart.holds(fact) and _is_apart(fact)]
    return [compare_sums(left, right, count_rounded(apart), LOOK_AT_BOTH)]


def _add_cells(case: Case, terms: Sequence[str], label: str) -> Compared:
    """One side of an identity; a term with a minus is taken away."""
    total = ZERO
    for term in terms:
        yuan = case.writer.yuan(term.removeprefix("-"))
        total += -yuan if term.startswith("-") else yuan
    return compare_side(label=label, yuan=total, at=terms[0] if len(terms) == 1 else "")


def _is_apart(fact: Fact) -> bool:
    """A full detail line stands on both sides; only facts given apart were rounded apart."""
    return bool(fact.function) != bool(fact.economic)


def _compare_rows(identity: Identity, case: Case) -> list[Outcome]:
    """Every code's row of one table's column equals the same row of another's."""
    cells = [split_term(term) for term in (*identity.left, *identity.right)]
    codes = {
        cell.row
        for table, _, column in cells
        for cell in case.grids[table].amounts()
        if cell.column == column and cell.row.isdigit()
    }
    if identity.each is Each.CLASS:
        codes = {code for code in codes if len(code) == 3}
    outcomes = []
    for code in sorted(codes):
        ends = [f"{table}.{code}.{column}" for table, _, column in cells]
        left, right = map(case.writer.yuan, ends)
        if left != right:
            one, other = (compare_side(case.name_cell(at), case.writer.yuan(at), at) for at in ends)
            outcomes.append(compare_sums(one, other, 0, LOOK_AT_LINES))
    return outcomes


def balance_funds(case: Case) -> list[Outcome]:
    """Income equals expenditure, fund by fund.

    Where money between a department and its units is left out, what the department received as
    one kind of unit funds is spent by the unit as another: those balance together.
    """
    together = any(fact.internal for fact in case.filing.facts) and bool(case.filing.units)
    groups = [[fund] for fund in Fund if not (together and fund in UNIT_FUNDS)]
    if together:
        groups.append([*UNIT_FUNDS])
    return leave_out_passed(
        _compare_sides(
            funds[0].label if len(funds) == 1 else funds[0].family.label,
            [fact for fact in case.facts if fact.fund in funds],
        )
        for funds in groups
    )


def cancel_internal(case: Case) -> list[Outcome]:
    """What one unit gives to another, the other receives; a unit alone sees one side only."""
    internal = [fact for fact in case.filing.facts if fact.internal]
    if internal and not case.filing.units:
        return [UNCHECKED]
    return leave_out_passed([_compare_sides("各单位内部往来", internal)])


def _compare_sides(name: str, facts: Sequence[Fact]) -> Outcome:
    income = [fact for fact in facts if fact.side is Side.INCOME]
    spent = [fact for fact in facts if fact.side is Side.EXPENDITURE and fact.function]
    return _compare_facts((f"{name}收入", income), (f"{name}支出", spent))


def _compare_facts(*named: tuple[str, Sequence[Fact]], rounded: int = 0) -> Outcome:
    left, right = (
        compare_side(label=label, yuan=sum((fact.amount for fact in facts), ZERO))
        for label, facts in named
    )
    return compare_sums(left, right, rounded, LOOK_AT_LINES)


def match_classifications(case: Case) -> list[Outcome]:
    """By function and by economic code the same money, for every fund and nature that has both."""
    by_key: dict[tuple[Fund, bool], list[Fact]] = defaultdict(list)
    for fact in case.facts:
        if fact.side is Side.EXPENDITURE:
            by_key[fact.fund, fact.is_basic].append(fact)
    compared = [own for own in by_key.values() if any(fact.economic for fact in own)]
    if not compared:
        return [UNCHECKED]
    return leave_out_passed(outcome for own in compared for outcome in _classifications(own))


def _classifications(own: Sequence[Fact]) -> Iterator[Outcome]:
    natures = {fact.nature for fact in own if fact.nature}
    groups = {nature.label: [f for f in own if f.nature is nature] for nature in sorted(natures)}
    for name, group in ({"基本支出": own} if Nature.BASIC in natures else groups).items():
        label = f"{group[0].fund.label}{name}"
        yield _compare_facts(
            (f"{label}按功能分类", [fact for fact in group if fact.function]),
            (f"{label}按经济分类", [fact for fact in group if fact.economic]),
            rounded=count_rounded([fact.amount for fact in group if _is_apart(fact)]),
        )
