"""The command that checks changed budgets again in the background."""

from io import StringIO

import pytest
from django.core.management import call_command

from disclosures.demo.factories import store_filing
from disclosures.models import Appraisal
from tests.factories.people import load_chart
from tests.factories.union import union_filing

pytestmark = pytest.mark.django_db


def run(**options):
    written = StringIO()
    call_command("appraise_budgets", stdout=written, **options)
    return written.getvalue().strip()


def test_only_what_has_changed_is_checked_again(union):
    assert run() == "重新核对了0份预算。"
    load_chart(2025)
    store_filing(union_filing())
    assert (run(), run()) == ("重新核对了1份预算。", "重新核对了0份预算。")
    assert Appraisal.objects.get().total == 2658900
    assert run(year=2024, verbosity=0) == ""
