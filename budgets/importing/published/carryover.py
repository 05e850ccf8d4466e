"""Last year's money: Table 11's rows, which have no codes, matched to Table 2's function items."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from budgets.domain.facts import Fund, Nature
from budgets.domain.problems import Problem
from budgets.domain.tables.form import Role
from budgets.domain.text import squeeze
from budgets.importing.published.sources import Sources
from budgets.importing.published.tables import (
    Derived,
    ReadFigure,
    ReadRow,
    ReadTables,
    grain_of,
    list_held,
    make_claim,
    report_undetermined,
    tolerance,
)
from budgets.importing.published.verification import compare_figures

CARRIED_FUNDS = [fund for fund in Fund if fund.is_carryover]
SIDES = {
    "fiscal": [fund for fund in CARRIED_FUNDS if fund.is_fiscal],
    "other": [fund for fund in CARRIED_FUNDS if not fund.is_fiscal],
}
SPLIT_COLUMNS = {
    Nature.PERSONNEL: "personnel",
    Nature.OPERATING: "operating",
    Nature.PROJECT: "project",
}
CARRYOVER_HOW = "资金来源、支出性质"
# How many ways of matching are tried before it is left to a person.
PATIENCE = 20_000

# What last year's money must be spent on an item, by code and side.
Needs = Mapping[str, Mapping[str, ReadFigure]]


@dataclass(slots=True)
class Carried:
    """Table 11's rows by the item that each belongs to; items that nothing could be matched to."""

    by_code: dict[str, list[ReadRow]] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def spent(self, code: str, nature: Nature) -> list[ReadFigure]:
        """What last year's money spends on an item: on projects, or on everything else."""
        is_project = nature is Nature.PROJECT
        columns = [
            f"{side}_{column}"
            for side in SIDES
            for known, column in SPLIT_COLUMNS.items()
            if (known is Nature.PROJECT) is is_project
        ]
        rows = self.by_code.get(code, ())
        return [row.figures[column] for row in rows for column in columns if column in row.figures]


def find_carried(tables: ReadTables, stated: set[str]) -> Carried:
    """The match of Table 11's rows to the items of Table 2, where there is exactly one."""
    table = tables[Role.INCOME]
    every = {
        code: {side: table.figure(code, f"{side}_carryover") for side in SIDES}
        for code in table.codes(7)
    }
    needs = {code: own for code, own in every.items() if list_held(own)}
    rows = [row for row in tables[Role.CARRYOVER].entries if row.figures]
    if stated & needs.keys() or not needs or not rows:
        return Carried(unclear=set(needs) - stated)
    # A row may belong to the items that it is called by, or else to any.
    names = {code: squeeze(name_item(tables, code)) for code in needs}
    named = ([code for code in needs if names[code] == squeeze(row.name)] for row in rows)
    found = Matching(rows, needs, [codes or list(needs) for codes in named]).solve()
    if found is None:
        is_told = any(differs_on(rows, needs, side) for side in SIDES)
        problems = [] if is_told else [report_unmatched(tables, rows, needs)]
        return Carried(unclear=set(needs), problems=problems)
    by_code: dict[str, list[ReadRow]] = {}
    for row, code in zip(rows, found, strict=True):
        by_code.setdefault(code, []).append(row)
    return Carried(by_code)


def differs_on(rows: Sequence[ReadRow], needs: Needs, side: str) -> bool:
    """True where the rows' money is not the items', which has been told by now."""
    figures = [row.figures[side] for row in rows if side in row.figures]
    gap = compare_figures(figures or [ReadFigure()], [own[side] for own in needs.values()])
    return gap is not None and not gap.is_rounding


def name_item(tables: ReadTables, code: str) -> str:
    """What the file calls an item."""
    return tables[Role.INCOME].entry(code).name or tables[Role.SPENDING].entry(code).name


class Matching:
    """Searches for the ways to give every row to an item so that the items' sums come out.

    `options` are the codes that each row may belong to.
    """

    def __init__(self, rows: Sequence[ReadRow], needs: Needs, options: Sequence[Sequence[str]]):
        self.rows, self.options = rows, options
        figures = [figure for row in rows for figure in row.figures.values()]
        figures += [figure for own in needs.values() for figure in own.values()]
        self.slack = tolerance(len(rows), grain_of(figures))
        self.left = {(code, side): own[side].yuan for code, own in needs.items() for side in SIDES}
        self.patience = PATIENCE

    def solve(self) -> list[str] | None:
        """The code of each row, if there is exactly one way."""
        # Rows that leave no choice come first: they narrow what the others can be.
        order = sorted(range(len(self.rows)), key=lambda index: len(self.options[index]))
        found = []
        for way in self.search(order):
            found.append(way)
            if len(found) > 1:
                return None
        return [found[0][index] for index in range(len(self.rows))] if found else None

    def search(self, order: Sequence[int]) -> Iterator[dict[int, str]]:
        """Every way to place the rows that remain, as row → code; gives up in silence."""
        self.patience -= 1
        if self.patience < 0:
            # Two answers are as good as none.
            yield from ({}, {})
            return
        if not order:
            if all(abs(amount) <= self.slack for amount in self.left.values()):
                yield {}
            return
        index, row = order[0], self.rows[order[0]]
        for code in self.options[index]:
            amounts = {
                (code, side): row.figures[side].yuan for side in SIDES if side in row.figures
            }
            if all(self.left[key] + self.slack >= amount for key, amount in amounts.items()):
                for key, amount in amounts.items():
                    self.left[key] -= amount
                for way in self.search(order[1:]):
                    yield {index: code, **way}
                for key, amount in amounts.items():
                    self.left[key] += amount


def report_unmatched(tables: ReadTables, rows: Sequence[ReadRow], needs: Needs) -> Problem:
    figures = [figure for own in needs.values() for figure in own.values()]
    codes = "、".join(needs)
    what = f"{tables[Role.CARRYOVER].form.label}各行属于{codes}中的哪一个"
    problem = report_undetermined(figures, codes, what, CARRYOVER_HOW)
    sheet = next(figure.sheet for row in rows for figure in row.figures.values())
    return replace(problem, sheet=sheet, cells=tuple(row.ref for row in rows))


def derive_carryover(tables: ReadTables, sources: Sources, carried: Carried) -> Derived:
    """The facts of last year's money; a row called as its item names no project."""
    derived = Derived()
    for code, rows in carried.by_code.items():
        item = squeeze(name_item(tables, code))
        for side, funds in SIDES.items() if code not in sources.unclear else ():
            spent = {
                (nature, row.name): row.figures[f"{side}_{column}"]
                for row in rows
                for nature, column in SPLIT_COLUMNS.items()
                if f"{side}_{column}" in row.figures
            }
            paid = sources.of(code, *funds)
            what = f"{code} 有{'、'.join(fund.label for fund in paid)}，每种资金各用于什么"
            figures = list(paid.values())
            for fund, (nature, name), figure in derived.split(
                paid, list_held(spent), code, what, CARRYOVER_HOW, figures
            ):
                is_project = nature is Nature.PROJECT
                project = name if is_project and squeeze(name) != item else ""
                made = make_claim(figure, fund=fund, nature=nature, function=code, project=project)
                (derived.nameless if is_project and not project else derived.claims).append(made)
    return derived
