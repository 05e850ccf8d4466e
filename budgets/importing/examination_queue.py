"""The files that wait to be examined, each examined once, whatever happens to who examines it.

The uploads themselves are the truth. Whoever examines claims one in one short transaction, works
outside of any, and concludes in another if the upload is still its own. An examination cannot last
longer than its limits: one that has, belonged to a process that is gone, and is taken back.
"""

import logging
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.db.models.functions import Now

from budgets.audit import Action
from budgets.domain.problems import Problem, has_errors
from budgets.importing.examination import unpack_examination
from budgets.importing.examiner import ExaminerError, Marking, examine_apart, mark_apart
from budgets.importing.uploads import (
    budget_of,
    fingerprint_basis,
    log_file,
    prepare_examination,
    read_limits,
)
from budgets.models import Upload

logger = logging.getLogger(__name__)

# Beside the limits of the examination and of the marked copy: for a slow machine.
GRACE = 10
MOST = 3
ASK = "请重新上传；仍然不行的，请联系财政部门的技术人员。"
INTERRUPTED = Problem(message=f"检查这个文件的进程中断了 {MOST} 次，已停止检查。", advice=ASK)
BROKEN = Problem(message="检查这个文件时出现了意外的错误。", advice=ASK)


def examine_next() -> Upload | None:
    """Examine the file that has waited longest; None where none waits.

    What the database refuses for being away is raised: the file is taken back by and by.
    """
    upload = claim_upload()
    if upload is None:
        return None
    try:
        examine_claimed(upload)
    except (KeyboardInterrupt, SystemExit):
        own_upload(upload).update(result=Upload.Result.QUEUED, attempts=F("attempts") - 1)
        raise
    except (InterfaceError, OperationalError):
        raise
    except Exception:
        logger.exception("%s：没有检查成。", upload.filename)
        conclude(upload, [BROKEN])
    return upload


@transaction.atomic
def claim_upload() -> Upload | None:
    """Take up the file that has waited longest and that nobody else is taking up."""
    waiting = Upload.objects.filter(result=Upload.Result.QUEUED).order_by("pk").only("pk")
    upload = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if upload is None:
        return None
    Upload.objects.filter(pk=upload.pk).update(
        result=Upload.Result.EXAMINING, attempts=F("attempts") + 1, taken_at=Now()
    )
    return Upload.objects.select_related("budget__department", "who").get(pk=upload.pk)


def examine_claimed(upload: Upload) -> None:
    """Examine a file, mark its cells where any is to blame, and keep what was found."""
    logger.info("%s：开始检查。", upload.filename)
    budget, content, limits = budget_of(upload), bytes(upload.content), read_limits()
    # Read before the rest: what is written meanwhile makes the examination an old one.
    basis = fingerprint_basis(budget)
    try:
        packed = examine_apart(prepare_examination(budget, content), limits)
    except ExaminerError as failure:
        conclude(upload, [failure.problem])
        return
    examination = unpack_examination(packed)
    if examination is None:
        raise ValueError("an examination that cannot be read")
    problems, marked = examination.verdict.problems, None
    if any(problem.cells for problem in problems):
        try:
            marked = mark_apart(Marking(content, problems), limits)
        except ExaminerError:
            logger.warning("%s：没有做成标出问题的副本。", upload.filename)
    conclude(upload, problems, basis=basis, examination=packed, marked=marked)


@transaction.atomic
def conclude(upload: Upload, problems: list[Problem], **found) -> None:
    """Keep what was found and let a person decide; nothing where the file is another's by now."""
    refused = has_errors(problems)
    result = Upload.Result.REFUSED if refused else Upload.Result.WAITING
    told = [problem.as_json() for problem in problems]
    if own_upload(upload).update(result=result, problems=told, **found) and refused:
        upload.result, upload.problems = result, told
        log_file(Action.REFUSE, upload, upload.who)


def own_upload(upload: Upload):
    """The upload, as long as it was not taken back, nor claimed by another since."""
    examining = Upload.objects.filter(pk=upload.pk, result=Upload.Result.EXAMINING)
    return examining.filter(attempts=upload.attempts)


def take_back_uploads() -> None:
    """Let files wait again whose examination can no longer be going on.

    One that was begun in the future was begun before the database's clock was put back.
    """
    lease = timedelta(seconds=2 * read_limits().patience + GRACE)
    examining = Upload.objects.filter(result=Upload.Result.EXAMINING).for_lists()
    for upload in examining.exclude(taken_at__range=(Now() - lease, Now() + lease)):
        logger.warning("%s：检查的进程中断了（第%d次）。", upload.filename, upload.attempts)
        if upload.attempts < MOST:
            own_upload(upload).update(result=Upload.Result.QUEUED)
        else:
            conclude(upload, [INTERRUPTED])


def examine_again(upload: Upload) -> None:
    """Let a file that waits for a word be examined anew, for what it was judged by has changed."""
    waiting = Upload.objects.filter(pk=upload.pk, result=Upload.Result.WAITING)
    waiting.update(result=Upload.Result.QUEUED, attempts=0)


def count_ahead(upload: Upload) -> int:
    """How many files are examined before this one."""
    return Upload.objects.unexamined().filter(pk__lt=upload.pk).count()
