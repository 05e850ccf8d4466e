"""The board of a county: the first look, the following ones, and the one after a few changes.

Fills the empty database of DATABASE_URL with copies of the sample, published last year and filed
this year. Run it from the project's root: `python -m benchmarks.board [DEPARTMENTS]`.
"""

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budgets import ledger
from budgets.domain.filing import Filing, Organisation
from budgets.models import Budget, Department
from disclosures.models import Disclosure
from disclosures.workflow.access import Role
from disclosures.workflow.drafting import draft_budget
from disclosures.workplace.review.appraisals import refresh_appraisals

SAMPLE = Path(__file__).parent.parent / "samples" / "尉犁县总工会-2025.xlsx"
YEAR = 2025
DEPARTMENTS, CHANGED = 150, 5
BOARD = f"/admin/workplace/board/?year={YEAR}"


def fill(count: int) -> None:
    """A county in which every department has filed what the sample says."""
    call_command("migrate", verbosity=0)
    call_command("load_chart", year=YEAR, verbosity=0)
    call_command("import_budget", str(SAMPLE), create_department=True, verbosity=0)
    first = Budget.objects.get()
    filing = ledger.read_filing(first)
    told = draft_budget(first)
    for number in range(2, count + 1):
        own = Organisation(code=str(900000 + number), name=f"第{number}局")
        department = Department.objects.create(code=own.code, name=own.name)
        ledger.replace_filing(
            Budget.objects.create(department=department, year=YEAR), hand_over(filing, own)
        )
    for department in Department.objects.all():
        Disclosure.objects.create(
            department=department,
            year=YEAR - 1,
            version=1,
            title="上年",
            content=told.canonical,
            digest=told.digest,
        )


def hand_over(filing: Filing, own: Organisation) -> Filing:
    """The filing as another department's."""
    parts = {
        name: tuple(replace(each, unit=own.code) for each in getattr(filing, name))
        for name in ("facts", "projects", "three_public")
    }
    return replace(filing, department=own, **parts)


def measure(label: str, act):
    """Run an act; print how long it took and how many queries it made."""
    started, worked = time.perf_counter(), time.process_time()
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as context:
        result = act()
    took, busy = time.perf_counter() - started, time.process_time() - worked
    print(f"{label:<12}{took:8.2f} s, {busy:6.2f} s of the processor {len(context):6} queries")
    return result


def main() -> None:
    """Fill, then look at the board as a reviewer does."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DEPARTMENTS
    fill(count)
    reviewer = User.objects.create_user("reviewer", is_staff=True)
    reviewer.groups.add(Group.objects.get_or_create(name=Role.REVIEWER.value)[0])
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(reviewer)
    measure("first look", lambda: client.get(BOARD))
    measure("all checked", lambda: refresh_appraisals(YEAR))
    page = measure("next look", lambda: client.get(BOARD))
    print(f"{len(page.content):,} bytes")
    for budget in Budget.objects.select_related("department")[:CHANGED]:
        ledger.amend_filing(budget, ledger.read_filing(budget), ["profile"])
    measure(f"{CHANGED} changed", lambda: client.get(BOARD))


if __name__ == "__main__":
    main()
