"""Releases as the bureau asks for them: ask, cancel what still waits, try again what failed."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from budgets.audit import Action, EntrySubject, write_entry
from budgets.models import Budget, State
from disclosures.models import Release, ReleaseItem, ReleaseStage
from disclosures.publishing.worker import wake_workers
from disclosures.workflow.access import Role, county_roles

NOTHING = "选中的部门都不能公开：不是“已批复”，或者已经在另一批里等待公开。请刷新后再选。"


class ReleaseRefusedError(Exception):
    """No release was made; the message says why, for the person who asked."""


@transaction.atomic
def ask_release(
    *, who: Any, year: int, codes: Collection[str], due_at: datetime | None, key: uuid.UUID
) -> Release:
    """Make a release of the approved budgets among those named; asked again, the same release.

    `due_at` None means at once; `key` is the form's own. A budget that is not approved, or waits
    in another release, is left out. Raises PermissionDenied for anyone but the bureau's
    administrator, ReleaseRefusedError where nothing is left.
    """
    refuse_all_but_bureau(who)
    # The rows are held, so of two orders at once the second sees the first one's items.
    named = Budget.objects.filter(year=year, department__code__in=codes)
    held = named.select_related("department").order_by("pk").select_for_update(of=("self",))
    approved = [each for each in held if each.state == State.APPROVED]
    if made := Release.objects.filter(key=key, who=who).first():
        return made
    taken = set(ReleaseItem.objects.open().values_list("budget", flat=True))
    free = [each for each in approved if each.pk not in taken]
    if not free:
        raise ReleaseRefusedError(NOTHING)
    release = Release.objects.create(key=key, year=year, who=who, due_at=due_at)
    ReleaseItem.objects.bulk_create(
        ReleaseItem(release=release, budget=each, who=who) for each in free
    )
    wake_workers()
    write_release_entry(Action.RELEASE, release, who, [each.department.code for each in free])
    return release


@transaction.atomic
def cancel_release(release: Release, who: Any, item: int | None = None) -> int:
    """Take back what still waits, all or one item; returns how many were taken back."""
    refuse_all_but_bureau(who)
    waiting = list_items(release, item).filter(stage=ReleaseStage.WAITING)
    codes = hold_items(waiting)
    waiting.update(stage=ReleaseStage.CANCELLED)
    write_release_entry(Action.RELEASE_CANCEL, release, who, codes)
    return len(codes)


@transaction.atomic
def retry_release(release: Release, who: Any, item: int | None = None) -> int:
    """Let what failed wait again, all or one item, now in this person's name; returns how many.

    A budget that waits in another release by now is left as it is.
    """
    refuse_all_but_bureau(who)
    elsewhere = ReleaseItem.objects.open().values("budget")
    failed = list_items(release, item).filter(stage=ReleaseStage.FAILED)
    failed = failed.exclude(budget__in=elsewhere)
    codes = hold_items(failed)
    failed.update(stage=ReleaseStage.WAITING, reason="", attempts=0, who=who, finished_at=None)
    wake_workers()
    write_release_entry(Action.RELEASE_RETRY, release, who, codes)
    return len(codes)


def hold_items(items: QuerySet[ReleaseItem]) -> list[str]:
    """The codes of the items' departments; the items are held until the end of the transaction."""
    held = items.select_for_update(of=("self",)).select_related("budget__department")
    return [each.budget.department.code for each in held]


def write_release_entry(action: Action, release: Release, who: Any, codes: Collection[str]) -> None:
    """Write into the log what was asked for, unless it came to nothing."""
    at = release.due_at and f"{localtime(release.due_at):%Y-%m-%d %H:%M}"
    if codes:
        write_entry(
            action,
            who=who,
            subject=EntrySubject(subject=f"公开批次 {release}", year=release.year),
            after={"部门": sorted(codes), "定时": at or "现在"},
        )


def list_items(release: Release, item: int | None) -> QuerySet[ReleaseItem]:
    own = ReleaseItem.objects.filter(release=release)
    return own if item is None else own.filter(pk=item)


def refuse_all_but_bureau(who: Any) -> None:
    if Role.BUREAU_ADMIN not in county_roles(who):
        raise PermissionDenied("公开由财政管理员办理。")
