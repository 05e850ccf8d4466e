"""Where money comes from: incomes by fund, the funds of each item, and what last year left.

Table 1 and Table 2 state incomes, Table 2 what each function item is paid from. Table 11's rows
have no codes: they are matched to the items that last year's money is for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from budgets.domain.facts import FISCAL_FAMILIES, Family, Fund, Nature, Side
from budgets.domain.problems import Problem
from budgets.domain.tables.form import TOTAL, Role
from budgets.domain.text import squeeze
from budgets.importing.published.tables import (
    FUNDS,
    Claim,
    Derived,
    ReadFigure,
    ReadRow,
    ReadTables,
    grain_of,
    list_held,
    make_claim,
    move_amount,
    report_undetermined,
    tolerance,
)
from budgets.importing.published.verification import compare_figures

# The rows of Table 1 that funds are parts of.
BUDGET_ROWS = tuple(family.value for family in FISCAL_FAMILIES)
GROUP_ROWS = (*BUDGET_ROWS, "unit_funds", "carryover_fiscal", "carryover_other")
# Columns of Table 2 that hold one fund, and those of several by the row that takes them apart.
SINGLE = tuple(
    fund for family in (*FISCAL_FAMILIES, Family.SPECIAL_ACCOUNT) for fund in FUNDS[family]
)
SHARED = {
    "unit_funds": "unit_funds",
    "fiscal_carryover": "carryover_fiscal",
    "other_carryover": "carryover_other",
}
CARRIED_FUNDS = [each for each in Fund if each.is_carryover]
SIDES = {
    "fiscal": [each for each in CARRIED_FUNDS if each.is_fiscal],
    "other": [each for each in CARRIED_FUNDS if not each.is_fiscal],
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
class Sources:
    """Figures by code and fund; codes whose money could not be told apart; the problems."""

    by_code: dict[str, dict[Fund, ReadFigure]] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def of(self, code: str, *funds: Fund) -> dict[Fund, ReadFigure]:
        own = self.by_code.get(code, {})
        return {fund: own[fund] for fund in funds if fund in own}


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


def list_incomes(tables: ReadTables) -> dict[Fund, ReadFigure]:
    """What comes in by fund; of Table 2's totals where Table 1 does not take a budget apart."""
    whole = tables[Role.WHOLE]
    found = {fund: whole.figure(fund, "income") for fund in Fund}
    for row in BUDGET_ROWS:
        funds = whole.funds_of(row)
        if not any(found[fund].ref for fund in funds):
            found |= {fund: tables[Role.INCOME].figure(TOTAL, fund) for fund in funds}
    return list_held(found)


def derive_income(tables: ReadTables) -> Derived:
    """A fact for each fund; a group that is not taken apart is a problem."""
    incomes = list_incomes(tables)
    claims: list[Claim] = [
        make_claim(figure, fund=fund, side=Side.INCOME) for fund, figure in incomes.items()
    ]
    return Derived(claims, problems=list(find_whole_groups(tables, incomes)))


def find_whole_groups(tables: ReadTables, incomes: Mapping[Fund, ReadFigure]) -> Iterator[Problem]:
    """Groups of Table 1 with money and no fund that it is of."""
    table = tables[Role.WHOLE]
    for row in GROUP_ROWS if not table.is_torn else ():
        whole, funds = table.figure(row, "income"), table.funds_of(row)
        if whole.ref and not incomes.keys() & set(funds):
            label, name = table.form.label, table.name_row(row)
            yield whole.complain(
                f"{label}“{name}”没有分列各项来源，从公开表里分不出来。",
                f"请在{label}补上下列各行的金额：{'、'.join(fund.label for fund in funds)}。",
            )


def find_sources(tables: ReadTables, stated: set[str]) -> Sources:
    """The sources of every item that the file does not state line by line.

    A column of several funds is taken apart by the only fund that it can be of, or the only code
    that has it.
    """
    table, incomes = tables[Role.INCOME], list_incomes(tables)
    sources = Sources()
    every = table.codes(7)
    codes = [code for code in every if code not in stated]
    for code in codes:
        sources.by_code[code] = list_held({fund: table.figure(code, fund) for fund in SINGLE})
    for column, row in SHARED.items():
        funds = {f: incomes[f] for f in tables[Role.WHOLE].funds_of(row) if f in incomes}
        figures = list_held({code: table.figure(code, column) for code in codes})
        is_alone = sum(bool(table.figure(code, column).yuan) for code in every) == 1
        for code, figure in figures.items():
            if len(funds) == 1 or (funds and is_alone):
                is_one = len(funds) == 1
                sources.by_code[code] |= {
                    fund: figure if is_one else move_amount(figure, income.yuan)
                    for fund, income in funds.items()
                }
                continue
            sources.unclear.add(code)
            if funds:
                labels = "、".join(fund.label for fund in funds)
                what = f"{code} 的{tables[Role.WHOLE].name_row(row)}可能来自{labels}"
                sources.problems.append(
                    report_undetermined([figure], code, what, "资金来源、支出性质")
                )
    return sources


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
                claim = make_claim(figure, fund=fund, nature=nature, function=code, project=project)
                (derived.nameless if is_project and not project else derived.claims).append(claim)
    return derived
