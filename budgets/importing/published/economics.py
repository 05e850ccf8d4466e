"""Economic facts of the general budget's basic money: Table 6, class residues included."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from budgets.domain.facts import Family, Fund, Nature
from budgets.domain.problems import Problem, Severity
from budgets.domain.tables.form import Role
from budgets.domain.tables.slices import THREE_PUBLIC_CODES
from budgets.importing.published.functions import BUDGETS
from budgets.importing.published.tables import (
    ZERO,
    Claim,
    Derived,
    ReadFigure,
    ReadRow,
    ReadTable,
    ReadTables,
    Split,
    amount_of,
    make_claim,
    spell_yuan,
    split_figures,
    tolerance,
    undetermined,
)
from budgets.importing.published.verification import compare_figures, group

BASIC_COLUMNS = {Nature.PERSONNEL: "personnel", Nature.OPERATING: "operating"}
GENERAL_FUNDS = (Fund.GENERAL_OWN, Fund.GENERAL_TRANSFER)

SpentByCode = dict[tuple[str, Nature], tuple[ReadFigure, ReadRow]]


def derive_economics(tables: ReadTables, claims: Sequence[Claim]) -> Derived:
    """A fact for each economic code and nature; `claims` say which funds pay basic money."""
    spent = list_spent_by_code(tables[Role.BASIC])
    derived = Derived(problems=list(find_bare_classes(tables[Role.BASIC])))
    figures = {key: figure for key, (figure, _) in spent.items()}
    parts = split_figures(find_funds(tables, claims), figures) if figures else []
    if parts is None:
        derived.problems.append(report_two_funds(tables))
        return derived
    for fund, (code, nature), figure in parts:
        entry = spent[code, nature][1]
        derived.claims.append(
            make_claim(figure, fund=fund, nature=nature, entry=entry, economic=code)
        )
        if len(code) == 3:
            derived.problems.append(explain_class_residue(figure, code))
    return derived


def list_spent_by_code(table: ReadTable) -> SpentByCode:
    """Figures and rows by code and nature: sections, and what classes hold beyond them."""
    found: SpentByCode = {}
    for row in table.entries:
        for nature, column in BASIC_COLUMNS.items():
            figure = row.figures.get(column)
            if len(row.key) == 3:
                figure = find_residue(table, row.key, column)
            if figure:
                found[row.key, nature] = figure, row
    return found


def sections_of(table: ReadTable, code: str) -> list[ReadRow]:
    """The rows of a class's sections."""
    return [row for key in table.codes(5) if key.startswith(code) for row in table.rows[key]]


def find_residue(table: ReadTable, code: str, column: str) -> ReadFigure | None:
    """What a class's figure is more, or less, than its sections'."""
    whole = table.figure(code, column)
    parts = [row.figures[column] for row in sections_of(table, code) if column in row.figures]
    if not parts or not whole.ref:
        return None
    gap = compare_figures([whole], parts)
    return amount_of(whole, gap.yuan) if gap and gap.is_rounding else None


def find_bare_classes(table: ReadTable) -> Iterator[Problem]:
    """Classes with money and no sections."""
    for code in table.codes(3) if not table.is_torn else ():
        row = table.entry(code)
        if row.figures and not any(part.figures for part in sections_of(table, code)):
            refs = tuple(figure.ref for figure in row.figures.values())[:1]
            message = f"{table.form.label}的 {code} 没有列到“款”。"
            advice = f"请在{table.form.label}补上它下面各“款”的金额。"
            yield Problem(sheet=table.sheet, cells=refs, message=message, advice=advice)


def find_funds(tables: ReadTables, claims: Sequence[Claim]) -> Mapping[Fund, ReadFigure]:
    """The general budget's funds that pay basic money, as far as the items' claims tell."""
    paid = {
        made.fact.fund: ReadFigure(made.fact.amount)
        for made in claims
        if made.fact.fund in GENERAL_FUNDS and made.fact.nature is Nature.BASIC
    }
    if len(paid) == 1:
        return paid
    totals = {fund: tables[Role.INCOME].figure("total", fund) for fund in GENERAL_FUNDS}
    return {fund: figure for fund, figure in totals.items() if figure.yuan}


def report_two_funds(tables: ReadTables) -> Problem:
    """Basic money of two funds, which Table 6 does not tell apart."""
    whole = tables[Role.BASIC].figure("total", "total")
    label = tables[Role.BASIC].form.label
    what = f"{label}的基本支出有一般财力和上级转移支付两个来源，每个经济科目各用多少"
    return undetermined(whole, f"{label}的全部经济科目", what, "资金来源、支出性质、经济科目")


def explain_class_residue(figure: ReadFigure, code: str) -> Problem:
    """The residue of a class."""
    return Problem(
        sheet=figure.sheet,
        cells=(figure.ref,),
        message=f"{code} 的合计与所列各“款”之和相差 {spell_yuan(figure.yuan)}，"
        "在四舍五入的范围内。",
        advice="不需要处理；差额作为尾差保存，公开时注明。",
        severity=Severity.HINT,
    )


# Table 10 does not tell this government's money from a superior's: it counts as this one's, unless
# there is none.
FUNDS = {
    Family.GENERAL: (Fund.GENERAL_OWN, Fund.GENERAL_TRANSFER),
    Family.GOVERNMENT_FUND: (Fund.GOVERNMENT_FUND_OWN, Fund.GOVERNMENT_FUND_TRANSFER),
    Family.STATE_CAPITAL: (Fund.STATE_CAPITAL_OWN, Fund.STATE_CAPITAL_TRANSFER),
}


def derive_three_public(tables: ReadTables, claims: Sequence[Claim]) -> list[Claim]:
    """What Table 10 states, for the items that differ from what the codes of `claims` say."""
    return [
        made
        for item, _, codes in THREE_PUBLIC_CODES
        if differs(tables, claims, item, codes)
        for made in state(tables, item, codes[0])
    ]


def differs(tables: ReadTables, claims: Sequence[Claim], item: str, codes: tuple[str, ...]) -> bool:
    """True where some budget's figure of an item is not the sum of its economic codes."""
    for family in FUNDS:
        coded = list_coded(claims, family, codes)
        figure = tables[Role.THREE_PUBLIC].figure(item, family.value)
        if abs(figure.yuan - sum(coded, ZERO)) > tolerance(len(coded), figure.grain):
            return True
    return False


def list_coded(claims: Sequence[Claim], family: Family, codes: tuple[str, ...]) -> list[Decimal]:
    """What this year's money of one budget spends on these economic codes."""
    facts = (made.fact for made in claims if made.fact.economic.startswith(codes))
    return [
        fact.amount for fact in facts if fact.fund.family is family and not fact.fund.is_carryover
    ]


def state(tables: ReadTables, item: str, code: str) -> Iterator[Claim]:
    """An item's figures, budget by budget."""
    for family, funds in FUNDS.items():
        figure = tables[Role.THREE_PUBLIC].figure(item, family.value)
        if figure.ref:
            paid = [fund for fund in funds if tables[Role.INCOME].yuan("total", fund)]
            made = make_claim(figure, fund=(paid or list(funds))[0], economic=code)
            yield made


def derive_residues(tables: ReadTables) -> Derived:
    """A fact for each residue that Table 2 and the budget's own table both show.

    Only basic and split expenditure: project money above the items would need a project.
    """
    derived = Derived()
    below = {
        key: group(tables[key].entries)
        for key in (Role.INCOME, Role.GENERAL, Role.GOVERNMENT_FUND, Role.STATE_CAPITAL)
    }
    for key, funds, natures in BUDGETS:
        for code in [*tables[key].codes(3), *tables[key].codes(5)]:
            rows = find_residues(
                tables[Role.INCOME], below[Role.INCOME], code, {fund: fund for fund in funds}
            )
            spent = find_residues(tables[key], below[key], code, natures)
            for fund, nature, figure in pair(rows, spent):
                entry = tables[key].entry(code)
                derived.claims.append(
                    make_claim(figure, fund=fund, nature=nature, entry=entry, function=code)
                )
                derived.problems.append(explain_residue(figure, code))
    return derived


def find_residues(
    table: ReadTable, below: Mapping[str, list[ReadRow]], code: str, columns: Mapping[Split, str]
) -> dict[Split, ReadFigure]:
    """By column, what a code's figure is more, or less, than those of the codes below it."""
    gaps: dict[Split, ReadFigure] = {}
    for key, column in columns.items():
        whole = table.figure(code, column)
        parts = [row.figures[column] for row in below.get(code, ()) if column in row.figures]
        gap = compare_figures([whole], parts) if whole.ref and parts else None
        if gap and gap.is_rounding:
            gaps[key] = amount_of(whole, gap.yuan)
    return gaps


def pair(
    rows: Mapping[Fund, ReadFigure], spent: Mapping[Nature, ReadFigure]
) -> Iterator[tuple[Fund, Nature, ReadFigure]]:
    """The one fund and the one nature that differ by the same amount."""
    if len(rows) == len(spent) == 1:
        ((fund, row),) = rows.items()
        ((nature, figure),) = spent.items()
        if row.yuan == figure.yuan and nature is not Nature.PROJECT:
            yield fund, nature, figure


def explain_residue(figure: ReadFigure, code: str) -> Problem:
    """A residue that is kept."""
    return Problem(
        sheet=figure.sheet,
        cells=(figure.ref,),
        message=f"{code} 的合计与它下面各科目之和相差 {spell_yuan(figure.yuan)}，"
        "在四舍五入的范围内。",
        advice="不需要处理；差额作为尾差保存，公开时注明。",
        severity=Severity.HINT,
    )
