"""One document through every stage, at 20, 200 and 2,000 expenditure lines.

Prints the time and the peak of Python memory of each stage and how both grow from size to size.
Run it from the project's root: `python -m benchmarks.document [LINES ...]`.
"""

import argparse
import csv
import os
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice, product
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from budgets import spreadsheets
from budgets.domain.chart import Chart
from budgets.domain.content import draft
from budgets.domain.document import Document
from budgets.domain.facts import Fact, Fund, Nature, Side
from budgets.domain.filing import Filing, Organisation, Prior, Words, WordsKind
from budgets.domain.history import History
from budgets.domain.notes import Writer, write_notes
from budgets.domain.performance import build_performance
from budgets.domain.sets import build_tables
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import validate_sheets
from disclosures.publishing.drawing import draw_paper
from disclosures.publishing.exports.workbook import build_workbook
from disclosures.publishing.pdf.fonts import missing_glyphs
from disclosures.publishing.pdf.rendering import render_pdf

DATA = Path(__file__).parent.parent / "budgets" / "data"
UNIT = Organisation(code="900001", name="演示部门")
YEAR = 2025
CREATED = datetime(2025, 2, 14, tzinfo=UTC)
SIZES = (20, 200, 2000)
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Measure:
    """One stage at one size: seconds, and the peak of newly held Python memory in bytes."""

    seconds: float
    peak: int


def read_names(file: str) -> dict[str, str]:
    """Codes and names of one list of the chart."""
    with (DATA / file).open(encoding="utf-8") as rows:
        return {row["code"]: row["name"] for row in csv.DictReader(rows)}


def make_spending(chart: Chart, lines: int) -> tuple[Fact, ...]:
    """That many detail lines, each with both codes, spread over the whole chart."""
    items = [code for code in chart.functions if len(code) == 7]
    sections = [code for code in chart.economics if len(code) == 5 and code[:3] in ("301", "302")]
    step = max(1, len(items) * len(sections) // lines)
    spread = islice(product(sections, items[::step]), lines)
    return tuple(
        Fact(
            unit=UNIT.code,
            side=Side.EXPENDITURE,
            fund=Fund.GENERAL_OWN,
            nature=Nature.PERSONNEL if economic.startswith("301") else Nature.OPERATING,
            function=function,
            economic=economic,
            amount=Decimal(10_000 + 137 * number),
        )
        for number, (economic, function) in enumerate(spread)
    )


def make_filing(chart: Chart, lines: int) -> Filing:
    """A filing with that many expenditure lines, last year's figures and reasons."""
    spent = make_spending(chart, lines)
    total = sum((fact.amount for fact in spent), Decimal(0))
    income = Fact(unit=UNIT.code, side=Side.INCOME, fund=Fund.GENERAL_OWN, amount=total)
    places = [f"T5.{code}.total" for code in sorted({fact.function for fact in spent})]
    return Filing(
        department=UNIT,
        year=YEAR,
        facts=(income, *spent),
        priors=tuple(Prior(at=at, amount=Decimal(9_000)) for at in places),
        words=tuple(Words(at=at, kind=WordsKind.REASON, text="人员调资") for at in places),
        signed_on=date(YEAR, 2, 14),
    )


def measure(work: Callable[[], Any]) -> tuple[Any, Measure]:
    """The result, the best of two runs, and the peak of memory of a third, traced one."""
    seconds = []
    for _ in range(2):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return result, Measure(min(seconds), peak)


def run_stages(chart: Chart, lines: int) -> dict[str, Measure]:
    """Every stage of one document, each fed with the result of the one before."""
    measures: dict[str, Measure] = {}

    def stage(name: str, work: Callable[[], Any]) -> Any:
        result, measures[name] = measure(work)
        return result

    filing = make_filing(chart, lines)
    file = stage("write workbook", lambda: spreadsheets.fill_template(filing, chart))
    sheets = stage("read workbook", lambda: spreadsheets.read(file))
    verdict = stage("validate", lambda: validate_sheets(sheets, chart, Known(department=UNIT)))
    if verdict.filing is None:
        raise SystemExit("\n".join(map(str, verdict.problems)))
    tables = stage("tables", lambda: build_tables(verdict.filing, chart))
    grids = tables | build_performance(verdict.filing, tables)
    history = History.of(verdict.filing.priors)
    stage("notes", lambda: write_notes(Writer(verdict.filing, chart, grids, history)))
    made = stage(
        "draft and checks", lambda: draft(verdict.filing, chart, missing_glyphs=missing_glyphs)
    )
    stage("canonical JSON", lambda: made.canonical)
    html = stage("HTML", lambda: render_html(made))
    stage("PDF", lambda: print_pdf(html))
    stage("xlsx", lambda: export_xlsx(made))
    return measures


def render_html(made: Document) -> str:
    """The document as the PDF engine gets it."""
    return draw_paper(made, version=1, digest=made.digest)


def print_pdf(html: str) -> bytes:
    """The document on paper, nothing attached."""
    return render_pdf(html, title="演示", author=UNIT.name, created=CREATED)


def export_xlsx(made: Document) -> bytes:
    """The document as a spreadsheet."""
    return build_workbook(made, version=1, digest=made.digest, created=CREATED)


def report(sizes: list[int], found: list[dict[str, Measure]]) -> None:
    """Time and memory by stage and size, then the growth from the smallest to the largest."""
    print("stage".ljust(18), *(f"{size:>7} lines      peak" for size in sizes), "  growth")
    for name in found[0]:
        row = [measures[name] for measures in found]
        shown = (f"{m.seconds * 1000:>9.1f} ms {m.peak / MEGABYTE:>7.1f} MB" for m in row)
        time_growth = row[-1].seconds / row[0].seconds
        memory_growth = row[-1].peak / max(row[0].peak, 1)
        print(name.ljust(18), *shown, f"  time ×{time_growth:.1f}, memory ×{memory_growth:.1f}")
    print(f"input grows ×{sizes[-1] / sizes[0]:.0f}")


def main() -> None:
    """Measure the sizes given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", nargs="*", type=int, default=list(SIZES))
    sizes = parser.parse_args().lines
    names = ("功能分类科目.csv", "部门预算支出经济分类科目.csv")
    chart = Chart(YEAR, *(read_names(name) for name in names))
    report(sizes, [run_stages(chart, lines) for lines in sizes])


if __name__ == "__main__":
    main()
