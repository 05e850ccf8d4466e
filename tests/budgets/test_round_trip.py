"""A filing goes through the workbook, and through the ledger, and comes out the same."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets import ledger, spreadsheets
from budgets.domain.problems import Severity
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import validate_sheets
from budgets.models import Budget, Department
from tests.factories.random_filings import CHART, DEPARTMENT, UNITS, filings


@given(filings(), st.sampled_from(list(spreadsheets.UNITS)))
def test_workbook_gives_back_the_filing_it_was_filled_with(filing, money_unit):
    sheets = spreadsheets.read(spreadsheets.fill_template(filing, CHART, money_unit))
    verdict = validate_sheets(sheets, CHART, Known(department=DEPARTMENT, units=filing.units))
    assert [str(p) for p in verdict.problems if p.severity is Severity.ERROR] == []
    assert verdict.filing == filing
    assert (verdict.functions, verdict.economics) == ({}, {})


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=filings(), second=filings())
def test_ledger_gives_back_the_filing_it_was_given(first, second):
    department, _ = Department.objects.get_or_create(code=DEPARTMENT.code, name=DEPARTMENT.name)
    for unit in UNITS:
        Department.objects.get_or_create(code=unit.code, name=unit.name, parent=department)
    Budget.objects.all().delete()
    budget = Budget.objects.create(department=department, year=2025)
    ledger.replace_filing(budget, first)
    assert ledger.read_filing(budget) == first
    if {unit.code for unit in first.units} <= {unit.code for unit in second.units}:
        ledger.replace_filing(budget, second)
        assert ledger.read_filing(budget) == second
