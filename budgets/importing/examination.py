"""What a file makes of a budget: read, judged and compared with nothing but values at hand."""

import zlib
from dataclasses import dataclass, field, replace

import msgspec

from budgets import spreadsheets
from budgets.domain.chart import Chart
from budgets.domain.filing import Filing
from budgets.domain.problems import Problem, Severity
from budgets.importing.changes import FilingChange, compare_filings
from budgets.importing.published.examination import examine_tables
from budgets.importing.published.headings import TITLE_WORD, is_published_workbook
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import FilingVerdict, validate_sheets
from budgets.spreadsheets import WAN

# Nobody mends more before the next upload.
MOST_PROBLEMS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationTask:
    """A file and all that it is judged by.

    `charts` are by year, `known` by the code on the cover; `otherwise` is for any other code, and
    alone for a file that is expected from one department. `present` is what the budget holds;
    without it nothing is compared, and a workbook of published tables is none of ours.
    """

    content: bytes
    charts: dict[int, Chart]
    otherwise: Known
    known: dict[str, Known] = field(default_factory=dict)
    present: Filing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What became of a file, and row by row what it would change; None where nobody asked."""

    verdict: FilingVerdict
    changes: list[FilingChange] | None = None


def examine_file(task: ExaminationTask) -> Examination:
    book, present = spreadsheets.open_book(task.content), task.present
    if present is None:
        return Examination(verdict=judge_workbook(book, task))
    chart = find_chart(task, present.year)
    if is_published_workbook(spreadsheets.read_raw(book, TITLE_WORD), chart):
        verdict = examine_tables(spreadsheets.read_raw(book), present, chart)
    else:
        verdict = judge_workbook(book, task)
    filing = verdict.filing
    changes = compare_filings(present, filing, chart, WAN) if filing else []
    shown = shorten_problems(verdict.problems)
    return Examination(verdict=replace(verdict, problems=shown), changes=changes)


def judge_workbook(book: spreadsheets.RawBook, task: ExaminationTask) -> FilingVerdict:
    """Everything that is wrong with a filing workbook."""
    sheets = spreadsheets.read(book)
    if not sheets.rows:
        return refuse(*sheets.problems)
    cover = sheets.form("cover")
    known = task.known.get(cover["code"] or "", task.otherwise)
    chart = find_chart(task, known.expected_year or cover["year"] or 0)
    return validate_sheets(sheets, chart, known)


def find_chart(task: ExaminationTask, year: int) -> Chart:
    return task.charts.get(year) or Chart(year)


def refuse(*problems: Problem) -> FilingVerdict:
    """The verdict on what could not be read as a filing."""
    return FilingVerdict(problems=[*problems], filing=None, functions={}, economics={})


def shorten_problems(problems: list[Problem]) -> list[Problem]:
    """As many problems as anybody reads, errors before the others, and how many more there are."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    first = sorted(problems, key=lambda problem: ranks[problem.severity])
    shown, rest = first[:MOST_PROBLEMS], first[MOST_PROBLEMS:]
    message = f"另有 {len(rest)} 处没有列出。"
    advice = "请先改好列出的，再上传。"
    return [*shown, Problem(message=message, advice=advice, severity=rest[0].severity)]


# An examination as it is kept. One of another shape, of an earlier program, is none.
DECODER = msgspec.json.Decoder(Examination)


def pack_examination(examination: Examination) -> bytes:
    return zlib.compress(msgspec.json.encode(examination))


def unpack_examination(packed: bytes) -> Examination | None:
    try:
        return DECODER.decode(zlib.decompress(packed))
    except (zlib.error, msgspec.DecodeError):
        return None
