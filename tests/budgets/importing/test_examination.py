"""What a file makes of a budget, and how it is kept."""

import zlib

from budgets.domain.problems import Problem, Severity
from budgets.importing.changes import compare_filings
from budgets.importing.examination import (
    MOST_PROBLEMS,
    ExaminationTask,
    examine_file,
    pack_examination,
    shorten_problems,
    unpack_examination,
)
from budgets.importing.validation.case import Known
from budgets.spreadsheets import WAN
from tests.factories.books import SMALL, change, fill
from tests.factories.random_filings import CHART, DEPARTMENT

KNOWN = Known(department=DEPARTMENT)


def examine(content, present=SMALL):
    charts = {SMALL.year: CHART}
    return examine_file(
        ExaminationTask(content=content, charts=charts, otherwise=KNOWN, present=present)
    )


def test_examination_is_kept_whole():
    found = examine(change(fill(), {"收入!C4": 31000}))
    assert found.changes == compare_filings(SMALL, found.verdict.filing, CHART, WAN)
    assert len(found.changes) == 1
    assert unpack_examination(pack_examination(found)) == found


def test_file_that_is_compared_with_nothing_changes_nothing():
    found = examine(fill(), present=None)
    assert (found.verdict.filing, found.changes) == (SMALL, None)


def test_what_an_earlier_program_kept_is_nothing():
    assert unpack_examination(b"no packed bytes") is None
    assert unpack_examination(zlib.compress(b'{"verdict": {}}')) is None


def test_problems_beyond_those_that_anybody_reads_are_counted():
    hints = [Problem(message=f"提示{n}", advice="", severity=Severity.HINT) for n in range(400)]
    errors = [Problem(message=f"错误{n}", advice="") for n in range(300)]
    found = shorten_problems([*hints, *errors])
    assert found[:300] == errors
    assert found[300:-1] == hints[: MOST_PROBLEMS - 300]
    assert (found[-1].message, found[-1].severity) == ("另有 200 处没有列出。", Severity.HINT)
    more = [Problem(message=f"错误{n}", advice="") for n in range(600)]
    assert shorten_problems(more)[-1].severity is Severity.ERROR
    assert shorten_problems(errors) == errors
