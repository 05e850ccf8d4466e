"""The process that reads a stranger's file ends within its limits, whatever is in the file."""

import os
import signal
import sys
from pathlib import Path

import pytest

from budgets.domain.problems import Problem
from budgets.importing import examiner
from budgets.importing.examination import ExaminationTask, examine_file, unpack_examination
from budgets.importing.examiner import (
    ExaminerError,
    Marking,
    ProcessLimits,
    examine_apart,
    mark_apart,
)
from budgets.importing.validation.case import Known
from tests.factories.books import SMALL, change, fill
from tests.factories.random_filings import CHART, DEPARTMENT

LIMITS = ProcessLimits(20, 1024)
SHORT = ProcessLimits(1, 1024)
# A process that has bound itself, and then does what follows.
BOUND = """
import os, sys, time
from budgets.importing import examiner
examiner.keep_limits(examiner.ProcessLimits(int(sys.argv[2]), int(sys.argv[3])))
"""


def prepare(content):
    known = Known(department=DEPARTMENT)
    return ExaminationTask(
        content=content, charts={SMALL.year: CHART}, otherwise=known, present=SMALL
    )


@pytest.mark.parametrize("content", [fill(), change(fill(), {"收入!C4": "三万"}), b"PK"])
def test_process_finds_what_is_found_here(content):
    apart = unpack_examination(examine_apart(prepare(content), LIMITS))
    assert apart == examine_file(prepare(content))


def test_copy_is_marked_in_the_process_too():
    problem = Problem(message="不对。", advice="请改。", sheet="收入", cells=("C4",))
    assert mark_apart(Marking(fill(), [problem]), LIMITS).startswith(b"PK")


LESS, AGAIN = examiner.LESS, examiner.AGAIN
ENDS = {
    "burns": ("while True: pass", "检查这个文件用了超过 1 秒，已停止。", LESS),
    "sleeps": ("time.sleep(60)", "检查这个文件用了超过 1 秒，已停止。", LESS),
    "gathers": ("b'x' * (2 << 30)", "检查这个文件的程序意外中断了。", AGAIN),
    "dies": ("os.abort()", "检查这个文件的程序意外中断了。", AGAIN),
    "is killed": ("os.kill(os.getpid(), 9)", "检查这个文件的程序意外中断了。", AGAIN),
    "fails": ("1 / 0", "检查这个文件的程序意外中断了。", AGAIN),
}


@pytest.mark.parametrize("end", ENDS)
def test_process_that_comes_to_no_end_is_a_sentence(end, monkeypatch):
    work, message, advice = ENDS[end]
    monkeypatch.setattr(examiner, "COMMAND", (sys.executable, "-c", BOUND + work))
    with pytest.raises(ExaminerError) as ended:
        examine_apart(prepare(fill()), SHORT)
    assert ended.value.problem == Problem(message=message, advice=advice)


def test_memory_that_a_file_takes_is_bound(monkeypatch):
    work = "examiner.JOBS['examine'] = lambda task: bytes(2 << 30); examiner.main()"
    monkeypatch.setattr(examiner, "COMMAND", (sys.executable, "-c", BOUND + work))
    with pytest.raises(ExaminerError, match="检查这个文件要用的内存超过了 512 MB，已停止。"):
        examine_apart(prepare(fill()), ProcessLimits(20, 512))


def test_process_that_binds_itself_to_nothing_is_ended_from_outside(monkeypatch):
    monkeypatch.setattr(examiner, "GRACE", 0)
    monkeypatch.setattr(examiner, "COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    with pytest.raises(ExaminerError, match="检查这个文件用了超过 1 秒，已停止。"):
        examine_apart(prepare(fill()), SHORT)


def test_process_knows_no_secret_and_leaves_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "s")
    monkeypatch.setenv("DATABASE_URL", "d")
    told = tmp_path / "told"
    work = "import tempfile\nplace = tempfile.mkdtemp()\n"
    work += f"open({str(told)!r}, 'w').write(place + ' ' + ' '.join(os.environ))"
    monkeypatch.setattr(examiner, "COMMAND", (sys.executable, "-c", BOUND + work))
    examine_apart(prepare(fill()), LIMITS)
    place, *names = told.read_text().split()
    assert {"SECRET_KEY", "DATABASE_URL"}.isdisjoint(names)
    assert not Path(place).exists()


def test_process_outlives_a_call_to_end_that_is_not_for_it(monkeypatch):
    work = "os.kill(os.getpid(), 15); os.kill(os.getpid(), 2); examiner.main()"
    monkeypatch.setattr(examiner, "COMMAND", (sys.executable, "-c", BOUND + work))
    assert unpack_examination(examine_apart(prepare(fill()), LIMITS)).verdict.filing == SMALL
    assert signal.getsignal(signal.SIGTERM) != signal.SIG_IGN
    assert os.nice(0) < examiner.NICENESS
