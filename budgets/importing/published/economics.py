"""Economic facts: the general budget's basic money (Table 6) and 三公 as stated (Table 10)."""

from collections.abc import Iterator, Mapping, Sequence

from budgets.domain.facts import FISCAL_FAMILIES, Family, Fund, Nature
from budgets.domain.problems import Problem, Severity
from budgets.domain.tables.form import TOTAL, Role
from budgets.domain.tables.slices import THREE_PUBLIC_CODES
from budgets.importing.published.functions import find_residues
from budgets.importing.published.tables import (
    FUNDS,
    ZERO,
    Claim,
    Derived,
    ReadFigure,
    ReadRow,
    ReadTable,
    ReadTables,
    make_claim,
    report_undetermined,
    spell_yuan,
    split_figures,
    tolerance,
)

BASIC_COLUMNS = {Nature.PERSONNEL: "personnel", Nature.OPERATING: "operating"}


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
    parts = split_figures(list_basic_funds(tables, claims), spent) if spent else []
    if parts is None:
        label = table.form.label
        what = f"{label}的基本支出有一般财力和上级转移支付两个来源，每个经济科目各用多少"
        how = "资金来源、支出性质、经济科目"
        whole = [table.figure(TOTAL, "total")]
        derived.problems.append(report_undetermined(whole, f"{label}的全部经济科目", what, how))
        return derived
    for fund, (code, nature), figure in parts:
        entry = table.entry(code)
        derived.claims.append(
            make_claim(figure, fund=fund, nature=nature, entry=entry, economic=code)
        )
        if len(code) == 3:
            gap = spell_yuan(figure.yuan)
            message = f"{code} 的合计与所列各“款”之和相差 {gap}，在四舍五入的范围内。"
            advice = "不需要处理；差额作为尾差保存，公开时注明。"
            derived.problems.append(figure.complain(message, advice, Severity.HINT))
    return derived


def list_sections(table: ReadTable, code: str) -> list[ReadRow]:
    """The rows of a class's sections."""
    return [row for key in table.codes(5) if key.startswith(code) for row in table.rows[key]]


def find_whole_classes(table: ReadTable) -> Iterator[Problem]:
    """Classes with money and no sections."""
    for code in table.codes(3) if not table.is_torn else ():
        row, label = table.entry(code), table.form.label
        if row.figures and not any(part.figures for part in list_sections(table, code)):
            advice = f"请在{label}补上它下面各“款”的金额。"
            yield table.complain(row.first_refs, f"{label}的 {code} 没有列到“款”。", advice)


def list_basic_funds(tables: ReadTables, claims: Sequence[Claim]) -> Mapping[Fund, ReadFigure]:
    """The general budget's funds that pay basic money, as far as the items' claims tell."""
    general = FUNDS[Family.GENERAL]
    facts = [made.fact for made in claims]
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
        made.fact.amount
        for made in claims
        if made.fact.economic.startswith(codes) and made.fact.fund in FUNDS[family]
    ]
    return abs(figure.yuan - sum(coded, ZERO)) > tolerance(len(coded), figure.grain)
