"""Holds what was derived against every figure of every table: nothing is taken in unseen."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budgets.domain.text import remove_blanks
from budgets.facts import Fact, Family, Fund, Nature, Side
from budgets.problems import Problem, Severity
from budgets.published.claims import Claim
from budgets.published.leads import CLASSES
from budgets.published.sums import ITEM_SUMS
from budgets.published.table import ZERO, Entry, Figure, Table, Tables, tell, tolerance

THIS_YEAR = [fund for fund in Fund if not fund.is_carryover]
BASIC = (Nature.BASIC, Nature.PERSONNEL, Nature.OPERATING)
PROJECT = (Nature.PROJECT,)
NATURES = {
    "total": (*BASIC, *PROJECT),
    "basic": BASIC,
    "personnel": (Nature.PERSONNEL,),
    "operating": (Nature.OPERATING,),
    "project": PROJECT,
}


def of_family(family: Family) -> list[Fund]:
    """This year's funds of one budget."""
    return [fund for fund in THIS_YEAR if fund.family is family]


FISCAL = [fund for fund in THIS_YEAR if fund.is_fiscal]
# The funds that each column of Tables 2 and 4, and each table of one budget, is the sum of.
FUNDS = {
    "total": list(Fund),
    "expenditure": list(Fund),
    "fiscal": FISCAL,
    "general": of_family(Family.GENERAL),
    "government_fund": of_family(Family.GOVERNMENT_FUND),
    "state_capital": of_family(Family.STATE_CAPITAL),
    "unit_funds": of_family(Family.UNIT_FUNDS),
    "fiscal_carryover": [fund for fund in Fund if fund.is_carryover and fund.is_fiscal],
    "other_carryover": [fund for fund in Fund if fund.is_carryover and not fund.is_fiscal],
} | {fund.value: [fund] for fund in Fund}
TABLE_FUNDS = {
    "T3": list(Fund),
    "T5": FUNDS["general"],
    "T6": FUNDS["general"],
    "T7": FUNDS["general"],
    "T8": FUNDS["government_fund"],
    "T9": FUNDS["state_capital"],
}
# A fact may itself be what is left of Table 3's figure after those of the three budgets.
FIGURES = 4
T11_SIDES = {"fiscal": "fiscal_carryover", "other": "other_carryover"}


@dataclass(slots=True)
class Sums:
    """Facts added up by what tables ask for: (code or class above, fund, nature) and more."""

    amounts: dict[tuple, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    counts: dict[tuple, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, key: tuple, amount: Decimal) -> None:
        """Note one amount."""
        self.amounts[key] += amount
        self.counts[key] += 1

    def total(self, keys: Sequence[tuple]) -> tuple[Decimal, int]:
        """The sum of these keys and how many facts it has."""
        return (
            sum((self.amounts.get(key, ZERO) for key in keys), ZERO),
            sum(self.counts.get(key, 0) for key in keys),
        )


def add_up(facts: Sequence[Fact]) -> Sums:
    """The sums of all facts."""
    sums = Sums()
    for fact in facts:
        if fact.side is Side.INCOME:
            sums.add(("income", fact.fund), fact.amount)
        else:
            for key in list_keys(fact):
                sums.add(key, fact.amount)
    return sums


def list_keys(fact: Fact) -> Iterator[tuple]:
    """Everything that an expenditure fact is part of."""
    project = remove_blanks(fact.project)
    for code in above(fact.function, 7) if fact.function else ():
        yield "function", code, fact.fund, fact.nature
        yield "project", code, "", fact.economic[:3], fact.fund, fact.nature
        if len(code) == 7:
            yield "project", code, project, fact.economic[:3], fact.fund, fact.nature
    for code in above(fact.economic, 5) if fact.economic else ():
        yield "economic", code, fact.fund, fact.nature


def above(code: str, longest: int) -> list[str]:
    """The code with those above it, and "" for everything."""
    return ["", *(code[:n] for n in (3, 5, longest) if n <= len(code))][: 4 if longest == 7 else 3]


def verify(tables: Tables, claims: Sequence[Claim]) -> list[Problem]:
    """Every figure that the claims do not add up to: rounding is a hint, more is an error.

    Where items are wrong, the sums above them are not told too.
    """
    sums = add_up([made.fact for made in claims])
    hints, items, wholes = [], [], []
    for table in tables.of.values():
        rows = [*table.entries, *table.totals.values()] if table.form.key != "T10" else []
        for row in rows:
            found = list(judge_row(table, row, sums))
            hints += [problem for problem in found if problem.severity is Severity.HINT]
            errors = [problem for problem in found if problem.severity is Severity.ERROR]
            (items if is_item(table, row) else wholes).extend(errors)
    return [*(items or wholes), *hints]


def is_item(table: Table, row: Entry) -> bool:
    """True for rows of the lowest level."""
    digits = 5 if table.form.key == "T6" else 7
    return row.key.isdecimal() and len(row.key) == digits


def judge_row(table: Table, row: Entry, sums: Sums) -> Iterator[Problem]:
    """Every figure of one row against what was derived for it."""
    for column in table.columns:
        keys = list_parts(table, row, column)
        if keys is not None:
            yield from judge(table, row, column, *sums.total(keys))


def judge(table: Table, row: Entry, column: str, yuan: Decimal, parts: int) -> list[Problem]:
    """One figure against what was derived for it."""
    figure = row.figures.get(column) or table.blank(row.key, column)
    gap = abs(figure.yuan - yuan)
    if not gap or figure.unknown:
        return []
    cells = (figure.ref or row.ref,)
    if gap <= tolerance(FIGURES * parts, figure.grain):
        return [remark(figure, cells)]
    message = f"{figure.label}是 {tell(figure.yuan)}，由各表得出的却是 {tell(yuan)}。"
    advice = "请核对这一格，以及“支出明细”里填的行。"
    return [Problem(sheet=figure.sheet, cells=cells, message=message, advice=advice)]


def remark(figure: Figure, cells: tuple[str, ...]) -> Problem:
    """A figure that differs from what the ledger will show by rounding."""
    return Problem(
        sheet=figure.sheet,
        cells=cells,
        message="与明细之和相差不超过四舍五入的范围。",
        advice="不需要处理；公开时按明细之和显示。",
        severity=Severity.HINT,
    )


def list_parts(table: Table, row: Entry, column: str) -> list[tuple] | None:
    """The keys that a figure is the sum of; None where nothing is known of it."""
    key = table.form.key
    is_income = not row.key.isdecimal() and row.key != "expenditure_total"
    if len(table.form.blocks) > 1 and is_income is not (column == "income"):
        return None
    if column == "income":
        return income_parts(key, row.key)
    if key == "T11":
        return carryover_parts(row, column)
    code = row.key if row.key.isdecimal() else ""
    if key == "T7":
        return project_parts(row, code, column)
    if key in TABLE_FUNDS:
        kind = "economic" if key == "T6" else "function"
        natures = BASIC if key == "T6" and column == "total" else NATURES[column]
        return [(kind, code, fund, n) for fund in TABLE_FUNDS[key] for n in natures]
    funds = FISCAL if key == "T4" and column == "total" else FUNDS[column]
    return [("function", code, fund, n) for fund in funds for n in NATURES["total"]]


def income_parts(key: str, row: str) -> list[tuple]:
    """The funds of an income row, of Table 1 or of Table 4."""
    funds = list_funds(row) if key == "T1" else FISCAL
    if key == "T4" and row in FUNDS:
        funds = FUNDS[row]
    return [("income", fund) for fund in funds]


def list_funds(row: str) -> list[Fund]:
    """The funds of one of Table 1's rows."""
    parts = ITEM_SUMS["T1"].get(row)
    return [Fund(row)] if parts is None else [fund for part in parts for fund in list_funds(part)]


def carryover_parts(row: Entry, column: str) -> list[tuple] | None:
    """The parts of Table 11's totals; its rows were matched by what they add up to."""
    if row.key != "total":
        return None
    side, _, nature = column.partition("_")
    sides = T11_SIDES.values() if side == "total" else [T11_SIDES[side]]
    funds = [fund for name in sides for fund in FUNDS[name]]
    return [("function", "", fund, n) for fund in funds for n in NATURES[nature or "total"]]


def project_parts(row: Entry, code: str, column: str) -> list[tuple]:
    """The parts of one of Table 7's figures."""
    project = remove_blanks(row.project)
    classes = [*CLASSES, ""] if column == "total" else [column]
    return [
        ("project", code, project, economic, fund, Nature.PROJECT)
        for economic in classes
        for fund in TABLE_FUNDS["T7"]
    ]
