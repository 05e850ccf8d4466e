"""Between the login and the workplace: who is let through, for how long, and who is led elsewhere.

A person passes three steps in this order: the code of an app that he has set up, a password of his
own, and an app where his role needs one. What was typed when a login had ended is shown again, to
be sent once more.
"""

from collections.abc import Callable
from time import time
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_CSRF_TOKEN_MISSING
from django.shortcuts import redirect, render
from django.urls import reverse

from disclosures.workplace.accounts.passwords import must_change_password
from disclosures.workplace.accounts.second_factor import (
    is_enrolled,
    is_verified,
    needs_second_factor,
)

FORBIDDEN = 403
WORKPLACE = "/admin/workplace/"
# A page of another site may not put its own words before a person: only what our page sent with a
# token that has become stale is shown again.
STALE = (REASON_CSRF_TOKEN_MISSING, "CSRF token from ")
INSIDE = "/admin/"
BEGAN, TOUCHED = "began", "touched"
ALWAYS_OPEN = ("admin:login", "admin:logout", "admin:jsi18n")
TOO_LONG = "您登录已超过 {hours} 小时，为了安全已自动退出，请重新登录。"
HOUR = 3600

Step = tuple[str, Callable[[HttpRequest], bool], tuple[str, ...]]
# Where a person is led who has a step before him, whether he has, and what else is open until then.
STEPS: tuple[Step, ...] = (
    (
        "accounts:code",
        lambda request: not is_verified(request) and is_enrolled(request.user),
        (),
    ),
    (
        "admin:password_change",
        lambda request: must_change_password(request.user),
        (),
    ),
    (
        "accounts:app",
        lambda request: not is_verified(request) and needs_second_factor(request.user),
        ("admin:password_change",),
    ),
)


class LoginGate:
    """Middleware; it looks at views, after the check of their tokens, and only inside."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """None to let a request pass, else where it is led."""
        if not request.path.startswith(INSIDE):
            return None
        if request.user.is_authenticated:
            limit_session(request)  # Which may end the login.
        if request.user.is_authenticated:
            return lead_to_next_step(request)
        # A form of a page of ours, by the cookie it has; the login page's own is none of these.
        has_lost_login = request.method == "POST" and settings.CSRF_COOKIE_NAME in request.COOKIES
        return show_typed_again(request) if has_lost_login and list_typed(request) else None


def limit_session(request: HttpRequest) -> None:
    """Log out who has been in too long; note, once a minute, that a person is still there."""
    now = int(time())
    began = request.session.setdefault(BEGAN, now)
    # A clock that is put back by a day must not lengthen a login by it.
    if abs(now - began) > settings.SESSION_LONGEST:
        logout(request)
        messages.warning(request, TOO_LONG.format(hours=settings.SESSION_LONGEST // HOUR))
    elif abs(now - request.session.get(TOUCHED, 0)) >= settings.SESSION_TOUCH:
        # The session ends an idle time after it was last written.
        request.session[TOUCHED] = now


def lead_to_next_step(request: HttpRequest) -> HttpResponse | None:
    """To the first step that a person has before him; None where there is none."""
    if is_at(request, *ALWAYS_OPEN):
        return None
    for step, is_due, open_before in STEPS:
        if is_at(request, step):
            return None
        if not is_at(request, *open_before) and is_due(request):
            # A form cannot be gone back to.
            is_page = request.method == "GET"
            aim = request.get_full_path() if is_page else reverse("workplace:home")
            return redirect(f"{reverse(step)}?{urlencode({'next': aim})}")
    return None


def is_at(request: HttpRequest, *names: str) -> bool:
    """True at one of these addresses; another view may answer there than the admin's own."""
    return request.path in [reverse(name) for name in names]


def answer_stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token does not fit: what was typed, with a token that does."""
    if reason.startswith(STALE) and list_typed(request):
        return show_typed_again(request)
    return render(request, "403_csrf.html", status=FORBIDDEN)


def show_typed_again(request: HttpRequest) -> HttpResponse:
    context = {"typed": list_typed(request), "has_files": bool(request.FILES)}
    return render(request, "account/kept.html", context, status=FORBIDDEN)


def list_typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form of the workplace; nothing of any other."""
    if not request.path.startswith(WORKPLACE):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
