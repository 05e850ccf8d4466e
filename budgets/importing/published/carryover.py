"""Last year's money: Table 11's rows, which have no codes, matched to Table 2's function items."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

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
    split_figures,
    tolerance,
    undetermined,
)
from budgets.importing.published.verification import compare_figures

SIDES = {
    "fiscal": (
        Fund.CARRYOVER_GENERAL,
        Fund.CARRYOVER_GOVERNMENT_FUND,
        Fund.CARRYOVER_STATE_CAPITAL,
    ),
    "other": (Fund.CARRYOVER_SPECIAL_ACCOUNT, Fund.CARRYOVER_UNIT_FUNDS),
}
NATURES = {
    Nature.PERSONNEL: "personnel",
    Nature.OPERATING: "operating",
    Nature.PROJECT: "project",
}
CARRYOVER_HOW = "资金来源、支出性质"
# How many ways of matching are tried before it is left to a person.
PATIENCE = 20_000


@dataclass(slots=True)
class Carried:
    """Table 11's rows by the item that each belongs to; items that nothing could be matched to."""

    by_code: dict[str, list[ReadRow]] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def spent(self, code: str, nature: Nature) -> list[ReadFigure]:
        """What last year's money spends on an item: on projects, or on everything else."""
        is_project = nature is Nature.PROJECT
        natures = [known for known in NATURES if (known is Nature.PROJECT) is is_project]
        columns = [f"{side}_{NATURES[known]}" for side in SIDES for known in natures]
        rows = self.by_code.get(code, ())
        return [row.figures[column] for row in rows for column in columns if column in row.figures]


def find_carried(tables: ReadTables, stated: set[str]) -> Carried:
    """The match of Table 11's rows to the items of Table 2, where there is exactly one."""
    table = tables[Role.INCOME]
    needs = {
        code: {side: table.figure(code, f"{side}_carryover") for side in SIDES}
        for code in table.codes(7)
    }
    needs = {code: own for code, own in needs.items() if list_held(own)}
    rows = [row for row in tables[Role.CARRYOVER].entries if row.figures]
    if stated & needs.keys() or not needs or not rows:
        return Carried(unclear=set(needs) - stated)
    found = Matching(rows, needs, list_options(tables, rows, needs)).solve()
    if found is None:
        adds_up = not any(compare_side(rows, needs, side) for side in SIDES)
        return Carried(
            unclear=set(needs), problems=[report_unmatched(tables, rows, needs)] if adds_up else []
        )
    by_code: dict[str, list[ReadRow]] = {}
    for row, code in zip(rows, found, strict=True):
        by_code.setdefault(code, []).append(row)
    return Carried(by_code)


def compare_side(rows: Sequence[ReadRow], needs: Mapping, side: str) -> bool:
    """True where the rows' money is not the items', which has been told by now."""
    figures = [row.figures[side] for row in rows if side in row.figures]
    gap = compare_figures(figures or [ReadFigure()], [own[side] for own in needs.values()])
    return gap is not None and not gap.is_rounding


def list_options(tables: ReadTables, rows: Sequence[ReadRow], needs: Mapping) -> list[list[str]]:
    """The items that each row may belong to: those it is called by, or else any."""
    names = {code: squeeze(name_item(tables, code)) for code in needs}
    named = ([code for code in needs if names[code] == squeeze(row.name)] for row in rows)
    return [codes or list(needs) for codes in named]


def name_item(tables: ReadTables, code: str) -> str:
    """What the file calls an item."""
    return tables[Role.INCOME].entry(code).name or tables[Role.SPENDING].entry(code).name


class Matching:
    """Searches for the ways to give every row to an item so that the items' sums come out."""

    def __init__(
        self,
        rows: Sequence[ReadRow],
        needs: Mapping[str, Mapping[str, ReadFigure]],
        options: Sequence[Sequence[str]],
    ):
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
        elif not order:
            if all(abs(amount) <= self.slack for amount in self.left.values()):
                yield {}
        else:
            yield from self.place(order[0], order[1:])

    def place(self, index: int, others: Sequence[int]) -> Iterator[dict[int, str]]:
        """Every way that begins with one row."""
        for code in self.options[index]:
            amounts = {(code, side): self.rows[index].yuan(side) for side in SIDES}
            if all(self.left[key] + self.slack >= amount for key, amount in amounts.items()):
                for key, amount in amounts.items():
                    self.left[key] -= amount
                for way in self.search(others):
                    yield {index: code, **way}
                for key, amount in amounts.items():
                    self.left[key] += amount


def report_unmatched(
    tables: ReadTables, rows: Sequence[ReadRow], needs: Mapping[str, Mapping[str, ReadFigure]]
) -> Problem:
    """The problem of rows that fit no item, or several."""
    refs = [row.ref for row in rows]
    figures = [figure for own in needs.values() for figure in own.values()]
    what = f"{tables[Role.CARRYOVER].form.label}各行属于{'、'.join(needs)}中的哪一个"
    problem = undetermined(figures[0], "、".join(needs), what, CARRYOVER_HOW, figures)
    sheet = next(figure.sheet for row in rows for figure in row.figures.values())
    return Problem(sheet=sheet, cells=tuple(refs), message=problem.message, advice=problem.advice)


def derive_carryover(tables: ReadTables, sources: Sources, carried: Carried) -> Derived:
    """The facts of last year's money, item by item and row by row."""
    derived = Derived()
    for code, rows in carried.by_code.items():
        for side, funds in SIDES.items():
            if code not in sources.unclear:
                spent = list_held(list_spent_rows(rows, side))
                derived.take(join_carryover(tables, code, sources.of(code, *funds), spent))
    return derived


def list_spent_rows(rows: Sequence[ReadRow], side: str) -> dict[tuple[Nature, str], ReadFigure]:
    """Figures by nature and row name."""
    found: dict[tuple[Nature, str], ReadFigure] = {}
    for row in rows:
        for nature, column in NATURES.items():
            if figure := row.figures.get(f"{side}_{column}"):
                found[nature, row.name] = figure
    return found


def join_carryover(
    tables: ReadTables,
    code: str,
    rows: Mapping[Fund, ReadFigure],
    spent: Mapping[tuple[Nature, str], ReadFigure],
) -> Derived:
    """Facts of one item's money of last year; a row called as the item names no project."""
    derived = Derived()
    parts = split_figures(rows, spent)
    if parts is None:
        funds = "、".join(fund.label for fund in rows)
        figures = list(rows.values())
        what = f"{code} 有{funds}，每种资金各用于什么"
        derived.problems.append(undetermined(figures[0], code, what, CARRYOVER_HOW, figures))
        return derived
    item = name_item(tables, code)
    for fund, (nature, name), figure in parts:
        project = name if nature is Nature.PROJECT and squeeze(name) != squeeze(item) else ""
        made = make_claim(figure, fund=fund, nature=nature, function=code, project=project)
        nameless = nature is Nature.PROJECT and not project
        (derived.nameless if nameless else derived.claims).append(made)
    return derived
