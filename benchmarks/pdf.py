"""How quickly PDF documents are made: one after another, and in two processes at once.

Makes the sample with its attachments, or an HTML file given. Prints the first and the warm time of
a document in one process (what the clock says, and what the processor spent, which a busy machine
disturbs less), documents a minute with one and two processes that have made one before, and the
peak of memory of a process. Run it from the project's root, on a quiet machine:
`python -m benchmarks.pdf [--documents N] [FILE]`.
"""

import argparse
import csv
import os
import resource
import statistics
import time
from datetime import UTC, datetime
from multiprocessing import Barrier, Process
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings

from benchmarks.document import DATA, read_names
from budgets import spreadsheets
from budgets.domain.chart import Chart
from budgets.domain.content import draft
from budgets.domain.document import Document
from budgets.domain.filing import GlossaryEntry, Organisation
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import validate_sheets
from disclosures.publishing.drawing import draw_paper
from disclosures.publishing.exports.data import build_document_json
from disclosures.publishing.exports.workbook import build_workbook
from disclosures.publishing.pdf.rendering import Attachment, render_pdf

SAMPLE = settings.BASE_DIR / "samples" / "尉犁县总工会-2025.xlsx"
DEPARTMENT, YEAR = Organisation(code="107001", name="尉犁县总工会"), 2025
CREATED = datetime(2025, 2, 14, tzinfo=UTC)
KILOBYTE = 1 << 10


def draft_sample() -> Document:
    """The sample's document, from its workbook, the chart of accounts and the glossary."""
    names = ("功能分类科目.csv", "部门预算支出经济分类科目.csv")
    chart = Chart(YEAR, *(read_names(name) for name in names))
    verdict = validate_sheets(
        spreadsheets.read(SAMPLE.read_bytes()), chart, Known(department=DEPARTMENT)
    )
    with (DATA / "名词解释.csv").open(encoding="utf-8") as rows:
        glossary = [GlossaryEntry(**row) for row in csv.DictReader(rows)]
    return draft(verdict.filing, chart, glossary)


def bind_sample() -> tuple[str, list[Attachment]]:
    """The sample as HTML, and the files that its PDF carries."""
    made = draft_sample()
    known = {"version": 1, "digest": made.digest}
    page = draw_paper(made, **known)
    sheet = build_workbook(made, created=CREATED, **known)
    data = build_document_json(made, published_at=CREATED, reason="", **known)
    return page, [
        Attachment("sample.xlsx", "application/octet-stream", "全部表格", sheet),
        Attachment("sample.json", "application/json", "全部数据", data),
    ]


def press(html: str, attachments: list[Attachment]) -> tuple[float, float]:
    """Make the document once; the seconds by the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    render_pdf(html, title="演示", author=DEPARTMENT.name, created=CREATED, attachments=attachments)
    return time.perf_counter() - clock, time.process_time() - processor


def work(html: str, attachments: list[Attachment], documents: int, gate: Barrier) -> None:
    """Make one document to get warm, wait for the others, then make the counted ones."""
    press(html, attachments)
    gate.wait()
    for _ in range(documents):
        press(html, attachments)
    gate.wait()


def count_per_minute(
    html: str, attachments: list[Attachment], processes: int, documents: int
) -> float:
    """Documents a minute that so many warm processes make together."""
    gate = Barrier(processes + 1)
    job = (html, attachments, documents, gate)
    workers = [Process(target=work, args=job) for _ in range(processes)]
    for worker in workers:
        worker.start()
    gate.wait()
    start = time.perf_counter()
    gate.wait()
    seconds = time.perf_counter() - start
    for worker in workers:
        worker.join()
    return 60 * processes * documents / seconds


def report(html: str, attachments: list[Attachment], documents: int) -> None:
    """Measure and print."""
    print("first document     {:6.2f} s, processor {:.2f} s".format(*press(html, attachments)))
    warm = [press(html, attachments) for _ in range(documents)]
    for name, seconds in zip(("clock", "processor"), zip(*warm, strict=True), strict=True):
        best, median = min(seconds), statistics.median(seconds)
        print(f"warm, {name:<10}   {best:6.2f} s best, {median:.2f} s median")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE
    print(f"peak of memory     {peak:6.0f} MB")
    for processes in (1, 2):
        rate = count_per_minute(html, attachments, processes, documents)
        print(f"{processes} at once          {rate:6.1f} documents a minute")


def main() -> None:
    """Measure the file given on the command line, or the sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="an HTML document to make instead")
    parser.add_argument("--documents", type=int, default=10, help="documents per measurement")
    given = parser.parse_args()
    if given.file:
        html, attachments = given.file.read_text(encoding="utf-8"), []
    else:
        html, attachments = bind_sample()
    report(html, attachments, given.documents)


if __name__ == "__main__":
    main()
