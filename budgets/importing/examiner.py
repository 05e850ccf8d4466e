"""The process that reads a stranger's file: apart from the portal, within limits, soon gone.

It knows no database and no secret: what it needs comes in as values, and what it found goes out.
Whatever a file makes of it, the portal has a sentence about the file, and nothing else happens.
"""

import logging
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from budgets import spreadsheets
from budgets.domain.problems import Problem
from budgets.importing.examination import ExaminationTask, examine_file, pack_examination
from budgets.spreadsheets import MEGABYTE

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = (sys.executable, "-m", __name__)
# All of the surroundings that a process of Python needs; keys and passwords are not among them.
SURROUNDINGS = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH")
# The library writes the sheets of a marked copy to files of its own first.
LARGEST_COPY = 100 * MEGABYTE
OUT_OF_MEMORY = 3
# Out of the way of those who look at pages meanwhile.
NICENESS = 10
# Between a process that is told to end and one that has ended.
GRACE = 2
LESS = "请删去多余的工作表、行列和公式，或者下载填报模板重新填写后再上传。"
AGAIN = "请用 Excel 或 WPS 打开并重新保存后再上传；仍然不行的，请联系财政部门的技术人员。"


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """What one examination may take: seconds of the processor, and megabytes of addresses."""

    seconds: int
    megabytes: int

    @property
    def patience(self) -> int:
        """Seconds on the clock: the processor may be busy with others."""
        return 3 * self.seconds


class ExaminerError(Exception):
    """The process came to no end; `problem` says it to the person whose file it is."""

    def __init__(self, message: str, advice: str):
        super().__init__(message)
        self.problem = Problem(message=message, advice=advice)


@dataclass(frozen=True, slots=True)
class Marking:
    """A workbook and the problems that are to stand at its cells."""

    content: bytes
    problems: list[Problem]


def examine_apart(task: ExaminationTask, limits: ProcessLimits) -> bytes:
    """A packed examination, made by a process of its own. Raises ExaminerError."""
    return run_apart("examine", task, limits)


def mark_apart(marking: Marking, limits: ProcessLimits) -> bytes:
    """The marked copy of a workbook, made by a process of its own. Raises ExaminerError."""
    return run_apart("mark", marking, limits)


def run_apart(job: str, task: ExaminationTask | Marking, limits: ProcessLimits) -> bytes:
    """What the process answers; it is ended where it does not end by itself."""
    surroundings = {name: os.environ[name] for name in SURROUNDINGS if name in os.environ}
    with TemporaryDirectory(prefix="examiner-") as folder:
        try:
            done = subprocess.run(  # noqa: S603 (our own program, and numbers)
                [*COMMAND, job, str(limits.seconds), str(limits.megabytes)],
                input=msgspec.msgpack.encode(task),
                capture_output=True,
                timeout=limits.patience + GRACE,
                cwd=ROOT,
                env=surroundings | {"TMPDIR": folder},
                start_new_session=True,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise run_out_of_time(limits) from None
    if done.returncode == 0:
        return done.stdout
    told = done.stderr.decode(errors="replace")[-4000:]
    logger.warning("检查文件的进程以 %d 结束。%s", done.returncode, told)
    if done.returncode == OUT_OF_MEMORY:
        message = f"检查这个文件要用的内存超过了 {limits.megabytes} MB，已停止。"
        raise ExaminerError(message, LESS)
    if -done.returncode in (signal.SIGXCPU, signal.SIGALRM):
        raise run_out_of_time(limits)
    raise ExaminerError("检查这个文件的程序意外中断了。", AGAIN)


def run_out_of_time(limits: ProcessLimits) -> ExaminerError:
    return ExaminerError(f"检查这个文件用了超过 {limits.seconds} 秒，已停止。", LESS)


# In the process itself.


def keep_limits(limits: ProcessLimits) -> None:
    """Bind this process, also where nobody is left to end it."""
    os.nice(NICENESS)
    # Those who started it are told to end; it ends soon enough, and they need its answer.
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    signal.alarm(limits.patience)
    space = limits.megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_COPY, LARGEST_COPY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def examine(task: bytes) -> bytes:
    return pack_examination(examine_file(msgspec.msgpack.decode(task, type=ExaminationTask)))


def mark(task: bytes) -> bytes:
    marking = msgspec.msgpack.decode(task, type=Marking)
    return spreadsheets.mark_workbook(marking.content, marking.problems)


JOBS: dict[str, Callable[[bytes], bytes]] = {"examine": examine, "mark": mark}


def main() -> None:
    job, seconds, megabytes = sys.argv[1:]
    keep_limits(ProcessLimits(int(seconds), int(megabytes)))
    try:
        answer = JOBS[job](sys.stdin.buffer.read())
    except MemoryError:
        # Not even room to end in an orderly way.
        os._exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
