"""What the ledger holds of a budget, and what is known around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from budgets import ledger
from budgets.domain.chart import Chart
from budgets.domain.filing import Filing, Organisation
from budgets.domain.funds import Fund
from budgets.importing.validation.case import Known
from budgets.models import Budget, Department, read_chart
from budgets.spreadsheets import THREE_PUBLIC_CODES, WHOLE, YUAN
from budgets.spreadsheets.filling import lay_out
from disclosures.workplace.clerk.entries import BY_KEY, EntryPlan, plan_sheet
from disclosures.workplace.clerk.labels import LEVELS


@dataclass(frozen=True)
class Stored:
    """A budget's filing laid out as rows, its units and its chart."""

    budget: Budget
    filing: Filing
    units: tuple[Organisation, ...]

    @classmethod
    def of(cls, budget: Budget) -> "Stored":
        """Read now; inside a transaction that holds the budget, nothing changes it meanwhile."""
        units = tuple(unit.organisation for unit in Department.objects.units_of(budget.department))
        return cls(budget, ledger.read_filing(budget), units)

    @cached_property
    def chart(self) -> Chart:
        """The year's codes."""
        return read_chart(self.budget.year)

    @cached_property
    def laid(self) -> dict[str, list[dict[str, object]]]:
        """Rows by sheet; the units are those that are registered."""
        laid = lay_out(self.filing, self.chart, YUAN)
        laid["units"] = [{"code": unit.code, "name": unit.name} for unit in self.units]
        laid["income"].sort(key=income_order)
        return laid

    @property
    def known(self) -> Known:
        """What the checks may take for granted."""
        return Known(department=self.filing.department, units=self.units)

    @cached_property
    def lists(self) -> dict[str, list[tuple[str, str]]]:
        """What fields may choose from, as (value, label), by the name of the list."""
        names = list(dict.fromkeys(plan.name for plan in self.filing.projects))
        return {
            "functions": sorted(self.chart.functions.items()),
            "economics": sorted(self.chart.economics.items()),
            "three_public": [(c, self.chart.economic_name(c)) for c in THREE_PUBLIC_CODES],
            "projects": [(name, name) for name in names],
            "targets": [(name, name) for name in (WHOLE, *names)],
            "units": [(unit.code, unit.name) for unit in self.units],
        } | {name: [(word, word) for word in words] for name, words in LEVELS.items()}

    def plan_sheet(self, key: str) -> EntryPlan:
        """The entry of a whole sheet."""
        empty = Filing(department=self.filing.department, year=self.filing.year)
        unstated = lay_out(empty, Chart(empty.year), YUAN)
        is_unit = self.budget.department.parent_id is not None
        return plan_sheet(BY_KEY[key], self.laid, unstated, is_unit)


def income_order(row: Mapping[str, object]) -> tuple:
    """Income stands in the order of the funds, whatever the order in which it was filed."""
    return row["unit"], list(Fund).index(row["fund"]), bool(row["internal"])
