"""Income by fund, from Table 1's left side and, where it does not go that far, Table 2's total."""

from collections.abc import Iterator, Mapping

from budgets.domain.facts import Fund, Side
from budgets.domain.problems import Problem
from budgets.domain.tables.form import Role
from budgets.importing.published.claims import Claim, Derived, claim, held
from budgets.importing.published.table import Figure, Tables

# The rows of Table 1 that funds are parts of, and what they are called.
GROUPS = {
    "general": "一般公共预算拨款",
    "government_fund": "政府性基金预算拨款",
    "state_capital": "国有资本经营预算拨款",
    "unit_funds": "单位资金",
    "carryover_fiscal": "财政拨款结转",
    "carryover_other": "非财政拨款结转结余",
}


def fund_figures(tables: Tables) -> dict[Fund, Figure]:
    """What comes in by fund, as far as it is stated."""
    found = {fund: tables[Role.WHOLE].figure(fund, "income") for fund in Fund}
    for group in ("general", "government_fund", "state_capital"):
        parts = [Fund(part) for part in tables[Role.WHOLE].parts(group)]
        if not any(found[fund].ref for fund in parts):
            found |= {fund: tables[Role.INCOME].figure("total", fund) for fund in parts}
    return held(found)


def derive_income(tables: Tables) -> Derived:
    """A fact for each fund; a group that is not taken apart is a problem."""
    stated = fund_figures(tables)
    claims = [claim_income(figure, fund) for fund, figure in stated.items()]
    return Derived(claims, problems=list(find_unparted(tables, stated)))


def claim_income(figure: Figure, fund: Fund) -> Claim:
    """Money that comes in."""
    return claim(figure, fund=fund, side=Side.INCOME)


def find_unparted(tables: Tables, stated: Mapping[Fund, Figure]) -> Iterator[Problem]:
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
