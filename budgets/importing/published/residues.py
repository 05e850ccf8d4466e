"""Function residues: what a class or section is printed with beyond the codes below it."""

from collections.abc import Iterator, Mapping

from budgets.domain.facts import Fund, Nature
from budgets.domain.problems import Problem, Severity
from budgets.domain.tables.form import Role
from budgets.importing.published.claims import Column, Derived, amount_of, claim
from budgets.importing.published.functions import BUDGETS
from budgets.importing.published.gaps import compare
from budgets.importing.published.sums import group
from budgets.importing.published.table import Entry, Figure, Table, Tables, tell


def derive_residues(tables: Tables) -> Derived:
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
            rows = find_gaps(
                tables[Role.INCOME], below[Role.INCOME], code, {fund: fund for fund in funds}
            )
            spent = find_gaps(tables[key], below[key], code, natures)
            for fund, nature, figure in pair(rows, spent):
                entry = tables[key].entry(code)
                derived.claims.append(
                    claim(figure, fund=fund, nature=nature, entry=entry, function=code)
                )
                derived.problems.append(explain(figure, code))
    return derived


def find_gaps(
    table: Table, below: Mapping[str, list[Entry]], code: str, columns: Mapping[Column, str]
) -> dict[Column, Figure]:
    """By column, what a code's figure is more, or less, than those of the codes below it."""
    gaps: dict[Column, Figure] = {}
    for key, column in columns.items():
        whole = table.figure(code, column)
        parts = [row.figures[column] for row in below.get(code, ()) if column in row.figures]
        gap = compare([whole], parts) if whole.ref and parts else None
        if gap and gap.is_rounding:
            gaps[key] = amount_of(whole, gap.yuan)
    return gaps


def pair(
    rows: Mapping[Fund, Figure], spent: Mapping[Nature, Figure]
) -> Iterator[tuple[Fund, Nature, Figure]]:
    """The one fund and the one nature that differ by the same amount."""
    if len(rows) == len(spent) == 1:
        ((fund, row),) = rows.items()
        ((nature, figure),) = spent.items()
        if row.yuan == figure.yuan and nature is not Nature.PROJECT:
            yield fund, nature, figure


def explain(figure: Figure, code: str) -> Problem:
    """A residue that is kept."""
    return Problem(
        sheet=figure.sheet,
        cells=(figure.ref,),
        message=f"{code} 的合计与它下面各科目之和相差 {tell(figure.yuan)}，在四舍五入的范围内。",
        advice="不需要处理；差额作为尾差保存，公开时注明。",
        severity=Severity.HINT,
    )
