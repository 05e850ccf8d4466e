"""The eleven official tables as data; a province's own set is another tuple like this one."""

from budgets.chart import Chart
from budgets.facts import Filing
from disclosures.catalog.fiscal import PROJECT_CLASSES, T4, T5, T6, T7, T8, T9
from disclosures.catalog.lines import find_parents, project_key
from disclosures.catalog.special import (
    T10,
    T11,
    THREE_PUBLIC_CODES,
    derived_three_public,
    three_public_item,
)
from disclosures.catalog.whole import T1, T2, T3, ledger_facts
from disclosures.tables import Grid, build

ELEVEN = (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11)


def build_tables(filing: Filing, chart: Chart) -> dict[str, Grid]:
    """All eleven tables of a filing by key, `T1` to `T11`."""
    return {form.key: build(form, filing, chart) for form in ELEVEN}


__all__ = [
    "ELEVEN",
    "PROJECT_CLASSES",
    "THREE_PUBLIC_CODES",
    "build_tables",
    "derived_three_public",
    "find_parents",
    "ledger_facts",
    "project_key",
    "three_public_item",
]
