"""Projects of the general budget: Table 7 names the project money that Table 5 only sums."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from budgets.domain.facts import Fund
from budgets.domain.problems import Problem, Severity
from budgets.domain.tables.form import Role
from budgets.importing.published.claims import Claim, Derived, amount_of, claim, split, undetermined
from budgets.importing.published.table import (
    ZERO,
    Entry,
    Figure,
    Tables,
    add,
    grain_of,
    tell,
    tolerance,
)

GENERAL = (Fund.GENERAL_OWN, Fund.GENERAL_TRANSFER)
HOW = "资金来源、项目名称、经济科目"

Spent = dict[tuple[str, str], tuple[Figure, Entry]]


def name_general(tables: Tables, nameless: Sequence[Claim]) -> Derived:
    """The general budget's project money by project and economic class; the rest is handed on."""
    derived = Derived()
    by_code: dict[str, list[Claim]] = defaultdict(list)
    for made in nameless:
        general = made.fact.fund in GENERAL
        (by_code[made.fact.function] if general else derived.nameless).append(made)
    for code, claims in by_code.items():
        spent = list_spent(tables[Role.PROJECTS].projects(code), derived.problems)
        if spent:
            derived.take(name_item(code, claims, spent))
        else:
            derived.problems += report_nameless(tables, code)
    return derived


def name_item(code: str, claims: Sequence[Claim], spent: Spent) -> Derived:
    """The facts of one item's projects."""
    derived = Derived()
    rows = {made.fact.fund: figure_of(made) for made in claims}
    parts = split(rows, {key: figure for key, (figure, _) in spent.items()})
    if parts is None:
        figures = [figure for figure, _ in spent.values()]
        what = f"{code} 的项目支出有一般财力和上级转移支付两个来源，每个项目各用多少"
        derived.problems.append(undetermined(figures[0], code, what, HOW, figures))
        return derived
    for fund, (project, economic), figure in parts:
        nature, entry = claims[0].fact.nature, spent[project, economic][1]
        codes = {"function": code, "economic": economic, "project": project}
        derived.claims.append(claim(figure, fund=fund, nature=nature, entry=entry, **codes))
    return derived


def figure_of(made: Claim) -> Figure:
    """A claim's amount and cell."""
    return Figure(made.fact.amount, made.sheet, made.refs["amount"])


def list_spent(rows: Sequence[Entry], problems: list[Problem]) -> Spent:
    """Figures and rows by project and economic class; "" is money without a class."""
    found: Spent = {}
    for row in rows:
        classes = {code: row.figures[code] for code in sorted(row.figures) if code.isdecimal()}
        found |= {(row.project, code): (figure, row) for code, figure in classes.items()}
        if remainder := find_remainder(row, classes, problems):
            found[row.project, ""] = remainder, row
    return found


def find_remainder(
    row: Entry, classes: Mapping[str, Figure], problems: list[Problem]
) -> Figure | None:
    """What a project's total has beyond its classes, where rounding is not the reason."""
    total = row.figures.get("total")
    if total is None:
        return None
    figures = [total, *classes.values()]
    left = total.yuan - add(classes.values())
    if left <= (tolerance(len(classes), grain_of(figures)) if classes else ZERO):
        return None
    if classes:
        message = f"项目“{row.project}”的合计比各经济分类之和多 {tell(left)}。"
        advice = "多出的部分没有经济分类，请核对。"
        problems.append(
            Problem(
                sheet=total.sheet,
                cells=(total.ref,),
                message=message,
                advice=advice,
                severity=Severity.WARNING,
            )
        )
    return amount_of(total, left)


def report_nameless(tables: Tables, code: str) -> list[Problem]:
    """An item of Table 7 with money and no project below it."""
    table = tables[Role.PROJECTS]
    row = table.entry(code)
    refs = tuple(figure.ref for figure in row.figures.values())[:1]
    if not refs:
        return []
    message = f"{table.form.label}的 {code} 没有项目名称。"
    advice = f"请在{table.form.label}这个科目下逐个列出项目名称和金额。"
    return [Problem(sheet=table.sheet, cells=refs, message=message, advice=advice)]
