"""Why printed figures may not add up: the footnotes that explain a table's rounding."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from budgets.domain.document import Row
from budgets.domain.facts import Fact
from budgets.domain.money import show_wan, to_wan
from budgets.domain.tables.form import Line, Sums

ZERO = Decimal("0.00")
# Amounts of whole hundreds of yuan are printed in 万元 without rounding.
LAST_PRINTED_DIGIT = Decimal(100)
RESIDUE = (
    "注：{code} {name}{whole}万元，所列明细之和为{parts}万元，相差{gap}万元，"
    "为各数以万元为单位四舍五入形成的尾差。"
)
ROUNDED = "注：本表各数以万元为单位四舍五入，部分合计数与分项之和存在尾差。"

Printed = Mapping[str, Decimal]


def explain_rounding(lines: Sequence[Line], rows: Sequence[Row], sums: Sums) -> list[str]:
    """A sentence for every line that holds a residue, and one for all other printed gaps.

    `rows` are the printed `lines`, in the same order; `sums` says which columns make up which.
    """
    parts = defaultdict(list)
    for line in lines:
        parts[line.parent].append(line.key)
    residues = {line.key: note for line in lines if (note := _residue_note(line))}
    notes = list(residues.values())
    if _is_rounded(lines):
        printed = {line.key: _printed(row) for line, row in zip(lines, rows, strict=True)}
        wholes = [key for key in printed if key in parts and key not in residues]
        down = (_misses(printed[key], [printed[part] for part in parts[key]]) for key in wholes)
        if any(down) or any(_gaps_across([*printed.values()], sums)):
            notes.append(ROUNDED)
    return notes


def _residue_note(line: Line) -> str:
    """The printed total of a line against what its parts add up to without the residue on it."""
    residue = sum((fact.amount for fact in line.facts if _stands_on(fact, line)), ZERO)
    if not residue:
        return ""
    whole = sum((fact.amount for fact in line.facts), ZERO)
    gap = abs(to_wan(whole) - to_wan(whole - residue))
    if not gap:
        return ""
    return RESIDUE.format(
        code=line.key,
        name=next(label for label in reversed(line.labels) if label),
        whole=show_wan(whole),
        parts=show_wan(whole - residue),
        gap=f"{gap:,.2f}",
    )


def _stands_on(fact: Fact, line: Line) -> bool:
    return fact.is_residue and line.key in (fact.function, fact.economic)


def _is_rounded(lines: Sequence[Line]) -> bool:
    """True where an amount has digits that its table does not print."""
    return any(fact.amount % LAST_PRINTED_DIGIT for line in lines for fact in line.facts)


def _printed(row: Row) -> Printed:
    """The amounts of a row as printed, in 万元, by column."""
    return {
        cell.column: ZERO if cell.yuan is None else to_wan(cell.yuan)
        for cell in row.cells
        if cell.kind == "amount"
    }


def _misses(whole: Printed, parts: Sequence[Printed]) -> bool:
    """True where the parts' printed figures do not add up to the whole's in some column."""
    return any(
        amount != sum((part[column] for part in parts), ZERO) for column, amount in whole.items()
    )


def _gaps_across(rows: Sequence[Printed], sums: Sums) -> Iterator[bool]:
    for row in rows:
        for whole, parts in sums:
            yield row[whole] != sum((row[part] for part in parts), ZERO)
