"""What comes in: incomes by fund (Tables 1 and 2), and what each item is paid from (Table 2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from budgets.domain.facts import FISCAL_FAMILIES, Family, Fund, Side
from budgets.domain.problems import Problem
from budgets.domain.tables.form import TOTAL, Role
from budgets.importing.published.tables import (
    FUNDS,
    Claim,
    Derived,
    ReadFigure,
    ReadTables,
    list_held,
    make_claim,
    move_amount,
    report_undetermined,
)

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
