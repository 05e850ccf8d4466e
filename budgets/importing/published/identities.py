"""Between the tables: the set's identities, held against what a file says."""

from collections.abc import Iterator

from budgets.domain.sets import Each, Identity, split_term
from budgets.domain.tables.form import Role
from budgets.importing.published.gaps import Gap, compare
from budgets.importing.published.sums import group
from budgets.importing.published.table import Figure, Table, Tables


def find_gaps(tables: Tables) -> Iterator[Gap]:
    """Every identity that does not hold, and every limit that is passed."""
    for identity in tables.table_set.identities:
        for code in list_rows(tables, identity) if identity.in_files else ():
            left = list_figures(tables, identity.left, code)
            right = list_figures(tables, identity.right, code)
            gap = compare(shown(left), shown(right))
            is_passed = identity.if_stated and not any(figure.ref for figure in left)
            if gap and not is_passed and not (identity.limit and gap.yuan > 0):
                yield gap


def list_rows(tables: Tables, identity: Identity) -> list[str]:
    """The codes that an identity holds for, by the rows of its tables; a limit's by its left's."""
    if identity.each is None:
        return [""]
    cells = identity.left if identity.limit else (*identity.left, *identity.right)
    roles = {Role(split_term(cell)[0]) for cell in cells}
    keys = {row.key for role in roles for row in tables[role].entries if row.key.isdecimal()}
    if identity.each is Each.CLASS:
        return sorted({key[:3] for key in keys})
    return sorted(key for key in keys if identity.each is Each.CODE or len(key) == 7)


def list_figures(tables: Tables, cells: tuple[str, ...], code: str) -> list[Figure]:
    """The figures of one side for a code."""
    found = []
    for cell in cells:
        key, row, column = split_term(cell)
        found += pick(tables[Role(key)], code if row == "*" else row, column)
    return found


def pick(table: Table, row: str, column: str) -> list[Figure]:
    """The figure of a row; of a code without one, the figures of the rows below it."""
    if row.isdecimal() and not table.entry(row).key:
        below = group([entry for entry in table.entries if entry.key.startswith(row)])[""]
        if found := [entry.figures[column] for entry in below if column in entry.figures]:
            return found
    return [table.figure(row, column)]


def shown(figures: list[Figure]) -> list[Figure]:
    """The figures that are not blank, or one to stand for all."""
    unknown = [figure for figure in figures if figure.unknown]
    return unknown or [figure for figure in figures if figure.ref] or figures[:1]
