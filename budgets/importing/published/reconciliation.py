"""Holds the tables against themselves and each other, and tells every gap that is no rounding."""

from collections import Counter
from collections.abc import Iterator, Sequence

from budgets.domain.problems import Problem
from budgets.importing.published import identities, sums
from budgets.importing.published.gaps import Gap, report
from budgets.importing.published.reading import Reading


def reconcile(reading: Reading) -> Iterator[Problem]:
    """Rows that stand twice, sums and identities that do not hold, units that cannot be."""
    tables = reading.tables
    for table in tables.of.values():
        yield from sums.find_repeated(table)
    found = [gap for table in tables.of.values() for gap in sums.find_gaps(table)]
    found = [gap for gap in (*found, *identities.find_gaps(tables)) if not gap.is_rounding]
    yield from report_scales(reading, [gap for gap in found if gap.is_scale])
    yield from (report(gap) for gap in found if not gap.is_scale)


def report_scales(reading: Reading, found: Sequence[Gap]) -> Iterator[Problem]:
    """A wrong unit is one mistake, however many figures it spoils: told once, at the unit."""
    while found:
        counts = Counter(label for gap in found for label in sorted(gap.tables))
        label = counts.most_common(1)[0][0]
        table = next(each for each in reading.tables.of.values() if each.form.label == label)
        imprint = reading.imprints.get(table.form.role)
        unit = imprint.unit if imprint else None
        yield Problem(
            sheet=table.sheet,
            cells=(unit.ref,) if unit else (),
            message=f"{label}的金额与其他表相差一万倍。",
            advice="请核对这张表的金额单位是元还是万元。",
        )
        found = [gap for gap in found if label not in gap.tables]
