"""Who has guessed too often: locked by name and address, for a time, and how it is undone."""

from datetime import timedelta
from math import ceil

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from budgets import audit
from budgets.audit import Action

TOO_MANY_REQUESTS = 429
MINUTE = timedelta(minutes=1)


def show_lock(request: HttpRequest, response: HttpResponse, credentials: dict) -> HttpResponse:
    """What is shown instead of the login to whoever has guessed too often."""
    name = credentials.get("username") or ""
    context = site.each_context(request) | {
        "title": "已锁定",
        "minutes": count_minutes(name, request.axes_ip_address),
        "limit": settings.AXES_FAILURE_LIMIT,
    }
    if getattr(request, "axes_failures_since_start", None) is not None:
        # Counted, and so the failure that locks; those on a locked door are not counted.
        tell_lock(name, context["minutes"])
    locked = TemplateResponse(request, "account/locked.html", context, status=TOO_MANY_REQUESTS)
    return locked.render()


def tell_lock(name: str, minutes: int) -> None:
    """Tell the log that an account is locked; of names that nobody has, their failures tell."""
    if get_user_model().objects.filter(username=name).exists():
        audit.write(Action.LOCK, who=name, after={"分钟": minutes})


def count_minutes(name: str, address: str | None) -> int:
    """How many minutes the lock on a name at an address still lasts, at least one."""
    attempts = AccessAttempt.objects.filter(username=name, ip_address=address or None)
    # The library forgets a person's failures one by one, by user agent: the first to go opens.
    last = attempts.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    left = (last or timezone.now()) + settings.AXES_COOLOFF_TIME - timezone.now()
    return max(1, ceil(left / MINUTE))


def is_locked(user) -> bool:
    """True where the person is locked out at some address."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    recent = AccessAttempt.objects.filter(username=user.get_username(), attempt_time__gt=since)
    failures: dict[str | None, int] = {}
    for address, count in recent.values_list("ip_address", "failures_since_start"):
        failures[address] = failures.get(address, 0) + count
    return any(count >= settings.AXES_FAILURE_LIMIT for count in failures.values())


@transaction.atomic
def unlock(user, by) -> None:
    """Forget a person's failures, at every address."""
    reset(username=user.get_username())
    audit.write(Action.UNLOCK, who=by, subject=user)
