"""How the public site answers: conditionally, cacheably, and with files under their names."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, http_date, quote_etag

# What the look of a page is made of: a page drawn before a release is stale after it.
LOOKS = (
    ("templates", "*.html"),
    ("templates", "*.svg"),
    ("static", "*.css"),
    ("disclosures", "*.py"),
)
# A correction is seen within a minute; what a version's own address gives never changes.
MINUTE, YEAR = 60, 365 * 24 * 3600
# What `request.META` holds when a page is to stand alone, without the portal; the value BRIEF
# where only its plain look is written.
ALONE, BRIEF = "PORTAL_STANDS_ALONE", "brief"


@cache
def identify_release() -> str:
    """A name for the templates, the stylesheets and what lays pages out, as they stand."""
    look = sha256()
    for folder, names in LOOKS:
        for path in sorted((settings.BASE_DIR / folder).rglob(names)):
            look.update(path.read_bytes())
    return look.hexdigest()[:12]


def identify(text: str) -> str:
    """A short name for a text that a page depends on."""
    return sha256(text.encode()).hexdigest()[:12]


def reply(
    request: HttpRequest, tag: str, moment: datetime, make: Callable[[], HttpResponse]
) -> HttpResponse:
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


def attach(data: bytes, content_type: str, name: str) -> HttpResponse:
    """Bytes to be saved under a name."""
    disposition = content_disposition_header(True, name)
    headers = {"Content-Disposition": disposition}
    return HttpResponse(data, content_type=content_type, headers=headers)
