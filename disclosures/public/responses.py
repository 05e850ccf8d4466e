"""How the public site answers: how long a page is kept, conditionally, with files under names."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, wraps
from hashlib import sha256
from typing import TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import SimpleTemplateResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.encoding import escape_uri_path
from django.utils.http import http_date, quote_etag

# What draws and words a page, in part or in whole: a page made before a release is stale after it.
MADE_OF = ("budgets", "config", "disclosures", "static", "templates", "requirements.txt")
# Seconds.
MINUTE, YEAR = 60, 365 * 24 * 3600
# Bytes. A larger answer is drawn each time, so that a few cannot push all others out of nginx.
LARGEST = 1 << 20
# Seldom asked for, never changed: an answer that says so itself is left as it is.
IMMUTABLE = "immutable"
# What `request.META` holds when a page is to stand alone, without the portal; the value BRIEF
# where only its plain look is written.
ALONE, BRIEF = "PORTAL_STANDS_ALONE", "brief"

View = Callable[..., HttpResponseBase]
Made = TypeVar("Made", bound=HttpResponseBase)


@cache
def identify_release() -> str:
    """A name for all that makes a page, its text as well as its look, as it stood at the start."""
    release = sha256(repr(settings.TABLE_SETS).encode())
    for name in MADE_OF:
        top = settings.BASE_DIR / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                release.update(str(path.relative_to(settings.BASE_DIR)).encode())
                release.update(path.read_bytes())
    return release.hexdigest()[:12]


def reply(
    request: HttpRequest, tag: str, moment: datetime, make: Callable[[], Made]
) -> Made | HttpResponse:
    """The response, made only where the reader does not already have it (304)."""
    etag, modified = quote_etag(tag), int(moment.timestamp())
    known = get_conditional_response(request, etag=etag, last_modified=modified)
    response = known or make()
    response.headers.setdefault("ETag", etag)
    response.headers.setdefault("Last-Modified", http_date(modified))
    return response


def keep(response: HttpResponse, version: int | None) -> HttpResponse:
    """A file, to be kept for ever at a version's own address."""
    if version is not None:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response


def say_later(cause: str) -> HttpResponse:
    """What is not there yet, and when to try again."""
    page = render_to_string("503.html", {"cause": cause})
    return HttpResponse(page, status=503, headers={"Retry-After": str(MINUTE)})


def public_page(
    *, minutes: int = 1, parameters: Sequence[str] | None = (), any_size: bool = False
) -> Callable[[View], View]:
    """A page that is the same for everybody, and never seen older than so many minutes.

    `parameters` are what the view reads after the question mark: a name ("q") takes any value, a
    pair ("unit=yuan") only this one. Whoever asks with anything else is sent to the address without
    it. None leaves the refusal to the view.

    Only pages of which there are few are kept by nginx: those without a free parameter, and where
    not `any_size`, those that are not large.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
            asked = request.META.get("QUERY_STRING", "")
            known = asked if parameters is None else keep_known(request, parameters)
            if known != asked:
                # Not for ever: a later release may read what this one does not.
                return redirect(escape_uri_path(request.path) + (known and f"?{known}"))
            response = view(request, *args, **kwargs)
            is_free = bool(asked) and not {*asked.split("&")} <= {*(parameters or ())}
            if is_free:
                # There are as many as there are questions.
                response.headers["X-Robots-Tag"] = "noindex, nofollow"
            return confine(request, response, minutes, is_kept=not is_free, any_size=any_size)

        return answer

    return decorate


def keep_known(request: HttpRequest, parameters: Sequence[str]) -> str:
    """What a view reads of an address's query; as it was written where that is a free question."""
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    free = [pair for pair in pairs if pair[0] in parameters]
    fixed = [each for each in parameters if tuple(each.split("=")) in pairs]
    asked = request.META.get("QUERY_STRING", "")
    if free and len(free) + len(fixed) == len(pairs):
        return asked
    return "&".join([*fixed, *filter(None, [urlencode(free)])])


def confine(
    request: HttpRequest,
    response: HttpResponseBase,
    minutes: int,
    *,
    is_kept: bool,
    any_size: bool,
) -> HttpResponseBase:
    """The answer with the time that it may be kept; for nobody else where it knows its reader."""
    if response.status_code not in (200, 304):
        return response
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.render()
    if is_personal(request, response):
        response.headers["Cache-Control"] = "private, no-store"
        return response
    # nginx keeps it, and then the reader's browser once more: each for a quarter of the time, and
    # for another quarter while it asks whether the page still holds.
    quarter = minutes * MINUTE // 4
    if IMMUTABLE not in response.get("Cache-Control", ""):
        policy = f"public, max-age={quarter}, stale-while-revalidate={quarter}"
        response.headers["Cache-Control"] = policy
    is_small = isinstance(response, HttpResponse) and len(response.content) <= LARGEST
    if not is_kept or not (is_small or any_size):
        # Read by nginx alone, and not passed on.
        response.headers["X-Accel-Expires"] = "0"
    return response


def is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    """True where making the answer asked who reads it, or gave its reader something of his own."""
    session = getattr(request, "session", None)
    has_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False)
    return bool(response.cookies or has_token or (session and session.accessed))
