"""Gives project money outside Table 7 its names: from performance tables, or what is on file."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from budgets.domain.facts import Fact, Nature
from budgets.domain.filing import Filing
from budgets.domain.money import to_wan
from budgets.domain.problems import Problem, Severity
from budgets.domain.text import remove_blanks
from budgets.importing.published.claims import STATE_ROWS, Claim, Derived, set_apart
from budgets.importing.published.performance import Purse
from budgets.importing.published.table import PRINTED, ZERO, tell, tolerance

Parts = dict[str, Decimal]


class Namer:
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
            warning = report(made, f"已归入系统里唯一对得上的项目“{self.spare[0]}”，请核对。")
            problems = [replace(warning, severity=Severity.WARNING)]
        elif not parts:
            problems = [report(made, advise(made))]
        else:
            problems = []
        claims = [rename(made, name, yuan) for name, yuan in parts.items()]
        return Derived(claims, problems=problems)


def rename(made: Claim, name: str, yuan: Decimal) -> Claim:
    """A claim of a project's part."""
    return replace(made, fact=replace(made.fact, project=name, amount=yuan))


def report(made: Claim, advice: str) -> Problem:
    """Project money without a name."""
    fact = made.fact
    return Problem(
        sheet=made.sheet,
        cells=(made.refs["amount"],),
        message=f"{fact.function} 的项目支出没有名称（{fact.fund.label}，{tell(fact.amount)}）。",
        advice=advice,
    )


def advise(made: Claim) -> str:
    """What to do about it."""
    amount = tell(made.fact.amount)
    rows = STATE_ROWS.format(code=set_apart(made.fact.function), how="项目名称", amount=amount)
    return f"{rows}或者附上各项目的“项目支出绩效目标表”。"
