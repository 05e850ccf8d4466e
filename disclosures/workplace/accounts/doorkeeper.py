"""Between the login and the workplace: who is let through, for how long, and who is led elsewhere.

A person passes three doors in this order: the code of an app that he has set up, a password of his
own, and an app where his role needs one.
"""

from collections.abc import Callable
from time import time
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from disclosures.workplace.accounts.kept import list_typed, offer_again
from disclosures.workplace.accounts.passwords import must_change
from disclosures.workplace.accounts.second_factor import is_enrolled, is_required

INSIDE = "/admin/"
BEGAN, TOUCHED = "began", "touched"
ALWAYS_OPEN = ("admin:login", "admin:logout", "admin:jsi18n")
TOO_LONG = "您登录已超过 {hours} 小时，为了安全已自动退出，请重新登录。"
HOUR = 3600

Door = tuple[str, Callable[[HttpRequest], bool], tuple[str, ...]]
# Where a person is led who stands before a door, whether he does, and what is open before it.
DOORS: tuple[Door, ...] = (
    (
        "accounts:code",
        lambda request: not request.user.is_verified() and is_enrolled(request.user),
        (),
    ),
    (
        "admin:password_change",
        lambda request: must_change(request.user),
        (),
    ),
    (
        "accounts:app",
        lambda request: not request.user.is_verified() and is_required(request.user),
        ("admin:password_change",),
    ),
)


class Doorkeeper:
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
            keep_time(request)
        if not request.user.is_authenticated:
            return offer_again(request) if has_lost_login(request) else None
        return lead_to_door(request)


def keep_time(request: HttpRequest) -> None:
    """Log out who has been in too long; note, once a minute, that a person is still there."""
    now = int(time())
    began = request.session.setdefault(BEGAN, now)
    if now - began > settings.SESSION_LONGEST:
        logout(request)
        messages.warning(request, TOO_LONG.format(hours=settings.SESSION_LONGEST // HOUR))
    elif now - request.session.get(TOUCHED, 0) >= settings.SESSION_TOUCH:
        # The session ends an idle time after it was last written.
        request.session[TOUCHED] = now


def has_lost_login(request: HttpRequest) -> bool:
    """True where a form comes from a page of ours, by the cookie it has, and nobody is logged in.

    The login page's own form is no form of the workplace.
    """
    is_ours = settings.CSRF_COOKIE_NAME in request.COOKIES
    return request.method == "POST" and is_ours and bool(list_typed(request))


def lead_to_door(request: HttpRequest) -> HttpResponse | None:
    """To the first door that a person stands before; None where all are open."""
    if is_at(request, *ALWAYS_OPEN):
        return None
    for door, stands_before, open_before in DOORS:
        if is_at(request, door):
            return None
        if not is_at(request, *open_before) and stands_before(request):
            return redirect(f"{reverse(door)}?{urlencode({'next': read_aim(request)})}")
    return None


def is_at(request: HttpRequest, *names: str) -> bool:
    """True at one of these addresses; another view may answer there than the admin's own."""
    return request.path in [reverse(name) for name in names]


def read_aim(request: HttpRequest) -> str:
    """Where a person wanted to go; a form cannot be gone back to."""
    return request.get_full_path() if request.method == "GET" else reverse("workplace:home")
