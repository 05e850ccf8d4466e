"""Function facts: what each item is paid from (Table 2) set against what it is spent on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgets.domain.facts import Fund, Nature
from budgets.domain.tables.form import Role
from budgets.importing.published.carryover import Carried
from budgets.importing.published.sources import Sources
from budgets.importing.published.tables import (
    ZERO,
    Derived,
    ReadFigure,
    ReadRow,
    ReadTables,
    amount_of,
    list_held,
    make_claim,
    split_figures,
    sum_figures,
    tolerance,
    undetermined,
)
from budgets.importing.published.verification import find_sum_gaps

FUNCTION_HOW = "资金来源、支出性质"
# The tables of one budget: its funds, and its columns by what they are spent on.
BUDGETS = (
    (
        Role.GENERAL,
        (Fund.GENERAL_OWN, Fund.GENERAL_TRANSFER),
        {Nature.BASIC: "basic", Nature.PROJECT: "project"},
    ),
    (
        Role.GOVERNMENT_FUND,
        (Fund.GOVERNMENT_FUND_OWN, Fund.GOVERNMENT_FUND_TRANSFER),
        {
            Nature.PERSONNEL: "personnel",
            Nature.OPERATING: "operating",
            Nature.PROJECT: "project",
        },
    ),
    (
        Role.STATE_CAPITAL,
        (Fund.STATE_CAPITAL_OWN, Fund.STATE_CAPITAL_TRANSFER),
        {
            Nature.PERSONNEL: "personnel",
            Nature.OPERATING: "operating",
            Nature.PROJECT: "project",
        },
    ),
)
OTHERS = (
    Fund.SPECIAL_ACCOUNT,
    Fund.BUSINESS_INCOME,
    Fund.SUPERIOR_SUBSIDY,
    Fund.SUBORDINATE_REMITTANCE,
    Fund.OPERATING_INCOME,
    Fund.OTHER_INCOME,
)
FUNCTION_TABLES = (
    Role.INCOME,
    Role.SPENDING,
    Role.GENERAL,
    Role.GOVERNMENT_FUND,
    Role.STATE_CAPITAL,
    Role.CARRYOVER,
)
WHOLE_COLUMNS = {Nature.BASIC: "basic", Nature.PROJECT: "project"}


def derive_functions(tables: ReadTables, sources: Sources, carried: Carried) -> Derived:
    """The facts of every item; project money of the general budget is left to Table 7."""
    derived = Derived()
    is_rounded = any(True for key in FUNCTION_TABLES for _ in find_sum_gaps(tables[key]))
    for code in sources.by_code:
        for key, funds, columns in BUDGETS:
            spent = {n: tables[key].figure(code, column) for n, column in columns.items()}
            rows = sources.of(code, *funds)
            derived.take(join_item(code, tables[key].entry(code), rows, list_held(spent)))
        if code not in sources.unclear and code not in carried.unclear:
            derived.take(derive_others(tables, sources, carried, code, is_rounded))
    return derived


def derive_others(
    tables: ReadTables, sources: Sources, carried: Carried, code: str, is_rounded: bool
) -> Derived:
    """The special account's and the unit's own money: what the three budgets leave of Table 3.

    Where every sum of the function tables comes out exactly, figures are taken at their word;
    where some are rounded, small remainders may be no money at all.
    """
    rows, entry = sources.of(code, *OTHERS), tables[Role.SPENDING].entry(code)
    natures = [n for n, column in WHOLE_COLUMNS.items() if rows and column in entry.figures]
    left = [find_rest(tables, carried, code, nature) for nature in natures]
    found = [rest for rest in left if rest.yuan > (rest.crumb if is_rounded else ZERO)]
    return join_item(code, entry, rows, settle(left, found, rows))


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of Table 3's figure of a nature; up to `crumb` may be left by rounding alone."""

    nature: Nature
    figure: ReadFigure
    crumb: Decimal

    @property
    def yuan(self) -> Decimal:
        """The amount."""
        return self.figure.yuan


def find_rest(tables: ReadTables, carried: Carried, code: str, nature: Nature) -> Rest:
    """Table 3's figure of a nature less what this year's budgets and last year's money spend."""
    whole = tables[Role.SPENDING].figure(code, WHOLE_COLUMNS[nature])
    columns = ("project",) if nature is Nature.PROJECT else ("basic", "personnel", "operating")
    parts = [
        tables[key].figure(code, column)
        for key, _, known in BUDGETS
        for column in columns
        if column in known.values()
    ]
    taken = [*list_held(dict(enumerate(parts))).values(), *carried.spent(code, nature)]
    left = amount_of(whole, whole.yuan - sum_figures(taken))
    return Rest(nature, left, tolerance(len(taken), whole.grain) if taken else ZERO)


def settle(
    left: Sequence[Rest], found: Sequence[Rest], rows: Mapping[Fund, ReadFigure]
) -> dict[Nature, ReadFigure]:
    """What is found by nature; money so small that nothing is found is of what has most left."""
    if not found and left:
        most = max(left, key=lambda rest: (rest.yuan, rest.nature is Nature.BASIC))
        found = [replace(most, figure=amount_of(most.figure, sum_figures(rows.values())))]
    return {rest.nature: rest.figure for rest in found}


def join_item(
    code: str, entry: ReadRow, rows: Mapping[Fund, ReadFigure], spent: Mapping[Nature, ReadFigure]
) -> Derived:
    """Facts of one item from one budget's funds and natures."""
    parts = split_figures(rows, spent)
    derived = Derived()
    if parts is None:
        funds = "、".join(fund.label for fund in rows)
        natures = "、".join(nature.label for nature in spent)
        what = f"{code} 有{funds}，用于{natures}，每种资金各用多少"
        figures = list(spent.values())
        derived.problems.append(undetermined(figures[0], code, what, FUNCTION_HOW, figures))
        return derived
    for fund, nature, figure in parts:
        made = make_claim(figure, fund=fund, nature=nature, entry=entry, function=code)
        nameless = nature is Nature.PROJECT
        (derived.nameless if nameless else derived.claims).append(made)
    return derived
