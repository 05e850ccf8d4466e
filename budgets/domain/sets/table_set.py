"""What a province prescribes: which tables there are, and what must hold between them."""

from dataclasses import dataclass

from budgets.chart import Chart
from budgets.domain.tables.build import build
from budgets.domain.tables.form import Form, Role
from budgets.domain.tables.grid import Grid
from budgets.facts import Filing


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSet:
    """`forms` in the order of their numbers; `specific_first` as titles in files are recognized."""

    forms: tuple[Form, ...]
    specific_first: tuple[Form, ...]

    def __getitem__(self, key: str) -> Form:
        return next(form for form in self.forms if form.key == key)

    def form(self, role: Role) -> Form | None:
        """The table of a role; None where the province has none."""
        return next((form for form in self.forms if form.role is role), None)


def build_tables(table_set: TableSet, filing: Filing, chart: Chart) -> dict[str, Grid]:
    """All tables of a filing by key, in their order."""
    return {form.key: build(form, filing, chart) for form in table_set.forms}
