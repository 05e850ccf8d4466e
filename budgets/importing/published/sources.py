"""What each function item is paid from, fund by fund: Table 2's columns, by Table 1's incomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from budgets.domain.facts import Fund
from budgets.domain.problems import Problem
from budgets.domain.tables.form import Role
from budgets.importing.published.claims import held, undetermined
from budgets.importing.published.table import Figure, Tables

# Columns of Table 2 that hold several funds, by the row of Table 1 that takes them apart.
SHARED = {
    "unit_funds": "unit_funds",
    "fiscal_carryover": "carryover_fiscal",
    "other_carryover": "carryover_other",
}
NAMES = {
    "unit_funds": "单位资金",
    "fiscal_carryover": "财政拨款结转",
    "other_carryover": "非财政拨款结转结余",
}
SINGLE = (
    Fund.GENERAL_OWN,
    Fund.GENERAL_TRANSFER,
    Fund.GOVERNMENT_FUND_OWN,
    Fund.GOVERNMENT_FUND_TRANSFER,
    Fund.STATE_CAPITAL_OWN,
    Fund.STATE_CAPITAL_TRANSFER,
    Fund.SPECIAL_ACCOUNT,
)


@dataclass(slots=True)
class Sources:
    """Figures by code and fund; codes whose money could not be told apart; the problems."""

    by_code: dict[str, dict[Fund, Figure]] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def of(self, code: str, *funds: Fund) -> dict[Fund, Figure]:
        """A code's figures of these funds, where there is money."""
        own = self.by_code.get(code, {})
        return {fund: own[fund] for fund in funds if fund in own}


def find_sources(tables: Tables, incomes: Mapping[Fund, Figure], stated: set[str]) -> Sources:
    """The sources of every item that the file does not state line by line."""
    sources = Sources()
    codes = [code for code in tables[Role.INCOME].codes(7) if code not in stated]
    for code in codes:
        figures = {fund: tables[Role.INCOME].figure(code, fund) for fund in SINGLE}
        sources.by_code[code] = held(figures)
    for column, group in SHARED.items():
        funds = [Fund(part) for part in tables[Role.WHOLE].parts(group)]
        share(tables, sources, column, codes, {f: incomes[f] for f in funds if f in incomes})
    return sources


def share(
    tables: Tables,
    sources: Sources,
    column: str,
    codes: list[str],
    incomes: dict[Fund, Figure],
) -> None:
    """Take one column apart: by the only fund that it can be of, or the only code that has it."""
    figures = held({code: tables[Role.INCOME].figure(code, column) for code in codes})
    if len(incomes) == 1:
        fund = next(iter(incomes))
        for code, figure in figures.items():
            sources.by_code[code][fund] = figure
    elif len(figures) == 1 and incomes and len(held_codes(tables, column)) == 1:
        code, figure = next(iter(figures.items()))
        parts = {
            f: Figure(i.yuan, figure.sheet, figure.ref, figure.label, figure.grain)
            for f, i in incomes.items()
        }
        sources.by_code[code] |= parts
    else:
        for code, figure in figures.items():
            sources.unclear.add(code)
            if incomes:
                sources.problems.append(report(code, figure, column, incomes))


def held_codes(tables: Tables, column: str) -> list[str]:
    """The items with money in a column, those that the file states line by line included."""
    codes = tables[Role.INCOME].codes(7)
    return [code for code in codes if tables[Role.INCOME].figure(code, column).yuan]


def report(code: str, figure: Figure, column: str, incomes: Mapping[Fund, Figure]) -> Problem:
    """A column of one code that may be of several funds."""
    funds = "、".join(fund.label for fund in incomes)
    what = f"{code} 的{NAMES[column]}可能来自{funds}"
    return undetermined(figure, code, what, "资金来源、支出性质")
