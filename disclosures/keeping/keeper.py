"""Stands where a shared cache would stand, before everything that draws."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from time import time

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from disclosures.keeping.page import Page, is_packable, pack, takes_packed, wrap
from disclosures.keeping.rules import is_public, may_keep, may_share, name_page, read_look
from disclosures.window.replies import ALONE, MINUTE

# What has its own rules, or nothing to keep.
ELSEWHERE = ("/admin/", "/static/", "/healthz")
READS = ("GET", "HEAD")
CONDITIONS = tuple(
    f"HTTP_IF_{name}" for name in ("NONE_MATCH", "MODIFIED_SINCE", "MATCH", "UNMODIFIED_SINCE")
)


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
        if look is None:
            return confine(request, finish(request, self.ask(request)))
        return confine(request, self.look_up(request, look))

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


def finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer that is not kept, on its way: perhaps not needed at all, perhaps compressed."""
    if response.status_code == 200 and is_public(response):
        response = get_conditional_response(request, response["ETag"], None, response)
    if is_packable(response) and takes_packed(request):
        wrap(response, pack(response.content))
    return response


def confine(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, for its reader's own cache alone where no cache on the way may fill with it."""
    if "public" in response.get("Cache-Control", "") and not may_share(request):
        response.headers["Cache-Control"] = f"private, max-age={MINUTE}"
    return response
