"""Two departments with budgets to upload for: one with the sample on file, one with nothing."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from budgets.models import Budget, Department
from tests.corpus.case import SAMPLE, SCHOOLS, UNION


@pytest.fixture(scope="module")
def budgets(django_db_setup, django_db_blocker):
    """Budgets of 2025 by department; the database stays clean."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_chart", year=2025, stdout=StringIO())
        call_command("import_budget", str(SAMPLE), "--create-department", stdout=StringIO())
        schools = Department.objects.create(code=SCHOOLS, name="某县教育局")
        yield {
            UNION: Budget.objects.get(department__code=UNION),
            SCHOOLS: Budget.objects.create(department=schools, year=2025),
        }
        transaction.set_rollback(True)
