"""Names of project money: from Table 7, from performance tables, or from what is on file."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from budgets.domain.facts import Fact, Family, Nature
from budgets.domain.filing import Filing
from budgets.domain.money import ZERO, to_wan
from budgets.domain.problems import Problem, Severity
from budgets.domain.tables.form import Role
from budgets.domain.text import remove_blanks
from budgets.importing.published.headings import FACTORS, RawLine, text_of
from budgets.importing.published.tables import (
    FUNDS,
    PRINTED,
    Claim,
    Derived,
    ReadFigure,
    ReadRow,
    ReadTables,
    add_figures,
    ask_for_rows,
    grain_of,
    make_claim,
    move_amount,
    spell_yuan,
    tolerance,
)
from budgets.spreadsheets import RawSheet
from budgets.spreadsheets.values import MisreadError, parse_money, parse_text

PROJECT_HOW = "资金来源、项目名称、经济科目"
PURSE_TITLE = re.compile(r"项目(?:支出)?绩效目标(?:申报)?表")
PURSE_NAME = re.compile(r"项目名称:?")
PURSE_MONEY = "项目资金"
PURSE_UNIT = re.compile(r"(万元|元)")
FISCAL, OTHER = re.compile(r"(其中:?)?财政拨款:?"), re.compile(r"(其中:?)?其他资金:?")

# Figures and rows by project and economic class; "" is money without a class.
SpentByProject = dict[tuple[str, str], tuple[ReadFigure, ReadRow]]
# Amounts in yuan by the names of projects.
NamedParts = dict[str, Decimal]


def name_general(tables: ReadTables, nameless: Sequence[Claim]) -> Derived:
    """The general budget's project money by project and economic class; the rest is handed on.

    Table 7 names the project money that Table 5 only sums.
    """
    derived = Derived()
    by_code: dict[str, list[Claim]] = defaultdict(list)
    for claim in nameless:
        is_general = claim.fact.fund in FUNDS[Family.GENERAL]
        (by_code[claim.fact.function] if is_general else derived.nameless).append(claim)
    table = tables[Role.PROJECTS]
    for code, claims in by_code.items():
        projects = [row for row in table.rows.get(code, ()) if row.project]
        if spent := list_spent_by_project(projects, derived.problems):
            name_item_projects(derived, code, claims, spent)
        elif refs := table.entry(code).first_refs:
            label = table.form.label
            advice = f"请在{label}这个科目下逐个列出项目名称和金额。"
            derived.problems.append(
                table.complain(refs, f"{label}的 {code} 没有项目名称。", advice)
            )
    return derived


def name_item_projects(
    derived: Derived, code: str, claims: Sequence[Claim], spent: SpentByProject
) -> None:
    paid = {
        claim.fact.fund: ReadFigure(claim.fact.amount, claim.sheet, claim.refs["amount"])
        for claim in claims
    }
    figures = {key: figure for key, (figure, _) in spent.items()}
    what = f"{code} 的项目支出有一般财力和上级转移支付两个来源，每个项目各用多少"
    for fund, (project, economic), figure in derived.split(paid, figures, code, what, PROJECT_HOW):
        nature, entry = claims[0].fact.nature, spent[project, economic][1]
        codes = {"function": code, "economic": economic, "project": project}
        derived.claims.append(make_claim(figure, fund=fund, nature=nature, entry=entry, **codes))


def list_spent_by_project(rows: Sequence[ReadRow], problems: list[Problem]) -> SpentByProject:
    """What each project spends, by economic class.

    What its total has beyond its classes, where rounding is not the reason, has no class; where
    there are any, that is a warning.
    """
    found: SpentByProject = {}
    for row in rows:
        classes = {code: row.figures[code] for code in sorted(row.figures) if code.isdecimal()}
        found |= {(row.project, code): (figure, row) for code, figure in classes.items()}
        total = row.figures.get("total")
        if total is None:
            continue
        left = total.yuan - add_figures(classes.values())
        slack = tolerance(len(classes), grain_of([total, *classes.values()])) if classes else ZERO
        if left > slack:
            found[row.project, ""] = move_amount(total, left), row
        if left > slack and classes:
            message = f"项目“{row.project}”的合计比各经济分类之和多 {spell_yuan(left)}。"
            advice = "多出的部分没有经济分类，请核对。"
            problems.append(total.complain(message, advice, Severity.WARNING))
    return found


@dataclass(slots=True)
class Purse:
    """A project's money in yuan, as its performance table states it."""

    name: str
    fiscal: Decimal = ZERO
    other: Decimal = ZERO
    factor: int = 10_000

    def read_line(self, line: RawLine) -> None:
        for label, value in pairwise(cell for cell in line if text_of(cell)):
            text = text_of(label)
            if PURSE_NAME.fullmatch(text) and not self.name:
                self.name = parse_text(value.value)
            elif PURSE_MONEY in text and (unit := PURSE_UNIT.search(text)):
                self.factor = FACTORS[unit[1]]
            elif FISCAL.fullmatch(text):
                self.fiscal = self.read_money(value.value)
            elif OTHER.fullmatch(text):
                self.other = self.read_money(value.value)

    def read_money(self, raw: object) -> Decimal:
        """An amount; zero where it is none, since the tables themselves are what counts."""
        try:
            return parse_money(raw, self.factor) or ZERO
        except MisreadError:
            return ZERO


def read_purses(sheets: Sequence[RawSheet]) -> list[Purse]:
    """The projects of every performance table in the file; a sheet may hold several."""
    purses: list[Purse] = []
    for sheet in sheets:
        purse = None
        for line in sheet.rows:
            if any(PURSE_TITLE.search(text_of(cell)) for cell in line):
                purse = Purse("")
                purses.append(purse)
            if purse:
                purse.read_line(line)
    return [purse for purse in purses if purse.name]


class ProjectNamer:
    """Names claims one after the other; `spare` are the filing's projects that none has named."""

    def __init__(self, filing: Filing, purses: Sequence[Purse], named: Sequence[Claim]):
        self.filing, self.purses, self.named = filing, purses, named
        known = {remove_blanks(claim.fact.project) for claim in named}
        self.spare = [
            plan.name for plan in filing.projects if remove_blanks(plan.name) not in known
        ]

    def name(self, nameless: Sequence[Claim]) -> Derived:
        """Every claim with its name or names, or the problem that it has none."""
        derived = Derived()
        for is_fiscal in (True, False):
            pools = [claim for claim in nameless if claim.fact.fund.is_fiscal is is_fiscal]
            found = self.divide(pools, is_fiscal)
            for index, claim in enumerate(pools):
                parts = found.get(index) or self.remember(claim.fact)
                derived.extend(self.settle(claim, parts))
        return derived

    def divide(self, pools: Sequence[Claim], is_fiscal: bool) -> dict[int, NamedParts]:
        """Each pool's names by the performance tables: one pool, or one project, is certain."""
        # The amounts that are named already, by project; each may be off by its rounding.
        spent: dict[str, list[Decimal]] = defaultdict(list)
        for claim in self.named:
            if claim.fact.fund.is_fiscal is is_fiscal:
                spent[remove_blanks(claim.fact.project)].append(claim.fact.amount)
        left = {}
        for purse in self.purses:
            own = spent[remove_blanks(purse.name)]
            yuan = (purse.fiscal if is_fiscal else purse.other) - sum(own, ZERO)
            if yuan > (tolerance(len(own), PRINTED) if own else ZERO):
                left[purse.name] = yuan
        gap = sum(left.values(), ZERO) - sum((claim.fact.amount for claim in pools), ZERO)
        rounded = len(left) + len(pools) + sum(len(spent[remove_blanks(name)]) for name in left)
        if not left or abs(gap) > tolerance(rounded, PRINTED):
            return {}
        if len(left) == 1:
            name = next(iter(left))
            return {index: {name: claim.fact.amount} for index, claim in enumerate(pools)}
        return {0: left} if len(pools) == 1 else {}

    def remember(self, fact: Fact) -> NamedParts:
        """The names on file for the same item and fund, if their amounts are still the same."""
        known: dict[str, Decimal] = defaultdict(Decimal)
        for old in self.filing.facts:
            if (old.function, old.fund, old.nature) == (fact.function, fact.fund, Nature.PROJECT):
                known[old.project] += old.amount
        total = sum(known.values(), ZERO)
        if len(known) == 1 and to_wan(total) == to_wan(fact.amount):
            return {next(iter(known)): fact.amount}
        return dict(known) if total == fact.amount else {}

    def settle(self, claim: Claim, parts: Mapping[str, Decimal]) -> Derived:
        """A claim under its names; the only project that is left over is one, with a warning."""
        derived = Derived()
        if not parts:
            fact, spare, severity = claim.fact, self.spare, Severity.ERROR
            amount = spell_yuan(fact.amount)
            advice = ask_for_rows(fact.function, "项目名称", fact.amount)
            advice += "或者附上各项目的“项目支出绩效目标表”。"
            if len(spare) == 1:
                parts, severity = {spare[0]: fact.amount}, Severity.WARNING
                advice = f"已归入系统里唯一对得上的项目“{spare[0]}”，请核对。"
            message = f"{fact.function} 的项目支出没有名称（{fact.fund.label}，{amount}）。"
            figure = ReadFigure(fact.amount, claim.sheet, claim.refs["amount"])
            derived.problems.append(figure.complain(message, advice, severity))
        for name, yuan in parts.items():
            fact = replace(claim.fact, project=name, amount=yuan)
            derived.claims.append(replace(claim, fact=fact))
        return derived
