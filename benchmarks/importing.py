"""A filing workbook on its way in, with 100, 1,000 and 10,000 expenditure lines.

No department has more than a few thousand lines: 10,000 shall take a few seconds, and the memory
that the import itself holds shall grow no faster than the file.

Each stage runs in a process of its own: the fastest reader there is (calamine, in Rust) doing
nothing but reading the same file, our reading, reading and checking, and the whole import into a
database that is made and dropped for it: of the server that DATABASE_URL names, or a file. Prints
the processor's seconds of that process and of its children, without a database server's (the best
of some runs, which a busy machine disturbs least), the ratio to the bare reading, and how much
memory the largest of them held at its peak, and before it began; then how the time of the import
grows from each size to the next.
Run it from the project's root: `python -m benchmarks.importing [--runs N] [LINES ...]`.
"""

import argparse
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import islice, pairwise, product
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from python_calamine import CalamineWorkbook

from benchmarks.document import UNIT, YEAR, read_names
from budgets import spreadsheets
from budgets.domain.chart import Chart
from budgets.domain.facts import Fact, Fund, Nature, Side
from budgets.domain.filing import Filing
from budgets.importing.uploads import import_workbook
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import validate_sheets
from budgets.models import Budget, Upload

SIZES = (100, 1_000, 10_000)
KILOBYTE = 1 << 10
# A portal in use keeps no log of its queries.
settings.DEBUG = False


@dataclass(frozen=True)
class Measure:
    """One stage at one size: the processor's seconds; megabytes held before, and at the peak."""

    seconds: float
    before: float
    peak: float


def read_chart() -> Chart:
    """The chart that the portal comes with."""
    return Chart(YEAR, read_names("功能分类科目.csv"), read_names("部门预算支出经济分类科目.csv"))


def make_file(lines: int) -> bytes:
    """The template filled with that many lines, each with a key of its own."""
    chart = read_chart()
    items = [code for code in chart.functions if len(code) == 7]
    sections = [code for code in chart.economics if len(code) == 5 and code[:3] in ("301", "302")]
    spent = [
        Fact(
            unit=UNIT.code,
            side=Side.EXPENDITURE,
            fund=fund,
            nature=Nature.PERSONNEL if economic.startswith("301") else Nature.OPERATING,
            function=function,
            economic=economic,
            amount=Decimal(10_000 + 137 * number),
        )
        for number, (fund, economic, function) in enumerate(
            islice(product(Fund, sections, items), lines)
        )
    ]
    total = sum(fact.amount for fact in spent)
    income = Fact(unit=UNIT.code, side=Side.INCOME, fund=Fund.GENERAL_OWN, amount=total)
    filing = Filing(department=UNIT, year=YEAR, facts=(income, *spent))
    return spreadsheets.fill_template(filing, chart, spreadsheets.YUAN)


def read_bare(content: bytes) -> Callable[[], object]:
    """Nothing but the values of all sheets, by the fastest reader."""

    def work():
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    return work


def read(content: bytes) -> Callable[[], object]:
    """Typed rows that know their cells."""
    return lambda: spreadsheets.read(content)


def check(content: bytes) -> Callable[[], object]:
    """Reading, and every check."""
    chart = read_chart()
    known = Known(department=UNIT)
    return lambda: validate_sheets(spreadsheets.read(content), chart, known)


def take(content: bytes) -> Callable[[], object]:
    """The whole import, from the bytes to the ledger."""
    with StringIO() as silent:
        call_command("load_chart", year=YEAR, stdout=silent)

    def work():
        taken = import_workbook(content, filename="预算.xlsx", register=True)
        if not taken.is_accepted:
            raise SystemExit("\n".join(map(str, taken.problems)))

    return work


STAGES = {"bare reading": read_bare, "read": read, "read, check": check, "import": take}


def spend() -> float:
    """The processor's seconds of this process and of those that it had files examined by."""
    children = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def peak() -> float:
    """The most memory that this process, or one that examined a file for it, held, in megabytes."""
    # Not getrusage: what it tells of a new process may be its parent's.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])
    return max(own, getrusage(RUSAGE_CHILDREN).ru_maxrss) / KILOBYTE


def run(stage: str, path: Path, runs: int) -> Measure:
    """Measure one stage of a file in this process."""
    work = STAGES[stage](path.read_bytes())
    before, seconds = peak(), []
    for _ in range(runs):
        if stage == "import":
            # The second run is to find the ledger as empty as the first.
            Upload.objects.all().delete()
            Budget.objects.all().delete()
        start = spend()
        work()
        seconds.append(spend() - start)
    return Measure(min(seconds), before, peak())


def run_in_database(stage: str, path: Path, runs: int) -> Measure:
    """Measure a stage with a database of its own beside the file."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(path.with_suffix(".sqlite3"))
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return run(stage, path, runs)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def measure(path: Path, runs: int) -> Iterator[tuple[str, Measure]]:
    """Every stage of a file, each in a fresh process."""
    for stage in STAGES:
        with get_context("spawn").Pool(1) as process:
            runner = run_in_database if stage == "import" else run
            yield stage, process.apply(runner, (stage, path, runs))


def report(lines: int, file: Path, found: dict[str, Measure]) -> None:
    """One size: seconds, ratio and memory of each stage."""
    print(f"{lines:,} lines, {file.stat().st_size / KILOBYTE:,.0f} kB")
    bare = found["bare reading"].seconds
    for stage, m in found.items():
        ratio = f"×{m.seconds / bare:.2f}"
        print(
            f"  {stage:<14}{m.seconds:>9.3f} s {ratio:>8} {m.peak:>7.0f} MB ({m.before:.0f} before)"
        )


def main() -> None:
    """Measure the sizes given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--runs", type=int, default=3, help="runs per measurement")
    given = parser.parse_args()
    imports: dict[int, float] = {}
    with TemporaryDirectory() as folder:
        for lines in given.lines:
            file = Path(folder) / f"{lines}.xlsx"
            file.write_bytes(make_file(lines))
            found = dict(measure(file, given.runs))
            report(lines, file, found)
            imports[lines] = found["import"].seconds
    for fewer, more in pairwise(imports):
        grown = imports[more] / imports[fewer]
        print(f"import, {fewer:,} → {more:,} lines (×{more / fewer:.0f}): ×{grown:.1f} as long")


if __name__ == "__main__":
    main()
