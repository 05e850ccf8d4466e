"""How workers publish the items of releases, each once, whatever happens to a worker.

The items are the truth; the queue only wakes workers, and a wake names no item. A worker claims an
item in one short transaction, which shows it as being worked on, and publishes it in a second one
that holds the item's row and ends with everything or with nothing. So the lock is the sign of life:
an item shown as being worked on whose row nobody holds belonged to a worker that is gone. SQLite
holds no rows, but all its workers are on one machine: there the process itself is looked for.
"""

import logging
import os
import socket
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from budgets.importing.examination_queue import examine_next, take_back_uploads
from budgets.models import Upload
from disclosures.models import Disclosure, ReleaseItem, ReleaseStage
from disclosures.publishing.outage import AWAY, FULL, find_cause
from disclosures.publishing.publication import carry_out
from disclosures.publishing.turns import is_worker_alive
from disclosures.workflow.moves import Attempt, Move, MoveRefusedError

logger = logging.getLogger(__name__)

# Between claiming an item and holding it lie milliseconds; the rest is for a slow machine.
GRACE = timedelta(seconds=3)
# On SQLite, where workers wait for each other: after that long, even a process that is there.
PATIENCE = timedelta(seconds=60)
# A wake that has been at work for so long is of a worker that is gone.
LOST = timedelta(hours=1)
MOST = 3
INTERRUPTED = f"办理这一部门的进程中断了{MOST}次，已停止办理。请技术人员查看日志后再重试。"
NO_ROOM = f"{FULL}，没有公开任何内容。请技术人员腾出空间以后再重试。"
BROKEN = "生成文件时出现了意外的错误，没有公开任何内容。请技术人员查看日志后再重试。"


@task()
def publish_next() -> str:
    """Publish one item that is due; returns what became of it, empty where nothing was due."""
    item = claim_item()
    return "" if item is None else publish_item(item)


def wake_workers() -> None:
    """Put as many wakes into the queue as there are items due; those that wait there count."""
    ready = DBTaskResult.objects.ready().filter(task_path=publish_next.module_path).count()
    for _ in range(ReleaseItem.objects.due().count() - ready):
        publish_next.enqueue()


def tend_queue() -> None:
    """What every worker does from time to time: lost work taken back, work that is due rung for."""
    take_back_uploads()
    # In the future, where the clock was put back since.
    taken = Q(taken_at__lt=Now() - GRACE) | Q(taken_at__gt=Now() + GRACE)
    lost = ReleaseItem.objects.filter(taken, stage=ReleaseStage.RUNNING)
    if lost.exists():
        take_back_items(lost)
    DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LOST).delete()
    wake_workers()


def examine_without_worker() -> None:
    """Where no worker lives, do the next examination here: within its limits, one at a time."""
    is_busy = Upload.objects.filter(result=Upload.Result.EXAMINING).exists()
    if not (is_busy or is_worker_alive()):
        examine_next()


@transaction.atomic
def take_back_items(lost) -> None:
    """Let items wait again whose worker is gone; one that has outlived several workers has failed.

    A live worker holds its row, which is skipped here.
    """
    for item in lost.select_for_update(skip_locked=True, of=("self",)):
        if is_waiting_its_turn(item):
            continue
        again = item.attempts < MOST
        logger.warning("%s：办理的进程中断了（第%d次）。", item.budget, item.attempts)
        ReleaseItem.objects.filter(pk=item.pk).update(
            stage=ReleaseStage.WAITING if again else ReleaseStage.FAILED,
            reason="" if again else INTERRUPTED,
        )


def is_waiting_its_turn(item: ReleaseItem) -> bool:
    """True where the database has no row locks, and the worker's process is there."""
    if connection.features.has_select_for_update:
        return False
    host, _, process = item.worker.rpartition(":")
    if (
        not item.taken_at
        or abs(timezone.now() - item.taken_at) >= PATIENCE
        or host != socket.gethostname()
    ):
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@transaction.atomic
def claim_item() -> ReleaseItem | None:
    """Take up the oldest item that is due and that no other worker is taking up."""
    due = ReleaseItem.objects.due().order_by("release", "pk")
    item = due.select_for_update(skip_locked=True, of=("self",)).first()
    if item is None:
        return None
    ReleaseItem.objects.filter(pk=item.pk).update(
        stage=ReleaseStage.RUNNING,
        attempts=F("attempts") + 1,
        taken_at=Now(),
        worker=f"{socket.gethostname()}:{os.getpid()}"[:100],
    )
    return ReleaseItem.objects.select_related("budget__department", "who").get(pk=item.pk)


def publish_item(item: ReleaseItem) -> str:
    """Publish a claimed item, or keep the reason why not; returns what became of it.

    What the database refuses for being away is raised: the item is taken back by and by.
    """
    logger.info("%s：开始公开。", item.budget)
    try:
        return publish_claimed(item)
    except MoveRefusedError as refusal:
        return fail_item(item, "".join(refusal.reasons))
    except PermissionDenied as refusal:
        return fail_item(item, str(refusal))
    except Exception as error:
        cause = find_cause(error)
        if cause == AWAY:
            raise
        logger.exception("%s：没有公开。", item.budget)
        return fail_item(item, NO_ROOM if cause == FULL else BROKEN)


@transaction.atomic
def publish_claimed(item: ReleaseItem) -> str:
    """Publish, and mark the item as done, as one; nothing where it is no longer this worker's."""
    # Its order names release, budget and department: without `of`, all workers would wait for one.
    if own_item(item).select_for_update(of=("self",)).first() is None:
        return ""
    made = carry_out(Attempt(budget=item.budget, who=item.who, move=Move.PUBLISH))
    budget = item.budget
    versions = Disclosure.objects.for_address(budget.year, budget.department.code)
    version = versions.without_content().filter(digest=made.digest).first()
    own_item(item).update(stage=ReleaseStage.DONE, finished_at=Now(), disclosure=version)
    logger.info("%s：已公开第%d版。", budget, version.version)
    return str(version)


def fail_item(item: ReleaseItem, reason: str) -> str:
    """Keep why an item was not published; the others go on."""
    own_item(item).update(stage=ReleaseStage.FAILED, reason=reason, finished_at=Now())
    logger.warning("%s：%s", item.budget, reason)
    return reason


def own_item(item: ReleaseItem):
    """The item, as long as it is this worker's: not taken back, nor claimed by another since."""
    return ReleaseItem.objects.filter(
        pk=item.pk, stage=ReleaseStage.RUNNING, attempts=item.attempts
    )
