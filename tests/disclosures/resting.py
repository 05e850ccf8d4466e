"""Filings at rest in the database, with the chart and glossary that they need."""

from io import StringIO

from django.core.management import call_command

from budgets import ledger
from budgets.domain.filing import Filing
from budgets.models import Budget, Department


def rest(filing: Filing) -> Budget:
    """The budget that holds the filing; its department and units are registered if need be."""
    own = filing.department
    department, _ = Department.objects.get_or_create(code=own.code, defaults={"name": own.name})
    for unit in filing.units:
        Department.objects.get_or_create(
            code=unit.code, defaults={"name": unit.name, "parent": department}
        )
    budget, _ = Budget.objects.get_or_create(department=department, year=filing.year)
    ledger.replace_filing(budget, filing)
    return budget


def load_chart(year: int = 2025) -> None:
    """The codes and the glossary of a year."""
    call_command("load_chart", year=year, stdout=StringIO())
