"""Projects of the general budget: Table 7 names the project money that Table 5 only sums."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from budgets.domain.facts import Fact, Fund, Nature
from budgets.domain.filing import Filing
from budgets.domain.money import to_wan
from budgets.domain.problems import Problem, Severity
from budgets.domain.tables.form import Role
from budgets.domain.text import remove_blanks
from budgets.importing.published.headings import FACTORS, RawLine, text_of
from budgets.importing.published.tables import (
    PRINTED,
    STATE_ROWS,
    ZERO,
    Claim,
    Derived,
    ReadFigure,
    ReadRow,
    ReadTables,
    amount_of,
    grain_of,
    make_claim,
    set_apart,
    spell_yuan,
    split_figures,
    sum_figures,
    tolerance,
    undetermined,
)
from budgets.spreadsheets import RawSheet
from budgets.spreadsheets.values import MisreadError, parse_money, parse_text

GENERAL = (Fund.GENERAL_OWN, Fund.GENERAL_TRANSFER)
HOW = "资金来源、项目名称、经济科目"

Spent = dict[tuple[str, str], tuple[ReadFigure, ReadRow]]


def name_general(tables: ReadTables, nameless: Sequence[Claim]) -> Derived:
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
    parts = split_figures(rows, {key: figure for key, (figure, _) in spent.items()})
    if parts is None:
        figures = [figure for figure, _ in spent.values()]
        what = f"{code} 的项目支出有一般财力和上级转移支付两个来源，每个项目各用多少"
        derived.problems.append(undetermined(figures[0], code, what, HOW, figures))
        return derived
    for fund, (project, economic), figure in parts:
        nature, entry = claims[0].fact.nature, spent[project, economic][1]
        codes = {"function": code, "economic": economic, "project": project}
        derived.claims.append(make_claim(figure, fund=fund, nature=nature, entry=entry, **codes))
    return derived


def figure_of(made: Claim) -> ReadFigure:
    """A claim's amount and cell."""
    return ReadFigure(made.fact.amount, made.sheet, made.refs["amount"])


def list_spent(rows: Sequence[ReadRow], problems: list[Problem]) -> Spent:
    """Figures and rows by project and economic class; "" is money without a class."""
    found: Spent = {}
    for row in rows:
        classes = {code: row.figures[code] for code in sorted(row.figures) if code.isdecimal()}
        found |= {(row.project, code): (figure, row) for code, figure in classes.items()}
        if remainder := find_remainder(row, classes, problems):
            found[row.project, ""] = remainder, row
    return found


def find_remainder(
    row: ReadRow, classes: Mapping[str, ReadFigure], problems: list[Problem]
) -> ReadFigure | None:
    """What a project's total has beyond its classes, where rounding is not the reason."""
    total = row.figures.get("total")
    if total is None:
        return None
    figures = [total, *classes.values()]
    left = total.yuan - sum_figures(classes.values())
    if left <= (tolerance(len(classes), grain_of(figures)) if classes else ZERO):
        return None
    if classes:
        message = f"项目“{row.project}”的合计比各经济分类之和多 {spell_yuan(left)}。"
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


def report_nameless(tables: ReadTables, code: str) -> list[Problem]:
    """An item of Table 7 with money and no project below it."""
    table = tables[Role.PROJECTS]
    row = table.entry(code)
    refs = tuple(figure.ref for figure in row.figures.values())[:1]
    if not refs:
        return []
    message = f"{table.form.label}的 {code} 没有项目名称。"
    advice = f"请在{table.form.label}这个科目下逐个列出项目名称和金额。"
    return [Problem(sheet=table.sheet, cells=refs, message=message, advice=advice)]


TITLE = re.compile(r".*项目(支出)?绩效目标(申报)?表.*")
NAME = re.compile(r"项目名称:?")
MONEY = re.compile(r".*项目资金.*")
UNIT = re.compile(r"(万元|元)")
FISCAL, OTHER = re.compile(r"(其中:?)?财政拨款:?"), re.compile(r"(其中:?)?其他资金:?")


@dataclass(slots=True)
class Purse:
    """A project's money in yuan, as its performance table states it."""

    name: str
    fiscal: Decimal = ZERO
    other: Decimal = ZERO
    factor: int = 10_000


def read_purses(sheets: Sequence[RawSheet]) -> list[Purse]:
    """The projects of every performance table in the file."""
    return [purse for sheet in sheets for purse in read_sheet(sheet) if purse.name]


def read_sheet(sheet: RawSheet) -> Iterator[Purse]:
    """The projects of one sheet, which may hold several tables."""
    purse = None
    for line in sheet.rows:
        if any(TITLE.fullmatch(text_of(cell)) for cell in line):
            if purse:
                yield purse
            purse = Purse("")
        if purse:
            note(purse, line)
    if purse:
        yield purse


def note(purse: Purse, line: RawLine) -> None:
    """Take what a row says of the project."""
    filled = [cell for cell in line if text_of(cell)]
    for label, value in pairwise(filled):
        text = text_of(label)
        if NAME.fullmatch(text) and not purse.name:
            purse.name = parse_text(value.value)
        elif MONEY.fullmatch(text) and (unit := UNIT.search(text)):
            purse.factor = FACTORS[unit[1]]
        elif FISCAL.fullmatch(text):
            purse.fiscal = read_money(value.value, purse)
        elif OTHER.fullmatch(text):
            purse.other = read_money(value.value, purse)


def read_money(raw: object, purse: Purse) -> Decimal:
    """An amount in yuan; zero where it is none, since the tables themselves are what counts."""
    try:
        return parse_money(raw, purse.factor) or ZERO
    except MisreadError:
        return ZERO


Parts = dict[str, Decimal]


class ProjectNamer:
    """Names claims one after the other; `spare` are the filing's projects that none has named."""

    def __init__(self, filing: Filing, purses: Sequence[Purse], named: Sequence[Claim]):
        self.filing, self.purses, self.named = filing, purses, named
        known = {remove_blanks(made.fact.project) for made in named}
        self.spare = [
            plan.name for plan in filing.projects if remove_blanks(plan.name) not in known
        ]

    def name(self, nameless: Sequence[Claim]) -> Derived:
        """Every claim with its name or names, or the problem that it has none."""
        derived = Derived()
        for is_fiscal in (True, False):
            pools = [made for made in nameless if made.fact.fund.is_fiscal is is_fiscal]
            found = self.divide(pools, is_fiscal)
            for index, made in enumerate(pools):
                parts = found.get(index) or self.remember(made.fact)
                derived.take(self.settle(made, parts))
        return derived

    def divide(self, pools: Sequence[Claim], is_fiscal: bool) -> dict[int, Parts]:
        """Each pool's names by the performance tables: one pool, or one project, is certain."""
        spent = self.list_spent(is_fiscal)
        left = self.list_left(is_fiscal, spent)
        gap = sum(left.values(), ZERO) - sum((made.fact.amount for made in pools), ZERO)
        rounded = len(left) + len(pools) + sum(len(spent[remove_blanks(name)]) for name in left)
        if not left or abs(gap) > tolerance(rounded, PRINTED):
            return {}
        if len(left) == 1:
            name = next(iter(left))
            return {index: {name: made.fact.amount} for index, made in enumerate(pools)}
        return {0: left} if len(pools) == 1 else {}

    def list_spent(self, is_fiscal: bool) -> dict[str, list[Decimal]]:
        """The amounts that are named already, by project; each may be off by its rounding."""
        spent: dict[str, list[Decimal]] = defaultdict(list)
        for made in self.named:
            if made.fact.fund.is_fiscal is is_fiscal:
                spent[remove_blanks(made.fact.project)].append(made.fact.amount)
        return spent

    def list_left(self, is_fiscal: bool, spent: Mapping[str, Sequence[Decimal]]) -> Parts:
        """What the performance tables state for each project beyond what is named already."""
        left = {}
        for purse in self.purses:
            own = spent[remove_blanks(purse.name)]
            yuan = (purse.fiscal if is_fiscal else purse.other) - sum(own, ZERO)
            if yuan > (tolerance(len(own), PRINTED) if own else ZERO):
                left[purse.name] = yuan
        return left

    def remember(self, fact: Fact) -> Parts:
        """The names on file for the same item and fund, if their amounts are still the same."""
        known: dict[str, Decimal] = defaultdict(Decimal)
        for old in self.filing.facts:
            if (old.function, old.fund, old.nature) == (fact.function, fact.fund, Nature.PROJECT):
                known[old.project] += old.amount
        total = sum(known.values(), ZERO)
        if len(known) == 1 and to_wan(total) == to_wan(fact.amount):
            return {next(iter(known)): fact.amount}
        return dict(known) if total == fact.amount else {}

    def settle(self, made: Claim, parts: Parts) -> Derived:
        """A claim under its names; the only project that is left over is one, with a warning."""
        if not parts and len(self.spare) == 1:
            parts = {self.spare[0]: made.fact.amount}
            warning = report_unnamed(
                made, f"已归入系统里唯一对得上的项目“{self.spare[0]}”，请核对。"
            )
            problems = [replace(warning, severity=Severity.WARNING)]
        elif not parts:
            problems = [report_unnamed(made, advise(made))]
        else:
            problems = []
        claims = [rename_claim(made, name, yuan) for name, yuan in parts.items()]
        return Derived(claims, problems=problems)


def rename_claim(made: Claim, name: str, yuan: Decimal) -> Claim:
    """A claim of a project's part."""
    return replace(made, fact=replace(made.fact, project=name, amount=yuan))


def report_unnamed(made: Claim, advice: str) -> Problem:
    """Project money without a name."""
    fact = made.fact
    return Problem(
        sheet=made.sheet,
        cells=(made.refs["amount"],),
        message=f"{fact.function} 的项目支出没有名称"
        f"（{fact.fund.label}，{spell_yuan(fact.amount)}）。",
        advice=advice,
    )


def advise(made: Claim) -> str:
    """What to do about it."""
    amount = spell_yuan(made.fact.amount)
    rows = STATE_ROWS.format(code=set_apart(made.fact.function), how="项目名称", amount=amount)
    return f"{rows}或者附上各项目的“项目支出绩效目标表”。"
