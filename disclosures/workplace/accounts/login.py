"""The login and the logout, what the log says of them, and who is locked out for guessing."""

from datetime import timedelta
from math import ceil

from axes.models import AccessAttempt
from axes.utils import reset
from django import forms
from django.conf import settings
from django.contrib.admin import site
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from budgets import audit
from budgets.audit import Action
from budgets.models import FailedLogins
from disclosures.workplace.clerk.page import render_page

REFUSAL = "用户名或密码不对，请重新输入，注意大小写。忘记密码的，请联系财政部门重置。"
FOUND, TOO_MANY_REQUESTS = 302, 429
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# The log is kept for ever and anybody may fail, so a stranger must not be able to fill it: so many
# failures of an address in an hour are told one by one (a county sits behind one address), then
# their number.
EACH = 60
COUNTED = "一小时内失败次数"
SUM = f"一小时内失败超过 {EACH} 次，以后的没有逐次记录。"


class LoginForm(AdminAuthenticationForm):
    """The admin's own form with a refusal that says what to do."""

    error_messages = AdminAuthenticationForm.error_messages | {"invalid_login": REFUSAL}


def log_in(request: HttpRequest) -> HttpResponse:
    """The login; whoever gets in is told in the log, and who does not, by the name tried."""
    if request.method != "POST":
        return site.login(request)
    close_failed_hours()
    with transaction.atomic():
        answer = site.login(request)
        if answer.status_code != FOUND:
            record_failure(Action.LOGIN_FAILED, request.POST.get("username", ""))
            return answer
        audit.write_entry(Action.LOGIN, who=request.user)
    # A superuser's work is in the admin, everybody else's in the workplace.
    asked_for_none = answer["Location"] == reverse("admin:index")
    if asked_for_none and not request.user.is_superuser:
        return redirect("workplace:home")
    return answer


def log_out(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and request.user.is_authenticated:
        audit.write_entry(Action.LOGOUT, who=request.user)
    return site.logout(request)


@transaction.atomic
def record_failure(action: Action, who) -> None:
    """Count a failure of the request that is being answered, and tell the log if it is its turn."""
    row, _ = FailedLogins.objects.select_for_update().get_or_create(address=audit.current_address())
    row.count += 1
    FailedLogins.objects.filter(pk=row.pk).update(count=row.count)
    times, rest = divmod(row.count, EACH)
    if row.count <= EACH:
        audit.write_entry(action, who=who)
    elif not rest and times & (times - 1) == 0:
        # Each time that the number has doubled: 120, 240, 480 and so on.
        audit.write_entry(action, who=who, after={COUNTED: row.count}, words=SUM)


@transaction.atomic
def close_failed_hours() -> None:
    """Tell the log how many failures there were in the hours that are over, and forget them."""
    over = FailedLogins.objects.filter(since__lt=timezone.now() - HOUR)
    for row in over.select_for_update(skip_locked=True):
        if row.count > EACH:
            after = {COUNTED: row.count}
            audit.write_entry(
                Action.LOGIN_FAILED, who="", after=after, words=SUM, address=row.address
            )
        row.delete()


def show_lock(request: HttpRequest, response: HttpResponse, credentials: dict) -> HttpResponse:
    """What is shown instead of the login to whoever has guessed too often."""
    name = credentials.get("username") or ""
    context = site.each_context(request) | {
        "title": "已锁定",
        "minutes": count_locked_minutes(name, getattr(request, "axes_ip_address", None)),
        "limit": settings.AXES_FAILURE_LIMIT,
    }
    # Counted, and so the failure that locks: those on a locked door are not counted. Of names that
    # nobody has, their failures tell.
    has_locked = getattr(request, "axes_failures_since_start", None) is not None
    if has_locked and get_user_model().objects.filter(username=name).exists():
        audit.write_entry(Action.LOCK, who=name, after={"分钟": context["minutes"]})
    locked = TemplateResponse(request, "account/locked.html", context, status=TOO_MANY_REQUESTS)
    return locked.render()


def count_locked_minutes(name: str, address: str | None) -> int:
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
    failures = recent.order_by().values("ip_address").annotate(sum=Sum("failures_since_start"))
    return failures.filter(sum__gte=settings.AXES_FAILURE_LIMIT).exists()


@transaction.atomic
def unlock_person(user, by) -> None:
    """Forget a person's failures, at every address."""
    reset(username=user.get_username())
    audit.write_entry(Action.UNLOCK, who=by, subject=user)


def draw_account(request: HttpRequest, template: str, form: forms.Form, **context) -> HttpResponse:
    """A page of the account; its form leads on to `next`."""
    return render_page(request, template, form=form, next=read_next(request), **context)


def read_next(request: HttpRequest) -> str:
    """Where to go on: an address of this site, the front page where none is given."""
    aim = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(aim, hosts, require_https=request.is_secure())
    # A redirection takes anything that is not a path for the name of a view.
    return aim if is_ours and aim.startswith("/") else reverse("workplace:home")
