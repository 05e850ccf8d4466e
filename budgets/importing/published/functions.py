"""What money is spent on: by function against its sources, by economic code, and as 三公."""

from collections.abc import Iterator, Mapping, Sequence

from budgets.domain.facts import FISCAL_FAMILIES, Family, Fund, Nature
from budgets.domain.money import ZERO
from budgets.domain.problems import Problem, Severity
from budgets.domain.tables.form import THREE_PUBLIC_CODES, TOTAL, Role
from budgets.importing.published.sources import SPLIT_COLUMNS, Carried, Sources
from budgets.importing.published.tables import (
    FUNDS,
    Claim,
    Derived,
    Key,
    ReadFigure,
    ReadRow,
    ReadTable,
    ReadTables,
    add_figures,
    list_held,
    make_claim,
    move_amount,
    spell_yuan,
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
BASIC_COLUMNS = {Nature.PERSONNEL: "personnel", Nature.OPERATING: "operating"}
OTHERS = (*FUNDS[Family.SPECIAL_ACCOUNT], *FUNDS[Family.UNIT_FUNDS])
ITEM_TABLES = (Role.INCOME, Role.SPENDING, *(role for role, _, _ in BUDGETS))


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
            join_item(derived, code, table.entry(code), paid, list_held(spent))
        if code not in sources.unclear and code not in carried.unclear:
            entry, paid = tables[Role.SPENDING].entry(code), sources.of(code, *OTHERS)
            rests = find_rests(tables, carried, entry, paid, is_rounded) if paid else {}
            join_item(derived, code, entry, paid, rests)
    return derived


def find_rests(
    tables: ReadTables,
    carried: Carried,
    entry: ReadRow,
    paid: Mapping[Fund, ReadFigure],
    is_rounded: bool,
) -> dict[Nature, ReadFigure]:
    """What the special account's and the unit's own money pays for, by nature.

    It is what this year's three budgets and last year's money leave of an entry of Table 3. Where
    every sum of the function tables comes out exactly, figures are taken at their word; where some
    are rounded, small remainders may be no money at all. Money so small that nothing is found is of
    what has most left.
    """
    left, found = {}, {}
    for nature, whole_column in WHOLE_COLUMNS.items():
        if whole_column not in entry.figures:
            continue
        parts = [
            tables[role].figure(entry.key, column)
            for role, _, columns in BUDGETS
            for known, column in columns.items()
            if (known is Nature.PROJECT) is (nature is Nature.PROJECT)
        ]
        taken = [*(part for part in parts if part.yuan), *carried.spent(entry.key, nature)]
        whole = entry.figures[whole_column]
        rest = move_amount(whole, whole.yuan - add_figures(taken))
        left[nature] = rest
        crumb = tolerance(len(taken), whole.grain) if taken and is_rounded else ZERO
        if rest.yuan > crumb:
            found[nature] = rest
    if not found and left:
        most = max(left, key=lambda nature: (left[nature].yuan, nature is Nature.BASIC))
        found[most] = move_amount(left[most], add_figures(paid.values()))
    return found


def join_item(
    derived: Derived,
    code: str,
    entry: ReadRow,
    paid: Mapping[Fund, ReadFigure],
    spent: Mapping[Nature, ReadFigure],
) -> None:
    funds, natures = ("、".join(each.label for each in keys) for keys in (paid, spent))
    what = f"{code} 有{funds}，用于{natures}，每种资金各用多少"
    for fund, nature, figure in derived.split(paid, spent, code, what, "资金来源、支出性质"):
        claim = make_claim(figure, fund=fund, nature=nature, entry=entry, function=code)
        (derived.nameless if nature is Nature.PROJECT else derived.claims).append(claim)


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
                derived.problems.append(hint_residue(figure, f"{code} 的合计与它下面各科目之和"))
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


def hint_residue(figure: ReadFigure, sums: str) -> Problem:
    """A residue that is kept: the sums that differ by a figure's amount."""
    message = f"{sums}相差 {spell_yuan(figure.yuan)}，在四舍五入的范围内。"
    advice = "不需要处理；差额作为尾差保存，公开时注明。"
    return figure.complain(message, advice, Severity.HINT)


def derive_economics(tables: ReadTables, claims: Sequence[Claim]) -> Derived:
    """A fact for each economic code and nature; `claims` say which funds pay basic money.

    What a class is printed with beyond its sections is a residue.
    """
    table = tables[Role.BASIC]
    derived = Derived(problems=list(find_whole_classes(table)))
    spent: dict[tuple[str, Nature], ReadFigure] = {}
    for row in table.entries:
        if len(row.key) == 3:
            figures = find_residues(table, row.key, list_sections(table, row.key), BASIC_COLUMNS)
        else:
            figures = {n: row.figures[c] for n, c in BASIC_COLUMNS.items() if c in row.figures}
        spent |= {(row.key, nature): figure for nature, figure in figures.items()}
    paid = list_basic_funds(tables, claims) if spent else {}
    label, whole = table.form.label, [table.figure(TOTAL, "total")]
    what = f"{label}的基本支出有一般财力和上级转移支付两个来源，每个经济科目各用多少"
    how = "资金来源、支出性质、经济科目"
    for fund, (code, nature), figure in derived.split(
        paid, spent, f"{label}的全部经济科目", what, how, whole
    ):
        entry = table.entry(code)
        derived.claims.append(
            make_claim(figure, fund=fund, nature=nature, entry=entry, economic=code)
        )
        if len(code) == 3:
            derived.problems.append(hint_residue(figure, f"{code} 的合计与所列各“款”之和"))
    return derived


def list_sections(table: ReadTable, code: str) -> list[ReadRow]:
    return [row for key in table.codes(5) if key.startswith(code) for row in table.rows[key]]


def find_whole_classes(table: ReadTable) -> Iterator[Problem]:
    for code in table.codes(3) if not table.is_torn else ():
        row, label = table.entry(code), table.form.label
        if row.figures and not any(part.figures for part in list_sections(table, code)):
            advice = f"请在{label}补上它下面各“款”的金额。"
            yield table.complain(row.first_refs, f"{label}的 {code} 没有列到“款”。", advice)


def list_basic_funds(tables: ReadTables, claims: Sequence[Claim]) -> Mapping[Fund, ReadFigure]:
    """The general budget's funds that pay basic money, as far as the items' claims tell."""
    general = FUNDS[Family.GENERAL]
    facts = [claim.fact for claim in claims]
    paid = {
        fact.fund: ReadFigure(fact.amount)
        for fact in facts
        if fact.fund in general and fact.nature is Nature.BASIC
    }
    if len(paid) == 1:
        return paid
    totals = {fund: tables[Role.INCOME].figure(TOTAL, fund) for fund in general}
    return {fund: figure for fund, figure in totals.items() if figure.yuan}


def derive_three_public(tables: ReadTables, claims: Sequence[Claim]) -> Iterator[Claim]:
    """What Table 10 states, for the items that differ from what the codes of `claims` say.

    It does not tell this government's money from a superior's: it counts as this one's, unless
    there is none.
    """
    for item, _, codes in THREE_PUBLIC_CODES:
        figures = {
            family: tables[Role.THREE_PUBLIC].figure(item, family.value)
            for family in FISCAL_FAMILIES
        }
        if any(differs(figure, claims, family, codes) for family, figure in figures.items()):
            for family, figure in figures.items():
                if figure.ref:
                    funds = FUNDS[family]
                    paid = [fund for fund in funds if tables[Role.INCOME].figure(TOTAL, fund).yuan]
                    yield make_claim(figure, fund=(paid or funds)[0], economic=codes[0])


def differs(
    figure: ReadFigure, claims: Sequence[Claim], family: Family, codes: tuple[str, ...]
) -> bool:
    """True where a budget's figure is not what its money of this year spends on these codes."""
    coded = [
        claim.fact.amount
        for claim in claims
        if claim.fact.economic.startswith(codes) and claim.fact.fund in FUNDS[family]
    ]
    return abs(figure.yuan - sum(coded, ZERO)) > tolerance(len(coded), figure.grain)
