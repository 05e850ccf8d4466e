"""What drawing each public page costs as the county grows from 150 to 1,500 departments.

Makes and drops a database of its own (on the server that DATABASE_URL names, or a file): the sample
is published and corrected by the real way, and its frozen rows are copied for further departments;
the worker's files are made. Nothing else is kept between two visits. Tells milliseconds (of the
processor where the database is a file), how often the smaller county's time the larger takes,
queries, and names what takes more than three times. Run it from the project's root:
`python -m benchmarks.growth`, with the names of addresses for these alone.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from budgets import ledger
from budgets.models import Budget
from disclosures.demo.filings import correct_filing
from disclosures.models import Disclosure
from disclosures.public.county_files import make_county_files
from disclosures.publishing.publication import publish
from tests.addresses import ADDRESSES
from tests.factories.county import grow

SAMPLE = Path(__file__).parent.parent / "samples" / "尉犁县总工会-2025.xlsx"
YEAR = 2025
SIZES = (150, 1500)
MOST = 3
# How often an address is visited, unless that takes longer (seconds).
REPEATS, PATIENCE = 5, 3
SITE = "http://127.0.0.1"
# As nginx asks.
ASKED = {"Accept-Encoding": "gzip"}


@contextmanager
def own_database() -> Iterator[None]:
    """An empty database as long as this lasts."""
    name = connection.settings_dict["NAME"]
    with TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "county.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def publish_sample() -> Disclosure:
    """The sample's second version."""
    call_command("load_chart", year=YEAR, stdout=StringIO())
    call_command("import_budget", str(SAMPLE), create_department=True, stdout=StringIO())
    budget = Budget.objects.get()
    publish(budget)
    ledger.replace_filing(budget, correct_filing(ledger.read_filing(budget)))
    return publish(budget, reason="名称有误")


def analyze() -> None:
    """Let the database learn how large its tables are, as a running one does by itself."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def visit(client: Client, address: str) -> tuple[float, int]:
    """(milliseconds, queries) of an address that has been visited before, the quickest of a few."""
    with CaptureQueriesContext(connection) as context:
        answer = client.get(address, headers=ASKED)
        answer.getvalue()
    queries = len(context)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    times: list[float] = []
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    while len(times) < REPEATS and sum(times) < PATIENCE:
        start = clock()
        client.get(address, headers=ASKED).getvalue()
        times.append(clock() - start)
    return 1000 * min(times), queries


def visit_all() -> dict[str, tuple[float, int]]:
    """Every kind of public page by the name of its address, or those that were named."""
    client = Client(SERVER_NAME="127.0.0.1")
    chosen = sys.argv[1:] or ADDRESSES
    return {name: visit(client, ADDRESSES[name]) for name in chosen}


@override_settings(KEEP_PICTURES=False, DEBUG=False, SITE_URL=SITE)
def measure_growth() -> None:
    """Each kind of page in counties of several sizes."""
    found = []
    with own_database():
        disclosure = publish_sample()
        for size in SIZES:
            grow(disclosure, size)
            analyze()
            make_county_files(at_once=True)
            found.append(visit_all())
    print("\ndrawn, not kept, ms     " + "".join(f"{size:>9}" for size in SIZES))
    for name, (first, _) in found[0].items():
        times = "".join(f"{visits[name][0]:9.1f}" for visits in found)
        queries = ", ".join(sorted({str(visits[name][1]) for visits in found}))
        ratio = found[-1][name][0] / first
        print(f"{name:<24}{times}   x{ratio:<6.1f}{queries} queries{'  !' * (ratio > MOST)}")


if __name__ == "__main__":
    measure_growth()
