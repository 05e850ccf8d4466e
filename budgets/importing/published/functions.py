"""Function facts: what each item is paid from (Table 2) set against what it is spent on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgets.domain.facts import Family, Fund, Nature
from budgets.domain.problems import Severity
from budgets.domain.tables.form import Role
from budgets.importing.published.carryover import SPLIT_COLUMNS, Carried
from budgets.importing.published.sources import Sources
from budgets.importing.published.tables import (
    FUNDS,
    ZERO,
    Derived,
    Key,
    ReadFigure,
    ReadRow,
    ReadTable,
    ReadTables,
    list_held,
    make_claim,
    move_amount,
    report_undetermined,
    spell_yuan,
    split_figures,
    sum_figures,
    tolerance,
)
from budgets.importing.published.verification import compare_figures, find_sum_gaps, group_below

WHOLE_COLUMNS = {Nature.BASIC: "basic", Nature.PROJECT: "project"}
# The tables of one budget: its funds, and its columns by what they are spent on.
BUDGETS = (
    (Role.GENERAL, FUNDS[Family.GENERAL], WHOLE_COLUMNS),
    (Role.GOVERNMENT_FUND, FUNDS[Family.GOVERNMENT_FUND], SPLIT_COLUMNS),
    (Role.STATE_CAPITAL, FUNDS[Family.STATE_CAPITAL], SPLIT_COLUMNS),
)
OTHERS = (*FUNDS[Family.SPECIAL_ACCOUNT], *FUNDS[Family.UNIT_FUNDS])
ITEM_TABLES = (Role.INCOME, Role.SPENDING, *(role for role, _, _ in BUDGETS))


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of Table 3's figure of a nature; up to `crumb` may be left by rounding alone."""

    nature: Nature
    figure: ReadFigure
    crumb: Decimal

    @property
    def yuan(self) -> Decimal:
        return self.figure.yuan


def derive_functions(tables: ReadTables, sources: Sources, carried: Carried) -> Derived:
    """The facts of every item; project money of the general budget is left to Table 7."""
    derived = Derived()
    is_rounded = any(
        True for role in (*ITEM_TABLES, Role.CARRYOVER) for _ in find_sum_gaps(tables[role])
    )
    for code in sources.by_code:
        for role, funds, columns in BUDGETS:
            table = tables[role]
            spent = {nature: table.figure(code, column) for nature, column in columns.items()}
            paid = sources.of(code, *funds)
            derived.extend(join_item(code, table.entry(code), paid, list_held(spent)))
        if code not in sources.unclear and code not in carried.unclear:
            derived.extend(derive_others(tables, sources, carried, code, is_rounded))
    return derived


def derive_others(
    tables: ReadTables, sources: Sources, carried: Carried, code: str, is_rounded: bool
) -> Derived:
    """The special account's and the unit's own money: what the three budgets leave of Table 3.

    Where every sum of the function tables comes out exactly, figures are taken at their word;
    where some are rounded, small remainders may be no money at all. Money so small that nothing is
    found is of what has most left.
    """
    paid, entry = sources.of(code, *OTHERS), tables[Role.SPENDING].entry(code)
    natures = [n for n, column in WHOLE_COLUMNS.items() if paid and column in entry.figures]
    left = [find_rest(tables, carried, code, nature) for nature in natures]
    found = [rest for rest in left if rest.yuan > (rest.crumb if is_rounded else ZERO)]
    if not found and left:
        most = max(left, key=lambda rest: (rest.yuan, rest.nature is Nature.BASIC))
        found = [replace(most, figure=move_amount(most.figure, sum_figures(paid.values())))]
    return join_item(code, entry, paid, {rest.nature: rest.figure for rest in found})


def find_rest(tables: ReadTables, carried: Carried, code: str, nature: Nature) -> Rest:
    """Table 3's figure of a nature less what this year's budgets and last year's money spend."""
    whole = tables[Role.SPENDING].figure(code, WHOLE_COLUMNS[nature])
    parts = [
        tables[role].figure(code, column)
        for role, _, columns in BUDGETS
        for known, column in columns.items()
        if (known is Nature.PROJECT) is (nature is Nature.PROJECT)
    ]
    taken = [*(part for part in parts if part.yuan), *carried.spent(code, nature)]
    left = move_amount(whole, whole.yuan - sum_figures(taken))
    return Rest(nature, left, tolerance(len(taken), whole.grain) if taken else ZERO)


def join_item(
    code: str,
    entry: ReadRow,
    paid: Mapping[Fund, ReadFigure],
    spent: Mapping[Nature, ReadFigure],
) -> Derived:
    """Facts of one item from one budget's funds and natures."""
    parts = split_figures(paid, spent)
    derived = Derived()
    if parts is None:
        funds = "、".join(fund.label for fund in paid)
        natures = "、".join(nature.label for nature in spent)
        what = f"{code} 有{funds}，用于{natures}，每种资金各用多少"
        figures = list(spent.values())
        derived.problems.append(report_undetermined(figures, code, what, "资金来源、支出性质"))
        return derived
    for fund, nature, figure in parts:
        made = make_claim(figure, fund=fund, nature=nature, entry=entry, function=code)
        (derived.nameless if nature is Nature.PROJECT else derived.claims).append(made)
    return derived


def derive_residues(tables: ReadTables) -> Derived:
    """A fact for each residue that Table 2 and the budget's own table both show.

    A residue is what a class or section is printed with beyond the codes below it. Only basic and
    split expenditure: project money above the items would need a project.
    """
    derived = Derived()
    income = tables[Role.INCOME]
    below_income = group_below(income.entries)
    for role, funds, natures in BUDGETS:
        table = tables[role]
        below = group_below(table.entries)
        for code in [*table.codes(3), *table.codes(5)]:
            paid = find_residues(
                income, code, below_income.get(code, ()), {fund: fund for fund in funds}
            )
            spent = find_residues(table, code, below.get(code, ()), natures)
            if not len(paid) == len(spent) == 1:
                continue
            ((fund, stated),), ((nature, figure),) = paid.items(), spent.items()
            if stated.yuan == figure.yuan and nature is not Nature.PROJECT:
                entry = table.entry(code)
                derived.claims.append(
                    make_claim(figure, fund=fund, nature=nature, entry=entry, function=code)
                )
                gap = spell_yuan(figure.yuan)
                message = f"{code} 的合计与它下面各科目之和相差 {gap}，在四舍五入的范围内。"
                advice = "不需要处理；差额作为尾差保存，公开时注明。"
                derived.problems.append(figure.complain(message, advice, Severity.HINT))
    return derived


def find_residues(
    table: ReadTable, code: str, below: Sequence[ReadRow], columns: Mapping[Key, str]
) -> dict[Key, ReadFigure]:
    """By column, what a code's figure is more, or less, than those of the codes below it."""
    residues: dict[Key, ReadFigure] = {}
    for key, column in columns.items():
        whole = table.figure(code, column)
        parts = [row.figures[column] for row in below if column in row.figures]
        gap = compare_figures([whole], parts) if whole.ref and parts else None
        if gap and gap.is_rounding:
            residues[key] = move_amount(whole, gap.yuan)
    return residues
