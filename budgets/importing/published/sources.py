"""What each item is paid from: incomes by fund (Tables 1 and 2), and Table 2 row by row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from budgets.domain.facts import Fund, Side
from budgets.domain.problems import Problem
from budgets.domain.tables.form import Role
from budgets.importing.published.tables import (
    Claim,
    Derived,
    ReadFigure,
    ReadTables,
    list_held,
    make_claim,
    undetermined,
)

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

    by_code: dict[str, dict[Fund, ReadFigure]] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def of(self, code: str, *funds: Fund) -> dict[Fund, ReadFigure]:
        """A code's figures of these funds, where there is money."""
        own = self.by_code.get(code, {})
        return {fund: own[fund] for fund in funds if fund in own}


def find_sources(
    tables: ReadTables, incomes: Mapping[Fund, ReadFigure], stated: set[str]
) -> Sources:
    """The sources of every item that the file does not state line by line."""
    sources = Sources()
    codes = [code for code in tables[Role.INCOME].codes(7) if code not in stated]
    for code in codes:
        figures = {fund: tables[Role.INCOME].figure(code, fund) for fund in SINGLE}
        sources.by_code[code] = list_held(figures)
    for column, group in SHARED.items():
        funds = [Fund(part) for part in tables[Role.WHOLE].parts(group)]
        share_column(tables, sources, column, codes, {f: incomes[f] for f in funds if f in incomes})
    return sources


def share_column(
    tables: ReadTables,
    sources: Sources,
    column: str,
    codes: list[str],
    incomes: dict[Fund, ReadFigure],
) -> None:
    """Take one column apart: by the only fund that it can be of, or the only code that has it."""
    figures = list_held({code: tables[Role.INCOME].figure(code, column) for code in codes})
    if len(incomes) == 1:
        fund = next(iter(incomes))
        for code, figure in figures.items():
            sources.by_code[code][fund] = figure
    elif len(figures) == 1 and incomes and len(held_codes(tables, column)) == 1:
        code, figure = next(iter(figures.items()))
        parts = {
            f: ReadFigure(i.yuan, figure.sheet, figure.ref, figure.label, figure.grain)
            for f, i in incomes.items()
        }
        sources.by_code[code] |= parts
    else:
        for code, figure in figures.items():
            sources.unclear.add(code)
            if incomes:
                sources.problems.append(report_shared(code, figure, column, incomes))


def held_codes(tables: ReadTables, column: str) -> list[str]:
    """The items with money in a column, those that the file states line by line included."""
    codes = tables[Role.INCOME].codes(7)
    return [code for code in codes if tables[Role.INCOME].figure(code, column).yuan]


def report_shared(
    code: str, figure: ReadFigure, column: str, incomes: Mapping[Fund, ReadFigure]
) -> Problem:
    """A column of one code that may be of several funds."""
    funds = "、".join(fund.label for fund in incomes)
    what = f"{code} 的{NAMES[column]}可能来自{funds}"
    return undetermined(figure, code, what, "资金来源、支出性质")


# The rows of Table 1 that funds are parts of, and what they are called.
GROUPS = {
    "general": "一般公共预算拨款",
    "government_fund": "政府性基金预算拨款",
    "state_capital": "国有资本经营预算拨款",
    "unit_funds": "单位资金",
    "carryover_fiscal": "财政拨款结转",
    "carryover_other": "非财政拨款结转结余",
}


def fund_figures(tables: ReadTables) -> dict[Fund, ReadFigure]:
    """What comes in by fund, as far as it is stated."""
    found = {fund: tables[Role.WHOLE].figure(fund, "income") for fund in Fund}
    for group in ("general", "government_fund", "state_capital"):
        parts = [Fund(part) for part in tables[Role.WHOLE].parts(group)]
        if not any(found[fund].ref for fund in parts):
            found |= {fund: tables[Role.INCOME].figure("total", fund) for fund in parts}
    return list_held(found)


def derive_income(tables: ReadTables) -> Derived:
    """A fact for each fund; a group that is not taken apart is a problem."""
    stated = fund_figures(tables)
    claims = [claim_income(figure, fund) for fund, figure in stated.items()]
    return Derived(claims, problems=list(find_bare_groups(tables, stated)))


def claim_income(figure: ReadFigure, fund: Fund) -> Claim:
    """Money that comes in."""
    return make_claim(figure, fund=fund, side=Side.INCOME)


def find_bare_groups(tables: ReadTables, stated: Mapping[Fund, ReadFigure]) -> Iterator[Problem]:
    """Groups of Table 1 with money and no fund that it is of."""
    table = tables[Role.WHOLE]
    if table.is_torn:
        return
    for group, name in GROUPS.items():
        whole = table.figure(group, "income")
        parts = [Fund(part) for part in tables[Role.WHOLE].parts(group)]
        if whole.ref and not stated.keys() & set(parts):
            labels = "、".join(part.label for part in parts)
            yield Problem(
                sheet=whole.sheet,
                cells=(whole.ref,),
                message=f"{table.form.label}“{name}”没有分列各项来源，从公开表里分不出来。",
                advice=f"请在{table.form.label}补上下列各行的金额：{labels}。",
            )
