"""The login and the logout, what is shown to whoever must wait, and what the log says of them."""

from unicodedata import normalize

from django.contrib.admin import site
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as remember_app

from budgets import audit
from budgets.audit import Action
from disclosures.workplace.accounts.devices import find_device, remember_device
from disclosures.workplace.accounts.failures import (
    claim_try,
    close_failed_hours,
    current_source,
    find_own_wait,
    forget_failures,
    record_failure,
)
from disclosures.workplace.accounts.pages import read_asked
from disclosures.workplace.accounts.password_work import KNOWN, STRANGERS, TooBusyError
from disclosures.workplace.accounts.second_factor import spend_code

REFUSAL = "用户名或密码不对，请重新输入，注意大小写。忘记密码的，请联系财政部门重置。"
TOO_MANY_REQUESTS, UNAVAILABLE = 429, 503
LONGEST_NAME = 150
# Seconds.
A_MOMENT, MINUTE = 5, 60


class LoginForm(AdminAuthenticationForm):
    """The admin's own form with a refusal that says what to do."""

    error_messages = AdminAuthenticationForm.error_messages | {"invalid_login": REFUSAL}


@never_cache
@sensitive_post_parameters("password", "code")
def log_in(request: HttpRequest) -> HttpResponse:
    """The login; whoever gets in is told in the log, and who does not, by the name tried.

    Whoever has the app may show its code at once and need not wait for the failures of others.
    """
    if request.method != "POST":
        return show_login(request, LoginForm(request))
    close_failed_hours()
    name = read_name(request.POST.get("username", ""))
    source = find_device(request, name) or current_source()
    # Before the password is looked at: a wrong code says nothing about it.
    code = request.POST.get("code", "")
    app = spend_code(name, code) if code else None
    is_known = app or source != current_source()
    form = LoginForm(request, request.POST)
    try:
        with (KNOWN if is_known else STRANGERS).spend():
            wait = claim_try(name, source)
            has_passed = (app or not wait) and form.is_valid()
    except TooBusyError:
        return show_wait(request, A_MOMENT, status=UNAVAILABLE)
    if not has_passed:
        wait = wait or find_own_wait(name, source)
        record_failure(Action.LOGIN_FAILED, name, wait)
        return show_wait(request, wait) if wait else show_login(request, form)
    with transaction.atomic():
        forget_failures(name, source)
        login(request, form.get_user())
        if app:
            remember_app(request, app)
        audit.write_entry(Action.LOGIN, who=request.user)
    answer = redirect(find_aim(request))
    remember_device(request, answer, name)
    return answer


def read_name(typed: str) -> str:
    """A name as the form reads it: whoever writes it in another way must wait no less.

    The form refuses a null character, which PostgreSQL does not know, and a name that is too long.
    """
    plain = typed.replace("\0", "").strip()
    return normalize("NFKC", plain) if len(plain) <= LONGEST_NAME else plain


def show_login(request: HttpRequest, form: LoginForm) -> HttpResponse:
    if request.method == "GET" and site.has_permission(request):
        return redirect("admin:index")
    context = site.each_context(request) | {
        "title": "登录",
        "form": form,
        "app_path": request.get_full_path(),
        "username": request.user.get_username(),
        "next": read_asked(request),
    }
    return TemplateResponse(request, "admin/login.html", context)


def show_wait(request: HttpRequest, seconds: int, status: int = TOO_MANY_REQUESTS) -> HttpResponse:
    """What is shown in the place of the login; the same to everybody, whatever he has typed."""
    context = site.each_context(request) | {
        "title": "请稍后再试",
        "wait": describe_seconds(seconds),
        "is_busy": status == UNAVAILABLE,
        "gave_code": bool(request.POST.get("code")),
        "name": request.POST.get("username", ""),
        "next": read_asked(request),
    }
    headers = {"Retry-After": str(seconds)}
    return TemplateResponse(request, "account/wait.html", context, status=status, headers=headers)


def describe_seconds(seconds: int) -> str:
    return f"{seconds} 秒" if seconds < 2 * MINUTE else f"{-(-seconds // MINUTE)} 分钟"


def find_aim(request: HttpRequest) -> str:
    """Where a login leads; who asked for nothing, or was refused, goes to where his work is."""
    index, aim = reverse("admin:index"), read_asked(request)
    if aim and aim != index:
        return aim
    # A superuser's work is in the admin, everybody else's in the workplace.
    return index if request.user.is_superuser else reverse("workplace:home")


def log_out(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and request.user.is_authenticated:
        audit.write_entry(Action.LOGOUT, who=request.user)
    return site.logout(request)
