"""Publishing a county on one day: 150 departments of the demo county, by one worker and by two.

Each budget's amounts are parted until it has about a hundred lines.

Fills a database that is made and dropped for it (of the server that DATABASE_URL names, or a file),
orders a release of all departments, and lets so many workers publish it, each in a process of its
own. Prints how many lines a budget has, documents a minute by the clock, the share of the workers'
processor time that the PDF engine took, the peak of memory of a worker, and the ratio of two
workers to one. The workers' start and first document are counted, so few departments tell little.
Run it from the project's root, on a quiet machine:
`python -m benchmarks.publishing [--departments N]`.
"""

import argparse
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, connections

from benchmarks.importing import peak
from budgets import ledger
from budgets.domain.chart import Chart
from budgets.domain.facts import Fact, Side
from budgets.domain.filing import Filing
from budgets.models import Budget, Department, State, read_chart
from disclosures.demo.county import found_county
from disclosures.demo.factories import record_move
from disclosures.demo.filings import complete_filing, compose_filing
from disclosures.demo.plan import DemoDepartment, plan_county
from disclosures.models import Disclosure
from disclosures.publishing import publication
from disclosures.publishing.requests import ask_release
from disclosures.workflow.access import Role
from disclosures.workflow.drafting import draft_budget, draft_filing

YEAR = 2025
# How many lines one of the demo county becomes here; what the three public expenses are made of.
PARTS, CENT = 5, Decimal("0.01")
THREE_PUBLIC = {"30212", "30217", "30231", "30913", "31013"}
# A portal in use keeps no log of its queries.
settings.DEBUG = False


@dataclass(frozen=True)
class Work:
    """What one worker needed: processor seconds, those within the PDF engine, megabytes."""

    processor: float
    printing: float
    memory: float


def fill(departments: int) -> float:
    """Approved budgets of so many departments, ordered to be published; the lines of each."""
    call_command("load_chart", year=YEAR, stdout=StringIO())
    who = get_user_model().objects.create_user("bureau", is_staff=True)
    who.groups.add(Group.objects.get_or_create(name=Role.BUREAU_ADMIN.value)[0])
    bodies = plan_county(departments, range(YEAR, YEAR + 1), 1)
    found_county(bodies, YEAR)
    lines = sum(file(body, who) for body in bodies)
    codes = [body.code for body in bodies]
    ask_release(who=who, year=YEAR, codes=codes, due_at=None, key=uuid.uuid4())
    return lines / departments


def file(body: DemoDepartment, who) -> int:
    """An approved budget of one department; how many lines it has."""
    budget = Budget.objects.create(department=Department.objects.get(code=body.code), year=YEAR)
    chart = read_chart(YEAR)
    composed = broaden(compose_filing(body, YEAR, YEAR, chart), chart)
    filing = complete_filing(composed, lambda made: draft_filing(budget, made), Decimal(1))
    ledger.replace_filing(budget, filing)
    approve(budget, who)
    return len(filing.facts)


def broaden(filing: Filing, chart: Chart) -> Filing:
    """The same money in some hundred lines: amounts are parted among items of their class."""
    taken = {name(fact) for fact in filing.facts}
    return replace(
        filing, facts=tuple(line for fact in filing.facts for line in part(fact, chart, taken))
    )


def name(fact: Fact) -> tuple:
    """What no two lines have in common."""
    return fact.unit, fact.fund, fact.nature, fact.function, fact.economic, fact.project


def part(fact: Fact, chart: Chart, taken: set[tuple]) -> list[Fact]:
    """A line as `PARTS` lines, as far as its class has items that no other line has taken."""
    if fact.side is Side.INCOME or fact.economic in THREE_PUBLIC:
        return [fact]
    items = [code for code in sorted(chart.economics) if len(code) == len(fact.economic)]
    own = [code for code in items if code[:3] == fact.economic[:3] and code not in THREE_PUBLIC]
    lines = [replace(fact, economic=code) for code in own]
    free = [line for line in lines if name(line) not in taken][: PARTS - 1]
    taken.update(name(line) for line in free)
    share = (fact.amount / PARTS).quantize(CENT)
    rest = replace(fact, amount=fact.amount - share * len(free))
    return [rest, *(replace(line, amount=share) for line in free)]


def approve(budget: Budget, who) -> None:
    """Let the budget stand approved, with the digest of what was approved."""
    made = draft_budget(budget)
    if made.blocking:
        raise SystemExit("\n".join(finding.message for finding in made.blocking))
    record_move(budget, State.SUBMITTED, State.APPROVED, who, digest=made.digest)


def work(database: dict, gate) -> Work:
    """One worker until nothing is left; the PDF engine's processor time is counted apart."""
    connections["default"].settings_dict.update(database)
    printing, render = [], publication.render_pdf

    def timed(*args, **kwargs):
        start = time.process_time()
        made = render(*args, **kwargs)
        printing.append(time.process_time() - start)
        return made

    publication.render_pdf = timed
    gate.wait()
    start = time.process_time()
    call_command("run_worker", "--once")
    return Work(time.process_time() - start, sum(printing), peak())


@contextmanager
def county(departments: int) -> Iterator[dict]:
    """A database with a release of that many departments; how to reach it."""
    name = connection.settings_dict["NAME"]
    with TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "county.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            print(f"{fill(departments):.0f} lines a budget")
            yield {"NAME": connection.settings_dict["NAME"]}
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def measure(workers: int, departments: int) -> tuple[float, list[Work]]:
    """Seconds by the clock for all departments, and what each worker needed."""
    with county(departments) as database, get_context("spawn").Manager() as manager:
        gate = manager.Barrier(workers + 1)
        with get_context("spawn").Pool(workers) as pool:
            given = [(database, gate)] * workers
            asked = [pool.apply_async(work, each) for each in given]
            gate.wait()
            start = time.perf_counter()
            done = [each.get() for each in asked]
            seconds = time.perf_counter() - start
            pool.close()
            pool.join()
        if Disclosure.objects.count() != departments:
            raise SystemExit("Not every department was published.")
        return seconds, done


def report(workers: int, departments: int, seconds: float, done: list[Work]) -> float:
    """Print one run; documents a minute."""
    rate = 60 * departments / seconds
    processor = sum(each.processor for each in done)
    share = sum(each.printing for each in done) / processor
    memory = max(each.memory for each in done)
    print(
        f"{connection.vendor}, {workers} worker(s): {departments} documents in {seconds:.0f} s, "
        f"{rate:.1f} a minute; processor {processor / departments:.2f} s a document, "
        f"{share:.0%} of it in the PDF engine; {memory:.0f} MB at most"
    )
    return rate


def main() -> None:
    """Measure one worker, then two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--departments", type=int, default=150)
    given = parser.parse_args()
    rates = [
        report(workers, given.departments, *measure(workers, given.departments))
        for workers in (1, 2)
    ]
    print(f"two workers to one: ×{rates[1] / rates[0]:.2f}")


if __name__ == "__main__":
    main()
