"""A kept page: an answer as it was given, compressed where that helps."""

import gzip
import re
from dataclasses import dataclass
from time import time

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

LEAST_PACKED, LEVEL = 1024, 6
TEXTS = re.compile(r"text/|image/svg|application/(json|xml|javascript|[a-z.+-]+\+xml)")


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
        body = pack(response.content) if is_packed else response.content
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
        self.fill(response, takes_packed(request))
        response.headers["Age"] = str(self.age)
        return get_conditional_response(request, etag, moment, response)

    def fill(self, response: HttpResponse, packed: bool) -> None:
        """The body in the form that the reader takes."""
        if self.is_packed and packed:
            wrap(response, self.body)
            return
        response.content = gzip.decompress(self.body) if self.is_packed else self.body
        response.headers["Content-Length"] = str(len(response.content))


def is_packable(response: HttpResponse) -> bool:
    """True for text that is worth compressing."""
    if response.streaming or response.has_header("Content-Encoding"):
        return False
    is_text = TEXTS.match(response.get("Content-Type", "")) is not None
    return is_text and len(response.content) >= LEAST_PACKED


def takes_packed(request: HttpRequest) -> bool:
    """True where the reader takes compressed bodies."""
    return "gzip" in request.headers.get("Accept-Encoding", "")


def pack(body: bytes) -> bytes:
    """Compressed; equal bodies give equal bytes."""
    return gzip.compress(body, LEVEL, mtime=0)


def wrap(response: HttpResponse, packed: bytes) -> None:
    """The compressed body in place of the plain one: the same page, if not the same bytes."""
    response.content = packed
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(packed))
    if response.has_header("ETag") and not response["ETag"].startswith("W/"):
        response.headers["ETag"] = f"W/{response['ETag']}"
