"""How long files are kept that nobody took; what was accepted stays for ever."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from budgets.audit import Action
from budgets.importing.uploads import log_file
from budgets.models import Upload
from budgets.spreadsheets import MEGABYTE

UNTAKEN = Q(result__in=[Upload.Result.WAITING, Upload.Result.REFUSED, Upload.Result.DISCARDED])


def clear_uploads() -> int:
    """Remove the bytes of files beyond the days and the megabytes of the settings, the oldest
    first; returns of how many. What was wrong with them stays told."""
    return sum(remove_file(pk) for pk in [*find_superfluous()])


def find_superfluous() -> Iterator[int]:
    """The keys of uploads too old, or too much for their budget or over all."""
    oldest = timezone.now() - timedelta(days=settings.UPLOADS_KEPT_DAYS)
    kept: Counter[int | None] = Counter()
    untaken = Upload.objects.filter(UNTAKEN, removed_at=None).order_by("-pk")
    for pk, budget, size, at in untaken.values_list("pk", "budget", "size", "at"):
        own, whole = kept[budget] + size, kept.total() + size
        if (
            at < oldest
            or own > settings.UPLOADS_KEPT_MB * MEGABYTE
            or whole > settings.UPLOADS_KEPT_TOTAL_MB * MEGABYTE
        ):
            yield pk
        else:
            kept[budget] = own


@transaction.atomic
def remove_file(pk: int) -> bool:
    """Remove one upload's bytes, unless it was taken meanwhile; one that waited is given up."""
    held = Upload.objects.filter(UNTAKEN, pk=pk, removed_at=None).for_lists()
    upload = held.select_for_update(of=("self",)).select_related("budget__department").first()
    if upload is None:
        return False
    if upload.result == Upload.Result.WAITING:
        upload.result = Upload.Result.DISCARDED
    Upload.objects.filter(pk=pk).update(
        result=upload.result,
        content=b"",
        examination=None,
        marked=None,
        removed_at=timezone.now(),
    )
    log_file(Action.CLEAR, upload, None)
    return True
