"""Economic facts of the general budget's basic money: Table 6, class residues included."""

from collections.abc import Iterator, Mapping, Sequence

from budgets.domain.facts import Fund, Nature
from budgets.domain.problems import Problem, Severity
from budgets.domain.tables.form import Role
from budgets.importing.published.claims import Claim, Derived, amount_of, claim, split, undetermined
from budgets.importing.published.gaps import compare
from budgets.importing.published.table import Entry, Figure, Table, Tables, tell

COLUMNS = {Nature.PERSONNEL: "personnel", Nature.OPERATING: "operating"}
GENERAL = (Fund.GENERAL_OWN, Fund.GENERAL_TRANSFER)

Spent = dict[tuple[str, Nature], tuple[Figure, Entry]]


def derive_economics(tables: Tables, claims: Sequence[Claim]) -> Derived:
    """A fact for each economic code and nature; `claims` say which funds pay basic money."""
    spent = list_spent(tables[Role.BASIC])
    derived = Derived(problems=list(find_unparted(tables[Role.BASIC])))
    figures = {key: figure for key, (figure, _) in spent.items()}
    parts = split(find_funds(tables, claims), figures) if figures else []
    if parts is None:
        derived.problems.append(report(tables))
        return derived
    for fund, (code, nature), figure in parts:
        entry = spent[code, nature][1]
        derived.claims.append(claim(figure, fund=fund, nature=nature, entry=entry, economic=code))
        if len(code) == 3:
            derived.problems.append(explain(figure, code))
    return derived


def list_spent(table: Table) -> Spent:
    """Figures and rows by code and nature: sections, and what classes hold beyond them."""
    found: Spent = {}
    for row in table.entries:
        for nature, column in COLUMNS.items():
            figure = row.figures.get(column)
            if len(row.key) == 3:
                figure = find_residue(table, row.key, column)
            if figure:
                found[row.key, nature] = figure, row
    return found


def sections_of(table: Table, code: str) -> list[Entry]:
    """The rows of a class's sections."""
    return [row for key in table.codes(5) if key.startswith(code) for row in table.rows[key]]


def find_residue(table: Table, code: str, column: str) -> Figure | None:
    """What a class's figure is more, or less, than its sections'."""
    whole = table.figure(code, column)
    parts = [row.figures[column] for row in sections_of(table, code) if column in row.figures]
    if not parts or not whole.ref:
        return None
    gap = compare([whole], parts)
    return amount_of(whole, gap.yuan) if gap and gap.is_rounding else None


def find_unparted(table: Table) -> Iterator[Problem]:
    """Classes with money and no sections."""
    for code in table.codes(3) if not table.is_torn else ():
        row = table.entry(code)
        if row.figures and not any(part.figures for part in sections_of(table, code)):
            refs = tuple(figure.ref for figure in row.figures.values())[:1]
            message = f"{table.form.label}的 {code} 没有列到“款”。"
            advice = f"请在{table.form.label}补上它下面各“款”的金额。"
            yield Problem(sheet=table.sheet, cells=refs, message=message, advice=advice)


def find_funds(tables: Tables, claims: Sequence[Claim]) -> Mapping[Fund, Figure]:
    """The general budget's funds that pay basic money, as far as the items' claims tell."""
    paid = {
        claim.fact.fund: Figure(claim.fact.amount)
        for claim in claims
        if claim.fact.fund in GENERAL and claim.fact.nature is Nature.BASIC
    }
    if len(paid) == 1:
        return paid
    totals = {fund: tables[Role.INCOME].figure("total", fund) for fund in GENERAL}
    return {fund: figure for fund, figure in totals.items() if figure.yuan}


def report(tables: Tables) -> Problem:
    """Basic money of two funds, which Table 6 does not tell apart."""
    whole = tables[Role.BASIC].figure("total", "total")
    label = tables[Role.BASIC].form.label
    what = f"{label}的基本支出有一般财力和上级转移支付两个来源，每个经济科目各用多少"
    return undetermined(whole, f"{label}的全部经济科目", what, "资金来源、支出性质、经济科目")


def explain(figure: Figure, code: str) -> Problem:
    """The residue of a class."""
    return Problem(
        sheet=figure.sheet,
        cells=(figure.ref,),
        message=f"{code} 的合计与所列各“款”之和相差 {tell(figure.yuan)}，在四舍五入的范围内。",
        advice="不需要处理；差额作为尾差保存，公开时注明。",
        severity=Severity.HINT,
    )
