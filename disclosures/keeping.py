"""The keeper before the public site: drawn pages are kept for the minute that any cache may keep
them, tell by which mark they are known, and travel compressed."""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from time import time

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe, quote_etag

from disclosures.replies import MINUTE
from disclosures.site.visiting import ALONE

# What has its own rules, or nothing to keep.
ELSEWHERE = ("/admin/", "/static/", "/healthz")
READS = ("GET", "HEAD")
# Kept by the name of their address: what is asked for again and again, and is bounded in number.
PLAIN = {
    "home",
    "year",
    "year-by-kind",
    "year-by-size",
    "years",
    "data",
    "feed",
    "department-feed",
    "robots",
    "sitemap",
    "published",
    "published-year",
    "table",
    "version-table",
    "embed",
    "version-embed",
    "charts",
    "version-charts",
    "chart",
    "version-chart",
    "picture",
    "version-picture",
    "changes",
    "changes-since",
    "codes",
    "code",
    "code-scope",
    "code-scope-by",
    "code-list",
    "topic",
    "topic-year",
    "topic-year-by",
    "topic-list",
    "reasons",
    "reasons-year",
    "reasons-year-by",
    "reasons-list",
    "timeliness",
    "timeliness-year",
    "timeliness-list",
}
# Of these a reader may ask four looks. Any other question is answered, and not kept.
LOOKED_AT = {"page", "version"}
# Never kept: free questions, a page for every figure, and what is large and read once.
PASSED = {
    "search",
    "identify",
    "cell",
    "sentence",
    "version-cell",
    "version-sentence",
    "file",
    "version-file",
    "package",
}
# What other websites hang on an address to watch its readers. It changes nothing here.
TRACKING = re.compile(r"utm_\w+|from|isappinstalled|spm|scene|nsukey|fbclid|gclid|msclkid")
LOOKS = {"unit": "yuan", "last": "1"}
LARGEST, LEAST_PACKED = 1 << 20, 1024
TEXTS = re.compile(r"text/|image/svg|application/(json|xml|javascript|[a-z.+-]+\+xml)")
CONDITIONS = tuple(
    f"HTTP_IF_{name}" for name in ("NONE_MATCH", "MODIFIED_SINCE", "MATCH", "UNMODIFIED_SINCE")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An answer as it was given: its headers, its body, compressed where that helps, and when it
    was last known to be what the portal would answer."""

    headers: dict[str, str]
    body: bytes
    is_packed: bool
    checked_at: float

    @classmethod
    def of(cls, response: HttpResponse) -> "Page":
        """From an answer that has just been drawn."""
        is_packed = is_packable(response)
        body = gzip.compress(response.content, 6, mtime=0) if is_packed else response.content
        return cls(
            headers=dict(response.items()), body=body, is_packed=is_packed, checked_at=time()
        )

    @property
    def age(self) -> int:
        """Whole seconds since it was last known to be true."""
        return max(0, int(time() - self.checked_at))

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The same answer again; for how long it may still be kept follows from its age."""
        etag, modified = self.headers["ETag"], self.headers.get("Last-Modified")
        moment = parse_http_date_safe(modified) if modified else None
        response = HttpResponse(headers=self.headers)
        self.fill(response, "gzip" in request.headers.get("Accept-Encoding", ""))
        response.headers["Age"] = str(self.age)
        return get_conditional_response(request, etag, moment, response)

    def fill(self, response: HttpResponse, takes_packed: bool) -> None:
        """The body in the form that the reader takes."""
        if self.is_packed and takes_packed:
            wrap(response, self.body)
            return
        response.content = gzip.decompress(self.body) if self.is_packed else self.body
        response.headers["Content-Length"] = str(len(response.content))


class PageKeeper:
    """Answers with the kept page while it is fresh, and asks whether it still holds afterwards.

    A page that has grown old is not drawn anew unless it changed: the view is asked with the
    page's own mark, as any cache on the way would ask, and says 304 after a few small queries.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; the workplace, and whoever exports the site, are not concerned."""
        if (
            request.method not in READS
            or request.path.startswith(ELSEWHERE)
            or ALONE in request.META
        ):
            return self.get_response(request)
        look = read_look(request) if settings.KEEP_PAGES else None
        return finish(request, self.ask(request)) if look is None else self.look_up(request, look)

    def look_up(self, request: HttpRequest, look: str) -> HttpResponse:
        """The kept page, or what the portal answers, kept if it may be."""
        name = name_page(request, look)
        page = caches["pages"].get(name)
        if page and page.age < MINUTE:
            return page.answer(request)
        response = self.ask_again(request, page) if page else self.ask(request)
        if page and response.status_code == 304:
            page = replace(page, checked_at=time())
        elif may_keep(request, response, look):
            page = Page.of(response)
        else:
            return finish(request, response)
        caches["pages"].set(name, page)
        return page.answer(request)

    def ask(self, request: HttpRequest) -> HttpResponse:
        """What the portal answers, marked by its bytes where the view has no mark of its own."""
        response = self.get_response(request)
        if is_public(response) and response.status_code == 200 and not response.has_header("ETag"):
            response.headers["ETag"] = quote_etag(sha256(response.content).hexdigest()[:32])
        if is_packable(response):
            patch_vary_headers(response, ["Accept-Encoding"])
        return response

    def ask_again(self, request: HttpRequest, page: Page) -> HttpResponse:
        """Whether a kept page still holds (304), or what holds instead."""
        asked = {name: request.META.pop(name, None) for name in CONDITIONS}
        request.META["HTTP_IF_NONE_MATCH"] = page.headers["ETag"]
        response = self.ask(request)
        del request.META["HTTP_IF_NONE_MATCH"]
        request.META.update({name: value for name, value in asked.items() if value is not None})
        return response


def read_look(request: HttpRequest) -> str | None:
    """The look that an address asks for, in one way of writing it; None where it asks more."""
    asked = {name: told for name, told in request.GET.items() if not TRACKING.fullmatch(name)}
    if any(LOOKS.get(name) != told for name, told in asked.items()):
        return None
    return "&".join(sorted(asked))


def name_page(request: HttpRequest, look: str) -> str:
    """The name of a kept page; some caches refuse long names and Chinese ones."""
    name = f"{request.scheme}://{request.get_host()}{request.path}?{look}"
    return sha256(name.encode()).hexdigest()


def may_keep(request: HttpRequest, response: HttpResponse, look: str) -> bool:
    """True for a public page in full, at an address and in a look that are listed here."""
    found = request.resolver_match
    if request.method != "GET" or response.status_code != 200 or found is None:
        return False
    name = found.url_name if found.namespace == "disclosures" else None
    is_listed = name in LOOKED_AT or (name in PLAIN and not look)
    return is_listed and is_public(response) and len(response.content) <= LARGEST


def is_public(response: HttpResponse) -> bool:
    """True where any cache may keep the answer, and it is all there."""
    policy = response.get("Cache-Control", "")
    return "public" in policy and not response.cookies and not response.streaming


def is_packable(response: HttpResponse) -> bool:
    """True for text that is worth compressing."""
    if response.streaming or response.has_header("Content-Encoding"):
        return False
    is_text = TEXTS.match(response.get("Content-Type", "")) is not None
    return is_text and len(response.content) >= LEAST_PACKED


def finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer that is not kept, on its way: perhaps not needed at all, perhaps compressed."""
    if response.status_code == 200 and is_public(response):
        response = get_conditional_response(request, response["ETag"], None, response)
    if is_packable(response) and "gzip" in request.headers.get("Accept-Encoding", ""):
        wrap(response, gzip.compress(response.content, 6, mtime=0))
    return response


def wrap(response: HttpResponse, packed: bytes) -> None:
    """The compressed body in place of the plain one: the same page, if not the same bytes."""
    response.content = packed
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(packed))
    if response.has_header("ETag") and not response["ETag"].startswith("W/"):
        response.headers["ETag"] = f"W/{response['ETag']}"
