"""Between the tables: the identities of domain §4, each as the cells that must be equal."""

from collections.abc import Callable, Iterator, Sequence

from budgets.facts import Fund
from budgets.published.gaps import Gap, compare
from budgets.published.sums import group
from budgets.published.table import Figure, Table, Tables

Sides = tuple[Sequence[Figure], Sequence[Figure]]
Pairing = Callable[[Tables], Iterator[Sides]]

# Columns of Table 2 by the table that accounts for their money.
FAMILIES = {
    "T5": ("general", (Fund.GENERAL_OWN, Fund.GENERAL_TRANSFER)),
    "T8": ("government_fund", (Fund.GOVERNMENT_FUND_OWN, Fund.GOVERNMENT_FUND_TRANSFER)),
    "T9": ("state_capital", (Fund.STATE_CAPITAL_OWN, Fund.STATE_CAPITAL_TRANSFER)),
}
# Rows of Table 1 by the column of Table 2 that must come to the same.
INCOMES = {
    "general": FAMILIES["T5"][1],
    "government_fund": FAMILIES["T8"][1],
    "state_capital": FAMILIES["T9"][1],
    "special_account": ("special_account",),
    "unit_funds": ("unit_funds",),
    "carryover_fiscal": ("fiscal_carryover",),
    "carryover_other": ("other_carryover",),
}
# Columns of Table 3 by the columns of the three budgets' tables that are part of them.
NATURES = {
    "basic": {
        "T5": ("basic",),
        "T8": ("personnel", "operating"),
        "T9": ("personnel", "operating"),
    },
    "project": {"T5": ("project",), "T8": ("project",), "T9": ("project",)},
}
# Table 10's items: the economic codes that say the same, and their classes in Table 7.
THREE_PUBLIC = {
    "abroad": (("30212",), ("302",)),
    "reception": (("30217",), ("302",)),
    "vehicle_purchase": (("31013", "30913"), ("310", "309")),
    "vehicle_running": (("30231",), ("302",)),
}
OWN_FUNDS = tuple(fund for _, funds in FAMILIES.values() for fund in funds)


def find_gaps(tables: Tables) -> Iterator[Gap]:
    """Every identity that does not hold, and every limit that is passed."""
    yield from compare_all(tables, IDENTITIES)
    yield from (gap for gap in compare_all(tables, LIMITS) if gap.yuan < 0)


def compare_all(tables: Tables, pairs: Sequence[Pairing]) -> Iterator[Gap]:
    """The gaps between all sides that these name."""
    for pair in pairs:
        for left, right in pair(tables):
            if gap := compare(shown(left), shown(right)):
                yield gap


def shown(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that are not blank, or one to stand for all."""
    unknown = [figure for figure in figures if figure.unknown]
    return unknown or [figure for figure in figures if figure.ref] or list(figures[:1])


def codes_of(tables: Tables, *keys: str) -> list[str]:
    """The function codes of every level that have a row in one of the tables."""
    return sorted({row.key for key in keys for row in tables[key].entries if row.key.isdecimal()})


def pick(table: Table, key: str, *columns: str) -> list[Figure]:
    """The figures of one row in these columns."""
    return [table.figure(key, column) for column in columns]


def pick_code(table: Table, code: str, *columns: str) -> list[Figure]:
    """The figures of a code in these columns; those of the rows below it where it has no row."""
    if table.entry(code).key:
        return pick(table, code, *columns)
    below = group([row for row in table.entries if row.key.startswith(code)])[""]
    found = [row.figures[column] for row in below for column in columns if column in row.figures]
    return found or pick(table, code, *columns)


def totals_agree(tables: Tables) -> Iterator[Sides]:
    """Income = expenditure; T1 = T2 = T3."""
    income = pick(tables["T1"], "income_total", "income")
    spent = pick(tables["T1"], "expenditure_total", "expenditure")
    yield income, spent
    yield income, pick(tables["T2"], "total", "total")
    yield spent, pick(tables["T3"], "total", "total")


def funds_agree(tables: Tables) -> Iterator[Sides]:
    """T1's income, fund by fund, is T2's total."""
    for row, columns in INCOMES.items():
        yield (
            pick(tables["T1"], row, "income"),
            pick(tables["T2"], "total", *columns),
        )
    for fund in OWN_FUNDS:
        stated = tables["T1"].figure(fund, "income")
        if stated.ref:
            yield [stated], pick(tables["T2"], "total", fund)


def codes_agree(tables: Tables) -> Iterator[Sides]:
    """T2 = T3 for every code."""
    for code in codes_of(tables, "T2", "T3"):
        yield pick_code(tables["T3"], code, "total"), pick_code(tables["T2"], code, "total")


def classes_agree(tables: Tables) -> Iterator[Sides]:
    """T1's right side = T3's classes; T4's right side = T2's three budgets of this year."""
    whole, fiscal = tables["T1"], tables["T4"]
    classes = {code[:3] for code in codes_of(tables, "T2", "T3")}
    for code in sorted({*whole.codes(3), *classes}):
        yield pick(whole, code, "expenditure"), pick_code(tables["T3"], code, "total")
    for code in sorted({*fiscal.codes(3), *classes}) if fiscal.columns else ():
        for family, funds in FAMILIES.values():
            yield pick(fiscal, code, family), pick_code(tables["T2"], code, *funds)


def fiscal_agrees(tables: Tables) -> Iterator[Sides]:
    """T4's left side = its right side; T4 = T5 + T8 + T9."""
    fiscal = tables["T4"]
    if not fiscal.columns:
        return
    yield (
        pick(fiscal, "income_total", "income"),
        pick(fiscal, "expenditure_total", "total"),
    )
    for key, (family, _) in FAMILIES.items():
        right = pick(tables[key], "total", "total")
        yield pick(fiscal, "expenditure_total", family), right
        yield pick(fiscal, family, "income"), right


def budgets_agree(tables: Tables) -> Iterator[Sides]:
    """T5, T8 and T9 hold what T2 says of their money, for every code."""
    for key, (_, funds) in FAMILIES.items():
        for code in codes_of(tables, "T2", key):
            yield pick_code(tables[key], code, "total"), pick_code(tables["T2"], code, *funds)
        yield pick(tables[key], "total", "total"), pick(tables["T2"], "total", *funds)


def general_agrees(tables: Tables) -> Iterator[Sides]:
    """T5's basic expenditure = T6; T5's projects = T7, for every code."""
    general, projects = tables["T5"], tables["T7"]
    yield pick(general, "total", "basic"), pick(tables["T6"], "total", "total")
    for code in codes_of(tables, "T5", "T7"):
        yield pick_code(general, code, "project"), pick_code(projects, code, "total")
    yield pick(general, "total", "project"), pick(projects, "total", "total")


def carryover_agrees(tables: Tables) -> Iterator[Sides]:
    """T11 = the carryover of T2."""
    for side in ("fiscal", "other"):
        yield (
            pick(tables["T11"], "total", side),
            pick(tables["T2"], "total", f"{side}_carryover"),
        )


IDENTITIES: tuple[Pairing, ...] = (
    totals_agree,
    funds_agree,
    codes_agree,
    classes_agree,
    fiscal_agrees,
    budgets_agree,
    general_agrees,
    carryover_agrees,
)


def natures_within(tables: Tables) -> Iterator[Sides]:
    """What the three budgets spend on each nature is part of T3's, item by item."""
    for code in tables["T3"].codes(7):
        for nature, columns in NATURES.items():
            parts = [figure for key in columns for figure in pick(tables[key], code, *columns[key])]
            yield pick(tables["T3"], code, nature), parts


def three_public_within(tables: Tables) -> Iterator[Sides]:
    """T10 holds what T6 spends on the same codes, and no more than T7 can add to it."""
    if not tables["T10"].columns:
        return
    for item, (codes, classes) in THREE_PUBLIC.items():
        stated = pick(tables["T10"], item, "general")
        basic = shown([tables["T6"].figure(code, "total") for code in codes])
        yield stated, basic
        yield [*basic, *pick(tables["T7"], "total", *classes)], stated


LIMITS: tuple[Pairing, ...] = (natures_within, three_public_within)
