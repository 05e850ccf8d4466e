"""The worker: wakes for the work that waits in the database, and what must happen regularly."""

import logging
import os
import time
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, reset_queries
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from budgets.importing.examination_queue import examine_next
from budgets.models import Upload
from disclosures.models import ReleaseItem
from disclosures.publishing.outage import find_cause
from disclosures.publishing.turns import Turns
from disclosures.publishing.worker import tend_queue

logger = logging.getLogger(__name__)

PAUSE = 1
MINUTE, DAY = 60, 24 * 60 * 60
# Commands that every worker runs when it starts and from then on, with the seconds in between.
# Each may be run by several workers at once.
CHORES: tuple[tuple[str, int], ...] = (
    ("clearsessions", DAY),
    ("prune_db_task_results", DAY),
    ("send_notices", 10 * MINUTE),
    ("appraise_budgets", 10 * MINUTE),
    ("clear_uploads", 60 * MINUTE),
    ("make_county_files", MINUTE),
)


class Command(BaseCommand):
    help = (
        "在后台检查上传的工作簿，办理公开、通知和定期的清理，一直运行；可以同时运行几个，也可以在几台机器上运行。"
        "收到 SIGTERM 时办完手上的一件再退出；被强行终止时没有办了一半的公开，由别的进程接着办。"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="把等着检查的工作簿和到时间的公开都办完就退出"
        )
        parser.add_argument(
            "--with-parent", action="store_true", help="启动它的进程结束以后自己也结束"
        )
        parser.add_argument(
            "--mark", metavar="文件", type=Path, help="每隔几秒更新这个文件的时间，供健康检查用"
        )

    def handle(self, *_args, once, with_parent, mark, **_options):
        parent, chores = os.getppid(), {} if once else dict.fromkeys(dict(CHORES), 0.0)
        # One that soon ends is not to be counted on.
        turns = None if once else Turns()
        while not (with_parent and os.getppid() != parent):
            if mark:
                mark.touch()
            if not survive(chores, turns):
                return
            if once and not has_work():
                return


def has_work() -> bool:
    """True while anything waits for a worker, or is at work with one."""
    releases, uploads = ReleaseItem.objects.unfinished(), Upload.objects.unexamined()
    return releases.exists() or uploads.exists()


def survive(chores: dict[str, float], turns: Turns | None) -> bool:
    """Take a turn; a database that is away or full is waited for. False where told to stop.

    Work that was interrupted so is taken up again, by this worker or another.
    """
    try:
        return take_turn(chores, turns)
    except (OperationalError, InterfaceError) as error:
        logger.warning("%s，稍后再试：%s", find_cause(error), error)
        close_old_connections()
        time.sleep(PAUSE)
        return True


def take_turn(chores: dict[str, float], turns: Turns | None) -> bool:
    """Look after lost work, do one piece of each kind if there is one; False where told to stop.

    So neither kind waits for more than one piece of the other.
    """
    if turns:
        turns.note()
    do_chores(chores)
    tend_queue()
    has_examined = examine_next() is not None
    # The debug setting makes Django remember every query, with the files in it.
    reset_queries()
    if not DBTaskResult.objects.ready().exists():
        time.sleep(0 if has_examined else PAUSE)
        return True
    # One that does one piece of work and returns.
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()
    return worker.running


def do_chores(due: dict[str, float]) -> None:
    """Run the commands whose time has come; one that fails is logged and tried the next time."""
    for command, seconds in CHORES:
        if command in due and time.monotonic() >= due[command]:
            try:
                call_command(command, verbosity=0)
            except (OperationalError, InterfaceError):
                raise
            except Exception:
                logger.exception("定期工作 %s 没有做成。", command)
            due[command] = time.monotonic() + seconds
